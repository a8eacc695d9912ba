//! Nothing is exported: this package exists for its tests in `main.rs`.
