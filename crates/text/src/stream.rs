//! Text that comes in pieces.

use crate::TextOptions;
use crate::binary;
use crate::charset::Charset;
use crate::decode::{Engine, Fault, Output};
use crate::detect::{self, Decision};
use crate::lines::{self, Lines};
use qingwen_model::{Block, Diagnostic, Document, Error, Kind, Limits, Log, Mark, Warned};
use std::ops::Range;
use std::sync::Arc;

/// Decodes text of any encoding piece by piece, in constant memory.
///
/// ```
/// use qingwen_text::{Decoder, TextOptions};
/// let mut decoder = Decoder::new(&TextOptions::default())?;
/// let mut text = String::new();
/// for piece in [b"\xD6\xD0\xCE".as_slice(), b"\xC4\xB2\xE2\xCA\xD4\n"] {
///     decoder.push(piece, &mut text)?;
/// }
/// decoder.finish(&mut text)?;
/// assert_eq!(text, "中文测试\n");
/// assert_eq!(decoder.encoding(), Some("gb18030"));
/// # Ok::<(), qingwen_model::Error>(())
/// ```
#[derive(Debug)]
pub struct Decoder {
    source: Source,
    faults: Vec<Fault>,
}

impl Decoder {
    /// A decoder that decides on the encoding itself, or obeys the options.
    ///
    /// # Errors
    ///
    /// `Unsupported` where the label of the encoding is not known.
    pub fn new(options: &TextOptions) -> Result<Self, Error> {
        Ok(Decoder { source: Source::new(options)?, faults: Vec::new() })
    }

    /// Decodes a piece and appends to `text` what can be said yet: some of the piece may be kept back.
    ///
    /// # Errors
    ///
    /// `Unsupported` where the bytes are no text, naming what they are.
    pub fn push(&mut self, bytes: &[u8], text: &mut String) -> Result<(), Error> {
        self.feed(bytes, false, text)
    }

    /// Decodes what was kept back.
    ///
    /// # Errors
    ///
    /// As for [`push`](Decoder::push): a short text is decided on only here.
    pub fn finish(&mut self, text: &mut String) -> Result<(), Error> {
        self.feed(&[], true, text)
    }

    /// The encoding, once it is decided on, by its WHATWG name.
    pub fn encoding(&self) -> Option<&'static str> {
        self.source.decision.map(|decision| decision.charset.name())
    }

    /// How sure the encoding is, from 0 to 1, and what it would be otherwise.
    pub fn confidence(&self) -> Option<(f32, Option<&'static str>)> {
        self.source.decision.map(|decision| (decision.confidence, decision.runner_up.map(Charset::name)))
    }

    /// Gives up the faults found so far; their places count from the start of all text decoded since the
    /// last call to [`push`](Decoder::push) began.
    pub fn take_faults(&mut self) -> Vec<Fault> {
        std::mem::take(&mut self.faults)
    }

    fn feed(&mut self, bytes: &[u8], last: bool, text: &mut String) -> Result<(), Error> {
        let start = text.len();
        let faults = &mut self.faults;
        self.source.feed(bytes, last, &mut |output| {
            let base = text.len() - start;
            faults.extend(output.faults.iter().cloned().map(|f| Fault { place: f.place + base, ..f }));
            text.push_str(&output.text);
        })
    }
}

/// Reads text of any encoding piece by piece.
///
/// Memory does not grow with the text as long as the blocks are [taken](Reader::take).
#[derive(Debug)]
pub struct Reader {
    source: Source,
    sink: Sink,
    limits: Limits,
    seen: u64,
}

/// Where decoded text goes.
#[derive(Debug, Default)]
struct Sink {
    lines: Lines,
    blocks: Vec<Block>,
    log: Log,
    /// Faults reported one by one.
    faults: usize,
    /// Bytes of faults beyond those, and the offset of the last.
    more: (u64, u64),
    /// Private-use characters, and the first of them.
    private: u64,
    first_private: Option<(Mark, char)>,
}

