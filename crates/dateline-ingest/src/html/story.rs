//! Stories from what was found on a page: the page's own, and teasers.

use dateline_event::Span;
use dateline_event::date::printed::find_all;
use dateline_event::date::{Basis, Edtf, PrintedDate};
use dateline_event::story::{Dateline, Headline, Story, StoryRole};

use super::declared::{Declared, Found};
use super::link;
use super::provenance::{self, Writer, Written};
use super::text::{Block, Dropped, Teaser};
use super::tokens::CodePoints;
use super::tree::Tree;
use crate::page::code_points;
use crate::{dateline, language};

/// What the stories of one page are made from.
pub(super) struct Page<'p, 'a> {
    pub(super) markup: &'a str,
    pub(super) tree: &'p Tree<'a>,
    pub(super) places: &'p CodePoints<'a>,
    pub(super) declared: &'p Declared,
    /// Where the page was captured, where the capture says so.
    pub(super) address: Option<&'p str>,
}

impl Page<'_, '_> {
    /// The story that the page is about, with the text of `blocks`.
    /// The second value says whether it is cut at the length that a text may have.
    pub(super) fn own(&self, blocks: &[Block], dropped: &Dropped) -> (Story, bool) {
        let (mut story, is_cut) = self.bare(StoryRole::Article, blocks, dropped);
        story.language = self.language_of(&story.body);
        story.title = self
            .declared
            .headline
            .as_ref()
            .map(|it| Headline { text: it.value.clone(), span: it.span(self.places) });
        story.dateline = Self::dateline(&story);
        story.published = self.declared.published.as_ref().map(|it| self.declared_date(it));
        if story.published.is_none() {
            let filed = story.dateline.as_ref().and_then(|it| it.date.clone());
            story.published = filed.filter(|it| it.edtf.has_year());
        }
        (story, is_cut)
    }

    /// The language of a text; where it cannot be told, the one that the page declares.
    fn language_of(&self, text: &str) -> String {
        let told = language::language(text);
        let declared = self.declared.language.as_ref().map(|it| it.value.to_ascii_lowercase());
        let code = declared.as_deref().and_then(|it| it.split(['-', '_']).next());
        match code.filter(|it| told == "und" && it.len() == 2) {
            Some(code) => code.to_owned(),
            None => told.to_owned(),
        }
    }

    /// The story that `teaser` points to.
    /// A text too short to tell its language has that of the page.
    pub(super) fn teaser(
        &self,
        teaser: &Teaser,
        dropped: &Dropped,
        page_language: language::Told,
    ) -> Option<Story> {
        let (mut story, _) = self.bare(StoryRole::Teaser, &teaser.body, dropped);
        story.title =
            Some(provenance::headline(self.tree, &teaser.headline.nodes, dropped, self.places)?);
        let title = story.title.as_ref().map_or("", |it| it.text.as_str());
        let text = if story.body.is_empty() { title } else { &story.body };
        story.language = language::on_page(text, || page_language).to_owned();
        let own = self.address.or(self.declared.address.as_ref().map(|it| it.value.as_str()));
        story.address = self.tree.href(teaser.link).and_then(|it| link::resolved(own, &it));
        story.published = teaser.stamps.iter().find_map(|it| self.printed_date(it, dropped));
        Some(story)
    }

    /// The characters of a block, without places.
    pub(super) fn source_of(&self, block: &Block) -> String {
        let texts = block.nodes.clone().filter_map(|it| self.tree.text(it));
        texts.map(|it| it.decoded()).collect::<Vec<_>>().join("")
    }

    fn bare(&self, role: StoryRole, blocks: &[Block], dropped: &Dropped) -> (Story, bool) {
        let mut writer = Writer::new(self.places);
        for block in blocks {
            writer.block(self.tree, block, dropped);
        }
        let Written { text, pieces, is_cut } = writer.finish();
        let story = Story {
            role,
            title: None,
            language: String::new(),
            body: text,
            pieces,
            published: None,
            address: None,
            passages: Vec::new(),
            stamp_place: None,
            dateline: None,
        };
        (story, is_cut)
    }

    fn declared_date(&self, date: &Found<Edtf>) -> PrintedDate {
        let is_printed = date.evidence.is_printed();
        let text = self.markup.get(date.range.clone()).unwrap_or_default();
        PrintedDate {
            edtf: date.value,
            basis: if is_printed { Basis::PageDate } else { Basis::Declared },
            field: (!is_printed).then(|| date.evidence.to_string()),
            span: date.span(self.places),
            text: htmlize::unescape(text).into_owned(),
        }
    }

    /// A day, with its year, that a block prints.
    fn printed_date(&self, block: &Block, dropped: &Dropped) -> Option<PrintedDate> {
        let (line, _) = self.bare(StoryRole::Teaser, std::slice::from_ref(block), dropped);
        let text = &line.body;
        let found = find_all(text).into_iter().find(|it| it.edtf.has_year())?;
        let before = text.get(..found.range.start)?.chars().count();
        let shown = text.get(found.range.clone())?;
        let start = u32::try_from(before).ok()?;
        let end = start + u32::try_from(shown.chars().count()).ok()?;
        let span = line.on_page(Span::new(start, end))?;
        Some(PrintedDate {
            edtf: found.edtf,
            basis: Basis::PageDate,
            field: None,
            span,
            text: shown.to_owned(),
        })
    }

    /// The dateline of a story, looked for at the start of its first lines: a lead may stand before
    /// it.
    fn dateline(story: &Story) -> Option<Dateline> {
        let mut start = 0_u32;
        for line in story.body.split('\n').take(3) {
            if let Some(found) = dateline::find(line) {
                let place = |range: &std::ops::Range<usize>| {
                    let from = start + code_points(line.get(..range.start)?);
                    let to = from + code_points(line.get(range.clone())?);
                    story.on_page(Span::new(from, to))
                };
                let date = found.date.as_ref().and_then(|(edtf, range)| {
                    Some(PrintedDate {
                        edtf: *edtf,
                        basis: Basis::Dateline,
                        field: None,
                        span: place(range)?,
                        text: line.get(range.clone())?.to_owned(),
                    })
                });
                let agency = found.agency.as_ref().and_then(|it| line.get(it.clone()));
                return Some(Dateline {
                    span: place(&found.range)?,
                    place: Some(found.place),
                    date,
                    agency: agency.map(str::to_owned),
                });
            }
            start += u32::try_from(line.chars().count()).unwrap_or(u32::MAX - 1) + 1;
        }
        None
    }
}
