//! Many files through qingwen: walking, workers, atomic output, report.
