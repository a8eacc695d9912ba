# The recipes that people and checks run by hand. `just` alone lists them.

_default:
    @just --list

# Read the invented pages, print what was found, and serve it
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# All tests of the workspace
test:
    cargo test --workspace

# What must hold before a change lands, as the automatic check runs it
ci:
    CI=true .ci/run

# Format and lint
lint:
    cargo fmt
    cargo clippy --workspace --all-targets -- -D warnings

# Licences, advisories and duplicates of what we depend on
deny:
    cargo deny check

# Score `dateline read` against the labelled pages beside the checkout
scores:
    .ci/scores
