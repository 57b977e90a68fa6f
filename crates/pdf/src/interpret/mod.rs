//! Runs the content of a page and notes what it paints (ISO 32000-2, 8 and 9).
//!
//! Only what says something of text is followed: strings, the state that places them, lines and the outlines
//! of pictures. Colours, shadings and clipping are passed over.

mod annotations;
mod layers;
mod matrix;
mod paths;
mod state;
mod text;

use crate::file::{CONTENT, Dict, File, Name, ObjectIdentifier, PageObject, Rotation, Stream};
use crate::filters::is_picture;
use crate::fonts::Fonts;
use crate::lexer::{Lexer, Token, name};
use crate::page::{Area, Image, Page};
pub(crate) use layers::Layers;
use matrix::Matrix;
use paths::Path;
use qingwen_model::{Log, Mark};
use state::{Marked, State};

/// Form objects within form objects.
const DEPTH: usize = 24;
/// Saved graphics states.
const STATES: usize = 512;
/// Operands of one operator, the members of arrays counted.
const OPERANDS: usize = 1 << 20;
/// Operators of one page, form objects included; a page of dense vector art has some hundred thousand.
const OPERATORS: u64 = 20_000_000;
/// Operators that running a form object counts for, however few are in it.
const FORM: u64 = 500;
/// Glyphs of one page.
const GLYPHS: usize = 4_000_000;

/// What a page shows, its pictures too where they are wanted. What its annotations say without showing it goes to the log.
pub(crate) fn page<'a>(
    file: &'a File,
    layers: &Layers,
    fonts: &mut Fonts<'a>,
    object: &PageObject<'a>,
    number: u32,
    pictures: bool,
    log: &mut Log,
) -> Page {
    let (to_page, width, height) = frame(object);
    let mut run = Run {
        file,
        layers,
        fonts,
        page: Page { number, width, height, ..Page::default() },
        font_indexes: Vec::new(),
        state: State::new(to_page),
        saved: Vec::new(),
        floor: 0,
        path: Path::default(),
        marked: Vec::new(),
        operators: 0,
        open_forms: Vec::new(),
        pictures,
        hidden: String::new(),
        scratch: Vec::new(),
    };
    let resources = Resources::of(object);
    let content = content(file, object);
    run.run(&content, &resources, 0);
    run.annotations(object, &to_page, log);
    if !run.hidden.trim().is_empty() {
        log.lost("pdf-hidden-layer", Mark::Page(number, 0), run.hidden.trim());
    }
    if file.was_cut_short() {
        log.lost("pdf-limit", Mark::Page(number, 0), "what is beyond the limits");
    }
    run.page
}

/// Where a point of a page's own space stands in reading space, from its top.
pub(crate) fn reading_y(object: &PageObject<'_>, x: f64, y: f64) -> f32 {
    frame(object).0.apply(x, y).1 as f32
}

/// The matrix from a page's own space to reading space, and the size of the visible page.
fn frame(object: &PageObject<'_>) -> (Matrix, f32, f32) {
    let mut area = object.crop_box().intersect(object.media_box());
    if area.width() < 1.0 || area.height() < 1.0 {
        area = object.media_box();
    }
    let (width, height) = (area.width(), area.height());
    // ISO 32000-2, table 31: Rotate turns the page clockwise when shown.
    let (matrix, turned) = match object.rotation() {
        Rotation::None => (Matrix([1.0, 0.0, 0.0, -1.0, -area.x0, area.y1]), false),
        Rotation::Horizontal => (Matrix([0.0, 1.0, 1.0, 0.0, -area.y0, -area.x0]), true),
        Rotation::Flipped => (Matrix([-1.0, 0.0, 0.0, 1.0, area.x1, -area.y0]), false),
        Rotation::FlippedHorizontal => (Matrix([0.0, -1.0, -1.0, 0.0, area.y1, area.x1]), true),
    };
    let (width, height) = if turned { (height, width) } else { (width, height) };
    (matrix, width as f32, height as f32)
}

/// The content of a page: one stream, or several that count as one.
fn content(file: &File, object: &PageObject<'_>) -> Vec<u8> {
    if let Some(stream) = object.raw().get::<Stream<'_>>("Contents") {
        return file.decode(&stream, CONTENT).unwrap_or_default();
    }
    let mut all = Vec::new();
    if let Some(array) = object.raw().get::<crate::file::Array<'_>>("Contents") {
        for stream in file.resolved(&array) {
            if let Some(stream) = stream.into_stream() {
                all.extend(file.decode(&stream, CONTENT).unwrap_or_default());
                all.push(b'\n');
            }
        }
    }
    all
}

