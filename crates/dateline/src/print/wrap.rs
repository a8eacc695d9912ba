//! Long texts on narrow lines.

/// `text` on one line of at most `most` characters, white space folded; a cut is shown by `…`.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() <= most {
        return folded;
    }
    let kept: String = folded.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text` with white space folded, on lines of at most `width` characters that start with `indent` blanks. A word
/// longer than a line stands on a line of its own.
pub(crate) fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let margin = " ".repeat(indent);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let would_be = indent + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && would_be > width {
            lines.push(format!("{margin}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{margin}{line}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_character_and_says_so() {
        assert_eq!(one_line("äöü\n äöü", 6), "äöü ä…");
        assert_eq!(one_line("short", 6), "short");
    }

    #[test]
    fn lines_keep_their_margin_and_width() {
        assert_eq!(wrapped("one two three", 2, 9), "  one two\n  three");
    }
}
