//! Which pages are wanted.

use qingwen_model::{Log, Mark};
use std::str::FromStr;

/// Some of the pages of a document, counted from 1. The default is all of them.
///
/// ```
/// let pages: qingwen_pdf::Pages = "1-3, 7, 20-".parse().unwrap();
/// assert!(pages.contains(7) && pages.contains(400) && !pages.contains(8));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(Vec<(u32, u32)>);

impl Pages {
    /// Whether a page is one of them.
    pub fn contains(&self, page: u32) -> bool {
        self.0.is_empty() || self.0.iter().any(|&(first, last)| (first..=last).contains(&page))
    }

    /// Reports the ranges that hold none of so many pages.
    pub(crate) fn report(&self, count: usize, log: &mut Log) {
        for (first, last) in self.0.iter().filter(|(first, _)| *first as usize > count) {
            let range = match *last {
                u32::MAX => format!("{first}-"),
                last if last == *first => last.to_string(),
                last => format!("{first}-{last}"),
            };
            log.lost("pdf-no-page", Mark::None, format!("page {range} of {count}: there is none"));
        }
    }
}

impl FromStr for Pages {
    type Err = String;

    /// Reads `1-10,15`: page numbers and ranges, one of whose ends may be left open.
    fn from_str(text: &str) -> Result<Pages, String> {
        let number = |text: &str, open: u32| match text.trim() {
            "" => Ok(open),
            digits => {
                digits.parse().ok().filter(|&n| n > 0).ok_or_else(|| format!("{digits} is no page number"))
            }
        };
        let range = |part: &str| match part.split_once(['-', '–']) {
            Some((first, last)) => match (number(first, 1)?, number(last, u32::MAX)?) {
                (first, last) if first <= last && part.trim().len() > 1 => Ok((first, last)),
                _ => Err(format!("{} is no range of pages", part.trim())),
            },
            None => number(part, 0).and_then(|page| match page {
                0 => Err("pages are written like 1-10,15".to_owned()),
                page => Ok((page, page)),
            }),
        };
        text.split([',', '，']).map(range).collect::<Result<_, _>>().map(Pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_nonsense_is_refused() {
        let pages: Pages = "2,4-5, 9-".parse().unwrap();
        let wanted: Vec<u32> = (1..12).filter(|&page| pages.contains(page)).collect();
        assert_eq!(wanted, [2, 4, 5, 9, 10, 11]);
        assert!("-3".parse::<Pages>().unwrap().contains(1));
        assert!(Pages::default().contains(77));
        for nonsense in ["", "0", "5-4", "a", "1,,2", "-", "1-2-3"] {
            assert!(nonsense.parse::<Pages>().is_err(), "{nonsense}");
        }
    }
}
