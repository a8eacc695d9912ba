//! Names of months and weekdays in the languages that pages are written in, nominative and
//! genitive.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::Weekday;

/// What a word can name in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// A month from 1.
    Month(u32),
    /// A month whose name is an ordinary word too: it counts only between a day and a year, or
    /// (where it is an English month) with a capital letter.
    WeakMonth(u32),
    /// A day of the week.
    Weekday(Weekday),
}

/// The month or weekday that `lower`, a word in lower case, names.
pub(super) fn name_of(lower: &str) -> Option<Name> {
    static NAMES: LazyLock<Names> = LazyLock::new(Names::all);
    NAMES.of(lower)
}

struct Names {
    names: HashMap<&'static str, Name>,
    /// For the first two letters of names, the lengths of such names, one bit each: most words are told from names by
    /// these.
    starts: Vec<u32>,
}

impl Names {
    fn all() -> Self {
        let names = names();
        let mut starts = vec![0; 1 << 16];
        for (start, length) in names.keys().filter_map(|it| start_of(it)) {
            starts.get_mut(start).into_iter().for_each(|it| *it |= length);
        }
        Self { names, starts }
    }

    fn of(&self, lower: &str) -> Option<Name> {
        let (start, length) = start_of(lower)?;
        let may_be = self.starts.get(start).is_some_and(|it| it & length != 0);
        may_be.then(|| self.names.get(lower).copied()).flatten()
    }
}

/// The first two bytes of a word as a number, and the bit of its length; no name is shorter.
fn start_of(lower: &str) -> Option<(usize, u32)> {
    let [first, second, ..] = lower.as_bytes() else { return None };
    let start = u16::from_be_bytes([*first, *second]);
    Some((usize::from(start), 1 << lower.len().min(31)))
}

/// One line a month: English, German, French, Spanish, Italian, Portuguese, Dutch and Nordic,
/// Polish, Turkish, Russian, Ukrainian, Belarusian.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jan janvier janv enero ene gennaio janeiro januari styczeń \
     stycznia ocak \
     январь января январе янв січень січня січ студзень студзеня",
    "february feb februar février fevrier févr fév febrero febbraio fevereiro fev februari \
     luty lutego şubat \
     февраль февраля феврале фев февр лютий лютого лют люты лютага",
    "märz maerz mär mrz mars marzo março maart marts marzec marca mart \
     март марта марте мар березень березня бер сакавік сакавіка",
    "april apr avril avr abril abr aprile kwiecień kwietnia nisan \
     апрель апреля апреле апр квітень квітня кві красавік красавіка",
    "mai mayo maggio maio mei maj maja mayıs май мая мае травень травня тра",
    "june jun juni juin junio giugno junho czerwiec czerwca haziran \
     июнь июня июне июн червень червня чер чэрвень чэрвеня",
    "july jul juli juillet juil julio luglio julho lipiec lipca temmuz \
     июль июля июле июл липень липня лип ліпень ліпеня",
    "august aug août aout agosto augustus sierpień sierpnia ağustos \
     август августа августе авг серпень серпня сер жнівень жніўня",
    "september sept sep septembre septiembre setiembre settembre setembro wrzesień września eylül \
     сентябрь сентября сентябре сен сент вересень вересня вер верасень верасня",
    "october oct oktober okt octobre octubre ottobre outubro październik października ekim \
     октябрь октября октябре окт жовтень жовтня жов кастрычнік кастрычніка",
    "november nov novembre noviembre novembro listopad listopada kasım \
     ноябрь ноября ноябре ноя нояб листопад листопада лис лістапад лістапада",
    "december dec dezember dez décembre déc diciembre dicembre dic dezembro grudzień grudnia \
     aralık desember \
     декабрь декабря декабре дек грудень грудня гру снежань снежня",
];

/// Month names that are ordinary words too, in English or elsewhere.
const WEAK_MONTHS: [(&str, u32); 10] = [
    ("march", 3),
    ("mar", 3),
    ("may", 5),
    ("gen", 1),
    ("mag", 5),
    ("lug", 7),
    ("ago", 8),
    ("set", 9),
    ("out", 10),
    ("ott", 10),
];

/// One line a weekday, in the languages of [`MONTHS`].
const WEEKDAYS: [(Weekday, &str); 7] = [
    (
        Weekday::Mon,
        "monday mon montag lundi lunes lunedì segunda-feira segunda maandag poniedziałek pazartesi \
         понедельник понеділок панядзелак",
    ),
    (
        Weekday::Tue,
        "tuesday tues tue dienstag mardi martes martedì terça-feira terça dinsdag wtorek salı \
         вторник вівторок аўторак",
    ),
    (
        Weekday::Wed,
        "wednesday wed mittwoch mercredi miércoles mercoledì quarta-feira quarta woensdag \
         środa çarşamba \
         среда среду середа середу серада сераду",
    ),
    (
        Weekday::Thu,
        "thursday thurs thur thu donnerstag jeudi jueves giovedì quinta-feira quinta donderdag \
         czwartek \
         perşembe четверг четвер чацвер",
    ),
    (
        Weekday::Fri,
        "friday fri freitag vendredi viernes venerdì sexta-feira sexta vrijdag piątek cuma \
         пятница пятницу п'ятниця п'ятницю пятніца пятніцу",
    ),
    (
        Weekday::Sat,
        "saturday sat samstag sonnabend samedi sábado sabato zaterdag sobota cumartesi \
         суббота субботу субота суботу",
    ),
    (
        Weekday::Sun,
        "sunday sun sonntag dimanche domingo domenica zondag niedziela pazar \
         воскресенье неділя неділю нядзеля нядзелю",
    ),
];

fn names() -> HashMap<&'static str, Name> {
    let mut names = HashMap::new();
    for (month, line) in (1..).zip(MONTHS) {
        names.extend(line.split_whitespace().map(|it| (it, Name::Month(month))));
    }
    names.extend(WEAK_MONTHS.map(|(it, month)| (it, Name::WeakMonth(month))));
    for (weekday, line) in WEEKDAYS {
        names.extend(line.split_whitespace().map(|it| (it, Name::Weekday(weekday))));
    }
    names
}
