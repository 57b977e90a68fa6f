//! How far the pen moves: widths and vertical metrics of CIDs (ISO 32000-2, 9.7.4.3).

use super::standard_widths as standard;
use crate::file::{Array, Dict, Object};

/// The advances of a font every reader knows, by its name or that of the usual stand-ins for it.
pub(crate) fn standard(name: &str) -> Option<[f32; 256]> {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    let bold = name.contains("bold");
    let italic = name.contains("italic") || name.contains("oblique");
    let table = if name.starts_with("helvetica") || name.starts_with("arial") {
        if bold { &standard::HELVETICA_BOLD } else { &standard::HELVETICA }
    } else if name.starts_with("times") {
        match (bold, italic) {
            (false, false) => &standard::TIMES,
            (true, false) => &standard::TIMES_BOLD,
            (false, true) => &standard::TIMES_ITALIC,
            (true, true) => &standard::TIMES_BOLD_ITALIC,
        }
    } else if name.starts_with("symbol") {
        &standard::SYMBOL
    } else if name.starts_with("zapfdingbats") {
        &standard::DINGBATS
    } else if name.starts_with("courier") {
        return Some([0.6; 256]);
    } else {
        return None;
    };
    // The codes between the table's halves hold dashes and quotes; half an em is near enough to them.
    let mut advances = [0.5; 256];
    for (code, width) in (32..=126).chain(160..=255).zip(table) {
        advances[code] = f32::from(*width) / 1000.0;
    }
    Some(advances)
}

/// Whether the codes of ASCII have about the widths their letters have in other fonts, which a font whose codes
/// only number its glyphs has not: whether the two rows of widths are correlated.
pub(crate) fn resemble_latin(advances: &[f32; 256]) -> bool {
    let Some(times) = standard("Times") else { return false };
    let pairs: Vec<(f32, f32)> =
        (33..127).map(|code| (advances[code], times[code])).filter(|(width, _)| *width > 0.0).collect();
    let count = pairs.len() as f32;
    let mean = |pick: fn(&(f32, f32)) -> f32| pairs.iter().map(pick).sum::<f32>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum =
        |term: &dyn Fn(f32, f32) -> f32| pairs.iter().map(|pair| term(pair.0 - x, pair.1 - y)).sum::<f32>();
    let spread = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    pairs.len() >= 8 && spread > 0.0 && sum(&|a, b| a * b) / spread > 0.6
}

/// Whether all codes of ASCII that have a width are an em wide, which marks and digits are in no font of letters.
pub(crate) fn are_all_full(advances: &[f32; 256]) -> bool {
    let codes: Vec<usize> = (33..127).filter(|code| advances[*code] > 0.0).collect();
    let narrow = |code: &usize| matches!(*code as u8, b'!'..=b'/' | b'0'..=b'9' | b'i' | b'j' | b'l' | b't');
    codes.iter().any(narrow) && codes.iter().all(|code| (advances[*code] - 1.0).abs() < 0.01)
}

/// Widths by code or CID, against a type size of 1.
#[derive(Debug, Default)]
pub(crate) struct Widths {
    /// Ranges in order of their first CID: first, last, and where their widths begin in `values`; a range of
    /// one value for all has `same` set.
    ranges: Vec<Range>,
    values: Vec<f32>,
    default: f32,
}

#[derive(Clone, Copy, Debug)]
struct Range {
    first: u32,
    last: u32,
    start: u32,
    same: bool,
}

