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
    NAMES.of(lower)
}

/// The names of all months.
pub(super) fn months() -> impl Iterator<Item = &'static str> {
    let is_month = |it: &Name| matches!(it, Name::Month(_) | Name::WeakMonth(_));
    NAMES.words.iter().filter(move |it| is_month(it.1)).map(|it| *it.0)
}

static NAMES: LazyLock<Names> = LazyLock::new(Names::all);

struct Names {
    words: HashMap<&'static str, Name>,
    /// What the names have in common with few other words.
    shape: Shape,
}

impl Names {
    fn all() -> Self {
        let names = names();
        let mut shape = Shape { starts: [0; SHAPES], ends: [0; SHAPES] };
        for name in names.keys() {
            shape.add(name);
        }
        Self { words: names, shape }
    }

    fn of(&self, lower: &str) -> Option<Name> {
        self.shape.may_be(lower).then(|| self.words.get(lower).copied()).flatten()
    }
}

/// For the first two bytes of names, the lengths of such names, one bit each; the same for their last two bytes. Most
/// words are told from names by these. Small enough to stay near the processor, so pairs of bytes share a place.
struct Shape {
    starts: [u32; SHAPES],
    ends: [u32; SHAPES],
}

/// Places of pairs of bytes.
const SHAPES: usize = 1024;

impl Shape {
    fn add(&mut self, name: &str) {
        let Some((start, end)) = borders_of(name) else { return };
        for lengths in [self.starts.get_mut(start), self.ends.get_mut(end)].into_iter().flatten() {
            *lengths |= length_bit(name);
        }
    }

    fn may_be(&self, word: &str) -> bool {
        let Some((start, end)) = borders_of(word) else { return false };
        let lengths = self.starts.get(start).zip(self.ends.get(end));
        lengths.is_some_and(|(start, end)| start & end & length_bit(word) != 0)
    }
}

/// The places of the first two bytes of a word and of its last two; no name is shorter.
fn borders_of(word: &str) -> Option<(usize, usize)> {
    let place = |[first, second]: [u8; 2]| (usize::from(first) * 29 + usize::from(second)) % SHAPES;
    let (start, end) = (word.as_bytes().first_chunk()?, word.as_bytes().last_chunk()?);
    Some((place(*start), place(*end)))
}

fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
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

/// One line a month in more languages: Finnish, Czech, Slovak, Hungarian, Romanian, Greek, Catalan,
/// Estonian, Latvian, Lithuanian, Indonesian, Bulgarian, Serbian, Uzbek, Azerbaijani, Kazakh, Armenian,
/// Georgian, Arabic (of Egypt, then of the Levant). Left out are the Croatian months, some of which are Polish names of others.
const MORE_MONTHS: [&str; 12] = [
    "tammikuu tammikuuta leden ledna január ianuarie ιανουάριος ιανουαρίου gener jaanuar \
     jaanuari janvāris janvārī sausio sausis януари јануар јануара yanvar қаңтар հունվար \
     հունվարի იანვარი იანვარს \
     يناير",
    "helmikuu helmikuuta únor února februarie φεβρουάριος φεβρουαρίου febrer veebruar \
     veebruari februāris februārī vasario vasaris февруари фебруар фебруара fevral ақпан \
     փետրվար փետրվարի თებერვალი თებერვალს \
     فبراير شباط",
    "maaliskuu maaliskuuta březen března marec március martie μάρτιος μαρτίου març märts \
     märtsi martā kovo kovas maret mrt наурыз մարտ մարտի მარტი მარტს \
     مارس آذار",
    "huhtikuu huhtikuuta duben dubna apríl április aprilie απρίλιος απριλίου aprill aprilli \
     aprīlis aprīlī balandžio balandis април априла aprel сәуір ապրիլ ապրիլի აპრილი აპრილს \
     أبريل ابريل إبريل نيسان",
    "toukokuu toukokuuta květen května máj mája május μάιος μαΐου maig maijs maijā gegužės \
     gegužė мај маја мамыр մայիս մայիսի მაისი მაისს \
     مايو أيار",
    "kesäkuu kesäkuuta červen června jún júna június iunie ιούνιος ιουνίου juny juuni \
     jūnijs jūnijā birželio birželis юни јун јуна iyun маусым հունիս հունիսի ივნისი ივნისს \
     يونيو حزيران",
    "heinäkuu heinäkuuta červenec července júl júla július iulie ιούλιος ιουλίου juliol \
     juuli jūlijs jūlijā liepos liepa юли јул јула iyul шілде հուլիս հուլիսի ივლისი ივლისს \
     يوليو تموز",
    "elokuu elokuuta srpen srpna augusta augusztus αύγουστος αυγούστου agost augusti \
     augusts augustā rugpjūčio rugpjūtis agustus avgust avqust тамыз օգոստոս օգոստոսի \
     აგვისტო აგვისტოს \
     أغسطس اغسطس",
    "syyskuu syyskuuta září septembra szeptember septembrie σεπτέμβριος σεπτεμβρίου \
     setembre septembri septembris septembrī rugsėjo rugsėjis септември септембар септембра \
     sentabr sentyabr қыркүйек սեպտեմբեր սեպտեմբերի სექტემბერი სექტემბერს \
     سبتمبر أيلول",
    "lokakuu lokakuuta říjen října október októbra octombrie οκτώβριος οκτωβρίου oktoober \
     oktoobri oktobris oktobrī spalio spalis октомври октобар октобра oktabr oktyabr қазан \
     հոկտեմբեր հոկտեմբերի ოქტომბერი ოქტომბერს \
     أكتوبر اكتوبر",
    "marraskuu marraskuuta listopadu novembra noiembrie νοέμβριος νοεμβρίου novembri \
     novembris novembrī lapkričio lapkritis ноември новембар новембра noyabr қараша \
     նոյեմբեր նոյեմբերի ნოემბერი ნოემბერს \
     نوفمبر",
    "joulukuu joulukuuta prosinec prosince decembra decembrie δεκέμβριος δεκεμβρίου \
     desembre detsember detsembri decembris decembrī gruodžio gruodis декември децембар \
     децембра dekabr желтоқсан դեկտեմբեր դեկտեմբերի დეკემბერი დეკემბერს \
     ديسمبر",
];

/// Month names that are ordinary words too, in English or elsewhere.
const WEAK_MONTHS: [(&str, u32); 30] = [
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
    ("oca", 1),
    ("şub", 2),
    ("nis", 4),
    ("haz", 6),
    ("tem", 7),
    ("ağu", 8),
    ("eyl", 9),
    ("eki", 10),
    ("kas", 11),
    ("ara", 12),
    ("sty", 1),
    ("lut", 2),
    ("kwi", 4),
    ("cze", 6),
    ("lip", 7),
    ("sie", 8),
    ("wrz", 9),
    ("paź", 10),
    ("gru", 12),
    ("آب", 8),
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
    for (month, line) in (1..).zip(MONTHS).chain((1..).zip(MORE_MONTHS)) {
        names.extend(line.split_whitespace().map(|it| (it, Name::Month(month))));
    }
    names.extend(WEAK_MONTHS.map(|(it, month)| (it, Name::WeakMonth(month))));
    for (weekday, line) in WEEKDAYS {
        names.extend(line.split_whitespace().map(|it| (it, Name::Weekday(weekday))));
    }
    names
}
