//! Dates as data: what is known, how precisely, and which words show it.

use async_graphql::{Enum, Object, SimpleObject};
use dateline_event::date::{Basis, Precision, PrintedDate};
use dateline_projector::annotation::{Evidence, Resolved};

use super::scalar::{Date, Edtf};

/// A range of Unicode code points, counted from the start of the page as captured.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(name = "Span", serial)]
pub(crate) struct SpanObject {
    /// One behind the last code point.
    end: u32,
    /// The first code point, from 0.
    start: u32,
}

impl From<dateline_event::Span> for SpanObject {
    fn from(span: dateline_event::Span) -> Self {
        Self { end: span.end, start: span.start }
    }
}

/// Words that show something.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "Evidence", serial)]
pub(crate) struct EvidenceObject<'a> {
    /// Where they stand on the page; null for what the registry says.
    span: Option<SpanObject>,
    /// The words.
    text: &'a str,
}

impl<'a> EvidenceObject<'a> {
    /// The words of `evidence`.
    pub(crate) fn of(evidence: &'a Evidence) -> Self {
        Self { span: evidence.span.map(Into::into), text: &evidence.text }
    }
}

/// What gave a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DateBasis")]
pub(crate) enum DateBasis {
    /// Words of the story itself.
    Body,
    /// The line before the first sentence that says where and when the story was filed.
    Dateline,
    /// A field of the page's markup or of a feed, such as `datePublished`. It need not be printed anywhere.
    Declared,
    /// It follows from what constrains it, such as a weekday or the tenure of an office; `how` says so in words.
    Inferred,
    /// A stamp that the page prints by the story.
    PageDate,
}

impl From<Basis> for DateBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Body => Self::Body,
            Basis::Dateline => Self::Dateline,
            Basis::Declared => Self::Declared,
            Basis::Inferred => Self::Inferred,
            Basis::PageDate => Self::PageDate,
        }
    }
}

/// The finest part of a date that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DatePrecision")]
pub(crate) enum DatePrecision {
    /// A day.
    Day,
    /// A time of day.
    Minute,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl From<Precision> for DatePrecision {
    fn from(precision: Precision) -> Self {
        match precision {
            Precision::Day => Self::Day,
            Precision::Minute => Self::Minute,
            Precision::Month => Self::Month,
            Precision::Year => Self::Year,
        }
    }
}

/// A date with all that is known about how it was found.
pub(crate) struct UncertainDate<'a>(pub(crate) &'a Resolved);

/// A date that never claims more than its evidence. Where a page prints no year and several remain possible, the year
/// stays `XXXX`, `earliest` and `latest` are null, and `remainingYears` lists them.
#[Object(name = "UncertainDate", serial)]
impl UncertainDate<'_> {
    /// What gave the date; null where nothing does.
    async fn basis(&self) -> Option<DateBasis> {
        self.0.basis.map(Into::into)
    }

    /// The first day that it can mean; null while the year is unknown.
    async fn earliest(&self) -> Option<Date> {
        self.0.edtf?.earliest().map(Date)
    }

    /// The date; null where nothing gives one.
    async fn edtf(&self) -> Option<Edtf> {
        self.0.edtf.map(Edtf)
    }

    /// The words that gave it, in the order in which they were used.
    async fn evidence(&self) -> Vec<EvidenceObject<'_>> {
        self.0.evidence.iter().map(EvidenceObject::of).collect()
    }

    /// How it follows from the evidence, in words; null where it is simply printed.
    async fn how(&self) -> Option<&str> {
        self.0.how.as_deref()
    }

    /// The last day that it can mean; null while the year is unknown.
    async fn latest(&self) -> Option<Date> {
        self.0.edtf?.latest().map(Date)
    }

    /// The finest part that is known; of an interval, that of its coarser side.
    async fn precision(&self) -> Option<DatePrecision> {
        self.0.edtf.map(|it| it.precision().into())
    }

    /// The years that remain possible, where more than one does.
    async fn remaining_years(&self) -> &[i32] {
        &self.0.years
    }
}

/// A date as a page gives it.
pub(crate) struct PrintedDateObject<'a>(pub(crate) &'a PrintedDate);

/// A date as a page prints or declares it, with the place that shows it.
#[Object(name = "PrintedDate", serial)]
impl PrintedDateObject<'_> {
    /// The date, no more precise than the page gives it.
    async fn edtf(&self) -> Edtf {
        Edtf(self.0.edtf)
    }

    /// The field that declares it, such as `json-ld datePublished`; null for a date that is printed for readers.
    async fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Where it stands on the page.
    async fn span(&self) -> SpanObject {
        self.0.span.into()
    }

    /// The characters that give it.
    async fn text(&self) -> &str {
        &self.0.text
    }
}
