//! The classes of each character.

use super::Classes;

/// The class of a character of the basic plane: its block of 64, and its place in that.
pub(super) fn look_up(block: usize, low: usize) -> u64 {
    TABLES[usize::from(INDEX[block])][low]
}

/// The class of a character beyond the basic plane, by its bytes.
pub(super) fn beyond(lead: u8, second: usize, third: usize) -> u64 {
    match (lead, second, third) {
        (0xf0, 0xaf, 0xa0..=0xa8) => Classes::FORM.0 | Classes::HAN.0,
        (0xf0, 0xa0..=0xbf, _) => Classes::HAN.0,
        _ => 0,
    }
}

/// Blocks of 64 characters that are not all of one class.
const MIXED: [usize; 25] = [
    0x00, 0x01, 0x02, 0x03, 0x0d, 0x5a, 0x60, 0x80, 0x81, 0x88, 0x8b, 0x94, 0x96, 0x97, 0x98, 0xc0, 0xc3,
    0x254, 0x3ec, 0x3f8, 0x3f9, 0x3fb, 0x3fc, 0x3fd, 0x3ff,
];
/// After the mixed blocks stand tables of blocks of one class: none, Han, radicals, private, compatibility
/// ideographs, kana and hangul.
const UNIFORM: [u64; 6] = [
    0,
    Classes::HAN.0,
    Classes::FORM.0,
    Classes::PRIVATE.0,
    Classes::FORM.0 | Classes::HAN.0,
    Classes::KANA.0,
];

/// The classes of each character of the basic plane: which table its block of 64 has, and the tables.
static INDEX: [u8; 1024] = index();
/// The classes of ASCII once more, for one step less.
pub(super) static ASCII: [u64; 128] = ascii();
static TABLES: [[u64; 64]; MIXED.len() + UNIFORM.len()] = tables();

const fn index() -> [u8; 1024] {
    let mut index = [0; 1024];
    let mut block = 0;
    while block < 1024 {
        let uniform = match block {
            0xd0..=0x136 | 0x138..=0x27f => 1,
            0xba..=0xbf => 2,
            0x380..=0x3e3 => 3,
            0x3e4..=0x3eb => 4,
            0xc1 | 0xc2 | 0x2b0..=0x35e => 5,
            _ => 0,
        };
        index[block] = (MIXED.len() + uniform) as u8;
        block += 1;
    }
    let mut at = 0;
    while at < MIXED.len() {
        index[MIXED[at]] = at as u8;
        at += 1;
    }
    index
}

const fn ascii() -> [u64; 128] {
    let mut table = [0; 128];
    let mut code = 0;
    while code < 128 {
        table[code] = class(code).0;
        code += 1;
    }
    table
}

const fn tables() -> [[u64; 64]; MIXED.len() + UNIFORM.len()] {
    let mut tables = [[0; 64]; MIXED.len() + UNIFORM.len()];
    let mut at = 0;
    while at < tables.len() {
        let mut low = 0;
        while low < 64 {
            tables[at][low] =
                if at < MIXED.len() { class(MIXED[at] << 6 | low).0 } else { UNIFORM[at - MIXED.len()] };
            low += 1;
        }
        at += 1;
    }
    tables
}

/// The class of a character in one of the mixed blocks.
pub(super) const fn class(code: usize) -> Classes {
    match code {
        0x20 => Classes::SPACE,
        0x09 => Classes::TAB,
        0x0a => Classes::NEWLINE,
        0x0d | 0x0b | 0x85 | 0x2028 | 0x2029 => Classes::BREAK,
        0x13..=0x15 => Classes::FIELD,
        0x07 => Classes::CELL,
        0x1e | 0x1f => Classes::WORD_HYPHEN,
        0x0c => Classes::NONE,
        0x00..=0x1f | 0x7f..=0x9f => Classes::CONTROL,
        0x200b..=0x200d | 0x2060 | 0x180e | 0x034f => Classes::ZERO_WIDTH,
        0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069 => Classes::BIDI,
        0xad => Classes::SOFT_HYPHEN,
        0xfff9..=0xfffc => Classes::OBJECT,
        0xfeff => Classes::BOM,
        0xfffd => Classes::DAMAGE,
        0xa0 | 0x1680 | 0x2000..=0x200a | 0x202f | 0x205f => Classes::EXOTIC_SPACE,
        0xb7 => Classes::NONE,
        0xa1..=0xff => Classes::LATIN1,
        _ => class_of_mark(code),
    }
}

const fn class_of_mark(code: usize) -> Classes {
    let Some(c) = char::from_u32(code as u32) else { return Classes::NONE };
    match c {
        '&' => Classes::AMPERSAND,
        '[' | ']' => Classes::BRACKET,
        '|' => Classes::PIPE,
        'A'..='Z' => Classes::UPPER,
        'a'..='z' => Classes::LOWER,
        '\\' => Classes::BACKSLASH,
        '0'..='9' => Classes::DIGIT,
        ',' => Classes::COMMA,
        ';' => Classes::SEMICOLON,
        ':' => Classes::COLON,
        '?' | '!' => Classes::ASK,
        '.' => Classes::DOT,
        '(' | ')' => Classes::PAREN,
        '"' => Classes::QUOTE,
        '<' | '>' => Classes::ANGLE,
        '`' => Classes::BACKQUOTE,
        '@' => Classes::AT,
        '/' => Classes::SLASH,
        '-' => Classes::HYPHEN,
        '“' | '”' | '‘' | '’' => Classes::CURLY,
        '―' | '─' => Classes::LINE,
        '•' | '‧' | '∙' | '⋅' => Classes::DOT_LIKE,
        '・' => Classes::DOT_LIKE.or(Classes::KANA),
        '\u{30c0}'..='\u{30ff}' => Classes::KANA,
        '⋯' => Classes::MIDLINE_ELLIPSIS,
        '○' => Classes::CIRCLE,
        '□' | '■' => Classes::BOX,
        '★' => Classes::STAR,
        '\u{3000}' => Classes::WIDE_SPACE,
        '锟' | '锘' => Classes::DAMAGE.or(Classes::HAN),
        '〇' | '々' | '\u{9500}'..='\u{953f}' => Classes::HAN,
        '\u{301c}' => Classes::WAVE,
        '「' | '」' | '『' | '』' => Classes::CORNER,
        '《' | '》' | '〈' | '〉' => Classes::TITLE_MARK,
        '【' | '】' | '〔' | '〕' | '［' | '］' => Classes::WIDE_BRACKET,
        '！' => Classes::POINT.or(Classes::WIDE_EXCLAMATION),
        '，' | '。' | '、' | '；' | '？' => Classes::POINT,
        '：' => Classes::WIDE_COLON,
        '（' | '）' => Classes::WIDE_PAREN,
        '＜' | '＞' => Classes::WIDE_ANGLE,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Classes::WIDE_ALNUM,
        '－' => Classes::WIDE_MARK.or(Classes::HYPHEN),
        '％' | '．' | '／' => Classes::WIDE_MARK,
        '\u{ff61}'..='\u{ff65}' | '\u{fb00}'..='\u{fb06}' | '\u{fe10}'..='\u{fe19}' => Classes::FORM,
        '﹝' | '﹞' => Classes::FORM.or(Classes::WIDE_BRACKET),
        '\u{fe30}'..='\u{fe6f}' => Classes::FORM,
        _ => Classes::NONE,
    }
}