/// Faults that are reported one by one; what goes beyond is one diagnostic. A text so damaged is not read
/// fault by fault, and the report must not outgrow memory.
const FAULTS: usize = 100_000;

impl Reader {
    /// A reader that decides on the encoding itself, or obeys the options.
    ///
    /// # Errors
    ///
    /// `Unsupported` where the label of the encoding is not known.
    pub fn new(options: &TextOptions) -> Result<Self, Error> {
        Ok(Reader {
            source: Source::new(options)?,
            sink: Sink::default(),
            limits: options.limits.clone(),
            seen: 0,
        })
    }

    /// Reads a piece.
    ///
    /// # Errors
    ///
    /// `Unsupported` where the bytes are no text, naming what they are; `Limit` where they are too many.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.count(bytes)?;
        let sink = &mut self.sink;
        self.source.feed(bytes, false, &mut |output| sink.add(output))
    }

    /// Reads a text that is there as a whole, which decides best on the encoding.
    pub(crate) fn read_all(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.count(bytes)?;
        let head = detect::utf8(&bytes[..lines::part(bytes)]);
        if let Some(head) = head {
            // The rest of what is UTF-8 to its end adds nothing to a head that leaves no doubt.
            let decision = self.source.decide(head.as_bytes(), true, true)?;
            let enough = head.len() == bytes.len() || decision.confidence >= 1.0 && !head.is_ascii();
            if enough && decision.charset == Charset::Utf8 && self.read_utf8(bytes, head, decision.bom) {
                return Ok(());
            }
        }
        if head.is_none_or(|head| head.len() < bytes.len()) {
            let sound = detect::utf8(bytes).is_some();
            let decision = self.source.decide(bytes, true, sound)?;
            if let Some(head) = head.filter(|_| sound && decision.charset == Charset::Utf8) {
                self.read_utf8(bytes, head, decision.bom);
                return Ok(());
            }
        }
        // What takes two bytes takes three in UTF-8.
        self.sink.lines.expected = bytes.len() / 2 * 3;
        let sink = &mut self.sink;
        self.source.feed(bytes, true, &mut |output| sink.add(output))
    }

    /// Reads what is UTF-8 without a fault, of which `head` is the beginning; says whether it is. If not, nothing has
    /// been read.
    fn read_utf8(&mut self, bytes: &[u8], head: &str, bom: usize) -> bool {
        let Sink { lines, blocks, .. } = &mut self.sink;
        let mut rest = &bytes[head.len()..];
        let mut text = &head[bom..];
        lines.expected = bytes.len() - bom;
        loop {
            lines.push(&Arc::new(text.to_owned()), 0..text.len(), blocks);
            if rest.is_empty() {
                return true;
            }
            let (part, after) = rest.split_at(lines::part(rest));
            let Ok(part) = simdutf8::basic::from_utf8(part) else {
                self.sink = Sink::default();
                return false;
            };
            (text, rest) = (part, after);
        }
    }

    fn count(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.seen += bytes.len() as u64;
        if self.seen > self.limits.input {
            return Err(Error::limit(format!("{} bytes of text, more than the limit allows", self.seen)));
        }
        Ok(())
    }

    /// Gives up the blocks read so far and what there is to say about them.
    pub fn take(&mut self) -> Warned<Vec<Block>> {
        self.sink.faults = 0;
        Warned::new(std::mem::take(&mut self.sink.blocks), std::mem::take(&mut self.sink.log))
    }

    /// The encoding, once it is decided on, by its WHATWG name.
    pub fn encoding(&self) -> Option<&'static str> {
        self.source.decision.map(|decision| decision.charset.name())
    }

    /// Reads what was kept back, and gives the document, or what has not been [taken](Reader::take) of it.
    ///
    /// # Errors
    ///
    /// As for [`push`](Reader::push): a short text is decided on only here.
    pub fn finish(mut self) -> Result<Warned<Document>, Error> {
        let sink = &mut self.sink;
        self.source.feed(&[], true, &mut |output| sink.add(output))?;
        sink.lines.finish(&mut sink.blocks);
        sink.summarize();
        let mut log = Log::new();
        if let Some(decision) = self.source.decision.filter(|decision| decision.confidence < CERTAIN) {
            log.guessed("text-encoding", Mark::None, describe(&decision));
        }
        log.extend(std::mem::take(&mut self.sink.log).into_diagnostics());
        let mut document = Document { blocks: self.sink.blocks, ..Document::default() };
        document.meta.encoding = self.source.decision.map(|decision| decision.charset.name().to_owned());
        Ok(Warned::new(document, log))
    }
}

