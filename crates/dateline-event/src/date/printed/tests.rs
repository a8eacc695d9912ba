//! Which texts are dates, and which are none.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::*;

/// Each date of `text` as `EDTF|characters`.
fn found(text: &str) -> Vec<String> {
    find_all(text).into_iter().map(|it| format!("{}|{}", it.edtf, &text[it.range])).collect()
}

fn edtf(text: &str) -> Option<String> {
    read_whole(text).map(|it| it.edtf.to_string())
}

#[test]
fn stamps_read_as_the_day_and_time_that_they_print() {
    for (text, expected) in [
        ("05.06.2025", "2025-06-05"),
        ("7.02 2025", "2025-02-07"),
        ("9.06.2018", "2018-06-09"),
        ("20.02.23", "2023-02-20"),
        ("5. 6. 2025", "2025-06-05"),
        ("19 May 2025, 15:54", "2025-05-19T15:54"),
        ("15:46 21 February 2020", "2020-02-21T15:46"),
        ("09:53 04 July 2022", "2022-07-04T09:53"),
        ("• 02 Jun. 2025 -", "2025-06-02"),
        ("03/14/2022 08:17 PM EDT", "2022-03-14T20:17-04:00"),
        ("03/04/2022 08:17 a.m.", "2022-03-04T08:17"),
        ("25-May-2017 09:01", "2017-05-25T09:01"),
        ("2019-12-13", "2019-12-13"),
        ("2019-12-13T07:08:09.123+03:00", "2019-12-13T07:08:09+03:00"),
        ("2019-12-13 07:08 UTC", "2019-12-13T07:08Z"),
        ("Mon, 19 May 2025 15:54:10 GMT", "2025-05-19T15:54:10Z"),
        ("May 28, 2025", "2025-05-28"),
        ("Tuesday, 2 June 2020", "2020-06-02"),
        ("28 de mayo de 2025", "2025-05-28"),
        ("le 1er juin 2025", "2025-06-01"),
        ("(16 July 2024)", "2024-07-16"),
        ("10:15 AM EST, Tue February 6, 2018", "2018-02-06T10:15-05:00"),
        ("09 Şubat 2018 Cuma", "2018-02-09"),
        ("2018. 02. 06", "2018-02-06"),
        ("2025年6月5日", "2025-06-05"),
    ] {
        let text = text.trim_start_matches("le ");
        assert_eq!(edtf(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn zones_in_brackets_hours_with_a_dot_and_words_for_the_year_are_part_of_the_date() {
    for (text, expected) in [
        ("5 июня 2025 года в 10:00 (МСК)", "2025-06-05T10:00+03:00"),
        ("5 June 2025, 10:00 (GMT+3)", "2025-06-05T10:00+03:00"),
        ("Mittwoch, den 5. Juni 2025, 15.54 Uhr", "2025-06-05T15:54"),
        ("9 мамыр 2025 жыл", "2025-05-09"),
        ("2025 жылғы 9 мамыр", "2025-05-09"),
        ("2025-yil 5-iyun", "2025-06-05"),
    ] {
        assert_eq!(edtf(text).as_deref(), Some(expected), "{text}");
    }
    assert_eq!(found("On 5 June 2025 15.54 hectares burnt"), ["2025-06-05|5 June 2025"]);
}

#[test]
fn a_time_may_have_its_units_in_han() {
    for text in ["2025年6月5日 10時30分", "2025年6月5日10时30分"] {
        assert_eq!(found(text), [format!("2025-06-05T10:30|{text}")]);
    }
}

#[test]
fn a_day_that_no_calendar_has_is_named_and_no_part_of_it_is_a_date() {
    for text in ["31 June 2024", "45 June 2024", "00 June 2024, 10:00", "45.06.2024", "31/02/2024"]
    {
        let shown: Vec<&str> = find_impossible(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(shown, [text]);
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
    for text in ["3 June 2924", "June 3, 2924", "29 May 1453", "3 июня 2924 года", "03.06.2924"]
    {
        let sentence = format!("{text}. They met");
        let refused = find_impossible(&sentence);
        assert_eq!(refused.first().map(|it| it.start), Some(0), "{text}");
        assert_eq!(found(&sentence), Vec::<String>::new(), "{text}");
    }
    for text in ["On 3 June 2924 people voted", "On 3 June 1530 GMT", "3 June 2,924"] {
        assert_eq!(found(text), ["XXXX-06-03|3 June"], "{text}");
    }
    for text in
        ["5 June 2024", "At 15:45 June 5, 2024", "photo-31.06.2024.jpg", "Route 45, June 2024"]
    {
        assert_eq!(find_impossible(text), [], "{text}");
    }
}

#[test]
fn a_line_with_other_words_is_no_stamp() {
    for text in
        ["Meeting on 5 June 2025", "Text 05.06.2025", "", "2025", "Monday", "5 June 2025 Irvashen"]
    {
        assert_eq!(edtf(text), None, "{text}");
    }
}

#[test]
fn figures_that_may_be_day_or_month_claim_the_year_alone() {
    assert_eq!(found("03/04/2022"), ["2022|03/04/2022"]);
    assert_eq!(find_all("03/04/2022")[0].style, Style::Ambiguous);
    assert_eq!(found("14/03/2022"), ["2022-03-14|14/03/2022"]);
    assert_eq!(found("03-14-2022"), ["2022-03-14|03-14-2022"]);
    assert_eq!(found("05/05/2022"), ["2022-05-05|05/05/2022"]);
}

#[test]
fn dates_in_sentences_keep_what_they_say_of_the_year() {
    let text = "On February 20 this year, and in September last year, and on July17.";
    let all = find_all(text);
    assert_eq!(
        found(text),
        ["XXXX-02-20|February 20 this year", "XXXX-09|September last year", "XXXX-07-17|July17"]
    );
    let said: Vec<_> = all.iter().map(|it| it.year).collect();
    assert_eq!(said, [YearSaid::This, YearSaid::Last, YearSaid::Nothing]);
}

#[test]
fn a_weekday_is_kept_beside_the_date() {
    for text in
        ["said on Wednesday, July 17, at", "on Wednesday the 17th of July", "17 July (Wednesday)"]
    {
        let all = find_all(text);
        assert_eq!(all.len(), 1, "{text}");
        assert_eq!(all[0].weekday, Some(Weekday::Wed), "{text}");
        assert_eq!(all[0].edtf.to_string(), "XXXX-07-17", "{text}");
    }
}

#[test]
fn ranges_are_intervals() {
    for (text, expected) in [
        ("On 27-30 May, in", "XXXX-05-27/XXXX-05-30|27-30 May"),
        ("on 11-12 July 2024.", "2024-07-11/2024-07-12|11-12 July 2024"),
        ("From 17 to 20 March 2025, the", "2025-03-17/2025-03-20|17 to 20 March 2025"),
        ("from 21 to 25 October this year", "XXXX-10-21/XXXX-10-25|21 to 25 October this year"),
        ("30 May - 2 June 2025", "2025-05-30/2025-06-02|30 May - 2 June 2025"),
        ("30 December - 2 January 2025", "2024-12-30/2025-01-02|30 December - 2 January 2025"),
        ("May 27–30", "XXXX-05-27/XXXX-05-30|May 27–30"),
        ("May 27 – June 2, 2025", "2025-05-27/2025-06-02|May 27 – June 2, 2025"),
        ("on 5, 6 and 7 June", "XXXX-06-05/XXXX-06-07|5, 6 and 7 June"),
        ("between 3 and 5 June", "XXXX-06-03/XXXX-06-05|3 and 5 June"),
        (
            "on 9\u{a0}\u{2013}\u{a0}10\u{a0}March",
            "XXXX-03-09/XXXX-03-10|9\u{a0}\u{2013}\u{a0}10\u{a0}March",
        ),
        ("27.05.2025 - 30.05.2025", "2025-05-27/2025-05-30|27.05.2025 - 30.05.2025"),
        ("vom 3. bis 5. Juni 2025", "2025-06-03/2025-06-05|3. bis 5. Juni 2025"),
        ("с 3 по 5 июня 2025 г.", "2025-06-03/2025-06-05|3 по 5 июня 2025 г."),
        ("du 3 au 5 juin 2025", "2025-06-03/2025-06-05|3 au 5 juin 2025"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn a_dash_behind_a_dateline_makes_no_range() {
    assert_eq!(found("IRVASHEN, July 17 – 20 envoys came"), ["XXXX-07-17|July 17"]);
    assert_eq!(found("IRVASHEN, July17 – VESK."), ["XXXX-07-17|July17"]);
}

#[test]
fn months_are_known_in_many_languages() {
    for text in [
        "5 июня 2025 года",
        "5 чэрвеня 2025",
        "5 червня 2025 року",
        "5. Juni 2025",
        "5 juin 2025",
        "5 de junio de 2025",
        "5 giugno 2025",
        "5 de junho de 2025",
        "5 czerwca 2025 r.",
        "5 Haziran 2025",
        "5 juni 2025",
        "5-го июня 2025",
        "5. kesäkuuta 2025",
        "5. června 2025",
        "5. júna 2025",
        "5 iunie 2025",
        "5 Ιουνίου 2025",
        "5 de juny de 2025",
        "5. juuni 2025",
        "5 юни 2025",
        "5. јуна 2025",
        "5 iyun 2025",
        "5 маусым 2025",
        "5 հունիսի 2025",
        "5 ივნისი 2025",
        "2025. június 5.",
        "2025 m. birželio 5 d.",
        "2025 жылғы 5 маусым",
        "2025년 6월 5일",
        "5 يونيو 2025",
        "5 حزيران 2025",
        "05 Haz 2025",
        "5 cze 2025",
        "2025 June 5",
    ] {
        assert_eq!(edtf(text).as_deref(), Some("2025-06-05"), "{text}");
    }
}

#[test]
fn what_is_no_day_is_no_date() {
    for text in [
        "+7 495-795-27-10",
        "2018-2019",
        "in 1941-1945",
        "version 3.10.2024.7",
        "won 3:2 on 5.6",
        "31 June 2025",
        "30.02.2024",
        "29 February 2023",
        "photo 9.06.2018.jpg",
        "May 2020s",
        "he may 5 times",
        "they march 20 miles",
        "1,500 May flowers",
        "for 2025-2027.",
        "the 38th meeting of the 75th session",
        "“Echelon-2025” and G-20 June",
        "on Monday",
        "5 set 10",
        "13/13/2024",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_range_or_day_that_does_not_exist_leaves_no_part_behind() {
    assert_eq!(found("from 28 to 31 June 2024"), Vec::<String>::new());
    assert_eq!(found("May 32, 2024"), Vec::<String>::new());
    assert_eq!(found("on 31 April 2024 and 1 May 2024"), ["2024-05-01|1 May 2024"]);
}

const STYLES: [fn(NaiveDate) -> String; 9] = [
    |it| it.format("%Y-%m-%d").to_string(),
    |it| it.format("%d.%m.%Y").to_string(),
    |it| it.format("%-d.%m %Y").to_string(),
    |it| it.format("%-d %B %Y").to_string(),
    |it| it.format("%B %-d, %Y").to_string(),
    |it| it.format("%A, %B %-d, %Y").to_string(),
    |it| it.format("%d-%b-%Y 09:01").to_string(),
    |it| it.format("• %d %b. %Y -").to_string(),
    |it| it.format("%m/%d/%Y 08:17 PM EDT").to_string(),
];

proptest! {
    #[test]
    fn no_text_makes_the_finder_panic_and_ranges_are_on_character_borders(
        text in "(\\PC|[0-9. ,:/–-]|May|июня|\n| Wednesday| from | to ){0,40}"
    ) {
        let mut end = 0;
        for it in find_all(&text) {
            prop_assert!(end <= it.range.start && it.range.start < it.range.end);
            prop_assert!(text.get(it.range.clone()).is_some());
            end = it.range.end;
        }
        let _ = read_whole(&text);
    }

    #[test]
    fn a_printed_day_reads_back_as_that_day(days in 0..100_000i64, style in 0..STYLES.len()) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
        let text = STYLES[style](day);
        let read = read_whole(&text).unwrap_or_else(|| panic!("`{text}` was not read"));
        prop_assert_eq!(read.edtf.earliest(), Some(day), "{}", text);
        if let Some(weekday) = read.weekday {
            prop_assert_eq!(weekday, day.weekday());
        }
    }
}
