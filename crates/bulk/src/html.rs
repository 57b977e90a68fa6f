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
    write_bar(page, summary)?;
    page.push_str("<ul class=figures>");
    figure(page, "files", summary.files)?;
    if summary.skipped > 0 {
        figure(page, "done before", summary.skipped)?;
    }
    if summary.edited > 0 {
        figure(page, "edited by hand", summary.edited)?;
    }
    figure(page, "bytes read", summary.bytes)?;
    figure(page, "characters written", summary.chars)?;
    let seconds = summary.elapsed.as_secs_f64();
    let rate = summary.files as f64 / seconds.max(0.001);
    write!(page, "<li><b>{seconds:.1}</b> seconds<li><b>{rate:.0}</b> files a second</ul>")?;
    if !summary.passed.is_empty() {
        let passed = summary.passed.iter().map(|(what, count)| format!("{count} {}", Escaped(what)));
        writeln!(page, "<p class=note>Passed over: {}.</p>", passed.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// How the files went, as one bar whose parts are also filters.
fn write_bar(page: &mut String, summary: &Summary) -> fmt::Result {
    let there = || Status::ALL.iter().copied().filter(|status| summary.count(*status) > 0);
    page.push_str("<div class=bar aria-hidden=true>");
    for status in there() {
        let (word, count) = (status.as_str(), summary.count(status));
        write!(page, "<i class=\"fill-{word}\" style=\"flex-grow:{count}\"></i>")?;
    }
    page.push_str("</div><p class=legend>");
    for status in there() {
        let (word, count) = (status.as_str(), summary.count(status));
        let share = 100.0 * count as f64 / summary.files.max(1) as f64;
        write!(
            page,
            "<button data-show={word} title=\"show these files\"><i class=\"dot fill-{word}\"></i><b>{}</b> {word} \
             <small>{share:.1} %</small></button>",
            Grouped(count)
        )?;
    }
    page.push_str("</p>");
    Ok(())
}

fn figure(page: &mut String, name: &str, value: u64) -> fmt::Result {
    write!(page, "<li><b>{}</b> {name}", Grouped(value))
}

fn write_formats(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str(
        "<h2>Formats</h2><div class=wide><table><thead><tr><th>format<th class=n>files<th class=n>without Markdown\
         <th class=n>bytes<th class=n>characters<th class=n>seconds of work<tbody>\n",
    );
    for (format, total) in &summary.formats {
        writeln!(
            page,
            "<tr><td>{}<td class=n>{}<td class=n>{}<td class=n>{}<td class=n>{}<td class=n>{:.1}",
            Escaped(format),
            Grouped(total.files),
            Grouped(total.failed),
            Grouped(total.bytes),
            Grouped(total.chars),
            total.seconds
        )?;
    }
    page.push_str("</table></div>");
    Ok(())
}

fn write_codes(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str("<h2>What was lost, guessed and changed</h2>");
    if summary.codes.is_empty() {
        page.push_str("<p>Nothing.</p>");
        return Ok(());
    }
    page.push_str(
        "<div class=wide><table id=codes><thead><tr><th>code<th>kind<th class=n>times<th class=n>files<th>examples<tbody>\n",
    );
    for kind in ["lost", "guessed", "changed"] {
        let mut codes: Vec<_> = summary.codes.iter().filter(|(_, total)| total.kind == kind).collect();
        codes.sort_by_key(|(_, total)| std::cmp::Reverse(total.count));
        for (code, total) in codes {
            let (times, files) = (Grouped(total.count), Grouped(total.files));
            write!(
                page,
                "<tr><td><code title=\"{}\">{}</code><td><span class={kind}>{kind}</span><td class=n>{times}<td class=n>{files}<td><details>",
                Escaped(meaning(code)),
                Escaped(code)
            )?;
            let first = total.examples.first().map_or("", |(_, first)| first);
            write!(page, "<summary>{}</summary><ul>", Escaped(first))?;
            for (path, example) in &total.examples {
                write!(page, "<li><i>{}</i><br>{}", Escaped(path), Escaped(example))?;
            }
            page.push_str("</ul></details>\n");
        }
    }
    page.push_str("</table></div>");
    Ok(())
}

/// What a rule does, in the words of its page; nothing for what readers and the writer say.
fn meaning(code: &str) -> &'static str {
    let Some(rule) = qingwen::rule(code) else { return "" };
    rule.doc.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
}

fn write_files(page: &mut String, summary: &Summary) -> fmt::Result {
    let (shown, all) = (summary.notable.len() as u64, summary.files - summary.skipped);
    page.push_str("<h2 id=worst>Files, worst first</h2>");
    if shown < all {
        write!(
            page,
            "<p class=note>The first {} of {}; --report has all.</p>",
            Grouped(shown),
            Grouped(all)
        )?;
    }
    write_filters(page, summary)?;
    page.push_str(
        "<div class=wide><table id=files><thead><tr><th>file<th>status<th>format<th class=n>lost<th class=n>guessed\
         <th class=n>changed<th class=n>seconds<th>why<tbody>\n",
    );
    for file in &summary.notable {
        let [lost, guessed, changed] = file.counts;
        let (status, seconds) = (file.status.as_str(), file.seconds);
        writeln!(
            page,
            "<tr data-status={status} data-format=\"{format}\"><td>{}<td class={status}>{status}<td>{format}<td class=n>{lost}\
             <td class=n>{guessed}<td class=n>{changed}<td class=n>{seconds:.2}<td>{}",
            Escaped(&file.path),
            Escaped(&file.why),
            format = Escaped(&file.format),
        )?;
    }
    page.push_str("</table></div>");
    Ok(())
}

fn write_filters(page: &mut String, summary: &Summary) -> fmt::Result {
    page.push_str(
        "<p class=filters><input id=words type=search placeholder=\"part of a line\" aria-label=\"part of a line\">\
         <select id=status aria-label=status><option value=\"\">any status",
    );
    for status in Status::ALL {
        write!(page, "<option>{}", status.as_str())?;
    }
    page.push_str("</select><select id=format aria-label=format><option value=\"\">any format");
    for format in summary.formats.keys() {
        write!(page, "<option>{}", Escaped(format))?;
    }
    page.push_str("</select><span id=shown role=status></span>");
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
:root{--ink:#1f2328;--dim:#656d76;--line:#d8dee4;--soft:#f6f8fa;--page:#fff;--ok:#1a7f5a;--warn:#9a6700;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#8d96a0;--line:#30363d;--soft:#161b22;--page:#0d1117;--ok:#4cc38a;--warn:#d9a73a;--bad:#ff7b72}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2em auto;max-width:80em;padding:0 1.5em;color:var(--ink);background:var(--page)}
h1{font-size:1.6em;margin:0 0 .7em}h2{font-size:1.15em;margin:2.2em 0 .6em}
.bar{display:flex;height:14px;border-radius:7px;overflow:hidden;gap:2px}.bar i{min-width:3px}
.fill-ok{background:var(--ok)}.fill-partial,.fill-needs_ocr{background:var(--warn)}.fill-failed,.fill-timeout,.fill-encrypted,.fill-unsupported{background:var(--bad)}
.legend{display:flex;flex-wrap:wrap;gap:.4em;margin:.6em 0 1.2em -.6em}
button{font:inherit;color:inherit;background:none;border:0;border-radius:6px;padding:.1em .6em;cursor:pointer}button:hover{background:var(--soft)}
.dot{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.45em}small,.note,.figures li,#shown{color:var(--dim)}
.figures{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.6em 2.4em;margin:0}.figures b{font-size:1.45em;display:block;color:var(--ink);font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35em .7em;border-bottom:1px solid var(--line)}th{color:var(--dim);font-weight:500;white-space:nowrap}
td{overflow-wrap:anywhere;min-width:3.5em}td[class],td span{white-space:nowrap}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;min-width:0}tbody tr:hover{background:var(--soft)}
code{font-family:ui-monospace,monospace;font-size:.92em;white-space:nowrap}details ul{margin:.4em 0;padding-left:1.2em}details i{color:var(--dim)}summary{cursor:pointer}
.ok{color:var(--ok)}.partial,.needs_ocr,.guessed{color:var(--warn)}.failed,.timeout,.encrypted,.unsupported,.lost,.stop{color:var(--bad)}
.stop{border:1px solid;border-radius:6px;padding:.5em .8em}.filters>*{margin:0 .6em .6em 0}
input,select{font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:6px;padding:.25em .6em}
</style>
<h1>qingwen report</h1>
"##;

const FOOT: &str = r##"
<script>
const by=id=>document.getElementById(id),rows=[...document.querySelectorAll("#files tbody tr")],controls=["words","status","format"].map(by);
function filter(){const [w,s,f]=controls.map(c=>c.value.toLowerCase());let n=0;
for(const r of rows){const show=(!s||r.dataset.status===s)&&(!f||(r.dataset.format||"unknown")===f)&&(!w||r.textContent.toLowerCase().includes(w));r.hidden=!show;n+=show}
by("shown").textContent=n+" of "+rows.length+" shown"}
for(const c of controls)c.oninput=filter;
for(const b of document.querySelectorAll("button[data-show]"))b.onclick=()=>{by("status").value=b.dataset.show;filter();by("worst").scrollIntoView()};
filter();
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
