//! Timelines of offices, organisations and pairs, filters, counts and charts: what a search through all entries finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use dateline_annotate::{AppearanceRole, StatementKind};
use dateline_projector::{AsOf, Bar, Chart, Entry, Filter, Interval, Query, Scope, View};
use proptest::prelude::*;

use crate::random::{OFFICIALS, TOPICS, events};
use crate::world::{
    Log, official, position, recorded_body, recorded_office, recorded_office_of, recorded_official,
    recorded_tenure, recorded_topic, reported, topic, view,
};

fn scopes() -> Vec<Scope> {
    let people = OFFICIALS.into_iter().map(official);
    let topics = TOPICS.into_iter().map(topic);
    let others = [
        Scope::Office("minister".parse().unwrap()),
        Scope::Source("toskar-news".parse().unwrap()),
        Scope::Language("en".into()),
        Scope::Everything,
    ];
    people.chain(topics).chain(others).collect()
}

fn scope() -> impl Strategy<Value = Scope> {
    prop::sample::select(scopes())
}

fn filter() -> impl Strategy<Value = Filter> {
    let day =
        || prop::option::weighted(0.3, prop::sample::select(vec!["2031-05-02", "2030-01-01"]));
    let roles = [AppearanceRole::Speaker, AppearanceRole::Mentioned];
    let roles = prop::option::weighted(0.3, prop::sample::select(roles.to_vec()));
    let kind = prop::option::weighted(0.2, Just(StatementKind::Indirect));
    (day(), day(), prop::collection::vec(scope(), 0..3), roles, kind).prop_map(
        |(from, to, also, role, statements)| Filter {
            from: from.map(|it| it.parse().unwrap()),
            to: to.map(|it| it.parse().unwrap()),
            also,
            roles: role.into_iter().collect(),
            statements,
            source: None,
            language: None,
            among: None,
        },
    )
}

fn entries(view: &View, scope: &Scope, as_of: Option<AsOf>) -> Vec<Arc<Entry>> {
    view.timeline(scope, &Query { as_of, ..Query::newest(1000) }).items
}

/// What `filter` leaves, found by looking at every entry.
fn searched(view: &View, scope: &Scope, filter: &Filter, as_of: Option<AsOf>) -> Vec<String> {
    let people: Vec<&Scope> =
        [scope].into_iter().chain(&filter.also).filter(|it| it.is_about_people()).collect();
    let passes = |entry: &Entry| {
        let role = filter.roles.is_empty()
            || entry
                .concerned()
                .map(|it| it.role)
                .min()
                .is_some_and(|it| filter.roles.contains(&it));
        let said =
            filter.statements.is_none_or(|kind| entry.statements().any(|it| it.kind == kind));
        role && said
    };
    let keys = |of: &Scope| -> BTreeMap<String, Arc<Entry>> {
        entries(view, of, as_of).into_iter().map(|it| (it.key().to_string(), it)).collect()
    };
    let others: Vec<_> = filter.also.iter().map(|it| (it, keys(it))).collect();
    let mut found = Vec::new();
    for entry in entries(view, scope, as_of) {
        let (day, key) = (entry.key().day(), entry.key().to_string());
        let days = filter.from.is_none_or(|it| day.is_some_and(|day| day >= it))
            && filter.to.is_none_or(|it| day.is_some_and(|day| day <= it));
        let in_all = others.iter().all(|it| it.1.contains_key(&key));
        let told = |of: &Scope, entry: &Entry| !people.contains(&of) || passes(entry);
        let traits = told(scope, &entry)
            && others.iter().all(|(of, all)| all.get(&key).is_some_and(|it| told(of, it)));
        if days && in_all && traits {
            found.push(key);
        }
    }
    found
}

fn has_people(scope: &Scope, filter: &Filter) -> bool {
    scope.is_about_people() || filter.also.iter().any(Scope::is_about_people)
}

fn charted(keys: &[String]) -> Chart {
    let mut chart = Chart::default();
    for key in keys {
        match key.split(':').next().unwrap().parse::<NaiveDate>() {
            Err(_) => chart.without_day += 1,
            Ok(day) => match chart.bars.last_mut().filter(|it| it.from == day) {
                Some(bar) => bar.entries += 1,
                None => chart.bars.push(Bar { from: day, to: day, entries: 1 }),
            },
        }
    }
    chart
}