/// The confidence from which nothing is said.
const CERTAIN: f32 = 0.95;

fn describe(decision: &Decision) -> String {
    let percent = decision.confidence * 100.0;
    let otherwise =
        decision.runner_up.map_or(String::new(), |charset| format!(", otherwise {}", charset.name()));
    format!("read as {} ({percent:.0} % sure{otherwise})", decision.charset.name())
}

impl Sink {
    fn add(&mut self, output: &mut Output) {
        let mut text = std::mem::take(&mut output.text);
        if text.capacity() / 4 * 3 > text.len() {
            text.shrink_to_fit();
        }
        let text = Arc::new(text);
        let mut done = 0;
        let mut mixed = output.mixed.iter().peekable();
        for fault in &output.faults {
            while let Some((place, charset)) = mixed.next_if(|(place, _)| *place <= fault.place) {
                done = self.mixed(&text, done..*place, *charset);
            }
            self.lines.push(&text, done..fault.place, &mut self.blocks);
            done = fault.place;
            self.fault(fault);
        }
        for (place, charset) in mixed {
            done = self.mixed(&text, done..*place, *charset);
        }
        self.look_for_private(&text[done..]);
        match output.ends() {
            Some(ends) => self.lines.push_ended(&text, done..text.len(), ends, &mut self.blocks),
            None => self.lines.push(&text, done..text.len(), &mut self.blocks),
        }
    }

    fn mixed(&mut self, text: &Arc<String>, range: Range<usize>, charset: Charset) -> usize {
        let place = range.end;
        self.lines.push(text, range, &mut self.blocks);
        let (mark, _) = self.lines.place();
        self.log.guessed("text-mixed-encoding", mark, format!("read as {}", charset.name()));
        place
    }

    fn fault(&mut self, fault: &Fault) {
        if self.faults == FAULTS {
            self.more = (self.more.0 + fault.bytes.len() as u64, fault.offset);
            return;
        }
        self.faults += 1;
        let hex: Vec<String> = fault.bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        let what = format!("{} at byte {}", hex.join(" "), fault.offset);
        let (mark, column) = self.lines.place();
        self.log.push(Diagnostic { code: "text-undecodable", kind: Kind::Lost(what), mark, column });
    }

    /// Private-use characters mean something only to those who agreed on them.
    fn look_for_private(&mut self, text: &str) {
        // U+E000–EFFF begin with EE and nothing else does; what is beyond is not in the tables.
        if memchr::memchr(0xEE, text.as_bytes()).is_none() {
            return;
        }
        let found = text.char_indices().filter(|(_, c)| matches!(c, '\u{e000}'..='\u{f8ff}'));
        for (at, c) in found {
            self.private += 1;
            let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..at]);
            if self.first_private.is_none() {
                let (mark, _) = self.lines.place();
                let passed = lines.count() as u32;
                let mark = if let Mark::Line(line) = mark { Mark::Line(line + passed) } else { mark };
                self.first_private = Some((mark, c));
            }
        }
    }

    fn summarize(&mut self) {
        if let Some((mark, c)) = self.first_private {
            let what = format!("{} private-use characters, the first U+{:04X}", self.private, u32::from(c));
            self.log.guessed("text-private-use", mark, what);
        }
        if let Some((mark, times)) = self.lines.cut {
            self.log.guessed(
                "text-long-line",
                mark,
                format!("cut {times} times, since four megabytes have no line end"),
            );
        }
        if self.more.0 > 0 {
            let what = format!("{} more bytes, the last at byte {}", self.more.0, self.more.1);
            self.log.lost("text-undecodable", Mark::None, what);
        }
    }
}

