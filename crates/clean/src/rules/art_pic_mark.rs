use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-pic-mark",
    doc: include_str!("art_pic_mark.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BRACKET.or(Classes::DOT), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if line.has(Classes::BRACKET) {
        for (at, mark) in text.match_indices("[pic]") {
            let range = at..at + mark.len();
            if !line.is_inside_literal(&range) {
                edits.delete(range);
            }
        }
    }
    if line.has(Classes::DOT) && is_part(text.trim()) {
        edits.delete(0..text.len());
    }
}

/// Whether a line is the name of a part embedded in a document, and nothing else.
fn is_part(text: &str) -> bool {
    let Some((stem, ending)) = text.split_once('.') else { return false };
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = stem.len() < text.len() - ending.len() - 1;
    let is_known = matches!(
        stem,
        "image" | "thumbnail_" | "oleObject" | "media" | "embeddedObject" | "slide" | "hdphoto"
    );
    (numbered && is_known || stem == "thumbnail")
        && matches!(
            ending.to_ascii_lowercase().as_str(),
            "jpeg"
                | "jpg"
                | "png"
                | "gif"
                | "bmp"
                | "tiff"
                | "tif"
                | "emf"
                | "wmf"
                | "bin"
                | "wdp"
                | "svg"
                | "wmz"
                | "emz"
        )
}
