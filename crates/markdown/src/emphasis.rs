//! Where `**`, `*` and `~~` would be read as markup, and where only a tag will do.

use crate::spans::{Kind, Nest, Token};
use crate::unicode::{Class, may_flank, surely_flanks};
use qingwen_model::{Object, Text};

/// For every piece, whether it must be written as an HTML tag, because CommonMark's flanking rules (0.31.2,
/// 6.2) would leave its delimiters standing as text.
///
/// Asterisks that meet are one run of delimiters to a parser, so the pieces that share one are decided on
/// together, and what opens directly after something closed is a tag.
pub(crate) fn tags(nest: &Nest, text: &Text) -> Vec<bool> {
    let pieces = &nest.pieces;
    let mut groups = Groups((0..pieces.len()).collect());
    let mut tags = vec![false; pieces.len()];
    let tokens = &nest.tokens;
    // The starred pieces that are open, and with how many others each began.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (Token::Open(first) | Token::Close(first)) = tokens[at] else {
            at += 1;
            continue;
        };
        if !pieces[first].kind.flanks() {
            at += 1;
            continue;
        }
        let starred = pieces[first].kind.is_starred();
        let joins = |token: &Token| match token {
            Token::Open(piece) | Token::Close(piece) => starred && pieces[*piece].kind.is_starred(),
            Token::Text(_) => false,
        };
        let length = 1 + tokens[at + 1..].iter().take_while(|token| joins(token)).count();
        let run = &tokens[at..at + length];
        let closings = run.iter().take_while(|token| matches!(token, Token::Close(_))).count();
        let before =
            at.checked_sub(1).map_or(Class::SPACE, |before| class(&tokens[before], nest, text, true));
        let after = tokens.get(at + length).map_or(Class::SPACE, |after| class(after, nest, text, false));
        let mixed = closings > 0 && closings < length;
        let closes = surely_flanks(if mixed { Class::PUNCTUATION } else { after }, before);
        // Within what began as `***`, and only there, delimiters that could close would close it.
        let shuts = open.iter().any(|&(_, length)| length > 1) && may_flank(after, before);
        let opens = !mixed && surely_flanks(before, after) && !shuts;
        let mut last: Option<usize> = None;
        for (place, token) in run.iter().enumerate() {
            let (Token::Open(piece) | Token::Close(piece)) = *token else { continue };
            let holds = if place < closings { closes } else { opens };
            if !holds {
                tags[groups.root(piece)] = true;
            }
            if let Some(last) = last.filter(|_| !mixed || place != closings) {
                groups.join(last, piece, &mut tags);
            }
            last = Some(piece);
            match token {
                Token::Open(_) if starred => open.push((piece, length)),
                _ => open.retain(|&(other, _)| other != piece),
            }
        }
        at += length;
    }
    (0..pieces.len()).map(|piece| tags[groups.root(piece)]).collect()
}

/// The class of the character that a token begins or ends with.
fn class(token: &Token, nest: &Nest, text: &Text, ends: bool) -> Class {
    let range = match token {
        Token::Text(range) => range,
        // GitHub's parser looks past tildes, the standard does not.
        Token::Open(piece) | Token::Close(piece) if nest.pieces[*piece].kind == Kind::Strike => {
            return Class::ANY;
        }
        Token::Open(_) | Token::Close(_) => return Class::PUNCTUATION,
    };
    let stretch = &text.as_str()[range.clone()];
    let c = if ends { stretch.chars().next_back() } else { stretch.chars().next() };
    let Some(c) = c else { return Class::ANY };
    if c != '\u{fffc}' {
        return Class::of(c);
    }
    let place = if ends { range.end - c.len_utf8() } else { range.start };
    match text.object_at(place) {
        None => Class::of(c),
        Some(Object::Note(_) | Object::Formula { .. } | Object::Image { .. }) => Class::PUNCTUATION,
        Some(Object::Raw(markup)) => {
            let c = if ends { markup.chars().next_back() } else { markup.chars().next() };
            c.map_or(Class::ANY, Class::of)
        }
        // What has a reading begins and ends as it likes.
        Some(Object::Ruby { .. }) => Class::ANY,
    }
}

/// Whether `**` between two characters opens, or closes, what is bold to Chinese authors, though the flanking rules
/// have it otherwise: `**注意：**请看`, `见**“重点”**处`. Our own reader reads it so.
pub(crate) fn is_stuck(opens: bool, inside: Option<char>, outside: Option<char>) -> bool {
    let marks = if opens {
        "“‘《〈（「『【"
    } else {
        "”’》〉）」』】：。，；！？、…—"
    };
    inside.is_some_and(|c| marks.contains(c)) && outside.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric())
}

/// Pieces that are decided on together.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, piece: usize) -> usize {
        let mut at = piece;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize, tags: &mut [bool]) {
        let (one, other) = (self.root(one), self.root(other));
        tags[one] |= tags[other];
        self.0[other] = one;
    }
}
