//! Every rule over any text. The first byte says which profile, and whether the text is Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qingwen::{Format, Options, Profile, clean};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut options = Options::default();
    options.clean.profile = match first & 3 {
        0 => Profile::Faithful,
        1 => Profile::Publish,
        _ => Profile::Default,
    };
    if first & 4 != 0 {
        options.clean.enable = qingwen::rules().map(|rule| rule.id.to_owned()).collect();
    }
    options.format = Some(if first & 8 == 0 { Format::Text } else { Format::Markdown });
    let _ = clean(text, &options);
});