impl Widths {
    /// The widths of a CID font.
    pub(crate) fn of_cids(dict: &Dict<'_>) -> Widths {
        let default = dict.get::<f32>("DW").unwrap_or(1000.0) / 1000.0;
        let mut widths = Widths { default, ..Widths::default() };
        if let Some(array) = dict.get::<Array<'_>>("W") {
            widths.read(&array);
        }
        widths.ranges.sort_by_key(|range| range.first);
        widths
    }

    fn read(&mut self, array: &Array<'_>) {
        let mut items = array.flex_iter();
        while let Some(Object::Number(first)) = items.next::<Object<'_>>() {
            let first = first.as_i64().clamp(0, 1 << 24) as u32;
            let start = self.values.len() as u32;
            match items.next::<Object<'_>>() {
                Some(Object::Array(list)) => {
                    self.values.extend(list.iter::<f32>().map(|width| width / 1000.0));
                    let count = self.values.len() as u32 - start;
                    if count > 0 {
                        self.ranges.push(Range { first, last: first + count - 1, start, same: false });
                    }
                }
                Some(Object::Number(last)) => {
                    let Some(width) = items.next::<f32>() else { return };
                    let last = last.as_i64().clamp(0, 1 << 24) as u32;
                    self.values.push(width / 1000.0);
                    self.ranges.push(Range { first, last, start, same: true });
                }
                _ => return,
            }
        }
    }

    /// Whether all CIDs are equally wide, but for those of ASCII in any collection of Adobe's.
    pub(crate) fn is_simple(&self) -> bool {
        let ascii = [(1, 95), (231, 325), (814, 939), (7716, 7716), (8094, 8190), (13648, 13742)];
        self.ranges
            .iter()
            .all(|range| ascii.iter().any(|&(low, high)| low <= range.first && range.last <= high))
    }

    /// The width of a CID.
    pub(crate) fn get(&self, cid: u32) -> f32 {
        let end = self.ranges.partition_point(|range| range.first <= cid);
        match self.ranges[..end].iter().rev().take(4).find(|range| cid <= range.last) {
            Some(range) => {
                let offset = if range.same { 0 } else { cid - range.first };
                self.values.get((range.start + offset) as usize).copied().unwrap_or(self.default)
            }
            None => self.default,
        }
    }
}

/// How far the pen moves down for each CID.
#[derive(Debug)]
pub(crate) struct Vertical {
    advances: Widths,
}

impl Vertical {
    pub(crate) fn of_cids(dict: &Dict<'_>) -> Vertical {
        let default = match dict.get::<Array<'_>>("DW2").and_then(|a| a.iter::<f32>().nth(1)) {
            Some(advance) if advance != 0.0 => -advance / 1000.0,
            _ => 1.0,
        };
        let mut advances = Widths { default, ..Widths::default() };
        if let Some(array) = dict.get::<Array<'_>>("W2") {
            read_vertical(&mut advances, &array);
        }
        advances.ranges.sort_by_key(|range| range.first);
        Vertical { advances }
    }

    /// How far the pen moves down for a CID, against a type size of 1.
    pub(crate) fn advance(&self, cid: u32) -> f32 {
        self.advances.get(cid)
    }
}

/// Reads `W2`: like `W`, but three numbers for a width, of which the first is the advance.
fn read_vertical(advances: &mut Widths, array: &Array<'_>) {
    let mut items = array.flex_iter();
    while let Some(Object::Number(first)) = items.next::<Object<'_>>() {
        let first = first.as_i64().clamp(0, 1 << 24) as u32;
        let start = advances.values.len() as u32;
        match items.next::<Object<'_>>() {
            Some(Object::Array(list)) => {
                advances.values.extend(list.iter::<f32>().step_by(3).map(|advance| -advance / 1000.0));
                let count = advances.values.len() as u32 - start;
                if count > 0 {
                    advances.ranges.push(Range { first, last: first + count - 1, start, same: false });
                }
            }
            Some(Object::Number(last)) => {
                let Some(advance) = items.next::<f32>() else { return };
                let (Some(_), Some(_)) = (items.next::<f32>(), items.next::<f32>()) else { return };
                let last = last.as_i64().clamp(0, 1 << 24) as u32;
                advances.values.push(-advance / 1000.0);
                advances.ranges.push(Range { first, last, start, same: true });
            }
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_are_letters_have_the_widths_of_letters() {
        let helvetica = standard("Arial-BoldMT").unwrap();
        assert!(resemble_latin(&helvetica));
        let mut numbered = [0.0; 256];
        // The glyphs of 'A' to 'Z' and 'a' to 'z' numbered from 33 on.
        for (code, letter) in (33..).zip((65..91).chain(97..123)) {
            numbered[code] = helvetica[letter];
        }
        assert!(!resemble_latin(&numbered));
        assert!(!resemble_latin(&[0.6; 256]), "equal widths tell nothing");
    }
}
