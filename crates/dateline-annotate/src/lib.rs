//! Reads out of a story which officials appear in it and in which office on that day, what each of them said, on
//! which topics it is, and when and where it happened.
//!
//! A pure function of the story and the registry: the same two give the same annotation, so a better annotator or a
//! corrected tenure changes every timeline by a rebuild. Spans count code points of the page, as everywhere.

mod agency;
mod annotation;
mod annotator;
mod appearances;
mod bracket;
mod candidates;
mod check;
mod dates;
mod lead;
mod people;
mod place;
mod quoted;
mod registry;
mod resolve;
#[cfg(test)]
mod sample;
mod soft_wrap;
mod statements;
mod text;
mod tokens;
mod topics;
mod vacancies;
mod vocabulary;
mod word_hash;
mod word_list;
mod word_table;

pub use annotation::VERSION;
pub use annotation::{
    Annotation, Appearance, AppearanceRole, Evidence, Found, HeldOffice, Resolved, Statement,
    StatementKind, TopicMatch,
};
pub use annotator::{Annotator, Part};
pub use candidates::{AnnotatedStory, Candidate, CandidateEvidence, NamedOffice, candidates};
pub use check::{Finding, check};
pub use registry::Registry;
pub use resolve::{LinkRule, NameCandidate, NameResolver, Resolution, plain_name};
pub use vacancies::vacancies;
