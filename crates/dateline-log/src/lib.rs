//! The one ordered list of all events: the contract, a sled log, a memory log, one conformance suite
