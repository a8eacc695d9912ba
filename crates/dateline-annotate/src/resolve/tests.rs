//! Whom a name means, and when it means nobody.

use dateline_event::registry::Official;
use dateline_event::{Event, OfficialId};
use proptest::prelude::*;

use super::{LinkRule, NameResolver, Resolution};
use crate::registry::Registry;

/// Invented people, a few of them with names that are easily taken for each other.
const PEOPLE: &[(&str, &str)] = &[
    ("p-tosk", "Ilmangir Toskarbaliev"),
    ("p-ket", "Miroslav Ket"),
    ("p-hall", "William Hallworth"),
    ("p-jorg", "JORGUMOV Taalai Bakytovich"),
    ("p-smel-1", "Anna Smelworth"),
    ("p-smel-2", "Andrew Smelworth"),
    ("p-lord", "Michael Lord"),
    ("p-orlin-1", "Anton Orlin"),
    ("p-orlin-2", "Anton Orlin"),
    ("p-tsan", "Tsan Luhei"),
    ("p-brel", "Edward Brel-Osten"),
    ("p-begl", "Begl Aleksandr"),
    ("p-pye-1", "Ian Pyesley"),
    ("p-pye-2", "Ian Pyesley Jr"),
];

fn resolver() -> NameResolver {
    let mut registry = Registry::default();
    for (id, name) in PEOPLE {
        registry.apply(&Event::OfficialRecorded(Official {
            id: OfficialId::new(id).unwrap(),
            name: (*name).to_owned(),
            other_names: Vec::new(),
        }));
    }
    NameResolver::new(&registry)
}

fn links(name: &str) -> Option<String> {
    resolver().resolve(name).official.map(|it| it.to_string())
}

#[test]
fn a_name_is_linked_in_other_scripts_spellings_and_orders() {
    for (name, wanted) in [
        ("ilmangir  TOSKARBALIEV", "p-tosk"),
        ("Илмангир Тоскарбалиев", "p-tosk"),
        ("Тоскарбалиева Илмангира", "p-tosk"),
        ("Toskarbaliyev, Ilmangir", "p-tosk"),
        ("I.N. Toskarbaliev", "p-tosk"),
        ("Toskarbaliev", "p-tosk"),
        ("Мирослав Кет", "p-ket"),
        ("Bill Hallworth", "p-hall"),
        ("Sir William Arthur Hallworth", "p-hall"),
        ("William Hallworth, Baron Hallworth of Narovets", "p-hall"),
        ("William Hallworth (politician)", "p-hall"),
        ("Вільям Голлворт", "p-hall"),
        ("ويليام هالورث", "p-hall"),
        ("უილიამ ჰოლუორთი", "p-hall"),
        ("ЖОРГУМОВ Таалай Бакытович", "p-jorg"),
        ("Taalai Zhorgumov", "p-jorg"),
        ("Lord, Michael", "p-lord"),
        ("Майкл Лорд", "p-lord"),
        ("Ed Brel Osten", "p-brel"),
        ("米罗斯拉夫·凯特", "p-ket"),
        ("Alexander Begl", "p-begl"),
        ("Ian Pyesley Junior", "p-pye-2"),
    ] {
        assert_eq!(links(name).as_deref(), Some(wanted), "{name}: {:?}", resolver().resolve(name));
    }
}

#[test]
fn a_name_that_may_be_of_several_or_of_nobody_is_not_linked() {
    for name in [
        "Anton Orlin",
        "A. Smelworth",
        "Smelworth",
        "William Toskarbaliev",
        "Boris Ket",
        "Somebody Else",
        "Orlin",
        "",
        "…",
        "()",
        "J.",
    ] {
        assert_eq!(links(name), None, "{name}: {:?}", resolver().resolve(name));
    }
}

#[test]
fn a_resolution_says_by_what_rule_or_who_else_could_be_meant() {
    let of = |name: &str| resolver().resolve(name);
    let Resolution { candidates, reason, .. } = of("Anton Orlin");
    assert_eq!(
        candidates.iter().map(|it| it.official.as_str()).collect::<Vec<_>>(),
        ["p-orlin-1", "p-orlin-2"]
    );
    assert_eq!(reason, "`p-orlin-1` fits to 100, `p-orlin-2` to 100");
    assert_eq!(of("Miroslav Ket").candidates.first().unwrap().rule, LinkRule::Name);
    assert_eq!(of("KET, Miroslav").candidates.first().unwrap().rule, LinkRule::SameWords);
    assert_eq!(of("M. Ket").candidates.first().unwrap().rule, LinkRule::Initials);
    assert_eq!(of("Мирослав Кет").candidates.first().unwrap().rule, LinkRule::Sound);
    assert_eq!(of("Qwrtz").reason, "no registered name is like it");
}

#[test]
fn another_official_of_quite_another_name_changes_no_link() {
    let mut registry = Registry::default();
    for (id, name) in PEOPLE.iter().chain([&("p-zz", "Zzyxqual Vvornheimer")]) {
        registry.apply(&Event::OfficialRecorded(Official {
            id: OfficialId::new(id).unwrap(),
            name: (*name).to_owned(),
            other_names: Vec::new(),
        }));
    }
    let more = NameResolver::new(&registry);
    for (_, name) in PEOPLE {
        assert_eq!(more.resolve(name), resolver().resolve(name));
    }
}

proptest! {
    #[test]
    fn any_text_is_resolved_and_always_alike(name in ".{0,60}") {
        let resolver = resolver();
        prop_assert_eq!(resolver.resolve(&name), resolver.resolve(&name));
    }
}
