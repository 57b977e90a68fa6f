//! The objects of a file: the one place that knows which library reads them.
//!
//! hayro-syntax reads objects lazily and repairs what it can; a file it refuses is rewritten by lopdf, whose
//! repair follows other rules, and tried again. Streams are unpacked here, because neither bounds them.

use crate::PdfOptions;
use crate::filters::{self, Packed};
use crate::guard;
use hayro_syntax::page::Pages;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use qingwen_model::{Error, Limits};
use std::cell::Cell;

pub(crate) use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, Stream, String as Bytes,
};
pub(crate) use hayro_syntax::page::{Page as PageObject, Rotation};

/// An open file.
pub(crate) struct File {
    pdf: Pdf,
    limits: Limits,
    /// Bytes that streams may still unpack to.
    budget: Cell<u64>,
    /// Whether anything was cut short since it was last asked.
    cut: Cell<bool>,
}

impl File {
    /// Opens a file.
    pub(crate) fn open(bytes: &[u8], options: &PdfOptions) -> Result<File, Error> {
        let limits = options.limits.clone();
        if bytes.len() as u64 > limits.input {
            return Err(Error::limit(format!("{} bytes of pdf, more than the limit allows", bytes.len())));
        }
        guard::check(bytes, &limits)?;
        let password = options.password.as_deref().unwrap_or_default();
        let pdf = match Pdf::new_with_password(bytes.to_vec(), password) {
            Ok(pdf) if !pdf.pages().is_empty() => pdf,
            Ok(empty) => rewritten(bytes, password).unwrap_or(empty),
            Err(LoadPdfError::Invalid) => {
                rewritten(bytes, password).ok_or_else(|| Error::malformed("find the pages of a pdf"))?
            }
            Err(LoadPdfError::Decryption(error)) => return Err(refusal(error)),
        };
        if pdf.pages().len() as u64 > u64::from(limits.pages) {
            return Err(Error::limit(format!("{} pages, more than the limit allows", pdf.pages().len())));
        }
        let budget = Cell::new(limits.total);
        Ok(File { pdf, limits, budget, cut: Cell::new(false) })
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
        let raw = stream.raw_data();
        let limit = self.budget.get().min(self.limits.part).min(most);
        let packed = Packed { raw: &raw, dict: stream.dict() };
        let mut out = filters::unpack(&packed, usize::try_from(limit).unwrap_or(usize::MAX))?;
        if out.len() as u64 >= limit {
            out.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            self.cut_short();
        }
        self.budget.set(self.budget.get().saturating_sub(out.len() as u64));
        Some(out)
    }

    /// Notes that a limit left something out.
    pub(crate) fn cut_short(&self) {
        self.cut.set(true);
    }

    /// Whether a limit left something out since this was last asked.
    pub(crate) fn was_cut_short(&self) -> bool {
        self.cut.replace(false)
    }
}

/// The most that content of one page, or of one form, is read of.
pub(crate) const CONTENT: u64 = 128 << 20;
/// The most that a CMap is read of; the largest that is not a joke has some hundred kilobytes.
pub(crate) const CMAP: u64 = 16 << 20;
/// The most that a font program is read of.
pub(crate) const PROGRAM: u64 = 64 << 20;

/// The file as lopdf understands it, written anew and read again.
fn rewritten(bytes: &[u8], password: &str) -> Option<Pdf> {
    let mut options = lopdf::LoadOptions::default();
    if !password.is_empty() {
        options.password = Some(password.to_owned());
    }
    let mut document = lopdf::Document::load_mem_with_options(bytes, options).ok()?;
    if document.is_encrypted() || document.get_pages().is_empty() {
        return None;
    }
    let mut out = Vec::new();
    document.save_to(&mut out).ok()?;
    Pdf::new(out).ok().filter(|pdf| !pdf.pages().is_empty())
}

fn refusal(error: DecryptionError) -> Error {
    match error {
        DecryptionError::PasswordProtected => Error::encrypted("open without its password"),
        DecryptionError::UnsupportedAlgorithm => Error::unsupported("decrypt in this way"),
        DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => Error::encrypted("decrypt"),
    }
}