/// The named resources content refers to (ISO 32000-2, 7.8.3).
struct Resources<'a> {
    fonts: Dict<'a>,
    objects: Dict<'a>,
    properties: Dict<'a>,
    states: Dict<'a>,
}

impl<'a> Resources<'a> {
    fn of(page: &PageObject<'a>) -> Self {
        let resources = page.resources();
        Resources {
            fonts: resources.fonts.clone(),
            objects: resources.x_objects.clone(),
            properties: resources.properties.clone(),
            states: resources.ext_g_states.clone(),
        }
    }

    fn read(dict: &Dict<'a>) -> Self {
        let entry = |key: &str| dict.get::<Dict<'_>>(key).unwrap_or_default();
        Resources {
            fonts: entry("Font"),
            objects: entry("XObject"),
            properties: entry("Properties"),
            states: entry("ExtGState"),
        }
    }
}

/// The state of running one page.
struct Run<'f, 'a> {
    file: &'a File,
    layers: &'f Layers,
    fonts: &'f mut Fonts<'a>,
    page: Page,
    /// From the document's fonts to the page's; those the page has not shown yet are beyond its fonts.
    font_indexes: Vec<u16>,
    state: State,
    saved: Vec<State>,
    /// How many of them were saved before the stream that is run.
    floor: usize,
    path: Path,
    marked: Vec<Marked>,
    operators: u64,
    /// The form objects that are being run, the outermost first.
    open_forms: Vec<ObjectIdentifier>,
    /// Whether pictures are wanted.
    pictures: bool,
    /// What stands on layers that are off.
    hidden: String,
    /// The bytes of the string being shown.
    scratch: Vec<u8>,
}

impl<'a> Run<'_, 'a> {
    /// Runs one content stream.
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) {
        let (states, marks) = (self.saved.len(), self.marked.len());
        let floor = std::mem::replace(&mut self.floor, states);
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Token<'_>> = Vec::with_capacity(32);
        while let Some(token) = lexer.next() {
            match token {
                Token::Operator(b"true" | b"false" | b"null") => operands.push(Token::Name(b"")),
                Token::Operator(b"BI") => {
                    skip_inline_image(&mut lexer);
                    let area = self.state.ctm.unit_square();
                    self.page.images.push(Image { area, picture: None, mark: self.mark() });
                    operands.clear();
                }
                Token::Operator(operator) => {
                    self.operators += 1;
                    if self.operators > OPERATORS || self.page.glyphs.len() > GLYPHS {
                        self.file.cut_short();
                        break;
                    }
                    self.operate(operator, &operands, resources, depth);
                    operands.clear();
                }
                operand if operands.len() < OPERANDS => operands.push(operand),
                _ => {}
            }
        }
        self.floor = floor;
        // What a stream leaves open ends with it.
        if self.saved.len() > states {
            self.saved.truncate(states + 1);
            self.state = self.saved.pop().unwrap_or_else(|| self.state.clone());
        }
        while self.marked.len() > marks {
            self.end_marked();
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Token<'_>], resources: &Resources<'a>, depth: usize) {
        match operator {
            b"q" if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            b"Q" => {
                // A stream does not restore what it did not save.
                if self.saved.len() > self.floor
                    && let Some(state) = self.saved.pop()
                {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.state.ctm = matrix.then(&self.state.ctm);
                }
            }
            b"w" => self.state.line_width = numbers::<1>(operands).map_or(1.0, |[width]| width),
            b"gs" => self.graphics_state(operands, resources),
            b"Do" => self.object(operands, resources, depth),
            b"BMC" | b"BDC" => self.begin_marked(operands, resources, depth),
            b"EMC" => self.end_marked(),
            _ if self.text_operator(operator, operands, resources) => {}
            _ => self.path_operator(operator, operands),
        }
    }

    /// An external graphics state may choose the font and the line width (ISO 32000-2, 8.4.5).
    fn graphics_state(&mut self, operands: &[Token<'_>], resources: &Resources<'a>) {
        let Some(state) = first_name(operands).and_then(|name| resources.states.get::<Dict<'_>>(name)) else {
            return;
        };
        if let Some(width) = state.get::<f64>("LW") {
            self.state.line_width = width;
        }
        if let Some(font) = state.get::<crate::file::Array<'_>>("Font") {
            let mut items = font.flex_iter();
            if let (Some(dict), Some(size)) = (items.next::<Dict<'_>>(), items.next::<f64>()) {
                (self.state.font, self.state.size) = (Some(self.fonts.load(&dict)), size);
            }
        }
    }

    /// Keeps a picture; gives its index on the page.
    fn picture(&mut self, stream: &Stream<'_>) -> Option<usize> {
        let picture = crate::pictures::of(self.file, stream)?;
        let known = self.page.pictures.iter().position(|known| known.name == picture.name);
        Some(known.unwrap_or_else(|| {
            self.page.pictures.push(picture);
            self.page.pictures.len() - 1
        }))
    }

    /// The marked content that is open, counted from 1 by its identifier; 0 for none.
    fn mark(&self) -> u32 {
        self.marked.last().map_or(0, |marked| marked.mark)
    }

    /// Paints an external object: a picture leaves its outline, a form is run.
    fn object(&mut self, operands: &[Token<'_>], resources: &Resources<'a>, depth: usize) {
        let Some(stream) = first_name(operands).and_then(|name| resources.objects.get::<Stream<'_>>(name))
        else {
            return;
        };
        let dict = stream.dict();
        let hidden = self.layers.hide(dict, b"OC");
        if hidden && is_picture(dict) {
            return;
        }
        if is_picture(dict) {
            let area = self.state.ctm.unit_square();
            let picture = if self.pictures { self.picture(&stream) } else { None };
            self.page.images.push(Image { area, picture, mark: self.mark() });
            return;
        }
        let is_form = dict.get::<Name<'_>>("Subtype").is_none_or(|subtype| subtype.as_ref() == b"Form");
        if depth >= DEPTH || !is_form {
            return;
        }
        // No form may paint itself (ISO 32000-2, 8.10.1), and a tree of forms may have more leaves than time allows.
        let id =
            first_name(operands).and_then(|name| resources.objects.get_ref(name)).map(ObjectIdentifier::from);
        if id.is_some_and(|id| self.open_forms.contains(&id)) {
            return;
        }
        self.operators += FORM;
        let Some(content) = self.file.decode(&stream, CONTENT) else { return };
        self.open_forms.extend(id);
        let saved = self.state.clone();
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.ctm = Matrix(matrix).then(&self.state.ctm);
        }
        // What a form marks is numbered apart; it belongs to the content about the form.
        let mark = self.marked.last().map_or(0, |marked| marked.mark);
        self.marked.push(Marked { artifact: false, mark, hidden, actual: None });
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.run(&content, &Resources::read(&own), depth + 1),
            None => self.run(&content, resources, depth + 1),
        }
        self.end_marked();
        self.state = saved;
        if id.is_some() {
            self.open_forms.pop();
        }
    }
}

