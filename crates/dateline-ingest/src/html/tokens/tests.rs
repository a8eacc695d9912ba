//! What is a tag, what is text, and where it stands.

use proptest::prelude::*;

use super::*;

/// The tokens in a short notation, each with the characters of its range.
fn seen(markup: &str) -> Vec<String> {
    tokens(markup)
        .map(|token| match token {
            Token::Start(tag) => {
                assert!(markup[tag.range.clone()].starts_with('<'));
                let mut text = format!("<{}", tag.name);
                for it in tag.attributes() {
                    assert_eq!(&markup[it.range.clone()], it.source);
                    text = format!("{text} {}=[{}]", it.name, it.value());
                }
                text + ">"
            }
            Token::End { name, range } => {
                assert!(markup[range].starts_with("</"));
                format!("</{name}>")
            }
            Token::Text(text) => {
                assert_eq!(&markup[text.range.clone()], text.source);
                text.decoded().into_owned()
            }
        })
        .collect()
}

#[test]
fn tags_attributes_and_text_come_apart() {
    assert_eq!(
        seen("<P Class='a b' id=x data-y = \"1 > 0\" hidden>Varegia &amp; Ket<br/></p>"),
        ["<p Class=[a b] id=[x] data-y=[1 > 0] hidden=[]>", "Varegia & Ket", "<br>", "</p>"]
    );
}

#[test]
fn entities_are_decoded_in_text_and_attributes_alone() {
    assert_eq!(
        seen("<a href='?a=1&copy=2&amp;b'>&copy; &#8211;&#x2014; &#150; 5 < 6 &</a>"),
        ["<a href=[?a=1&copy=2&b]>", "© –— – 5 < 6 &", "</a>"]
    );
    assert_eq!(seen("<script>a &amp; b</script>"), ["<script>", "a &amp; b", "</script>"]);
}

#[test]
fn comments_doctypes_and_instructions_are_skipped() {
    let markup = "<?xml a='>'?><!DOCTYPE html><!-- <p> -- --!>A<!-->B<!--->C<![CDATA[x]]></>D</ >E";
    assert_eq!(seen(markup), ["'?>", "A", "B", "C", "D", "E"]);
}

#[test]
fn contents_of_scripts_and_titles_hold_no_tags() {
    assert_eq!(
        seen("<script>if (a</b>c) '</scripted>'</SCRIPT ><title>A <b> &lt;</title><p>"),
        [
            "<script>",
            "if (a</b>c) '</scripted>'",
            "</script>",
            "<title>",
            "A <b> <",
            "</title>",
            "<p>"
        ]
    );
    assert_eq!(seen("<style></style>x"), ["<style>", "</style>", "x"]);
}

#[test]
fn what_has_no_end_reaches_to_the_end_of_the_page() {
    assert_eq!(seen("A<script>var b = '<p>'"), ["A", "<script>", "var b = '<p>'"]);
    assert_eq!(seen("A<!-- b <p>"), ["A"]);
    assert_eq!(seen("A<a href=\"b>c</a> d"), ["A"]);
    assert_eq!(seen("A<a b"), ["A"]);
    assert_eq!(seen("A<"), ["A<"]);
}

#[test]
fn odd_attributes_are_read_as_browsers_do() {
    assert_eq!(seen("<a =b=c d==e f= >"), ["<a =b=[c] d=[=e] f=[]>"]);
    assert_eq!(seen("<a b='1'c=\"2\"/d>"), ["<a b=[1] c=[2] d=[]>"]);
    assert_eq!(seen("<a\0b c=\0>\0"), ["<a\0b c=[\0]>", "\0"]);
}

#[test]
fn spans_count_code_points() {
    let text = "Варегия ".repeat(400) + "<p>é</p>";
    let points = CodePoints::new(&text);
    let start = text.find("<p>").unwrap();
    assert_eq!(points.span(&(start..start + 3)), dateline_event::Span::new(3200, 3203));
    assert_eq!(points.span(&(0..text.len())), dateline_event::Span::new(0, 3208));
    assert_eq!(points.span(&(text.len()..text.len() + 9)), dateline_event::Span::new(3208, 3208));
}

proptest! {
    #[test]
    fn no_markup_makes_it_panic_and_tokens_never_overlap(
        markup in "(<|>|/|!|--|=|'|\"| |&|&amp|;|#|[a-c]|script|title|</script>|\\PC|\0|é){0,60}"
    ) {
        let mut end = 0;
        for token in tokens(&markup) {
            let range = match token {
                Token::Start(tag) => {
                    for it in tag.attributes() {
                        prop_assert!(tag.range.contains(&it.range.start));
                        let _ = it.value();
                    }
                    tag.range
                }
                Token::End { range, .. } => range,
                Token::Text(text) => {
                    let _ = text.decoded();
                    text.range
                }
            };
            prop_assert!(end <= range.start && range.start < range.end);
            prop_assert!(markup.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