/// Bytes that come in pieces, decided on and decoded.
#[derive(Debug)]
struct Source {
    label: Option<Charset>,
    decision: Option<Decision>,
    engine: Option<Engine>,
    /// What has come and is not decoded.
    held: Vec<u8>,
    /// Bytes of ASCII that went by before anything could be decided on.
    passed: u64,
    output: Output,
}

/// Bytes to wait for before deciding.
const HEAD: usize = 64 * 1024;

impl Source {
    fn new(options: &TextOptions) -> Result<Self, Error> {
        let label = match &options.encoding {
            Some(label) => Some(
                Charset::for_label(label)
                    .ok_or_else(|| Error::unsupported(format!("no encoding is called “{label}”")))?,
            ),
            None => None,
        };
        let output = Output::default();
        Ok(Source { label, decision: None, engine: None, held: Vec::new(), passed: 0, output })
    }

    /// Decides on the encoding of what begins so, and whether it is `sound` UTF-8.
    fn decide(&mut self, bytes: &[u8], complete: bool, sound: bool) -> Result<Decision, Error> {
        let bom = Charset::for_bom(bytes);
        let decision = match self.label {
            Some(charset) => Decision {
                bom: bom.map_or(0, |(by, length)| if by == charset { length } else { 0 }),
                ..Decision::sure(charset)
            },
            None => {
                if let Some(name) = binary::name(bytes) {
                    return Err(Error::unsupported(format!("not a text but {name}")));
                }
                let decision = detect::detect(bytes, complete, sound);
                // Escape sequences and wide units are made of controls.
                let controls =
                    matches!(decision.charset, Charset::Utf16(_) | Charset::Utf32(_) | Charset::Escaped(_));
                if !controls && binary::looks_binary(&bytes[..bytes.len().min(HEAD)]) {
                    return Err(Error::unsupported("not a text but binary data"));
                }
                decision
            }
        };
        self.decision = Some(decision);
        Ok(decision)
    }

    /// Decodes a piece; `sink` is called with every stretch of text.
    fn feed(&mut self, bytes: &[u8], last: bool, sink: &mut dyn FnMut(&mut Output)) -> Result<(), Error> {
        if self.held.is_empty() {
            let read = self.run(bytes, last, sink)?;
            self.held.extend_from_slice(&bytes[read..]);
            return Ok(());
        }
        self.held.extend_from_slice(bytes);
        let held = std::mem::take(&mut self.held);
        let read = self.run(&held, last, sink);
        self.held = held;
        self.held.drain(..read?);
        Ok(())
    }

    /// Decodes what can be decoded of `bytes`, and says how many they were.
    fn run(&mut self, bytes: &[u8], last: bool, sink: &mut dyn FnMut(&mut Output)) -> Result<usize, Error> {
        let mut at = 0;
        if self.engine.is_none() {
            if bytes.len() < HEAD && !last {
                return Ok(0);
            }
            let decision = match self.decision {
                Some(decision) => decision,
                None => self.decide(bytes, last, detect::utf8(bytes).is_some())?,
            };
            if self.label.is_none() && decision.charset == Charset::Utf8 && !last && bytes.is_ascii() {
                // Nothing to decide on yet. The last line may be the one that decides.
                self.decision = None;
                let end = memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |lf| lf + 1);
                self.output.ascii(&bytes[..end]);
                sink(&mut self.output);
                self.passed += end as u64;
                return Ok(end);
            }
            let mut engine = Engine::new(&decision, self.label.is_none(), self.passed);
            at = engine.begin(&decision, bytes, &mut self.output);
            sink(&mut self.output);
            self.engine = Some(engine);
        }
        if let Some(engine) = &mut self.engine {
            while at < bytes.len() {
                let read = engine.decode(&bytes[at..], last, &mut self.output);
                sink(&mut self.output);
                if read == 0 {
                    break;
                }
                at += read;
            }
        }
        Ok(at)
    }
}
