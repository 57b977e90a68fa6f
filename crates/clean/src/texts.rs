//! Runs rules that look at one text at a time over all texts of a document.
//!
//! Paragraph by paragraph, not rule by rule: a paragraph that is in the cache meets all its rules at once.

use crate::lines::cells;
use crate::rule::{Action, Pass, Rule};
use crate::{Classes, Findings, Line, literal};
use qingwen_model::{
    Block, Body, Diagnostic, Document, Edits, Extent, Kind, Log, Mark, Scratch, Shape, Start, Text,
};
use std::ops::Range;

/// How often punctuation is looked at again: one mark can make the next convertible, as in `电话:(0431)…`.
const ROUNDS: usize = 4;

/// Applies a group of `Text` rules and writes the ledger. Where punctuation changes, the rules `again` look at the
/// text once more: a quote that has become Chinese loses the space beside it.
pub(crate) fn edit(document: &mut Document, rules: &[&'static Rule], again: &[&'static Rule], log: &mut Log) {
    let punctuation = |rule: &&'static Rule| rule.pass == Pass::Punctuation;
    let stages: Vec<Stage> = rules.chunk_by(|a, b| punctuation(a) == punctuation(b)).map(Stage::of).collect();
    let any = stages.iter().fold(Classes::NONE, |any, stage| any | stage.any);
    let again = Stage::of(again);
    let mut editor = Editor {
        stages,
        any,
        again,
        edits: Edits::new(),
        scratch: Scratch::default(),
        fixed: Vec::new(),
        physical: false,
        before_lines: rules.iter().all(|rule| rule.pass <= Pass::Artifacts),
        log,
    };
    editor.blocks(&mut document.blocks);
    document.notes.iter_mut().for_each(|note| editor.blocks(&mut note.blocks));
}

/// Looks at all texts that changed since they were looked at last, for the rules that only read.
pub(crate) fn look(document: &mut Document) {
    document.visit_mut(&mut |block| {
        block.text_mut().map(Classes::remembered);
    });
}

/// Applies a group of `Check` rules.
pub(crate) fn check(document: &Document, rules: &[&'static Rule], log: &mut Log) {
    let mut findings = Findings::default();
    let any = Stage::of(rules).any;
    document.visit(&mut |block| {
        let Some(text) = block.text() else { return };
        let classes = Classes::within(text);
        if !classes.meet(any) {
            return;
        }
        let fixed = fixed(text, Vec::new());
        let line = Line::known(text.as_str(), classes, &fixed, false);
        for rule in rules {
            let Action::Check(needs, look) = rule.action else { continue };
            if !line.has(needs) {
                continue;
            }
            look(&line, &mut findings);
            if findings.is_empty() {
                continue;
            }
            let mut places = text.places();
            for (at, what) in findings.take() {
                let (mark, column) = place(block.mark, places.at(at));
                log.push(Diagnostic { code: rule.id, kind: Kind::Guessed(what), mark, column });
            }
        }
    });
}

/// Rules that a text meets one after the other.
#[derive(Default)]
struct Stage {
    rules: Vec<&'static Rule>,
    /// What each of them needs.
    needs: Vec<Classes>,
    /// What any of them needs.
    any: Classes,
    /// Whether they are repeated while they find something.
    repeats: bool,
}

impl Stage {
    fn of(rules: &[&'static Rule]) -> Stage {
        let needs = |rule: &&'static Rule| match rule.action {
            Action::Text(needs, _) | Action::Check(needs, _) => needs,
            _ => Classes::NONE,
        };
        let needs: Vec<Classes> = rules.iter().map(needs).collect();
        Stage {
            rules: rules.to_vec(),
            any: needs.iter().fold(Classes::NONE, |any, needs| any | *needs),
            needs,
            repeats: rules.first().is_some_and(|rule| rule.pass == Pass::Punctuation),
        }
    }

    /// The first rule from `next` on that has something to look at.
    fn next(&self, next: usize, classes: Classes) -> Option<usize> {
        let skip = self.needs.get(next..)?.iter().position(|needs| classes.meet(*needs))?;
        Some(next + skip)
    }
}

struct Editor<'r> {
    stages: Vec<Stage>,
    /// What any rule of any stage needs.
    any: Classes,
    again: Stage,
    edits: Edits,
    scratch: Scratch,
    fixed: Vec<Range<usize>>,
    /// Whether the text in hand is a physical line of a text.
    physical: bool,
    /// Whether the rules come before those that ask how wide lines are.
    before_lines: bool,
    log: &'r mut Log,
}

