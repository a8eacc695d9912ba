//! Any archive, packed or not; what does not start like one is given the first line of a record.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let packed = bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(&[0x28, 0xb5]);
    if packed || bytes.starts_with(b"WARC/") {
        dateline_fuzz::read_file(bytes);
    } else {
        dateline_fuzz::read_file(&[b"WARC/1.1\r\n", bytes].concat());
    }
});
