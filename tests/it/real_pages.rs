//! The real pages that the system exists for, where they lie beside the checkout: what must come out of them through
//! `dateline ingest` and the API. Facts only; the pages and their sentences are not part of this project.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Desk, Server, root};

const STORY: &str = "role title body published { edtf } happened { edtf basis how remainingYears } place { name } agency { name } dateline { place } page { name } appearances { name asWritten officeAsWritten role official { registryId } } statements { kind speaker { name } }";

/// The folder of the pages; `None`, with a word on it, where they are not there.
fn pages() -> Option<PathBuf> {
    let folder = root().join("../shared/corpus/seeds");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the real pages are not beside the checkout");
    None
}

/// A server over the real pages, with the registry that the project keeps for them.
fn served() -> Option<(Desk, Server)> {
    let folder = pages()?;
    let desk = Desk::new();
    let fixture = |path: &str| root().join("fixtures").join(path);
    desk.done(["registry".as_ref(), "import".as_ref(), fixture("registry/seeds.json").as_os_str()]);
    desk.done(["topics".as_ref(), "import".as_ref(), fixture("topics/seeds.json").as_os_str()]);
    let report = desk.done(["ingest".as_ref(), "--json".as_ref(), folder.as_os_str()]);
    let report: Value = serde_json::from_str(&report).expect("a report");
    // Five pages with 22 items, of which four teasers stand on three pages each.
    assert_eq!((&report["reported"], &report["sighted"]), (&14.into(), &8.into()), "{report}");
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    Some((desk, server))
}

/// The stories of an official's timeline, newest first.
fn stories_of(server: &Server, official: &str) -> Vec<Value> {
    // The ids of this registry are the names, in small letters and joined by hyphens.
    let id = official.to_lowercase().replace(' ', "-");
    let query = format!(
        "{{ timeline(by: {{officialId: \"{id}\"}}, first: 100) {{ nodes {{ story {{ {STORY} }} }} }} }}"
    );
    let answer = server.query(&query);
    let nodes =
        answer["data"]["timeline"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}"));
    nodes.iter().map(|it| it["story"].clone()).collect()
}

/// The story of `official` on the page whose name starts with `page`.
fn article(server: &Server, official: &str, page: &str) -> Value {
    let stories = stories_of(server, official);
    let found = stories.into_iter().find(|it| {
        it["role"] == "ARTICLE"
            && it["page"]["name"].as_str().is_some_and(|it| it.starts_with(page))
    });
    found.unwrap_or_else(|| panic!("{official} has an article on page {page}"))
}

fn appearance<'a>(story: &'a Value, name: &str) -> &'a Value {
    let all = story["appearances"].as_array().expect("appearances");
    all.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name} appears: {story}"))
}

#[test]
fn the_five_real_pages_come_out_right() {
    let Some((_desk, server)) = served() else { return };
    dialogue(&server);
    open_year(&server);
    inferred_year(&server);
    assembly(&server);
    speech(&server);
    assert_eq!(server.stop("TERM"), Some(0));
}

fn dialogue(server: &Server) {
    let story = article(server, "Imangali Tasmagambetov", "000_");
    assert_eq!(story["published"]["edtf"], "2025-05-19T15:54");
    assert_eq!(
        (&story["dateline"]["place"], &story["place"]["name"]),
        (&"Moscow".into(), &"Bishkek".into())
    );
    assert_eq!(story["agency"]["name"], "BelTA");
    let said = story["statements"].as_array().expect("statements");
    assert_eq!(said.len(), 6);
    assert!(said.iter().all(|it| it["speaker"]["name"] == "Imangali Tasmagambetov"), "{said:?}");
    let body = story["body"].as_str().expect("a body");
    assert!(!body.contains("Flag Monday") && !body.contains("Follow us on"));
}

fn open_year(server: &Server) {
    let story = article(server, "Stanislav Zas", "001_");
    assert_eq!(story["happened"]["edtf"], "XXXX-09-27");
    assert_eq!(story["happened"]["remainingYears"], serde_json::json!([2020, 2021, 2022]));
    assert_eq!(story["published"]["edtf"], Value::Null);
}

fn inferred_year(server: &Server) {
    let story = article(server, "Valery Semerikov", "002_");
    assert_eq!(story["happened"]["edtf"], "2019-07-17");
    assert_eq!(story["happened"]["basis"], "INFERRED");
    let how = story["happened"]["how"].as_str().expect("it says how");
    for wanted in ["Wednesday", "2013", "2019", "2024", "acting"] {
        assert!(how.contains(wanted), "wanted `{wanted}` in: {how}");
    }
    assert_eq!(story["agency"]["name"], "RIA Novosti");
}

fn assembly(server: &Server) {
    let story = article(server, "Vladimir Andreichenko", "003_");
    let office = appearance(&story, "Vladimir Andreichenko")["officeAsWritten"].as_str();
    assert!(office.is_some_and(|it| it.starts_with("Chairman of the House of Representatives")));
    assert_eq!(story["agency"]["name"], "BelTA");
    let body = story["body"].as_str().expect("a body");
    assert!(!body.chars().any(|it| ('а'..='я').contains(&it)), "the Russian line is no part of it");
}

fn speech(server: &Server) {
    let story = article(server, "Imangali Tasmagambetov", "004_");
    assert_eq!(story["happened"]["edtf"], "2025-02-07");
    assert!(
        story["statements"].as_array().expect("statements").iter().any(|it| it["kind"] == "DIRECT")
    );
    assert_eq!(
        appearance(&story, "Emomali Rahmon")["officeAsWritten"],
        "President of the Republic of Tajikistan"
    );
    let teasers = stories_of(server, "Imangali Tasmagambetov");
    let short = teasers.iter().any(|it| {
        it["appearances"]
            .as_array()
            .expect("appearances")
            .iter()
            .any(|it| it["asWritten"] == "I.N. Tasmagambetov")
    });
    assert!(short, "initials and full name are one official");
    for (official, office) in [
        ("Sadyr Japarov", "President of the Kyrgyz Republic"),
        ("Andrei Serdyukov", "Chief of"),
        ("Zhang Hanhui", "Plenipotentiary of the People's Republic of China"),
    ] {
        let stories = stories_of(server, official);
        let found = stories.iter().any(|it| {
            appearance(it, official)["officeAsWritten"]
                .as_str()
                .is_some_and(|it| it.contains(office))
        });
        assert!(found, "{official} as {office}: {stories:?}");
    }
}

#[test]
fn ranges_of_days_on_the_real_pages_are_ranges() {
    let Some(folder) = pages() else { return };
    let desk = Desk::new();
    let page = folder.join("004_4816f1cb169b9fa0.txt");
    let read: Value =
        serde_json::from_str(&desk.done(["read".as_ref(), "--json".as_ref(), page.as_os_str()]))
            .expect("JSON");
    let happened: Vec<&Value> = read["stories"]
        .as_array()
        .expect("stories")
        .iter()
        .map(|it| &it["happened"]["edtf"])
        .collect();
    assert!(happened.contains(&&"2025-06-03/2025-06-05".into()), "{happened:?}");
    assert!(happened.contains(&&"2025-05-27/2025-05-30".into()), "{happened:?}");
}
