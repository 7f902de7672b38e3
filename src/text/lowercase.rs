//! Lowercasing into a buffer that is used again.

/// Makes `out` the text as [`str::to_lowercase`] has it.
///
/// Only the capital sigma depends on its neighbours; a text with one is left to the standard library, which
/// allocates.
pub(crate) fn lowercase(text: &str, out: &mut String) {
    out.clear();
    if text.contains('Σ') {
        out.push_str(&text.to_lowercase());
        return;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (ascii, other) = rest.split_at(at);
        out.push_str(ascii);
        let end = other.bytes().position(|byte| byte.is_ascii()).unwrap_or(other.len());
        out.extend(other[..end].chars().flat_map(char::to_lowercase));
        rest = &other[end..];
    }
    out.push_str(rest);
    out.make_ascii_lowercase();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_that_of_the_standard_library() {
        let mut out = String::new();
        for c in '\0'..=char::MAX {
            let text: String = ['A', c, 'B', c, c, ' ', c].iter().collect();
            lowercase(&text, &mut out);
            assert_eq!(out, text.to_lowercase());
        }
    }

    proptest::proptest! {
        #[test]
        fn also_of_whole_texts(text in "([A-Z]|\\PC|Σ){0,20}") {
            let mut out = String::from("before");
            lowercase(&text, &mut out);
            proptest::prop_assert_eq!(out, text.to_lowercase());
        }
    }
}
