use std::fmt;

/// Where a block began in its source. Small and `Copy`, so that every block can carry one.
///
/// Numbers count from 1, as people do.
///
/// ```
/// use qingwen_model::Mark;
/// assert_eq!(Mark::Page(3, 2).to_string(), "page 3, line 2");
/// assert!(Mark::Line(2) < Mark::Line(10));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The place is not known, or the whole document is meant.
    #[default]
    None,
    /// A line of a text file.
    Line(u32),
    /// A page of a paginated file and the line on that page; line 0 means the page as a whole.
    Page(u32, u16),
    /// A paragraph of a word-processor file, counted in document order through tables and notes.
    Paragraph(u32),
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::None => f.write_str("document"),
            Mark::Line(line) => write!(f, "line {line}"),
            Mark::Page(page, 0) => write!(f, "page {page}"),
            Mark::Page(page, line) => write!(f, "page {page}, line {line}"),
            Mark::Paragraph(number) => write!(f, "paragraph {number}"),
        }
    }
}
