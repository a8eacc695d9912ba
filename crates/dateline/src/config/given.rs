//! The flags by which settings are given.

use std::collections::BTreeMap;

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};

use super::setting::{Kind, SETTINGS, Setting};

/// What was typed, by the names of settings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given(BTreeMap<&'static str, String>);

impl Given {
    /// What was typed for `setting`.
    pub(crate) fn get(&self, setting: &Setting) -> Option<&str> {
        self.0.get(setting.name).map(String::as_str)
    }
}

fn argument(setting: &'static Setting) -> Arg {
    let checked = |text: &str| setting.check(text).map(|()| text.to_owned());
    let it = Arg::new(setting.name)
        .long(setting.name)
        .value_name(setting.value_name())
        .value_parser(checked)
        .help(setting.long_help());
    match setting.kind {
        // `--open-reading` alone says yes.
        Kind::Switch => it.num_args(0..=1).require_equals(true).default_missing_value("true"),
        Kind::Listen
        | Kind::Number { .. }
        | Kind::Origins
        | Kind::Addresses
        | Kind::File
        | Kind::Collector => it,
    }
}

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        command.args(SETTINGS.iter().map(|it| argument(it)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let typed = SETTINGS.iter().filter_map(|it| {
            let value: &String = matches.get_one(it.name)?;
            Some((it.name, value.clone()))
        });
        Ok(Self(typed.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