/// What editing did to a text besides editing it.
#[derive(Clone, Copy, PartialEq)]
enum Left {
    Text,
    /// Nothing is left, and the line goes with what was on it.
    Nothing,
    /// Nothing is left but a blank line.
    Blank,
}

impl Editor<'_> {
    /// Edits blocks that stand one below the other.
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        for text in blocks.iter_mut().filter_map(Block::text_mut) {
            Classes::remembered(text);
        }
        let fences = fences(blocks);
        let mut fences = fences.iter().peekable();
        let mut left = Vec::new();
        let mut rows = Rows::default();
        for index in 0..blocks.len() {
            let (now, rest) = blocks[index..].split_at_mut(1);
            let Some(block) = now.first_mut() else { break };
            let row = is_value_row(block, rest.first(), &mut rows);
            self.physical = matches!(block.mark, Mark::Line(_))
                && block.shape.is_some_and(|shape| shape.extent == Extent::Line);
            while fences.next_if(|fence| fence.end <= index).is_some() {}
            let sealed = row || fences.peek().is_some_and(|fence| fence.contains(&index));
            match &mut block.body {
                Body::Paragraph(text) | Body::Heading(_, text) => {
                    let length = text.len();
                    let outcome = self.text(text, block.mark, sealed);
                    let is_line = block.shape.is_some_and(|shape| shape.extent == Extent::Line);
                    if self.before_lines && self.physical && text.len() < length {
                        // What an extractor left took no room on the line that was wrapped.
                        let width = width(text.as_str());
                        block.shape.iter_mut().for_each(|shape| shape.width = shape.width.min(width));
                    }
                    let mut is_cut =
                        || Classes::remembered(text).meet(Classes::NEWLINE) && text.as_str().contains('\n');
                    if is_line && (outcome != Left::Text || is_cut()) {
                        left.push((index, outcome));
                    }
                }
                Body::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
                Body::Table(table) => table.cells_mut().for_each(|cell| self.blocks(&mut cell.blocks)),
                Body::Quote(inner) => self.blocks(inner),
                Body::Code(_) | Body::Break => {}
            }
        }
        if !left.is_empty() {
            *blocks = relined(std::mem::take(blocks), &left);
        }
    }

    fn text(&mut self, text: &mut Text, mark: Mark, sealed: bool) -> Left {
        let mut left = Left::Text;
        if text.is_empty() || !Classes::remembered(text).meet(self.any) {
            return left;
        }
        let stages = std::mem::take(&mut self.stages);
        for stage in &stages {
            for _ in 0..if stage.repeats { ROUNDS } else { 1 } {
                let changed = self.round(stage, text, mark, sealed);
                if let Some(last) = changed.filter(|_| text.is_empty()) {
                    left = if last == Pass::Artifacts { Left::Nothing } else { Left::Blank };
                }
                if changed.is_none() || text.is_empty() {
                    break;
                }
                if stage.repeats {
                    let again = std::mem::take(&mut self.again);
                    self.round(&again, text, mark, sealed);
                    self.again = again;
                }
            }
        }
        self.stages = stages;
        left
    }

    /// Applies rules once, in order; gives the pass of the last one that changed something.
    fn round(&mut self, stage: &Stage, text: &mut Text, mark: Mark, sealed: bool) -> Option<Pass> {
        let mut changed = None;
        let mut next = 0;
        // Between the rules of one round it is enough to know what the text may have.
        let mut classes = Classes::remembered(text);
        while !text.is_empty() {
            let Some(first) = stage.next(next, classes) else { break };
            self.fixed = fixed(text, std::mem::take(&mut self.fixed));
            let line = Line::known(text.as_str(), classes, &self.fixed, sealed).physical(self.physical);
            let mut at = Some(first);
            while let Some(asked) = at.filter(|at| !ask(stage.rules[*at], &line, &mut self.edits)) {
                at = stage.next(asked + 1, classes);
            }
            let Some(asking) = at else { break };
            let rule = stage.rules[asking];
            let known = classes.without(text.as_str(), &self.edits);
            replace_in(&mut self.scratch, rule.id, text, mark, &self.edits, self.log);
            classes = match known {
                Some(known) => known.with(text.as_str(), &self.edits),
                None => Classes::of(text.as_str()),
            };
            changed = Some(rule.pass);
            next = asking + 1;
        }
        changed
    }
}

