//! Corpora in Parquet: collected from documents, and cleaned.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, Int64Array, LargeStringArray, RecordBatch, StringArray};
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

fn qingwen(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn read(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    reader.with_batch_size(10_000).build().unwrap().map(Result::unwrap).collect()
}

#[test]
fn what_is_collected_as_parquet_is_what_is_collected_as_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..2500 {
        let text = format!("第{number}号公告\n\n云溪镇第{number}次例会定于明日召开,请按时参加.\n");
        fs::write(folder.path().join(format!("in/{number:04}.txt")), text).unwrap();
    }
    fs::write(folder.path().join("in/bad.docx"), "no package").unwrap();
    let args = ["in", "--jsonl", "all.jsonl", "--parquet", "all.parquet", "--in-process", "-q"];
    assert_eq!(qingwen(folder.path(), &args).status.code(), Some(0));
    let lines = fs::read_to_string(folder.path().join("all.jsonl")).unwrap();
    let mut rows = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut seen = 0;
    for batch in read(&folder.path().join("all.parquet")) {
        let column = |name: &str| batch.column_by_name(name).unwrap();
        for at in 0..batch.num_rows() {
            let row = rows.next().unwrap();
            let names: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            let schema = batch.schema();
            assert_eq!(names, schema.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>());
            for name in ["path", "status", "format", "encoding", "title", "hash", "markdown", "output"] {
                let texts = column(name).as_string::<i32>();
                let text = (!texts.is_null(at)).then(|| texts.value(at));
                assert_eq!(text, row[name].as_str(), "{name} of {}", row["path"]);
            }
            let counts = column("counts").as_map().value(at);
            assert_eq!(counts.len(), row["counts"].as_object().unwrap().len());
            let diagnostics = column("diagnostics").as_list::<i32>().value(at);
            let codes = diagnostics.as_struct().column_by_name("code").unwrap().as_string::<i32>();
            let wanted: Vec<_> =
                row["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str()).collect();
            assert_eq!(codes.iter().collect::<Vec<_>>(), wanted);
            seen += 1;
        }
    }
    assert!(seen == 2501 && rows.next().is_none(), "{seen} rows");
}

/// A corpus of which one column is text, in several row groups.
fn corpus(path: &Path, texts: ArrayRef, compression: Compression) {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..texts.len() as i64));
    let batch = RecordBatch::try_from_iter([("id", ids), ("text", texts)]).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_max_row_group_row_count(Some(100))
        .set_key_value_metadata(Some(vec![KeyValue::new("origin".to_owned(), "云溪".to_owned())]))
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn a_column_of_text_is_cleaned_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let texts: Vec<Option<String>> = (0..250)
        .map(|number| (number % 7 != 0).then(|| format!("总产值[bookmark: _GoBack]增长{number}%,好于预期.")))
        .collect();
    let mut few = StringDictionaryBuilder::<Int32Type>::new();
    texts.iter().for_each(|text| few.append_option(text.as_deref()));
    let kinds: [(&str, ArrayRef, Compression); 3] = [
        ("plain", Arc::new(StringArray::from(texts.clone())), Compression::SNAPPY),
        ("large", Arc::new(LargeStringArray::from(texts.clone())), Compression::ZSTD(Default::default())),
        ("few", Arc::new(few.finish()), Compression::UNCOMPRESSED),
    ];
    for (name, column, compression) in kinds {
        let kind = column.data_type().clone();
        let (input, output) = (format!("{name}.parquet"), format!("{name}.out.parquet"));
        corpus(&folder.path().join(&input), column, compression);
        let done = qingwen(
            folder.path(),
            &["clean", &input, "--field", "text", "-o", &output, "--report", "r.jsonl"],
        );
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(String::from_utf8_lossy(&done.stderr).contains("250 records: 0 failed"));
        let mut at = 0;
        for batch in read(&folder.path().join(&output)) {
            let column = batch.column_by_name("text").unwrap();
            match &kind {
                DataType::Dictionary(_, plain) => assert_eq!(column.data_type(), plain.as_ref()),
                kind => assert_eq!(column.data_type(), kind),
            }
            for row in 0..batch.num_rows() {
                assert_eq!(
                    batch.column(0).as_primitive::<arrow_array::types::Int64Type>().value(row),
                    at as i64
                );
                let got = (!column.is_null(row)).then(|| match column.data_type() {
                    DataType::LargeUtf8 => column.as_string::<i64>().value(row),
                    _ => column.as_string::<i32>().value(row),
                });
                let options = qingwen::Options::default();
                let wanted = texts[at]
                    .as_ref()
                    .map(|text| qingwen::clean(text, &options).markdown.trim_end().to_owned());
                assert!(wanted.as_ref().is_none_or(|wanted| wanted.contains("总产值增长")));
                assert_eq!(got, wanted.as_deref());
                at += 1;
            }
        }
        assert_eq!(at, 250);
        let written =
            ParquetRecordBatchReaderBuilder::try_new(File::open(folder.path().join(&output)).unwrap())
                .unwrap();
        let said = written.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(said.iter().any(|pair| pair.key == "origin" && pair.value.as_deref() == Some("云溪")));
        assert_eq!(written.metadata().row_group(0).column(1).compression(), compression);
        let report = fs::read_to_string(folder.path().join("r.jsonl")).unwrap();
        assert!(report.lines().count() == 250 && report.contains("art-bookmark"), "{report}");
        let proven = qingwen(folder.path(), &["verify", &input, &output, "r.jsonl"]);
        assert!(proven.status.success(), "{}", String::from_utf8_lossy(&proven.stdout));
    }
}

