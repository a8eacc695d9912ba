# The recipes that people and checks run by hand. `just` alone lists them.

_default:
    @just --list

# Read the invented pages, print what was found, and serve it
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# All tests of the workspace
test:
    cargo test --workspace

# Clients that others wrote against the program: the audit of GraphQL over HTTP, graphql-ws, graphql-sse, eslint; wants Node
test-clients:
    cd tests/clients && npm ci
    cargo test -p dateline-tests --test it clients:: -- --nocapture

# Kill the program while it appends, 100 times; `DATELINE_SEED=N` repeats a run
crash ROUNDS="100":
    DATELINE_CRASH_ROUNDS={{ROUNDS}} cargo test -p dateline-tests --test it crash:: -- --nocapture

# Cut the power of the log's disk, 50 times; needs root, loop devices and mkfs.xfs, and says so where they lack
powercut ROUNDS="50":
    DATELINE_POWERCUT_ROUNDS={{ROUNDS}} cargo test -p dateline-tests --test it powercut:: -- --ignored --nocapture --test-threads 1

# Change one byte of a closed log, 2,000 times, and say what was found
damage FLIPS="2000":
    DATELINE_FLIPS={{FLIPS}} cargo test -p dateline-log --test damage -- --nocapture

# Append to the log, to a plain file and to PostgreSQL (if it is installed), one after the other
bench-log:
    .ci/bench-log

# Open and replay a log of 1,000,000 events of 2 KB
bench-replay:
    cargo bench -p dateline-log --bench replay

# Fold a generated log of STORIES stories: rates, pages, live events, snapshots, memory
bench-rebuild STORIES="1000000":
    cargo bench -p dateline-projector --bench rebuild -- {{STORIES}}

# Read a generated archive of BYTES, and say how much memory that took at most; the archive is deleted after
bench-warc BYTES="2000000000":
    .ci/bench-warc {{BYTES}}

# An answer of the API beside the same bytes from plain axum and beside async-graphql's own handler, in one run
bench-api:
    cargo bench -p dateline-graphql --bench api

# 10,000 live subscribers of 1,000 timelines: when they hear of an append, and what memory each takes
bench-subscribers:
    ulimit -n "$(ulimit -Hn)" && cargo bench -p dateline --bench subscribers

# Requests that are made to hurt, against the running program, while somebody else asks small questions; fails when either waits
hostile:
    ulimit -n "$(ulimit -Hn)" && cargo bench -p dateline --bench hostile

# Any bytes through each reader, SECONDS for each of the seven, JOBS at a time, and a table of what was run; wants the nightly compiler and cargo-fuzz
fuzz SECONDS="60" JOBS="2":
    .ci/fuzz {{SECONDS}} {{JOBS}}

# Read files that unpack to ten gigabytes, and say how much memory that took at most
bombs:
    .ci/bombs

# The longest that the largest page may take, of each kind that is worst for a reader, and the memory of the program
worst-page *KINDS:
    .ci/worst-page {{KINDS}}

# What must hold before a change lands, as the automatic check runs it
ci:
    CI=true .ci/run

# Format and lint
lint:
    cargo fmt
    cargo clippy --workspace --all-targets -- -D warnings

# Licences, advisories and duplicates of what we depend on; needs `cargo install cargo-deny`
deny:
    cargo deny check

# Score `dateline read` against the labelled pages beside the checkout
scores:
    .ci/scores

# Score `dateline read` on captured HTML pages beside the checkout, with the figures of others
eval-html:
    .ci/eval-html

# Score which stories are taken for one event, against labelled news beside the checkout
eval-clusters:
    .ci/eval-clusters

# HTML pages a second on one core, and the share of each step
bench-html:
    cargo bench -p dateline-ingest --bench html

# Score `dateline registry resolve` on names in many scripts beside the checkout
eval-people:
    .ci/eval-people

# Score statements and their speakers on news articles beside the checkout
eval-quotes:
    .ci/eval-quotes