/// Asks a rule for edits, and keeps those that are wanted. Whether there are any.
fn ask(rule: &Rule, line: &Line<'_>, edits: &mut Edits) -> bool {
    let Action::Text(_, apply) = rule.action else { return false };
    edits.clear();
    apply(line, edits);
    if edits.is_empty() {
        return false;
    }
    let guarded = matches!(rule.pass, Pass::CodePoints | Pass::Lines | Pass::Punctuation);
    // An artifact that somebody writes about stands in code.
    let artifact = rule.pass == Pass::Artifacts;
    let text = line.text();
    edits.retain(|edit| {
        let touches = if guarded {
            line.touches_protected(&edit.range)
        } else {
            line.touches_fixed(&edit.range) || artifact && line.is_code(&edit.range)
        };
        !touches && text.get(edit.range.clone()).is_some_and(|before| before != edit.with)
    });
    !edits.is_empty()
}

/// Applies edits and writes them into the ledger.
pub(crate) fn replace(code: &'static str, text: &mut Text, mark: Mark, edits: &Edits, log: &mut Log) {
    replace_in(&mut Scratch::default(), code, text, mark, edits, log);
}

fn replace_in(
    scratch: &mut Scratch,
    code: &'static str,
    text: &mut Text,
    mark: Mark,
    edits: &Edits,
    log: &mut Log,
) {
    text.replace_telling(edits, scratch, |edit, before, at| {
        let (mark, column) = place(mark, at);
        let kind = Kind::Changed { before: before.into(), after: edit.with.as_ref().into() };
        log.push(Diagnostic { code, kind, mark, column });
    });
}

/// Writes that a text went up behind the one above it, or went: where its first character stood.
pub(crate) fn tell(code: &'static str, text: &Text, own: Mark, before: &str, after: &str, log: &mut Log) {
    tell_at(0, code, text, own, [before, after], log);
}

/// Writes what stood at a byte of a text before and what stands there after, for who makes the change himself.
pub(crate) fn tell_at(
    at: usize,
    code: &'static str,
    text: &Text,
    own: Mark,
    [before, after]: [&str; 2],
    log: &mut Log,
) {
    let (mark, column) = place_of(text, own, at);
    let kind = Kind::Changed { before: before.into(), after: after.into() };
    log.push(Diagnostic { code, kind, mark, column });
}

/// Where the character at a byte of a block's text stood in the source.
fn place_of(text: &Text, own: Mark, at: usize) -> (Mark, u32) {
    place(own, text.places().at(at))
}

/// A place in a block: the block's own mark stands for none.
fn place(own: Mark, (mark, column): (Mark, u32)) -> (Mark, u32) {
    (if mark == Mark::None { own } else { mark }, column)
}

/// What the model says is literal: code, and the places of objects.
fn fixed(text: &Text, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.clear();
    found.extend(text.styled().iter().filter(|run| run.style.is_literal()).map(|run| run.range.clone()));
    let runs = found.len();
    found.extend(text.objects().map(|(at, _)| at..at + '\u{fffc}'.len_utf8()));
    if runs > 0 && found.len() > runs {
        found.sort_by_key(|range| range.start);
    }
    found
}

/// The blocks from a line of ``` or ~~~ to the next such line, both included. One without a second is none:
/// a stray mark must not hide the rest of a document.
fn fences(blocks: &[Block]) -> Vec<Range<usize>> {
    let may_be = |text: &&Text| Classes::within(text).meet(Classes::FENCE);
    let sign =
        |block: &Block| match block.as_paragraph().filter(may_be).map(|text| text.as_str().trim_start()) {
            Some(text) if text.starts_with("```") && !text[3..].contains('`') => Some('`'),
            Some(text) if text.starts_with("~~~") => Some('~'),
            _ => None,
        };
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (index, block) in blocks.iter().enumerate() {
        let Some(now) = sign(block) else { continue };
        match open {
            None => open = Some((now, index)),
            Some((sign, start)) if sign == now => {
                found.push(start..index + 1);
                open = None;
            }
            Some(_) => {}
        }
    }
    found
}

