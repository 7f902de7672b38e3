//! Numbers and strings as Python prints them.

use std::fmt::Write;

/// `repr` of a float: the shortest digits that read back, an exponent outside 1e-4 to 1e16.
pub(crate) fn repr(value: f64) -> String {
    if !value.is_finite() {
        let name = if value.is_nan() { "NaN" } else { "Infinity" };
        return format!("{}{name}", if value < 0.0 { "-" } else { "" });
    }
    let scientific = shortest(value);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    let decimals = digits.len().saturating_sub(2 + usize::from(value.is_sign_negative()));
    let decimals = usize::try_from(decimals as i32 - exponent).unwrap_or(0).max(1);
    let even = format!("{value:.decimals$}");
    if even.parse() == Ok(value) { even } else { format!("{value:?}") }
}

/// The shortest digits that read back, in scientific notation. Where two of that length are equally near, Python
/// takes the even one and Rust the greater.
fn shortest(value: f64) -> String {
    let short = format!("{value:e}");
    let digits = short.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit);
    let even = format!("{value:.*e}", digits.count().saturating_sub(1));
    if even.parse() == Ok(value) { even } else { short }
}

/// A JSON string as `json.dumps` writes it; with `ascii`, other characters are escaped.
pub(crate) fn json_string(text: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' || (ascii && !c.is_ascii()) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats() {
        for (value, text) in [
            (48.5, "48.5"),
            (100.0, "100.0"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (9.999_000_099_990_002e-5, "9.999000099990002e-05"),
            (1e-4, "0.0001"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (1.5e300, "1.5e+300"),
            (0.1 + 0.2, "0.30000000000000004"),
            (14.516_128_540_039_062, "14.516128540039062"),
            (-2.5, "-2.5"),
            (123_456_789.0, "123456789.0"),
            (0.001, "0.001"),
        ] {
            assert_eq!(repr(value), text);
        }
    }

    #[test]
    fn strings() {
        assert_eq!(json_string("μ \"x\"\n\u{1}😀", false), "\"μ \\\"x\\\"\\n\\u0001😀\"");
        assert_eq!(json_string("μ😀\u{7f}", true), "\"\\u03bc\\ud83d\\ude00\u{7f}\"");
    }
}
