//! The program appends from many writers and is killed at random moments. Opened again, its log holds every event that
//! it acknowledged, dense and whole.

use crate::drill::{self, Acknowledged, Dice};

/// Rounds of the normal tests; `just crash` asks for more by `DATELINE_CRASH_ROUNDS`.
const ROUNDS: u64 = 5;

/// Rounds in one data directory, each on top of what the last one left.
const ROUNDS_IN_A_ROW: u64 = 5;

/// Most acknowledgements that are awaited before a kill.
const MOST_ACKNOWLEDGEMENTS: u64 = 400;

#[test]
fn every_acknowledged_event_survives_kill_9() {
    let mut dice = Dice::of_environment();
    let rounds = drill::number_of("DATELINE_CRASH_ROUNDS").unwrap_or(ROUNDS);
    let (mut acknowledged, mut events) = (0, 0);
    let mut folder = None;
    for round in 0..rounds {
        if round % ROUNDS_IN_A_ROW == 0 {
            folder =
                Some((tempfile::tempdir().expect("a temporary folder"), Acknowledged::default()));
        }
        let (folder, known) = folder.as_mut().expect("the first round makes one");
        let before = known.len();
        let mut child = drill::start(folder.path(), 1 + dice.below(64));
        // One round in eight ends while the log is being opened or made.
        if dice.below(8) == 0 {
            std::thread::sleep(std::time::Duration::from_millis(dice.below(60)));
        } else {
            let enough = usize::try_from(dice.below(MOST_ACKNOWLEDGEMENTS)).expect("it is small");
            drill::read_some(&mut child, enough, known);
        }
        drill::kill(child, known);
        acknowledged += known.len() - before;
        if folder.path().join("log").exists() {
            events = drill::check(folder.path(), known);
        }
        let known = known.len();
        eprintln!("round {}: {known} acknowledged, {events} in the log", round + 1);
    }
    eprintln!("{rounds} kills, {acknowledged} events acknowledged, none lost");
    assert!(acknowledged > 0, "nothing was acknowledged in any round");
}