#[test]
fn a_column_that_somebody_changed_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = |name: &str, texts: &[Option<&str>]| {
        corpus(&folder.path().join(name), Arc::new(StringArray::from(texts.to_vec())), Compression::SNAPPY);
    };
    corpus("in.parquet", &[Some("１２个村,3条河"), None, Some("# 甲,乙")]);
    let cleaned = ["clean", "in.parquet", "-o", "out.parquet", "--report", "r.jsonl"];
    assert!(qingwen(folder.path(), &cleaned).status.success());
    let verify = |output: &str| {
        let done = qingwen(folder.path(), &["verify", "in.parquet", output, "r.jsonl"]);
        (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap())
    };
    assert_eq!(verify("out.parquet").0, 0);
    corpus("text.parquet", &[Some("21个村，3条河"), Some("丙"), Some("\\# 甲，乙")]);
    let (code, told) = verify("text.parquet");
    assert!(code == 1 && told.lines().count() == 2, "{told}");
    assert!(told.starts_with("record 1: moved: ") && told.contains("\nrecord 2: changed, "), "{told}");
    corpus("long.parquet", &[Some("12个村，3条河"), None, Some("\\# 甲，乙"), None]);
    assert_eq!(verify("long.parquet"), (1, "the input has 3 records, the output 4\n".to_owned()));
    let none = qingwen(folder.path(), &["verify", "in.parquet", "out.parquet", "r.jsonl", "--field", "no"]);
    let told = String::from_utf8(none.stderr).unwrap();
    assert!(none.status.code() == Some(2) && told.starts_with("qingwen: in.parquet: no column no"), "{told}");
    let mut columns = read(&folder.path().join("out.parquet"))[0].columns().to_vec();
    columns[0] = Arc::new(Int64Array::from(vec![0, 1, 7]));
    let batch =
        RecordBatch::try_from_iter([("id", columns[0].clone()), ("text", columns[1].clone())]).unwrap();
    let file = File::create(folder.path().join("beside.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    assert_eq!(verify("beside.parquet"), (1, "record 3: something beside the field changed\n".to_owned()));
}

#[test]
fn a_column_of_markdown_keeps_its_structure() {
    let folder = tempfile::tempdir().unwrap();
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["# 甲,乙\n\n- 丙"]));
    corpus(&folder.path().join("in.parquet"), texts, Compression::SNAPPY);
    let cleaned = ["clean", "in.parquet", "--field-format", "markdown", "-o", "out.parquet"];
    assert!(qingwen(folder.path(), &cleaned).status.success());
    let column = read(&folder.path().join("out.parquet"))[0].column(1).clone();
    assert_eq!(column.as_string::<i32>().value(0), "# 甲，乙\n\n- 丙");
}

#[test]
fn what_is_no_corpus_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let ids: ArrayRef = Arc::new(StringArray::from(vec!["甲"]));
    corpus(&folder.path().join("a.parquet"), ids, Compression::SNAPPY);
    fs::write(folder.path().join("noise.parquet"), "PAR1 and no more").unwrap();
    let whole = fs::read(folder.path().join("a.parquet")).unwrap();
    fs::write(folder.path().join("cut.parquet"), &whole[..whole.len() - 9]).unwrap();
    for (file, field, said) in [
        ("a.parquet", "body", "no column body; there are: id, text"),
        ("a.parquet", "id", "holds no text but Int64"),
        ("noise.parquet", "text", "noise.parquet: "),
        ("cut.parquet", "text", "cut.parquet: "),
        ("missing.parquet", "text", "No such file"),
    ] {
        let done = qingwen(folder.path(), &["clean", file, "--field", field, "-o", "out.parquet"]);
        let stderr = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(2) && stderr.contains(said), "{file} {field}: {stderr}");
        assert!(!folder.path().join("out.parquet").exists());
    }
}
