//! The objects of a file: the one place that knows which library reads them.
//!
//! hayro-syntax reads objects lazily and repairs what it can; a file it refuses is rewritten by lopdf, whose
//! repair follows other rules, and tried again. Streams are unpacked here, because neither bounds them.

use crate::PdfOptions;
use crate::filters::{self, Packed};
use crate::guard::{self, Verdict};
use hayro_syntax::page::Pages;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use qingwen_model::{Error, Limits};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

pub(crate) use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, Stream, String as Bytes,
};
pub(crate) use hayro_syntax::page::{Page as PageObject, Rotation};

/// An open file.
pub(crate) struct File {
    pdf: Pdf,
    limits: Limits,
    /// Bytes that streams may still unpack to.
    budget: AtomicU64,
    /// The threads that had something cut short since they last asked.
    cut: Mutex<HashSet<ThreadId>>,
}

impl File {
    /// Opens a file.
    pub(crate) fn open(bytes: Cow<'_, [u8]>, options: &PdfOptions) -> Result<File, Error> {
        let limits = options.limits.clone();
        if bytes.len() as u64 > limits.input {
            return Err(Error::limit(format!("{} bytes of pdf, more than the limit allows", bytes.len())));
        }
        let password = options.password.as_deref().unwrap_or_default();
        let pdf = match guard::check(&bytes, &limits)? {
            Verdict::Sound => opened(bytes, password, &limits)?,
            Verdict::Unsure => rewritten(&bytes, password, &limits).ok_or_else(|| unsure(&bytes))?,
        };
        if pdf.pages().len() as u64 > u64::from(limits.pages) {
            return Err(Error::limit(format!("{} pages, more than the limit allows", pdf.pages().len())));
        }
        let budget = AtomicU64::new(limits.total);
        Ok(File { pdf, limits, budget, cut: Mutex::default() })
    }

    /// The pages in order.
    pub(crate) fn pages(&self) -> &Pages<'_> {
        self.pdf.pages()
    }

    /// The document's catalog (ISO 32000-2, 7.7.2).
    pub(crate) fn catalog(&self) -> Option<Dict<'_>> {
        self.pdf.xref().get::<Dict<'_>>(self.pdf.xref().root_id())
    }

    /// What the information dictionary says (ISO 32000-2, 14.3.3).
    pub(crate) fn info(&self) -> &hayro_syntax::metadata::Metadata {
        self.pdf.metadata()
    }

    /// The object of this number, where there is one.
    pub(crate) fn object(&self, id: ObjectIdentifier) -> Option<Object<'_>> {
        self.pdf.xref().get::<Object<'_>>(id)
    }

    /// The members of an array, references resolved.
    pub(crate) fn resolved<'a>(&'a self, array: &Array<'a>) -> impl Iterator<Item = Object<'a>> {
        array.raw_iter().filter_map(|item| match item {
            MaybeRef::Ref(id) => self.pdf.xref().get::<Object<'_>>(id.into()),
            MaybeRef::NotRef(object) => Some(object),
        })
    }

    /// The bytes of a stream, unpacked as far as they can be: a damaged stream gives what precedes the damage, one
    /// longer than `most` its beginning. `None` where a filter is not for text (pictures) or unknown.
    pub(crate) fn decode(&self, stream: &Stream<'_>, most: u64) -> Option<Vec<u8>> {
        match self.decode_to(stream, most) {
            (data, None) => Some(data),
            (_, Some(_)) => None,
        }
    }

    /// As [`decode`](File::decode), but only as far as the first filter that is for pictures, which is named.
    pub(crate) fn decode_to(&self, stream: &Stream<'_>, most: u64) -> (Vec<u8>, Option<Vec<u8>>) {
        let raw = stream.raw_data();
        let limit = self.budget.load(Ordering::Relaxed).min(self.limits.part).min(most);
        let packed = Packed { raw: &raw, dict: stream.dict() };
        let (mut out, other) = filters::unpack_to(&packed, usize::try_from(limit).unwrap_or(usize::MAX));
        if out.len() as u64 >= limit {
            out.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            self.cut_short();
        }
        let spent = out.len() as u64;
        let less = |budget: u64| Some(budget.saturating_sub(spent));
        let _ = self.budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        (out, other)
    }

    /// Notes that a limit left something out.
    pub(crate) fn cut_short(&self) {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id());
    }

    /// Whether a limit left something out since this was last asked.
    pub(crate) fn was_cut_short(&self) -> bool {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner).remove(&thread::current().id())
    }
}

/// The most that content of one page, or of one form, is read of.
pub(crate) const CONTENT: u64 = 128 << 20;
/// The most that a CMap is read of; the largest that is not a joke has some hundred kilobytes.
pub(crate) const CMAP: u64 = 16 << 20;
/// The most that a picture is read of.
pub(crate) const PICTURE: u64 = 256 << 20;
/// The most that one stream of objects may unpack to where lopdf opens a file.
const REWRITTEN: u64 = 64 << 20;
/// The most that a font program is read of.
pub(crate) const PROGRAM: u64 = 64 << 20;

/// The file as hayro-syntax understands it, or, where it finds no pages, as lopdf does.
fn opened(bytes: Cow<'_, [u8]>, password: &str, limits: &Limits) -> Result<Pdf, Error> {
    let bytes = Arc::new(bytes.into_owned());
    match Pdf::new_with_password(Arc::clone(&bytes), password) {
        Ok(pdf) if !pdf.pages().is_empty() => Ok(pdf),
        Ok(empty) => Ok(rewritten(&bytes, password, limits).unwrap_or(empty)),
        Err(LoadPdfError::Invalid) => rewritten(&bytes, password, limits)
            .ok_or_else(|| Error::malformed("cannot find the pages of a pdf")),
        // hayro-syntax takes the user's password alone, lopdf the owner's as well.
        Err(LoadPdfError::Decryption(error)) => {
            let owner = || (!password.is_empty()).then(|| rewritten(&bytes, password, limits)).flatten();
            owner().ok_or_else(|| refusal(error))
        }
    }
}

/// The file as lopdf understands it, written anew and read again.
fn rewritten(bytes: &[u8], password: &str, limits: &Limits) -> Option<Pdf> {
    let options = lopdf::LoadOptions {
        max_decompressed_size: usize::try_from(limits.part.min(REWRITTEN)).ok(),
        password: (!password.is_empty()).then(|| password.to_owned()),
        ..lopdf::LoadOptions::default()
    };
    let mut document = lopdf::Document::load_mem_with_options(bytes, options).ok()?;
    if document.is_encrypted() || document.get_pages().is_empty() {
        return None;
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Pdf::new(out).ok().filter(|pdf| !pdf.pages().is_empty())
}

/// Why a file that could not be measured was not opened.
fn unsure(bytes: &[u8]) -> Error {
    match memchr::memmem::find(bytes, b"/Encrypt") {
        Some(_) => Error::encrypted("open without its password"),
        None => Error::limit("unpack the streams of objects within bounds"),
    }
}

fn refusal(error: DecryptionError) -> Error {
    match error {
        DecryptionError::PasswordProtected => Error::encrypted("open without its password"),
        DecryptionError::UnsupportedAlgorithm => Error::unsupported("decrypt in this way"),
        DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => Error::encrypted("decrypt"),
    }
}
