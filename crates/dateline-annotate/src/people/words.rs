//! The words that offices, ranks and honorifics are made of in English news.
//!
//! These are words of the language, not names of anybody or anything.

use crate::tokens::Word;
use crate::vocabulary::{Class, word_lists};

word_lists! { 0:
    /// Nouns that name an office, one word each.
    HEADS = "president chairman chairwoman chairperson chair minister premier chancellor governor mayor ambassador envoy \
     secretary secretary-general spokesman spokeswoman spokesperson commissioner representative director \
     director-general head chief commander commander-in-chief adviser advisor aide assistant speaker \
     coordinator co-ordinator rapporteur prosecutor prosecutor-general ombudsman senator deputy king queen \
     emir sultan pope patriarch consul consul-general attaché attache administrator leader vice-president \
     vice-premier vice-chairman vice-chair vice-speaker vice-minister vice-chancellor vice-governor \
     co-chairman co-chair undersecretary under-secretary under-secretary-general president-elect \
     chairperson-in-office chairman-in-office prefect superintendent inspector comptroller lawmaker \
     mp plenipotentiary negotiator rector ceo observer monarch counterpart member akim toraga counselor counsellor";

    /// The same for several holders: "Presidents X and Y".
    PLURAL_HEADS = "presidents chairmen ministers premiers chancellors governors mayors ambassadors envoys secretaries \
     spokesmen commissioners representatives directors heads chiefs leaders commanders advisers aides speakers \
     senators kings deputies";

    /// Words before a head that belong to the office even where they are printed small.
    MODIFIERS = "deputy first second third acting vice former ex presidential prime press executive permanent special \
     plenipotentiary extraordinary state senior chief general national federal regional foreign defense \
     defence interior finance economy economic health education energy trade justice culture agriculture \
     transport environment internal external security military political parliamentary humanitarian \
     governmental government interim provincial municipal honorary chargé charge official resident high \
     principal parliament labour labor sports industry information digital emergency emergencies \
     administrative supreme joint commerce house treasury home attorney managing assistant head";

    /// Words that link two modifiers or name parts of a complement when printed small.
    COMPLEMENT_NOUNS = "board committee council commission department ministry government office staff service administration \
     delegation state parliament president presidency organization organisation secretariat mission group \
     agency security affairs foreign internal external defense defence national international regional \
     federal military economic general armed forces region city district province republic union country \
     bank court assembly chamber bureau institute center centre academy university faculty division unit \
     directorate headquarters company corporation concern association foundation party faction alliance bloc \
     executive political public relations cooperation joint permanent main central state-owned supreme \
     security information policy legal human rights upper lower house border guard customs police \
     television broadcasting company's parliamentary interparliamentary secretary governor minister prime \
     election electoral campaign investigative emergency situations civil society press media sports health finance \
     logistics contingent regiment battalion brigade corps squadron garrison procurement personnel protocol statistics \
     reconnaissance artillery peacekeeping control audit revenue tax rescue relief";

    /// Nouns and adjectives that make a run of capitalised words the name of a body, a place or a thing.
    BODY_WORDS = "academy administration affairs agency agreement alliance armed army assembly association authority aviation \
     bank board border building bureau business capital cathedral center central centre chamber charter church \
     city citadel club coalition college commerce commission commissions committee committees communication \
     communications community company concern concord confederation conference congress constitution convention \
     cooperation corporation council councils country court criminal cup customs day declaration defence defense \
     democratic department development digital diplomacy directorate district division duma east eastern \
     economic economy education emergencies emergency emirates energy engineering environment establishment \
     european exchange executive export external factory faculty family federal federation finance fleet forces \
     foreign forum foundation front fund game games general government governments great group guard guards hall \
     hotel headquarters health high higher home hospital house human humanitarian independent industrial industry \
     information infrastructure initiative innovation institute intelligence interior internal international \
     interparliamentary investigative island islands joint judicial justice kingdom labor labour law league \
     legislative liberation library main management market media medal medical meeting memorial middle \
     migration militia military minister ministers ministerial ministries ministry mission monument movement \
     museum nation national nations navy network new news newspaper north northern nuclear oblast observatory ocean \
     office oil operation operations order organisation organization organizations pact palace panel park \
     parliament parliamentary partnership party peace people peoples people's petroleum plan planning platform \
     police policy political popular post power presidency presidential press prize programme program project \
     property prosecutor protection province public radio railway railways rampart rapid reconstruction red \
     reform region regional regions register relations republic republics research reserve resources response \
     revolution rights river road royal safety school schools science sciences sea secretariat section security \
     senate service services session situations social society south southern space special sport sports square \
     staff standing state states station steppe strategic street studies summit supreme swift system task tax \
     technical technological technologies technology telecommunications television theater theatre tourism trade \
     transport treasury treaty tribunal troops trust union united university upper victory village war water \
     welfare west western women world young youth zone area areas affair republican alliance's council's \
     front's state's agriculture agricultural forestry culture cultural construction architecture labour \
     employment food natural ecology ecological drugs crime narcotics terrorism counter-terrorism disarmament \
     caucus experts consulting consultants holdings holding partners associates airlines airways air motors \
     insurance industries systems solutions club clubs foods brands ventures records pictures entertainment \
     stadium arena championship championships tournament olympic olympics federation's campaign commissariat \
     inspectorate investigations investigation customs aviation airport archive archives channel company's \
     arctic atlantic pacific african asian american asia africa europe america northwest southeast \
     january february march april may june july august september october november december monday tuesday \
     wednesday thursday friday saturday sunday";

    /// Days and months.
    CALENDAR = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
     september october november december";

    /// Bodies that are named after what they deal with: "Committee on International Affairs".
    DEALING = "committee commission council department conference group office board subcommittee directorate working";

    /// Words behind a rank that name a service: "Colonel of Police".
    SERVICES = "army police militia fleet navy internal service justice medical guard guards customs the aviation";

    /// Parts of military, police and diplomatic ranks.
    RANKS = "general colonel colonel-general lieutenant lieutenant-general lieutenant-colonel major major-general \
     brigadier brigadier-general captain admiral vice-admiral rear-admiral marshal commodore sergeant gen col \
     lt maj brig capt adm sgt corporal warrant-officer";

    /// Forms of address.
    HONORIFICS = "mr mrs ms mme madam madame miss dr prof professor sir lord lady dame comrade academician sheikh h.e hon \
     monsieur rep sen gov ayatollah imam reverend datuk dato seri tun";

    /// Courtesies that stand between an office and a name, or before either, and belong to neither.
    COURTESIES = "distinguished esteemed honourable honorable respected dear excellency holiness majesty highness royal";

    /// Words that say when or how an office is held without being part of its name.
    NO_PART = "new newly elected re-elected newly-elected newly-appointed appointed current incumbent outgoing then \
     present future visiting late veteran longtime long-time long-serving next previous";

    /// Words that make a place of a "New" before them.
    NEW_PLACES = "york zealand mexico hampshire jersey delhi south brunswick orleans guinea caledonia england haven";

    /// Small words of the language that are printed with a capital at the start of a sentence.
    FUNCTION_WORDS = "a an the this that these those on in at by for from to with without within of as and or but nor if when \
     while where who whom whose which what why how after before during since until till between among under \
     over about against through also earlier later meanwhile today yesterday tomorrow now then there here \
     according however moreover besides still yet not no so such both all some any each every many most more \
     other another his her its their our my your he she it they we you i is are was were be been has have had \
     will would can could may might must shall should do does did one two three four five six seven eight nine \
     ten first-ever says said told asked answering commenting speaking addressing following despite because \
     although though once only just even let thus via upon per including like near across recently previously \
     congratulations greeting welcoming meeting thanks pictured photo caption read video dear good thank text \
     speech statement interview transcript remarks";

    /// Prepositions that join any complement to an office.
    JOINERS = "of for";

    /// Prepositions that join a complement to an office that is held towards somebody: ambassador to, adviser on.
    OUTWARD = "to in at on under with";

    /// Offices that are held towards somebody or something.
    FACING = "ambassador envoy representative adviser advisor aide assistant commissioner observer coordinator \
     co-ordinator negotiator plenipotentiary consul attaché rapporteur mission";

    /// Determiners inside of a complement.
    DETERMINERS = "the its his her their our this that a an";

    /// Words for people who ask for a living.
    JOURNALISTS = "correspondent reporter journalist columnist interviewer presenter";

    /// Verbs, as news print them, of somebody who says something.
    SAYING = "said says say told tells noted notes stressed stresses added adds stated states emphasized emphasised \
     remarked reminded explained announced declared believes believed thinks continued concluded recalled \
     underlined underscored pointed confirmed assured asked answered replied commented warned warns suggested \
     called urged expressed voiced admitted insisted argued claimed opined informed reported mentioned \
     highlighted outlined wished proposed specified clarified summed considers considered hopes hoped promised";

    /// Verbs, as news print them, of somebody who takes part in what happens.
    ACTING = "met meets meet received receives receive attended attends visited visits visit arrived arrives took takes \
     holds held hosted hosts host signed signs signing congratulated congratulates opened opens chaired chairs \
     led leads addressed addresses discussed discusses gave gives gets got welcomed welcomes thanked thanks \
     presented presents handed hands spoke speaks joined joins participated participates exchanged exchanges \
     conferred confers appointed appoints dismissed dismisses approved approves ordered orders instructed \
     inspected inspects awarded awards sent sends talks talked negotiated launched sets set to will has had is \
     was made makes makes paid pays left leaves flew came comes goes went";
}

