//! What is read out of sentences of the invented world: who, in which office, in which rank.

use chrono::NaiveDate;
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureKind};
use dateline_event::story::{Headline, Story, StoryRole};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, Piece, Span};

use super::{Lexicon, MentionKind, read};
use crate::registry::Registry;
use crate::text::StoryText;
use crate::word_table::WordTable;

pub(super) fn registry() -> Registry {
    let mut registry = Registry::default();
    for (id, name, others) in [
        ("p-ket", "Miroslav Ket", &["M.V. Ket"][..]),
        ("p-toskarbaliev", "Ilmangir Toskarbaliev", &[]),
        ("p-dobrunevich", "Aleksei Dobrunevich", &["Dobrunevich"]),
        ("p-oyungur", "Matvei Oyungur", &[]),
        ("p-jorgumov", "Taalai Jorgumov", &[]),
        ("p-tsan", "Tsan Luhei", &[]),
        ("p-orlin-1", "Anton Orlin", &[]),
        ("p-orlin-2", "Anton Orlin", &[]),
    ] {
        registry.apply(&Event::OfficialRecorded(Official {
            id: OfficialId::new(id).unwrap(),
            name: name.into(),
            other_names: others.iter().map(|it| (*it).into()).collect(),
        }));
    }
    let arpo = OrganisationId::new("org-arpo").unwrap();
    registry.apply(&Event::OrganisationRecorded(Organisation {
        id: arpo.clone(),
        name: "Allied Rampart Pact Organization".into(),
        other_names: vec!["ARPO".into(), "the Pact".into()],
        classification: None,
        parent: None,
    }));
    for (id, label, organisation, holder, from, until) in [
        ("sg", "ARPO Secretary General", Some(arpo), "p-toskarbaliev", "2023-01-01", None),
        ("pp", "President of Polavia", None, "p-dobrunevich", "1996-08-20", None),
        ("mayor", "Mayor of Narovets", None, "p-orlin-1", "2010-01-01", None),
        (
            "pilot",
            "Head of the Polavian Fleet",
            None,
            "p-orlin-2",
            "2001-01-01",
            Some("2005-01-01"),
        ),
    ] {
        let office = OfficeId::new(id).unwrap();
        registry.apply(&Event::OfficeRecorded(Office {
            id: office.clone(),
            label: label.into(),
            other_labels: Vec::new(),
            organisation,
        }));
        registry.apply(&Event::TenureRecorded(Tenure {
            official: OfficialId::new(holder).unwrap(),
            office,
            kind: TenureKind::Full,
            from: from.parse().ok(),
            until: until.and_then(|it: &str| it.parse().ok()),
        }));
    }
    registry
}

