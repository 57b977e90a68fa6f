# `just` lists the recipes; each is one command you could type yourself.

# The tests, as the README runs them.
test:
    cargo test --workspace

# All that must hold before a change is handed in.
ci:
    bash .ci/run

# Rewrite the expected output of the tests; then read the difference.
bless:
    QINGWEN_BLESS=1 cargo test --workspace

# Score the readers and rules against documents whose Markdown is known (needs QINGWEN_SHARED or ../shared).
score:
    bash tests/measure/score.sh

# A static binary, a tarball and a Debian package in target/dist, and how large they are.
dist:
    bash tests/dist.sh

# Fuzz each target for SECONDS, one after another.
fuzz SECONDS:
    bash tests/fuzz/run.sh {{SECONDS}}

# Throughput, the cost of isolation and memory over 100,000 files made from testdata.
bulk:
    cargo build --release
    python3 tests/measure/bulk.py
