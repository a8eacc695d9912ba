//! End-to-end tests of the whole system, and the house rules that a machine can check.

mod bad_input;
mod layers;
mod main_job;
mod program;
mod readme;
mod real_pages;
mod tidy;
