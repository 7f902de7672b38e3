//! What the tests of pages share: how a page is read.

/// The elements of a page in order, with the names of their attributes, and the values of those that a reader
/// of the structure wants: no texts, no numbers.
pub(crate) fn outline(page: &str) -> Vec<String> {
    let (mut out, mut rest, mut depth) = (Vec::new(), page, 0_usize);
    while let Some((_, tag)) = rest.split_once('<') {
        let (inside, after) = split_tag(tag);
        rest = after;
        if inside.starts_with('/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        let (name, attributes) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
        let name = name.trim_end_matches('/');
        out.push(format!(
            "{}{name}{}",
            "  ".repeat(depth),
            shown(attributes.trim_end_matches('/'))
        ));
        if matches!(name, "script" | "style") {
            let end = format!("</{name}>");
            rest = rest.split_once(&end).expect("it ends").1;
        } else if !inside.ends_with('/') && !matches!(name, "meta" | "!doctype" | "br") {
            depth += 1;
        }
    }
    out
}

/// What stands before the `>` that ends a tag, and what after; a `>` in quotes ends nothing.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    panic!("a tag without an end: {}", &text[..text.len().min(80)]);
}

fn shown(attributes: &str) -> String {
    let (mut out, mut rest) = (String::new(), attributes);
    while !rest.trim().is_empty() {
        let text = rest.trim_start();
        let end = text.find(['=', ' ']).unwrap_or(text.len());
        let (name, after) = text.split_at(end);
        out.push(' ');
        out.push_str(name);
        rest = after;
        if let Some(value) = after.strip_prefix("=\"") {
            let (value, after) = value.split_once('"').expect("the value ends");
            rest = after;
            if matches!(name, "id" | "class" | "role" | "scope" | "type" | "dir") {
                out.push_str(&format!("={value}"));
            }
        }
    }
    out
}

/// The content of the first element that begins with this tag.
pub(crate) fn element<'p>(page: &'p str, tag: &str, end: &str) -> &'p str {
    page.split_once(tag).expect("it is there").1.split_once(end).expect("it ends").0
}

/// The page's data.
pub(crate) fn data(page: &str) -> serde_json::Value {
    let text = element(page, "<script type=\"application/json\" id=\"data\">", "</script>");
    serde_json::from_str(text).expect("it is JSON")
}

/// Texts that want to be markup, to end it, or to turn it round.
pub(crate) const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</ScRiPt ><img src=x onerror=alert(1)>",
    "<!--<script>",
    "--><svg/onload=alert(1)>",
    "<![CDATA[",
    "\"><b onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "</style><style>*{display:none}",
    "</title><plaintext>",
    "{{ 7*7 }}{% raw %}{# x #}",
    "javascript:alert(1)",
    "&lt;&#60;&#x3c;script&gt;",
    "\u{202e}txt.exe\u{2066}a\u{202c}",
    "nul\0 esc\u{1b}[31m bell\u{7}",
    "\u{2028}\u{2029}\u{feff}\u{fffe}",
    "\\u003cscript\\u003e \\\" \\",
    "${alert(1)} `x`",
];
