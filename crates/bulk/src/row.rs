//! One file's line: what the report, the collected output and the terminal say of it.

use crate::manifest::name_of;
use crate::outcome::{Cause, Outcome, Status};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// What a run says of one file.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the file is called: its path, or `-`.
    pub label: PathBuf,
    /// The output's path below the output folder, where there is one.
    pub output: Option<PathBuf>,
    /// Whether an earlier run did it.
    pub skipped: bool,
    /// Whether the output was edited by hand since an earlier run wrote it.
    pub edited: bool,
    /// What became of it.
    pub outcome: Outcome,
}

impl Row {
    /// How it went.
    pub fn status(&self) -> Status {
        self.outcome.status
    }

    /// Why there is no Markdown.
    pub fn cause(&self) -> Option<&Cause> {
        self.outcome.cause.as_ref()
    }

    /// The line of the report: everything but the Markdown.
    pub(crate) fn report_line(&self) -> String {
        let mut map = Map::new();
        self.put_names(&mut map);
        if self.skipped {
            map.insert("skipped".into(), true.into());
        }
        if self.edited {
            map.insert("edited".into(), true.into());
        }
        self.put_facts(&mut map);
        map.insert("seconds".into(), json!(self.outcome.micros as f64 / 1e6));
        self.finish(map)
    }

    /// The line of the collected output: the same for every run over the same files.
    pub(crate) fn collected_line(&self) -> String {
        let mut map = Map::new();
        self.put_names(&mut map);
        self.put_facts(&mut map);
        map.insert("markdown".into(), self.outcome.markdown.as_str().into());
        self.finish(map)
    }

    fn put_names(&self, map: &mut Map<String, Value>) {
        let (path, bytes) = name_of(&self.label);
        map.insert("path".into(), path.into());
        if let Some(bytes) = bytes {
            map.insert("path_bytes".into(), bytes.into());
        }
        if let Some(output) = &self.output {
            map.insert("output".into(), name_of(output).0.into());
        }
    }

    fn put_facts(&self, map: &mut Map<String, Value>) {
        let outcome = &self.outcome;
        map.insert("status".into(), outcome.status.as_str().into());
        if let Some(cause) = &outcome.cause {
            map.insert("cause".into(), json!({ "kind": cause.kind, "message": cause.message }));
        }
        let facts = [("format", &outcome.format), ("encoding", &outcome.encoding), ("title", &outcome.title)];
        for (name, fact) in facts {
            if let Some(fact) = fact {
                map.insert(name.into(), fact.as_str().into());
            }
        }
        if let Some(pages) = outcome.pages {
            map.insert("pages".into(), pages.into());
        }
        map.insert("bytes".into(), outcome.bytes.into());
        map.insert("hash".into(), outcome.hash.as_str().into());
        map.insert("chars_in".into(), outcome.chars_in.into());
        map.insert("chars".into(), outcome.chars.into());
        let counts: Map<String, Value> =
            outcome.codes.iter().map(|(code, count)| (code.clone(), count.count.into())).collect();
        map.insert("counts".into(), counts.into());
    }

    /// The object as a line, the diagnostics last: they are JSON already.
    fn finish(&self, map: Map<String, Value>) -> String {
        let diagnostics = &self.outcome.diagnostics;
        let mut line = Value::Object(map).to_string();
        line.pop();
        line.push_str(",\"diagnostics\":");
        line.push_str(diagnostics);
        line.push_str("}\n");
        line
    }
}
