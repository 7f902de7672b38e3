//! `v14`: what mteval-v14 does to a text: `intl` and a few entities more.

use super::Tokenize;
use super::{intl, v13a};
use crate::text::Tokens;

/// The tokenizer of mteval-v14 with the steps that sacreBLEU's `intl` leaves out: five entities are
/// unescaped (`&apos;` among them), `<skipped>` is deleted, and a hyphen before a line separator
/// (U+2028) joins what stands around the two.
#[derive(Clone, Copy, Debug, Default)]
pub struct V14;

impl Tokenize for V14 {
    fn name(&self) -> &str {
        "v14"
    }

    fn tokenize(&self, text: &str, tokens: &mut Tokens) {
        tokens.reset(text);
        tokens.replace("<skipped>", "");
        if text.contains('\u{2028}') {
            for hyphen in HYPHENS {
                tokens.replace(&format!("{hyphen}\u{2028}"), "");
            }
        }
        v13a::unescape(tokens);
        tokens.replace("&apos;", "'");
        intl::split(tokens);
    }
}

/// Unicode's property Hyphen.
const HYPHENS: [char; 11] = [
    '-', '\u{ad}', '\u{58a}', '\u{1806}', '\u{2010}', '\u{2011}', '\u{2e17}', '\u{30fb}',
    '\u{fe63}', '\u{ff0d}', '\u{ff65}',
];
