//! What the annotator found in one story. Plain data: it can be written as JSON and compared.

use dateline_event::date::{Basis, Edtf};
use dateline_event::registry::TenureKind;
use dateline_event::{OfficeId, OfficialId, OrganisationId, Span, TopicId};
use serde::{Deserialize, Serialize};

/// Version of the annotator: raised whenever the same story and registry can give another annotation, so that views
/// made by an earlier one are rebuilt.
pub const VERSION: u32 = 5;

/// Everything that was read out of one story.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Annotation {
    /// When the source put the story out.
    pub published: Resolved,
    /// When the story's main event took place in the world.
    pub happened: Resolved,
    /// Where it took place: a city, else a region or country, under its English name.
    pub place: Option<Found>,
    /// The agency that the story is credited to, under its registered name where it has one.
    pub agency: Option<Found>,
    /// Named persons who hold, held or speak for an office, one entry a person, in the order of first mention.
    pub appearances: Vec<Appearance>,
    /// What the story says that somebody said, in the order of the text.
    pub statements: Vec<Statement>,
    /// What the story is about, most central first.
    pub topics: Vec<TopicMatch>,
}

/// A date with all that is known about how it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Resolved {
    /// The date; `None` where nothing gives one. Its year stays `XXXX` while more than one remains.
    pub edtf: Option<Edtf>,
    /// What gave it.
    pub basis: Option<Basis>,
    /// The words that gave it, in the order in which they were used.
    pub evidence: Vec<Evidence>,
    /// In words, how it follows from the evidence, where it is not simply printed.
    pub how: Option<String>,
    /// The years that remain possible, where more than one does.
    pub years: Vec<i32>,
}

/// Words of the page that show something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where they stand on the page; `None` for what the registry says.
    pub span: Option<Span>,
    /// The words.
    pub text: String,
}

/// A name with the words of the page that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The name in its usual form.
    pub name: String,
    /// The organisation of the registry that it names, where there is one.
    pub organisation: Option<OrganisationId>,
    /// Where it was read.
    pub evidence: Evidence,
    /// Name of the rule that found it.
    pub rule: String,
}

/// What an official does in a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AppearanceRole {
    /// Says at least one statement in it.
    Speaker,
    /// Takes part in what happened.
    Participant,
    /// Is named only.
    Mentioned,
}

impl AppearanceRole {
    /// The word used in files, in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Participant => "participant",
            Self::Mentioned => "mentioned",
        }
    }
}

/// One person in one story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The registered name, or the fullest form that the story prints.
    pub name: String,
    /// Who that is; `None` for somebody whom the registry does not know, or cannot tell from others.
    pub official: Option<OfficialId>,
    /// The officials that the name may mean, where it may mean several.
    pub candidates: Vec<OfficialId>,
    /// Fullest form in this story, the first of equals.
    pub as_written: String,
    /// Where that form stands on the page.
    pub span: Span,
    /// Other forms that the story uses.
    pub other_forms: Vec<String>,
    /// The office as the page attaches it to the name, without military rank.
    pub office_as_written: Option<String>,
    /// Where those words stand.
    pub office_span: Option<Span>,
    /// Military rank or honorific that the page prints with the name.
    pub rank: Option<String>,
    /// The offices that the registry says were held on the day of the story, the one that the page names first.
    pub held: Vec<HeldOffice>,
    /// Where page and registry disagree about the office: what each says.
    pub disagreement: Option<String>,
    /// What the person does in the story.
    pub role: AppearanceRole,
}

/// An office that the registry says was held on the day of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldOffice {
    /// Which office.
    pub office: OfficeId,
    /// Its name.
    pub label: String,
    /// Full or acting.
    pub kind: TenureKind,
}

/// Direct: the words themselves. Indirect: what they meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatementKind {
    /// In quotation marks, behind a dash, a turn of a transcript, or the text of a speech.
    Direct,
    /// A clause of content: "said that …", "according to …", or a quotation shorter than a clause.
    Indirect,
}

impl StatementKind {
    /// The word used in files, in the API and on the terminal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
        }
    }
}

/// What a story says that somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Index of the speaker in [`Annotation::appearances`]; `None` for organisations and for speakers not named.
    pub speaker: Option<usize>,
    /// Direct or indirect.
    pub kind: StatementKind,
    /// The words that make it a statement, such as `said` or `According to`; `None` where there are none.
    pub verb: Option<String>,
    /// What was said, as printed, without the marks around it.
    pub text: String,
    /// Where it stands on the page, in order; more than one where the cue splits it.
    pub spans: Vec<Span>,
    /// Where the page names the speaker, by name, office noun or pronoun.
    pub speaker_span: Option<Span>,
    /// Where the cue stands.
    pub cue_span: Option<Span>,
    /// Name of the rule that found it.
    pub rule: String,
}

/// A topic with the words that caused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicMatch {
    /// Which topic.
    pub topic: TopicId,
    /// How much speaks for it; only the order within one story has a meaning.
    pub score: u32,
    /// The words that caused it, in the order of the page.
    pub evidence: Vec<Evidence>,
}
