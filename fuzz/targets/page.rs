//! Any file: told apart by its content, unpacked, decoded and read.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dateline_fuzz::read_file(bytes));