/// Which blocks are code between fences, as those of a text are: no rule of lines reads them.
pub(crate) struct Fences(Vec<Range<usize>>);

impl Fences {
    pub(crate) fn of(blocks: &[Block]) -> Fences {
        Fences(fences(blocks))
    }

    /// Whether a block is one of them.
    pub(crate) fn have(&self, at: usize) -> bool {
        let next = self.0.partition_point(|fence| fence.end <= at);
        self.0.get(next).is_some_and(|fence| fence.start <= at)
    }
}

/// Width of a line of a text in em, white space at its ends left out.
fn width(line: &str) -> f32 {
    line.trim().chars().map(cells).sum::<u32>() as f32 / 2.0
}

/// Whether a line is one of at least two in a row that have the same number, at least two, of commas between
/// values. A blank line between them is no matter: a row that was
/// read as a line is a paragraph the next time.
fn is_value_row(block: &Block, next: Option<&Block>, rows: &mut Rows) -> bool {
    let commas = |block: &Block| match block.as_paragraph() {
        Some(text) if Classes::within(text).meet(Classes::COMMA) => literal::commas(text.as_str()),
        _ => 0,
    };
    let now = rows.next.take().unwrap_or_else(|| commas(block));
    let before = std::mem::replace(&mut rows.last, now);
    now >= 2 && (before == now || next.is_some_and(|next| *rows.next.insert(commas(next)) == now))
}

/// The numbers of commas between values of lines in a row.
#[derive(Default)]
struct Rows {
    /// That of the line before.
    last: usize,
    /// That of the line after, where it was asked for already.
    next: Option<usize>,
}

/// The blocks, with lines that have become several cut apart and lines that have become empty taken out.
fn relined(blocks: Vec<Block>, left: &[(usize, Left)]) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    let mut left = left.iter().peekable();
    // What emptied lines leave to the next: blank lines, the gap above, and the page they began.
    let (mut blank, mut gap, mut start) = (0.0f32, 0.0f32, Start::Line);
    for (index, block) in blocks.into_iter().enumerate() {
        let outcome = left.next_if(|(at, _)| *at == index).map(|(_, outcome)| *outcome);
        let shape = block.shape.unwrap_or_default();
        let first = out.len();
        match outcome {
            None => out.push(block),
            Some(Left::Text) => cut(block, &mut out),
            Some(left) => {
                start = start.max(shape.start);
                gap = gap.max(shape.gap);
                blank += if left == Left::Blank { shape.gap + 1.0 } else { 0.0 };
                continue;
            }
        }
        if let Some(shape) = out.get_mut(first).and_then(|block| block.shape.as_mut()) {
            shape.gap = gap.max(shape.gap + blank);
            shape.start = shape.start.max(start);
            (blank, gap, start) = (0.0, 0.0, Start::Line);
        }
    }
    out
}

/// Cuts a line at its line feeds; blank lines become the gap of the line after them.
fn cut(mut block: Block, out: &mut Vec<Block>) {
    let (mark, shape) = (block.mark, block.shape.unwrap_or_default());
    let Some(text) = block.text_mut() else { return };
    // From the end, so that nothing is copied twice.
    let mut lines = Vec::new();
    while let Some(at) = text.as_str().rfind('\n') {
        let mut line = text.split_off(at);
        let mut feed = Edits::new();
        feed.delete(0..1);
        line.replace(&feed);
        lines.push(line);
    }
    let mut gap = shape.gap;
    let mut first = true;
    for line in std::iter::once(std::mem::take(text)).chain(lines.into_iter().rev()) {
        if line.is_blank() {
            gap += 1.0;
            continue;
        }
        let start = if first { shape.start } else { Start::Line };
        let block = Block { body: Body::Paragraph(line), ..Block::default() };
        out.push(block.at(mark).looking(Shape { gap, start, ..shape }));
        (gap, first) = (0.0, false);
    }
}
