//! What several rules share.