proptest! {
    #[test]
    fn filters_pairs_counts_and_charts_are_what_a_search_finds(
        events in events(),
        scope in scope(),
        mut filter in filter(),
        back in any::<prop::sample::Index>(),
    ) {
        if !has_people(&scope, &filter) {
            // What a filter by part means there is tested apart.
            (filter.roles, filter.statements) = (Vec::new(), None);
        }
        let view = view(&Log::of(events.clone()));
        let at = u64::try_from(back.index(events.len() + 1)).unwrap();
        let as_of = dateline_event::Position::new(at).map(AsOf::Position);
        for as_of in [None, as_of] {
            let wanted = searched(&view, &scope, &filter, as_of);
            let query = Query { filter: filter.clone(), as_of, ..Query::newest(1000) };
            let found = view.timeline(&scope, &query).items;
            let found: Vec<_> = found.iter().map(|it| it.key().to_string()).collect();
            prop_assert_eq!(&found, &wanted);
            prop_assert_eq!(view.count(&scope, &filter, as_of), wanted.len());
            let chart = view.chart(&scope, &filter, as_of, Interval::Day);
            prop_assert_eq!(chart, charted(&wanted));
        }
    }
}

fn bridges() -> Arc<View> {
    view(&Log::of([
        recorded_body("state", None),
        recorded_body("ministry", Some("state")),
        recorded_office_of("minister", "ministry"),
        recorded_office("mayor"),
        recorded_official("ket"),
        recorded_official("orlin"),
        recorded_tenure("ket", "minister", "2020"),
        recorded_tenure("orlin", "mayor", "2020"),
        recorded_topic("bridge", &[]),
        reported("one", "ket:yes orlin #bridge @2031-05-02"),
        reported("two", "ket @2031-05-09"),
        reported("three", "orlin:no #bridge @2030-12-30"),
        reported("four", "#bridge"),
    ]))
}

fn count(view: &View, scope: &Scope, filter: &Filter) -> usize {
    view.count(scope, filter, None)
}

#[test]
fn a_timeline_of_an_office_is_that_of_its_holders_and_one_of_a_body_that_of_all_below_it() {
    let view = bridges();
    let office = |id: &str| Scope::Office(id.parse().unwrap());
    let body = |id: &str| Scope::Organisation(id.parse().unwrap());
    let all = [office("minister"), office("mayor"), body("ministry"), body("state"), body("none")];
    assert_eq!(all.map(|it| view.entries(&it)), [2, 2, 2, 2, 0]);
    let first = &entries(&view, &body("state"), None)[1];
    assert_eq!(first.appearance().unwrap().name, "Official ket");
    assert_eq!(first.statements().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["yes"]);
}

#[test]
fn a_pair_has_the_entries_of_both() {
    let view = bridges();
    let on_bridges = Filter { also: vec![topic("bridge")], ..Filter::default() };
    assert_eq!(count(&view, &official("ket"), &on_bridges), 1);
    assert_eq!(count(&view, &official("orlin"), &on_bridges), 2);
    let with_orlin = Filter { also: vec![official("orlin")], ..Filter::default() };
    let page = view.timeline(&official("ket"), &Query { filter: with_orlin, ..Query::newest(9) });
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].concerned().count(), 2);
}

#[test]
fn kinds_of_entry_and_of_statement_are_told_apart() {
    let view = bridges();
    let speaks = Filter { roles: vec![AppearanceRole::Speaker], ..Filter::default() };
    assert_eq!(count(&view, &official("ket"), &speaks), 1);
    // On a topic, somebody of the registry has to have that part.
    assert_eq!(count(&view, &topic("bridge"), &speaks), 2);
    let direct = Filter { statements: Some(StatementKind::Direct), ..Filter::default() };
    assert_eq!(count(&view, &official("ket"), &direct), 0);
    let foreign = Filter { language: Some("fr".into()), ..Filter::default() };
    assert_eq!(count(&view, &official("ket"), &foreign), 0);
    let source = Filter { source: Some("toskar-news".parse().unwrap()), ..Filter::default() };
    assert_eq!(count(&view, &official("ket"), &source), 2);
}

#[test]
fn a_chart_has_a_bar_for_each_interval_with_entries() {
    let view = bridges();
    let bars = |interval| {
        let chart = view.chart(&Scope::Everything, &Filter::default(), None, interval);
        let bars = chart.bars.iter().map(|it| format!("{}..{} {}", it.from, it.to, it.entries));
        (bars.collect::<Vec<_>>().join(", "), chart.without_day)
    };
    let weeks = "2031-05-05..2031-05-11 1, 2031-04-28..2031-05-04 1, 2030-12-30..2031-01-05 1";
    assert_eq!(bars(Interval::Week), (weeks.to_owned(), 1));
    let months = "2031-05-01..2031-05-31 2, 2030-12-01..2030-12-31 1";
    assert_eq!(bars(Interval::Month), (months.to_owned(), 1));
    let years = "2031-01-01..2031-12-31 2, 2030-01-01..2030-12-31 1";
    assert_eq!(bars(Interval::Year), (years.to_owned(), 1));
    let then = Some(AsOf::Position(position(11)));
    let chart = view.chart(&official("ket"), &Filter::default(), then, Interval::Year);
    assert_eq!(chart.bars.iter().map(|it| it.entries).collect::<Vec<_>>(), [2]);
}
