/// What one file may cost. The defaults protect; raise them for files you trust.
///
/// Passing a limit gives an [`Error`](crate::Error) of kind `Limit` where nothing sensible can be given
/// back, and a `Lost` diagnostic where the rest of the document can.
///
/// ```
/// let limits = qingwen_model::Limits { input: 10 << 20, pages: 500, ..Default::default() };
/// assert!(limits.part < limits.total);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input file.
    pub input: u64,
    /// Bytes that one part of a package, or one stream, may unpack to.
    pub part: u64,
    /// Bytes that all parts, or all streams, of one file may unpack to together.
    pub total: u64,
    /// Parts of a package, or objects of a file.
    pub parts: u32,
    /// Depth of nesting: XML elements, tables in tables, form objects in form objects.
    pub depth: u16,
    /// Pages of a paginated file.
    pub pages: u32,
    /// Cells of one table, spans counted out.
    pub cells: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input: 2 << 30,
            part: 512 << 20,
            total: 1 << 30,
            parts: 5_000_000,
            depth: 256,
            pages: 200_000,
            cells: 1_000_000,
        }
    }
}
