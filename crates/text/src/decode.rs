//! Bytes to characters.

use encoding_rs::{Encoding, GB18030, UTF_8};
use qingwen_model::{Error, Log, Mark};
use std::borrow::Cow;

/// Decodes, and names the encoding it settled on.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    label: Option<&str>,
    log: &mut Log,
) -> Result<(Cow<'a, str>, &'static str), Error> {
    let encoding = match label {
        Some(label) => Encoding::for_label(label.as_bytes())
            .ok_or_else(|| Error::unsupported(format!("no encoding is called “{label}”")))?,
        None => detect(bytes),
    };
    let (text, used, malformed) = encoding.decode(bytes);
    if malformed {
        log.lost("text-undecodable", Mark::None, format!("bytes that are not {}", used.name()));
    }
    Ok((text, used.name()))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { GB18030 }
}
