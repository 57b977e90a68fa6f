//! The report as one page that needs nothing beside it.

use crate::outcome::Status;
use crate::summary::{Stop, Summary};
use qingwen::model::Shown;
use std::fmt::{self, Write};

/// A page for people: figures, what was changed by which rule with examples, and the files to look at first, with
/// filters. All of it is text from documents and names of files, so all of it is escaped.
pub fn html(summary: &Summary) -> String {
    let mut page = String::with_capacity(1 << 16);
    // Writing to a string cannot fail.
    let _ = write_page(&mut page, summary);
    page
}

fn write_page(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str(HEAD);
    write_figures(page, summary)?;
    write_formats(page, summary)?;
    write_codes(page, summary)?;
    write_files(page, summary)?;
    page.push_str(FOOT);
    Ok(())
}

fn write_figures(page: &mut String, summary: &Summary) -> fmt::Result {
    if let Some(stop) = &summary.stopped {
        let why = match stop {
            Stop::Asked => "it was interrupted",
            Stop::ReaderGone => "its reader went away",
            Stop::Broken(why) => why,
        };
        write!(page, "<p class=stop>This run ended before its time: {}.</p>", Escaped(why))?;
    }
    page.push_str("<ul class=figures>");
    let seconds = summary.elapsed.as_secs_f64();
    figure(page, "files", summary.files)?;
    for status in Status::ALL {
        if summary.count(status) > 0 {
            figure(page, status.as_str(), summary.count(status))?;
        }
    }
    if summary.skipped > 0 {
        figure(page, "done before", summary.skipped)?;
    }
    if summary.edited > 0 {
        figure(page, "edited by hand", summary.edited)?;
    }
    figure(page, "bytes read", summary.bytes)?;
    figure(page, "characters written", summary.chars)?;
    writeln!(page, "<li><b>{seconds:.1}</b> seconds</ul>")?;
    if !summary.passed.is_empty() {
        let passed = summary.passed.iter().map(|(what, count)| format!("{count} {}", Escaped(what)));
        writeln!(page, "<p>Passed over: {}.</p>", passed.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn figure(page: &mut String, name: &str, value: u64) -> fmt::Result {
    write!(page, "<li><b>{}</b> {name}", Grouped(value))
}

fn write_formats(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str("<h2>Formats</h2><table><tr><th>format<th>files<th>without Markdown<th>bytes<th>characters<th>seconds of work\n");
    for (format, total) in &summary.formats {
        writeln!(
            page,
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{}<td>{:.1}",
            Escaped(format),
            Grouped(total.files),
            Grouped(total.failed),
            Grouped(total.bytes),
            Grouped(total.chars),
            total.seconds
        )?;
    }
    page.push_str("</table>");
    Ok(())
}

fn write_codes(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str("<h2>What was lost, guessed and changed</h2>");
    if summary.codes.is_empty() {
        page.push_str("<p>Nothing.</p>");
        return Ok(());
    }
    page.push_str("<table><tr><th>code<th>kind<th>times<th>files<th>examples\n");
    for kind in ["lost", "guessed", "changed"] {
        for (code, total) in summary.codes.iter().filter(|(_, total)| total.kind == kind) {
            let (times, files) = (Grouped(total.count), Grouped(total.files));
            write!(
                page,
                "<tr class={kind}><td><code>{}</code><td>{kind}<td>{times}<td>{files}<td><details>",
                Escaped(code)
            )?;
            let first = total.examples.first().map_or("", |(_, first)| first);
            write!(page, "<summary>{}</summary><ul>", Escaped(first))?;
            for (path, example) in &total.examples {
                write!(page, "<li><i>{}</i> {}", Escaped(path), Escaped(example))?;
            }
            page.push_str("</ul></details>\n");
        }
    }
    page.push_str("</table>");
    Ok(())
}

fn write_files(page: &mut String, summary: &Summary) -> fmt::Result {
    let (shown, all) = (summary.notable.len() as u64, summary.files - summary.skipped);
    page.push_str("<h2>Files, worst first</h2>");
    if shown < all {
        write!(page, "<p>The first {} of {}; --report has all.</p>", Grouped(shown), Grouped(all))?;
    }
    page.push_str(FILTERS);
    page.push_str(
        "<table id=files><tr><th>file<th>status<th>format<th>lost<th>guessed<th>changed<th>seconds<th>why\n",
    );
    for file in &summary.notable {
        let [lost, guessed, changed] = file.counts;
        let (status, seconds) = (file.status.as_str(), file.seconds);
        writeln!(
            page,
            "<tr data-status={status}><td>{}<td class={status}>{status}<td>{}<td>{lost}<td>{guessed}<td>{changed}<td>{seconds:.2}<td>{}",
            Escaped(&file.path),
            Escaped(&file.format),
            Escaped(&file.why),
        )?;
    }
    page.push_str("</table>");
    Ok(())
}

/// Text that cannot be markup, nor change the direction of its neighbours.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in Shown(self.0).to_string().chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A number with its digits in groups of three.
struct Grouped(u64);

impl fmt::Display for Grouped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_char('\u{202f}')?;
            }
            f.write_char(digit)?;
        }
        Ok(())
    }
}

const HEAD: &str = r##"<!doctype html>
<html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>qingwen report</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:80em;padding:0 1em;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid #ddd}
td{overflow-wrap:anywhere}.figures{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:1.5em}.figures b{font-size:1.5em;display:block}
.ok{color:#176}.partial,.needs_ocr{color:#850}.failed,.timeout,.encrypted,.unsupported,.stop{color:#b00}
input,select{font:inherit;margin:0 .5em .5em 0}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}.ok{color:#5c9}.partial,.needs_ocr{color:#db5}.failed,.timeout,.encrypted,.unsupported,.stop{color:#f77}}
</style>
<h1>qingwen report</h1>
"##;

const FILTERS: &str = "<p><input id=words type=search placeholder=\"part of a line\" aria-label=\"part of a line\">\
<select id=status aria-label=status><option value=\"\">any status<option>ok<option>partial<option>needs_ocr<option>encrypted\
<option>unsupported<option>failed<option>timeout</select><span id=shown></span>";

const FOOT: &str = r##"
<script>
const rows=[...document.querySelectorAll("#files tr[data-status]")],words=document.getElementById("words"),status_=document.getElementById("status");
function filter(){const w=words.value.toLowerCase(),s=status_.value;let n=0;
for(const r of rows){const show=(!s||r.dataset.status===s)&&(!w||r.textContent.toLowerCase().includes(w));r.hidden=!show;n+=show}
document.getElementById("shown").textContent=n+" shown"}
words.oninput=status_.onchange=filter;filter();
</script>
"##;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_document_becomes_markup() {
        assert_eq!(Escaped("<b>'&\"\u{202e}\u{1b}").to_string(), "&lt;b&gt;&#39;&amp;&quot;\\u{202e}\\u{1b}");
    }

    #[test]
    fn long_numbers_are_grouped() {
        let shown = [0, 999, 1000, 1_234_567].map(|number| Grouped(number).to_string());
        assert_eq!(shown, ["0", "999", "1\u{202f}000", "1\u{202f}234\u{202f}567"]);
    }
}
