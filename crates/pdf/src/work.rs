//! The pages of a file, one after another or several at once.
//!
//! Each thread has a stretch of neighbouring pages and fonts of its own; what the stretches gave is put together in
//! their order, so that nobody can tell how many there were.

use crate::PdfOptions;
use crate::file::{File, PageObject};
use crate::fonts::Fonts;
use crate::interpret::{self, Layers};
use crate::layout::{self, Laid};
use crate::page::Page;
use crate::structure::Structure;
use crate::{ocr, report};
use qingwen_model::{Log, Mark};
use std::collections::HashSet;
use std::thread;

/// Stack of a thread that reads pages: form objects within form objects take some of it.
const STACK: usize = 16 << 20;
/// The fewest pages that are worth a thread.
const STRETCH: usize = 8;

/// What reading the pages gave.
pub(crate) struct Done {
    pub(crate) pages: Vec<Laid>,
    /// What was found out while reading them.
    pub(crate) found: Log,
    /// What was guessed about fonts.
    pub(crate) guesses: Log,
}

/// What a stretch of pages gave.
#[derive(Default)]
struct Stretch {
    pages: Vec<Laid>,
    log: Log,
    found: Log,
    guesses: Vec<(String, &'static str)>,
}

/// Reads and lays out the pages that are wanted; the layout writes into `log`.
pub(crate) fn pages(file: &File, options: &PdfOptions, structure: &Structure, log: &mut Log) -> Done {
    let layers = Layers::read(file);
    let wanted = wanted(file, options);
    let threads = options.threads.clamp(1, wanted.len().div_ceil(STRETCH).max(1));
    let read = |pages: &[(u32, &PageObject<'_>)]| stretch(file, &layers, options, structure, pages);
    let stretches: Vec<Stretch> = if threads == 1 {
        vec![read(&wanted)]
    } else {
        let parts: Vec<_> = wanted.chunks(wanted.len().div_ceil(threads)).collect();
        thread::scope(|scope| {
            let begun: Vec<_> = parts
                .iter()
                .map(|part| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read(part)))
                .collect();
            // Where no thread could be had, this one does the work.
            let ended = begun.into_iter().zip(&parts).map(|(begun, part)| match begun {
                Ok(thread) => thread.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload)),
                Err(_) => read(part),
            });
            ended.collect()
        })
    };
    let mut done = Done { pages: Vec::new(), found: Log::new(), guesses: Log::new() };
    let mut told = HashSet::new();
    for stretch in stretches {
        done.pages.extend(stretch.pages);
        log.extend(stretch.log.into_diagnostics());
        done.found.extend(stretch.found.into_diagnostics());
        for (font, guess) in stretch.guesses {
            if told.insert((font.clone(), guess)) {
                done.guesses.guessed(
                    "pdf-guessed-font",
                    Mark::None,
                    format!("the characters of {font}: {guess}"),
                );
            }
        }
    }
    done
}

/// The characters of the pages that are wanted, as they were painted.
pub(crate) fn characters(file: &File, options: &PdfOptions) -> String {
    let layers = Layers::read(file);
    let mut fonts = Fonts::new(file);
    let mut out = String::new();
    for (number, object) in wanted(file, options) {
        let page = page(file, &layers, &mut fonts, options, (number, object), &mut Log::new());
        out.extend(page.glyphs.iter().map(|glyph| page.text_of(glyph)));
        out.push('\u{c}');
    }
    out
}

/// The pages that are wanted, and their numbers.
fn wanted<'a>(file: &'a File, options: &PdfOptions) -> Vec<(u32, &'a PageObject<'a>)> {
    let numbered = (1..).zip(file.pages().iter());
    numbered.filter(|&(number, _)| options.pages.contains(number)).collect()
}

fn stretch<'a>(
    file: &'a File,
    layers: &Layers,
    options: &PdfOptions,
    structure: &Structure,
    pages: &[(u32, &'a PageObject<'a>)],
) -> Stretch {
    let mut fonts = Fonts::new(file);
    let mut out = Stretch::default();
    for &numbered in pages {
        let page = page(file, layers, &mut fonts, options, numbered, &mut out.found);
        out.pages.push(layout::lay(&page, structure, &mut out.log));
    }
    out.guesses = fonts.guesses().map(|(font, guess)| (font.to_owned(), guess)).collect();
    out
}

/// What stands on a page, its pictures read where that is wanted and needed.
fn page<'a>(
    file: &'a File,
    layers: &Layers,
    fonts: &mut Fonts<'a>,
    options: &PdfOptions,
    (number, object): (u32, &'a PageObject<'a>),
    log: &mut Log,
) -> Page {
    let pictures = options.media || options.ocr.is_some();
    let mut page = interpret::page(file, layers, fonts, object, number, pictures, log);
    if let Some(ocr) = &options.ocr {
        if report::is_picture(&page) {
            ocr::read(&mut page, ocr, log);
        }
        if !options.media {
            page.images.iter_mut().for_each(|image| image.picture = None);
            page.pictures.clear();
        }
    }
    report::page(&page, log);
    page
}
