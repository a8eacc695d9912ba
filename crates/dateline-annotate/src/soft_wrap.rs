//! Captures whose lines were broken at a fixed width, in the middle of sentences, as mail programs and some archives
//! do it.

use std::borrow::Cow;

/// Widest line, in characters, of a text that is broken at a fixed width.
const MAX_WIDTH: usize = 120;
/// Breaks inside of paragraphs that a text must have before anything is said about it.
const MIN_BREAKS: usize = 2;

/// `body` with the line feeds inside of its paragraphs turned into blanks, where its lines are broken at a fixed
/// width; otherwise as it is. Every character keeps its place, so offsets hold in both.
pub(crate) fn unwrapped(body: &str) -> Cow<'_, str> {
    // Most texts are told by their first long line.
    if body.split('\n').any(is_wide) {
        return Cow::Borrowed(body);
    }
    let lines: Vec<&str> = body.split('\n').collect();
    let width = lines.iter().map(|it| it.trim().chars().count()).max().unwrap_or(0);
    let breaks: Vec<(&str, &str)> =
        pairs(&lines).filter(|(line, next)| is_inside(line, next)).collect();
    let broken = breaks.iter().filter(|(_, next)| goes_on(next)).count();
    if breaks.len() < MIN_BREAKS || broken * 2 < breaks.len() {
        return Cow::Borrowed(body);
    }
    let mut text = lines.first().copied().unwrap_or_default().to_owned();
    for (line, next) in pairs(&lines) {
        text.push(if is_inside(line, next) && joins(line, next, width) { ' ' } else { '\n' });
        text.push_str(next);
    }
    Cow::Owned(text)
}

/// Whether a line is wider than those of a text that is broken at a fixed width.
fn is_wide(line: &str) -> bool {
    line.len() > MAX_WIDTH && line.trim().chars().nth(MAX_WIDTH).is_some()
}

/// Each line with the one behind it.
fn pairs<'a>(lines: &'a [&'a str]) -> impl Iterator<Item = (&'a str, &'a str)> {
    lines.iter().copied().zip(lines.iter().copied().skip(1))
}

/// Whether no blank line parts the two.
fn is_inside(line: &str, next: &str) -> bool {
    !line.trim().is_empty() && !next.trim().is_empty()
}

/// Whether a line starts in the middle of a sentence.
fn goes_on(line: &str) -> bool {
    line.trim_start().starts_with(char::is_lowercase)
}

/// Whether two lines belong to one paragraph: the sentence goes on, or the first line is too long to end one.
fn joins(line: &str, next: &str, width: usize) -> bool {
    let line = line.trim_end();
    let ended = line
        .trim_end_matches(['"', '”', '’', '»', ')', '\''])
        .ends_with(['.', '!', '?', '…', ':', ';']);
    goes_on(next) || !ended || line.chars().count() * 4 >= width * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_break_sentences_are_joined_and_paragraphs_stay_apart() {
        let body = "The drill was opened in Varegrad on Monday\nby the head of the Joint Staff,\nwho spoke for an hour.\nIt ends on Friday.\n\nThe second part\nfollows in May.";
        let wanted = "The drill was opened in Varegrad on Monday by the head of the Joint Staff, who spoke for an hour.\nIt ends on Friday.\n\nThe second part follows in May.";
        assert_eq!(unwrapped(body), wanted);
        assert_eq!(body.len(), wanted.len(), "every character keeps its place");
    }

    #[test]
    fn lines_that_are_paragraphs_stay_as_they_are() {
        let body = "The drill ended.\nThe Press Secretary\nYaroslav Shchuplykevich\nAll are home.";
        assert_eq!(unwrapped(body), body);
    }
}
