//! End-to-end tests of the whole system, and the house rules that a machine can check.

mod layers;
mod tidy;
