//! JSON as pages embed it, made readable where what was meant is plain: comments and CDATA marks
//! around it, line breaks inside of strings, commas before a closing bracket, a semicolon behind it.

use serde_json::Value;

/// Longest JSON that is read of one script, in bytes.
pub(super) const MAX_JSON_BYTES: usize = 4 * 1024 * 1024;

/// Most values that one script may hold one behind the other.
const MAX_VALUES: usize = 16;

/// The values in `source`, the contents of a script; none where it is no JSON or too long. Nesting
/// deeper than 128 levels counts as no JSON.
pub(super) fn values(source: &str) -> Vec<Value> {
    if source.len() > MAX_JSON_BYTES {
        return Vec::new();
    }
    let bare = without_frame(source);
    if let Some(found) = parsed(bare) {
        return found;
    }
    if !bare.contains('"') && bare.contains("&quot;") {
        return parsed(&repaired(&htmlize::unescape(bare))).unwrap_or_default();
    }
    parsed(&repaired(bare)).unwrap_or_default()
}

fn parsed(text: &str) -> Option<Vec<Value>> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .take(MAX_VALUES)
        .collect::<Result<Vec<_>, _>>()
        .ok()
}

/// Takes off what pages put around JSON against old browsers and XML readers.
fn without_frame(source: &str) -> &str {
    const OPENERS: [&str; 7] =
        ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//", "\u{feff}", "/*]]>*/"];
    const CLOSERS: [&str; 7] = ["-->", "//]]>", "/*]]>*/", "]]>", "//", ";", "/*"];
    let mut text = source.trim();
    loop {
        let before = text.len();
        for it in OPENERS {
            text = text.strip_prefix(it).unwrap_or(text).trim_start();
        }
        for it in CLOSERS {
            text = text.strip_suffix(it).unwrap_or(text).trim_end();
        }
        if text.len() == before {
            return text;
        }
    }
}

/// The text with control characters in strings escaped and idle commas left out.
fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut in_string = false;
    let mut escaped = false;
    for it in text.chars() {
        if in_string {
            match it {
                _ if escaped => {
                    escaped = false;
                    if !matches!(it, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        // `\'` and the like mean the character itself.
                        out.pop();
                    }
                    push_in_string(&mut out, it);
                    continue;
                }
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            push_in_string(&mut out, it);
            continue;
        }
        match it {
            '"' => in_string = true,
            ']' | '}' => drop_idle_comma(&mut out),
            _ => {}
        }
        out.push(it);
    }
    out
}

fn push_in_string(out: &mut String, it: char) {
    match it {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        it if it.is_control() => out.push(' '),
        it => out.push(it),
    }
}

fn drop_idle_comma(out: &mut String) {
    let kept = out.trim_end();
    if kept.ends_with(',') {
        out.truncate(kept.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(source: &str) -> Option<String> {
        values(source).first().map(ToString::to_string)
    }

    #[test]
    fn frames_line_breaks_and_idle_commas_are_mended() {
        for source in [
            "{\"a\":\"b\\nc\",\"d\":[1]}",
            " <!-- \n{\"a\":\"b\nc\",\"d\":[1,]}\n--> ",
            "//<![CDATA[\n{\"a\": \"b\nc\", \"d\": [1],}\n//]]>",
            "{\"a\":\"b\\nc\",\"d\":[1]};",
            "{&quot;a&quot;:&quot;b\nc&quot;,&quot;d&quot;:[1]}",
        ] {
            assert_eq!(first(source).as_deref(), Some(r#"{"a":"b\nc","d":[1]}"#), "{source}");
        }
        assert_eq!(first("{\"a\":\"it\\'s\"}").as_deref(), Some(r#"{"a":"it's"}"#));
    }

    #[test]
    fn several_values_in_one_script_are_all_read() {
        assert_eq!(values("{\"a\":1}\n{\"b\":2}").len(), 2);
    }

    #[test]
    fn what_is_no_json_gives_nothing() {
        let deep = "[".repeat(100_000);
        let long = format!("\"{}\"", "a".repeat(MAX_JSON_BYTES));
        for source in ["", "var a = {};", "{\"a\": ", &deep, &long] {
            assert!(values(source).is_empty());
        }
    }
}
