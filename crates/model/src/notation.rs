//! A readable notation for documents, for tests and for looking at what a reader made.

use crate::{Block, Body, Document, Object, Style, Text};
use std::fmt::{self, Write};

impl fmt::Display for Document {
    /// One line a block, nested blocks indented, styles in brackets:
    ///
    /// ```text
    /// h2 第一章 总则
    /// p  第一条 为了[b 规范]管理，制定本办法。
    /// table
    ///   row
    ///     cell 2x1
    ///       p  甲
    /// note 1
    ///   p  见年鉴。
    /// ```
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        blocks(f, &self.blocks, 0)?;
        for note in &self.notes {
            writeln!(f, "note {}", note.id)?;
            blocks(f, &note.blocks, 1)?;
        }
        Ok(())
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        block(f, self, 0)
    }
}

fn blocks(f: &mut fmt::Formatter<'_>, blocks: &[Block], depth: usize) -> fmt::Result {
    blocks.iter().try_for_each(|b| block(f, b, depth))
}

fn block(f: &mut fmt::Formatter<'_>, block: &Block, depth: usize) -> fmt::Result {
    let pad = "  ".repeat(depth);
    match &block.body {
        Body::Paragraph(text) => writeln!(f, "{pad}p  {text}"),
        Body::Heading(level, text) => writeln!(f, "{pad}h{level} {text}"),
        Body::Break => writeln!(f, "{pad}break"),
        Body::Code(code) => {
            writeln!(f, "{pad}code {}", code.language.as_deref().unwrap_or(""))?;
            code.text.lines().try_for_each(|line| writeln!(f, "{pad}  {line}"))
        }
        Body::Quote(inner) => {
            writeln!(f, "{pad}quote")?;
            blocks(f, inner, depth + 1)
        }
        Body::List(list) => {
            writeln!(f, "{pad}list {:?}{}", list.marker, if list.loose { " loose" } else { "" })?;
            for item in &list.items {
                let done = item.done.map_or("", |done| if done { " done" } else { " open" });
                let number = item.number.map_or_else(String::new, |number| format!(" {number}"));
                writeln!(f, "{pad}  item{number}{done}")?;
                blocks(f, &item.blocks, depth + 2)?;
            }
            Ok(())
        }
        Body::Table(table) => {
            match table.header_rows {
                0 => writeln!(f, "{pad}table")?,
                rows => writeln!(f, "{pad}table, header rows: {rows}")?,
            }
            for row in &table.rows {
                writeln!(f, "{pad}  row")?;
                for cell in &row.cells {
                    match (cell.row_span, cell.column_span) {
                        (1, 1) => writeln!(f, "{pad}    cell")?,
                        (rows, columns) => writeln!(f, "{pad}    cell {rows}x{columns}")?,
                    }
                    blocks(f, &cell.blocks, depth + 3)?;
                }
            }
            Ok(())
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut objects = self.objects().peekable();
        for run in self.runs() {
            let names = names(&run.style);
            if !names.is_empty() {
                write!(f, "[{names} ")?;
            }
            for (at, c) in self.as_str()[run.range.clone()].char_indices() {
                match objects.next_if(|(place, _)| *place == at + run.range.start) {
                    Some((_, object)) => write_object(f, object)?,
                    None if c == '\n' => f.write_str("⏎")?,
                    None => f.write_char(c)?,
                }
            }
            if !names.is_empty() {
                f.write_char(']')?;
            }
        }
        Ok(())
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, object: &Object) -> fmt::Result {
    match object {
        Object::Image { media: Some(index), alt } => write!(f, "{{image {index} {alt}}}"),
        Object::Image { media: None, alt } => write!(f, "{{image {alt}}}"),
        Object::Note(id) => write!(f, "{{note {id}}}"),
        Object::Formula { latex, display: false } => write!(f, "{{math {latex}}}"),
        Object::Formula { latex, display: true } => write!(f, "{{display math {latex}}}"),
        Object::Ruby { base, reading } => write!(f, "{{ruby {base}|{reading}}}"),
        Object::Raw(markup) => write!(f, "{{raw {}}}", markup.replace('\n', "⏎")),
    }
}

fn names(style: &Style) -> String {
    let flags = [
        (style.bold, "b"),
        (style.italic, "i"),
        (style.underline, "u"),
        (style.strike, "s"),
        (style.superscript, "sup"),
        (style.subscript, "sub"),
        (style.code, "code"),
    ];
    let mut names: Vec<&str> = flags.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
    let link = style.link.as_deref().map(|target| format!("a={target}"));
    names.extend(link.as_deref());
    names.join(",")
}