/// Nouns that name an office, for one holder or several.
pub(crate) const ANY_HEAD: Class = HEADS.with(PLURAL_HEADS);

/// Offices whose compounds are offices too: `ambassador-at-large`, `minister-counsellor`.
const COMPOUNDED: &[&str] =
    &["ambassador", "president", "chairman", "minister", "secretary", "chairperson", "governor"];

/// What the first part of `low`, a word with a hyphen, makes of it.
pub(crate) fn class_of_compound(low: &str) -> Class {
    let first = low.split('-').next().unwrap_or_default();
    if COMPOUNDED.contains(&first) { HEADS } else { Class::NONE }
}

macro_rules! word_tests {
    ($($(#[$doc:meta])* $name:ident: $list:ident;)+) => {
        $(
            $(#[$doc])*
            pub(crate) const fn $name(word: Word<'_>) -> bool {
                word.class.meets($list)
            }
        )+
    };
}

word_tests! {
    /// Whether the word is a noun that names an office: the head of an office phrase.
    is_head: HEADS;
    /// The same for several holders: "Presidents X and Y".
    is_plural_head: PLURAL_HEADS;
    /// Words before a head that belong to the office even where they are printed small.
    is_modifier: MODIFIERS;
    /// Words that link two modifiers or name parts of a complement when printed small.
    is_complement_noun: COMPLEMENT_NOUNS;
    /// Nouns and adjectives that make a run of capitalised words the name of a body, a place or a thing.
    is_body_word: BODY_WORDS;
    /// Days and months.
    is_calendar: CALENDAR;
    /// Bodies that are named after what they deal with: "Committee on International Affairs".
    deals_with: DEALING;
    /// Words behind a rank that name a service: "Colonel of Police".
    is_service: SERVICES;
    /// Parts of military, police and diplomatic ranks.
    is_rank: RANKS;
    /// Forms of address.
    is_honorific: HONORIFICS;
    /// Courtesies that stand between an office and a name, or before either, and belong to neither.
    is_courtesy: COURTESIES;
    /// Words that say when or how an office is held without being part of its name.
    is_no_part: NO_PART;
    /// Words that make a place of a "New" before them.
    follows_new_in_places: NEW_PLACES;
    /// Small words of the language that are printed with a capital at the start of a sentence.
    is_function_word: FUNCTION_WORDS;
    /// Prepositions that join any complement to an office.
    joins_complement: JOINERS;
    /// Prepositions that join a complement to an office that is held towards somebody: ambassador to, adviser on.
    joins_outward: OUTWARD;
    /// Offices that are held towards somebody or something.
    faces_outward: FACING;
    /// Determiners inside of a complement.
    is_determiner: DETERMINERS;
    /// Words for people who ask for a living.
    is_journalist: JOURNALISTS;
    /// Verbs, as news print them, of somebody who says something.
    is_saying: SAYING;
    /// Verbs, as news print them, of somebody who takes part in what happens.
    is_acting: ACTING;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(low: &str) -> Word<'_> {
        Word { low, class: crate::vocabulary::class_of(low) }
    }

    #[test]
    fn a_mark_is_in_no_set() {
        assert!(is_head(word("minister")));
        assert!(is_head(word("minister-counsellor")));
        assert!(!is_head(word("")));
        assert!(!is_modifier(word("")));
    }
}