/// Skips an inline image (ISO 32000-2, 8.9.7): from its dictionary to the `EI` that ends its data.
fn skip_inline_image(lexer: &mut Lexer<'_>) {
    for token in lexer.by_ref() {
        if token == Token::Operator(b"ID") {
            break;
        }
    }
    let data = lexer.rest();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(data.get(at..).unwrap_or_default(), b"EI") {
        let end = at + found;
        let before = end.checked_sub(1).and_then(|i| data.get(i));
        let after = data.get(end + 2..).unwrap_or_default();
        // Within the data `EI` may come about by chance; what follows it then hardly reads as content.
        let parted =
            before.is_none_or(u8::is_ascii_whitespace) && after.first().is_none_or(u8::is_ascii_whitespace);
        if parted && after.iter().take(16).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')) {
            lexer.skip(end + 2);
            return;
        }
        at = end + 2;
    }
    lexer.skip(data.len());
}

/// The first `N` numbers among the operands, where there are that many.
fn numbers<const N: usize>(operands: &[Token<'_>]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    let mut found = operands.iter().filter_map(|token| match token {
        Token::Number(number) => Some(*number),
        _ => None,
    });
    for slot in &mut out {
        *slot = found.next()?;
    }
    Some(out)
}

/// The first name among the operands.
fn first_name<'a>(operands: &[Token<'a>]) -> Option<std::borrow::Cow<'a, [u8]>> {
    operands.iter().find_map(|token| match token {
        Token::Name(raw) => Some(name(raw)),
        _ => None,
    })
}

impl Matrix {
    fn of(operands: &[Token<'_>]) -> Option<Matrix> {
        numbers::<6>(operands).map(Matrix)
    }

    /// Where the unit square, into which pictures are painted, comes to lie.
    fn unit_square(&self) -> Area {
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| self.apply(x, y));
        let fold = |pick: fn(&(f64, f64)) -> f64, choose: fn(f64, f64) -> f64| {
            corners.iter().map(pick).reduce(choose).unwrap_or(0.0) as f32
        };
        Area {
            x0: fold(|c| c.0, f64::min),
            y0: fold(|c| c.1, f64::min),
            x1: fold(|c| c.0, f64::max),
            y1: fold(|c| c.1, f64::max),
        }
    }
}
