//! Pictures among the lines: each stands before the first line below its middle.

use super::{Item, Laid};
use crate::page::{Area, Page};
use crate::structure::Structure;
use qingwen_model::{Log, Mark, Media, MediaItem};
use std::collections::HashMap;

/// Puts the pictures of a page among its items.
pub(super) fn place(page: &Page, structure: &Structure, laid: &mut Laid) {
    for image in &page.images {
        let Some(picture) = image.picture else { continue };
        let middle = (image.area.y0 + image.area.y1) / 2.0;
        // Lines beside the picture, in another column, do not count where there are some above or below it.
        let beside = |item: &&Item| item.spans(&image.area);
        let any = laid.items.iter().any(|item| beside(&item));
        let counts = |item: &Item| !any || beside(&item);
        let below = laid.items.iter().position(|item| counts(item) && item.top().is_some_and(|y| y > middle));
        let last = || laid.items.iter().rposition(counts).map_or(0, |at| at + 1);
        let alt = structure.alt(page.number, image.mark).to_owned();
        laid.items.insert(below.unwrap_or_else(last), Item::Picture(picture, alt));
    }
    laid.pictures.clone_from(&page.pictures);
}

/// Says how many pictures of a page were not kept, and what they show where the tags say it.
pub(super) fn report(page: &Page, structure: &Structure, log: &mut Log) {
    let lost: Vec<_> = page.images.iter().filter(|image| image.picture.is_none()).collect();
    if lost.is_empty() {
        return;
    }
    let mut what = format!("{} image(s)", lost.len());
    let mut alts: Vec<&str> = lost.iter().map(|image| structure.alt(page.number, image.mark)).collect();
    alts.dedup();
    for (at, alt) in alts.into_iter().filter(|alt| !alt.is_empty()).enumerate() {
        what.push_str(if at == 0 { ": " } else { "; " });
        what.push_str(alt);
    }
    log.lost("pdf-image", Mark::Page(page.number, 0), what);
}

/// Collects the pictures of all pages, each once, and counts them anew.
pub(super) fn media(pages: &mut [Laid]) -> Media {
    let mut media = Media::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut places = Vec::new();
        for picture in std::mem::take(&mut page.pictures) {
            let place = *known.entry(picture.name.clone()).or_insert_with(|| {
                media.items.push(MediaItem { name: picture.name, bytes: picture.bytes });
                media.items.len() - 1
            });
            places.push(place);
        }
        for item in &mut page.items {
            if let Item::Picture(picture, _) = item {
                *picture = places.get(*picture).copied().unwrap_or_default();
            }
        }
    }
    media
}

impl Item {
    /// Where an upright line or a table begins.
    fn top(&self) -> Option<f32> {
        match self {
            Item::Line(line) => line.height.map(|_| line.y),
            Item::Table(grid) => Some(grid.top),
            Item::Picture(..) => None,
        }
    }

    /// Whether it stands above or below an area, at least in part.
    fn spans(&self, area: &Area) -> bool {
        let (left, right) = match self {
            Item::Line(line) => (line.x0, line.x1),
            Item::Table(grid) => match (grid.xs.first(), grid.xs.last()) {
                (Some(left), Some(right)) => (*left, *right),
                _ => return false,
            },
            Item::Picture(..) => return false,
        };
        left < area.x1 && right > area.x0
    }
}
