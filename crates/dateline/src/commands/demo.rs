//! `dateline demo`: the whole job with nothing set up, on invented pages, in a folder that is gone afterwards.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use dateline_event::SourceId;
use dateline_event::date::Basis;
use dateline_graphql::{Api, ServeLimits};
use dateline_ingest::{Capture, popolo, read_page, skos};
use dateline_log::SledLog;
use dateline_projector::{OfficialView, Query, Scope, Slice, TopicView, View};

use super::{Outcome, import, serve};
use crate::cli::DemoArgs;
use crate::demo_pages::{PAGES, REGISTRY, TOPICS};
use crate::exit::Failure;
use crate::history::LogHistory;
use crate::ingestion::Run;
use crate::output::{counted, print};
use crate::print::timeline_text::Extent;
use crate::print::wrap::wrapped;
use crate::print::{page_text, style, timeline_text};
use crate::served::Served;
use crate::{store, views, words_index};

/// The address that is tried first when none is named.
const PREFERRED: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
/// Entries of the timeline that is shown.
const SHOWN: usize = 4;
/// Officials and topics that are named.
const NAMED: usize = 6;

/// Reads the invented pages, prints what was found, and serves it unless it is to end there.
pub(crate) fn run(args: &DemoArgs) -> Outcome {
    let folder = tempfile::Builder::new().prefix("dateline-demo-").tempdir()?;
    let log = Arc::new(store::open(folder.path())?);
    fill(&log)?;
    let mut projector = views::projector(Arc::<SledLog>::clone(&log));
    projector.catch_up().map_err(views::stopped)?;
    show(&projector.views().current())?;
    if args.once {
        return Ok(crate::exit::Exit::Done);
    }
    serve::on_runtime(async {
        let listener = match args.listen {
            Some(address) => serve::listen(address).await?,
            None => match serve::listen(PREFERRED).await {
                Ok(listener) => listener,
                Err(_) => serve::listen(SocketAddr::new(PREFERRED.ip(), 0)).await?,
            },
        };
        print("")?;
        let views = projector.views();
        let words = words_index::served(folder.path(), log.clone());
        let _follows = words.clone().map(|it| words_index::follow(it, &views));
        let served =
            Served { views: views.clone(), log: log.clone(), rebuilds: Arc::default(), words };
        let api = Api::new(served, LogHistory(log), serve::options());
        serve::until_stopped(listener, api, &views, ServeLimits::default()).await
    })
}

fn fill(log: &SledLog) -> Result<(), Failure> {
    let known = import::append(log, popolo::read(REGISTRY)?.events)?
        + import::append(log, skos::read(TOPICS)?.events)?;
    let source = SourceId::new("demo")?;
    let mut run = Run::over(log, source.clone())?;
    for (name, bytes) in PAGES {
        run.take(name, None, &read_page(&Capture::new(name, &source, bytes)))?;
        // The two captures of one story come from two days, so they are two commits.
        run.commit()?;
    }
    let report = &run.report;
    print("Everything in this demo is invented: people, states, agencies, and what they say.")?;
    print(format_args!(
        "{} read: {} reported, {} revised, {} repeated; {known} facts about offices and topics",
        counted(report.pages, "page", "pages"),
        counted(report.reported, "story", "stories"),
        report.revised,
        report.sighted + report.unchanged,
    ))
}

fn show(view: &View) -> Result<(), Failure> {
    let mut officials = view.officials(&Slice::first(usize::MAX)).items;
    officials.sort_by_key(|it| std::cmp::Reverse(it.entries));
    let mut topics = view.topics(&Slice::first(usize::MAX)).items;
    topics.sort_by_key(|it| std::cmp::Reverse(it.entries));
    if let Some(most) = officials.first() {
        let scope = Scope::Official(most.official.id.clone());
        let page = view.timeline(&scope, &Query::newest(SHOWN));
        let extent = Extent { shown: page.items.len(), of: Some(most.entries) };
        let heading = timeline_text::heading(&most.official.name, &extent, view.position());
        print(format_args!("\n{heading}"))?;
        for entry in &page.items {
            let seen = view.position().map_or(1, |at| entry.record().sightings_at(at).len());
            print(format_args!("\n{}", timeline_text::entry(entry, seen)))?;
        }
    }
    inferred(view)?;
    let named = |it: &OfficialView<'_>| {
        format!(
            "{} ({}, {})",
            it.official.name,
            it.official.id,
            counted(it.entries, "entry", "entries")
        )
    };
    list("Officials", officials.iter().map(named))?;
    let named = |it: &TopicView<'_>| format!("{} ({})", it.topic.id, it.entries);
    list("Topics", topics.iter().map(named))
}

/// The days whose year no page prints: what they follow from, or which years remain.
fn inferred(view: &View) -> Result<(), Failure> {
    print(format_args!("\n{}", style::Styled(style::BOLD, "Days whose year no page prints")))?;
    for record in view.stories(&Slice::first(usize::MAX)).items {
        let Some(reading) = record.readings().last() else { continue };
        let date = &reading.annotation().happened;
        let is_open = !date.years.is_empty();
        if let (Some(edtf), true) = (date.edtf, is_open || date.basis == Some(Basis::Inferred)) {
            let words = format!("{edtf}{} · {}", page_text::explained(date), reading.page().name);
            print(wrapped(&words, 2, 100))?;
        }
    }
    Ok(())
}

/// The first of `names`, with what they are.
fn list(what: &str, names: impl Iterator<Item = String>) -> Result<(), Failure> {
    let names: Vec<String> = names.take(NAMED).collect();
    let heading = style::Styled(style::BOLD, what);
    print(format_args!("\n{heading}\n{}", wrapped(&format!("{}, …", names.join(", ")), 2, 100)))
}
