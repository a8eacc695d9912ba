//! End-to-end tests of the whole system, and the house rules that a machine can check.

#![expect(
    clippy::format_push_string,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "everything here is a test or serves one: what is missing must stop it, and a skip must be said"
)]

mod bad_input;
mod checks;
mod clients;
mod config;
mod copies;
mod crash;
mod drill;
mod inputs;
mod keys;
mod layers;
mod main_job;
mod mutations;
mod powercut;
mod preview;
mod program;
mod readme;
mod real_pages;
mod registry;
mod retired;
mod search;
mod stories;
mod tidy;
mod traces;
mod transfer;