fn story(title: Option<&str>, body: &str) -> Story {
    let length = |it: &str| u32::try_from(it.chars().count()).unwrap();
    Story {
        role: StoryRole::Article,
        title: title.map(|it| Headline { text: it.into(), span: Span::new(0, length(it)) }),
        body: body.into(),
        pieces: Piece::lines([Span::new(0, length(body))]),
        language: "en".into(),
        published: None,
        address: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

/// `name [id] | office | rank` of each person, in the order of first mention.
pub(super) fn persons(title: Option<&str>, body: &str) -> Vec<String> {
    let story = story(title, body);
    let lexicon = Lexicon::of(&registry(), WordTable::of_lists());
    let text = StoryText::of(&story, lexicon.words());
    let people = read(&text, &lexicon, NaiveDate::from_ymd_opt(2024, 5, 1));
    let shown = |it: &Option<std::ops::Range<usize>>| {
        it.clone().map_or("-".to_owned(), |it| text.get(it).to_owned())
    };
    let line = |it: &super::Person| {
        let id = it.official.as_ref().map_or("", |it| it.as_str());
        format!("{} [{id}] | {} | {}", it.name, shown(&it.office), shown(&it.rank))
    };
    people.persons.iter().map(line).collect()
}

pub(super) fn reads(body: &str, wanted: &[&str]) {
    assert_eq!(persons(None, body), wanted, "{body}");
}

#[test]
fn an_office_before_the_name_is_read_without_its_article() {
    reads(
        "The ARPO Secretary General Ilmangir Toskarbaliev came to Narovets.",
        &["Ilmangir Toskarbaliev [p-toskarbaliev] | ARPO Secretary General | -"],
    );
    reads(
        "Secretary General of the Allied Rampart Pact Organization (ARPO) Ilmangir Toskarbaliev came.",
        &[
            "Ilmangir Toskarbaliev [p-toskarbaliev] | Secretary General of the Allied Rampart Pact Organization (ARPO) | -",
        ],
    );
    reads(
        "It was said by Governor of Varegia's Studenomorsk Oblast Oleg Kobchikov.",
        &["Oleg Kobchikov [] | Governor of Varegia's Studenomorsk Oblast | -"],
    );
}

#[test]
fn an_office_in_apposition_is_read() {
    reads(
        "Ilmangir Toskarbaliev, the Allied Rampart Pact Organization Secretary General, told reporters so.",
        &[
            "Ilmangir Toskarbaliev [p-toskarbaliev] | Allied Rampart Pact Organization Secretary General | -",
        ],
    );
    reads(
        "“We shall see,” Leonid Brusnikov, press secretary of the Varegian president, had said.",
        &["Leonid Brusnikov [] | press secretary of the Varegian president | -"],
    );
    reads(
        "The chief of the ARPO Joint Staff, Colonel General Stepan Pridorogov, was there.",
        &["Stepan Pridorogov [] | chief of the ARPO Joint Staff | Colonel General"],
    );
    reads(
        "Ingegerd Sandefelt (MP, Skargia) took the floor.",
        &["Ingegerd Sandefelt [] | MP, Skargia | -"],
    );
}

#[test]
fn several_holders_share_a_plural_office() {
    reads(
        "Presidents of Varegia and Polavia Konstantin Ardin and Aleksei Dobrunevich will meet.",
        &[
            "Konstantin Ardin [] | Presidents of Varegia and Polavia | -",
            "Aleksei Dobrunevich [p-dobrunevich] | Presidents of Varegia and Polavia | -",
        ],
    );
    reads("The Presidents are to settle it in Boshkul.", &[]);
}

#[test]
fn company_shows_an_official_without_an_office() {
    reads(
        "President Aleksei Dobrunevich is to hold talks with Konstantin Ardin. Anna Selm bought bread.",
        &["Aleksei Dobrunevich [p-dobrunevich] | President | -", "Konstantin Ardin [] | - | -"],
    );
    reads(
        "President Aleksei Dobrunevich and his Lombrian counterpart Carlo Belfante agreed.",
        &["Aleksei Dobrunevich [p-dobrunevich] | President | -", "Carlo Belfante [] | - | -"],
    );
}

#[test]
fn a_signature_may_stand_on_two_lines() {
    reads(
        "The drill is over.\nPress Secretary of the Joint Staff\nYaroslav Shchuplykevich\n",
        &["Yaroslav Shchuplykevich [] | Press Secretary of the Joint Staff | -"],
    );
}

#[test]
fn long_complements_are_read_to_their_end() {
    for (office, name) in [
        (
            "Chairman of the Standing Committee on Foreign Affairs of the House of Commons",
            "Sergei Rachk",
        ),
        ("Minister of Industry, Trade and Energy", "Oleg Marov"),
        ("Assistant Secretary of State for Steppe Affairs", "James O'Brel"),
        ("Governor of St. Marinburg", "Alexander Begl"),
        ("Aide to the President", "Yury Peleshnikov"),
        ("Deputy Prime Minister – Chief of the Government Staff", "Dmitry Grigor"),
        ("Chief Executive Officer of Polnaft", "Herman Orl"),
        ("Director of the “Rampart” Institute", "Oleg Marov"),
        ("Secretary of State", "Colin L. Orl"),
        ("president and chief executive", "Anna Selm"),
        ("General Director of JSC «Polnaft Trade»", "Oleg Marov"),
    ] {
        let line = format!("{name} [] | {office} | -");
        reads(&format!("The {office} {name} was there."), &[line.as_str()]);
    }
}

#[test]
fn a_place_before_an_office_is_no_part_of_it() {
    reads(
        "In Narovets President Aleksei Dobrunevich received guests.",
        &["Aleksei Dobrunevich [p-dobrunevich] | President | -"],
    );
}

#[test]
fn a_rank_is_no_part_of_the_office() {
    reads(
        "He met the Varegian Defense Minister, General of the Army Matvei Oyungur.",
        &["Matvei Oyungur [p-oyungur] | Varegian Defense Minister | General of the Army"],
    );
    reads(
        "Chief of the ARPO Joint Staff Colonel General Pavel Volosyarov reported.",
        &["Pavel Volosyarov [] | Chief of the ARPO Joint Staff | Colonel General"],
    );
}

#[test]
fn offices_joined_by_a_comma_or_dash_are_one_string() {
    reads(
        "Chairman of the ARPO Supreme Pact Council, President of the Kerim Republic Taalai Jorgumov spoke.",
        &[
            "Taalai Jorgumov [p-jorgumov] | Chairman of the ARPO Supreme Pact Council, President of the Kerim Republic | -",
        ],
    );
    reads(
        "First Deputy Minister of Internal Affairs of Polavia – Chief of Criminal Militia Taras Lozakevich led it.",
        &[
            "Taras Lozakevich [] | First Deputy Minister of Internal Affairs of Polavia – Chief of Criminal Militia | -",
        ],
    );
    reads(
        "Special Representative of the CN Secretary General for the Middle Steppe, Head of the CN Regional Centre \
         for Early Diplomacy in the Middle Steppe (CNRCMS) Gocha Elmnashvari came.",
        &[
            "Gocha Elmnashvari [] | Special Representative of the CN Secretary General for the Middle Steppe, Head of \
           the CN Regional Centre for Early Diplomacy in the Middle Steppe (CNRCMS) | -",
        ],
    );
}

#[test]
fn two_people_with_two_offices_stay_two() {
    reads(
        "The ARPO Secretary General and the Deputy Prime Minister of the Varegian Federation - Minister of Machinery \
         and Commerce Roman Pantelurov, Chairman of the ARPO IBDIA, sit down for talks.",
        &[
            "Roman Pantelurov [] | Deputy Prime Minister of the Varegian Federation - Minister of Machinery and Commerce | -",
        ],
    );
    reads(
        "President Dobrunevich, Foreign Minister Konstantin Torkei and Mayor of Narovets Hanna Selm attended.",
        &[
            "Aleksei Dobrunevich [p-dobrunevich] | President | -",
            "Konstantin Torkei [] | Foreign Minister | -",
            "Hanna Selm [] | Mayor of Narovets | -",
        ],
    );
}

#[test]
fn and_joins_offices_of_one_holder_only() {
    reads(
        "The President of Polavia and ARPO Secretary General Ilmangir Toskarbaliev met.",
        &["Ilmangir Toskarbaliev [p-toskarbaliev] | ARPO Secretary General | -"],
    );
    reads(
        "The CCS Chairperson-in-Office and Alemarkian Foreign Minister, Karl Hagenreuth, came.",
        &["Karl Hagenreuth [] | CCS Chairperson-in-Office and Alemarkian Foreign Minister | -"],
    );
}

#[test]
fn new_and_elected_are_no_part_of_an_office_but_acting_is() {
    reads(
        "The newly elected Secretary General Ilmangir TOSKARBALIEV met staff.",
        &["Ilmangir Toskarbaliev [p-toskarbaliev] | Secretary General | -"],
    );
    reads(
        "ARPO Acting Secretary General Arkady Zveromyslov was present.",
        &["Arkady Zveromyslov [] | ARPO Acting Secretary General | -"],
    );
}

#[test]
fn a_name_behind_a_nested_office_belongs_to_the_inner_one_unless_an_article_stands_there() {
    reads(
        "The spokesman for President Aleksei Dobrunevich said so.",
        &["Aleksei Dobrunevich [p-dobrunevich] | President | -"],
    );
    reads(
        "Aide to the President Yury Peleshnikov was there too.",
        &["Yury Peleshnikov [] | Aide to the President | -"],
    );
}

#[test]
fn spellings_of_one_name_are_one_person() {
    reads(
        "I.N. Toskarbaliev said so. Toskarbaliyev's aides agreed. ILMANGIR TOSKARBALIEV left.",
        &["Ilmangir Toskarbaliev [p-toskarbaliev] | - | -"],
    );
    reads(
        "Recently Governor Aleksandr Begl spoke. Later Alexander Begl left. Begl rests.",
        &["Aleksandr Begl [] | Governor | -"],
    );
    reads("Tsan Luhei spoke. Tsan was brief.", &["Tsan Luhei [p-tsan] | - | -"]);
    reads(
        "Alexey Dobrunevich met M. Ket. Mr Ket thanked the president.",
        &["Aleksei Dobrunevich [p-dobrunevich] | - | -", "Miroslav Ket [p-ket] | - | Mr"],
    );
    reads(
        "Matvei Semyonovich Oyungur spoke. Matvey Semyonovich was brief.",
        &["Matvei Oyungur [p-oyungur] | - | -"],
    );
}

#[test]
fn a_body_named_after_an_office_is_not_its_holder() {
    let story = story(
        None,
        "President Dobrunevich spoke. The Administration of the President and the President's Office agreed.",
    );
    let lexicon = Lexicon::of(&registry(), WordTable::of_lists());
    let text = StoryText::of(&story, lexicon.words());
    let people = read(&text, &lexicon, None);
    assert!(people.mentions.iter().all(|it| it.kind == MentionKind::Name));
}

#[test]
fn a_name_that_a_line_end_cuts_is_read_whole() {
    let story = story(None, "The visit of Ilmangir\nToskarbaliev was short.");
    let lexicon = Lexicon::of(&registry(), WordTable::of_lists());
    let text = StoryText::of(&story, lexicon.words());
    let people = read(&text, &lexicon, None);
    assert_eq!(text.get(people.persons[0].as_written.clone()), "Ilmangir\nToskarbaliev");
}

#[test]
fn bodies_places_and_medals_are_no_persons() {
    for body in [
        "The head of the Congressional Black Caucus spoke.",
        "The Minister of Foreign Economic Relations was there.",
        "He got the Order of President Medal of Honour.",
        "The Ambassador to New Zealand left for South Ostrenya.",
        "The Secretary General's Special Fund for Peace Building grew.",
        "The Presidential Administration and the Prime Minister's Office agreed.",
        "Anna Selm bought bread.",
        "She heads Ostrenya's largest bank.",
        "The leader of the Polavian Christian Party spoke.",
    ] {
        reads(body, &[]);
    }
}

#[test]
fn bearers_of_one_name_are_told_apart_by_office_and_day_or_left_open() {
    reads(
        "Mayor of Narovets Anton Orlin spoke.",
        &["Anton Orlin [p-orlin-1] | Mayor of Narovets | -"],
    );
    reads(
        "Anton Orlin, head of the Polavian Fleet, spoke.",
        &["Anton Orlin [p-orlin-2] | head of the Polavian Fleet | -"],
    );
    let story = story(None, "Anton Orlin spoke.");
    let lexicon = Lexicon::of(&registry(), WordTable::of_lists());
    let people = read(&StoryText::of(&story, lexicon.words()), &lexicon, None);
    assert_eq!(people.persons[0].official, None);
    assert_eq!(people.persons[0].candidates.len(), 2);
}

#[test]
fn an_office_noun_means_the_person_of_the_story_who_holds_it() {
    let story = story(
        Some("Dobrunevich hosts the ARPO chief"),
        "The president met Ilmangir Toskarbaliev. The Secretary General thanked the head of state. The mayor was late.",
    );
    let lexicon = Lexicon::of(&registry(), WordTable::of_lists());
    let text = StoryText::of(&story, lexicon.words());
    let people = read(&text, &lexicon, None);
    let nouns: Vec<_> = people
        .mentions
        .iter()
        .filter(|it| it.kind == MentionKind::OfficeNoun)
        .map(|it| (text.get(it.whole.clone()), it.person))
        .collect();
    assert_eq!(
        nouns,
        [
            ("the ARPO chief", Some(1)),
            ("The president", Some(0)),
            ("The Secretary General", Some(1)),
            ("the head of state", Some(0)),
            ("The mayor", None),
        ]
    );
}

#[test]
fn a_name_in_cyrillic_letters_is_known_in_every_case() {
    for (body, wanted) in [
        ("Визит Мирослава Кета завершён.", "Miroslav Ket [p-ket] | - | -"),
        ("Орден вручён Мирославу Кету вчера.", "Miroslav Ket [p-ket] | - | -"),
        ("На встрече с Матвеем Оюнгуром обсудили учения.", "Matvei Oyungur [p-oyungur] | - | -"),
        (
            "Письмо Илмангиру Тоскарбалиеву передано.",
            "Ilmangir Toskarbaliev [p-toskarbaliev] | - | -",
        ),
        ("Это решено Алексеем Добруневичем.", "Aleksei Dobrunevich [p-dobrunevich] | - | -"),
    ] {
        reads(body, &[wanted]);
    }
    reads(
        "Мирослав Кет прибыл в Наровец. Речь Кета длилась час, Кету вручили орден.",
        &["Miroslav Ket [p-ket] | - | -"],
    );
}

#[test]
fn a_case_of_nobody_is_nobody() {
    reads("Визит Радомира Кетова завершён.", &[]);
}
