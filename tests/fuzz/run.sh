#!/usr/bin/env bash
# Fuzzes each target for SECONDS, one after another: tests/fuzz/run.sh SECONDS [TARGET…]
# What is learned stays in tests/fuzz/target/corpus, what is found in tests/fuzz/target/found; minimise a finding with
# `tests/fuzz/run.sh minimise TARGET FILE`, put it into testdata/bad and mend what it shows. The stable compiler is enough:
# nothing is sanitised, since nothing here is unsafe; panics, overflows, endless loops and memory are what is looked for.
# Beside testdata, seeds come from the folders named in FUZZ_SEEDS.
set -euo pipefail
cd "$(dirname "$0")"
root=$PWD/../..
export CARGO_TARGET_DIR=$PWD/target
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Clink-arg=-Wl,-z,nostart-stop-gc"
host=$(rustc -vV | sed -n 's/^host: //p')
bin=$CARGO_TARGET_DIR/$host/release
targets=(text docx docx-parts pdf pdf-parts clean markdown-read markdown-write)

[ $# -ge 1 ] || { sed -n '2,8s/^# //p' "$0"; exit 2; }
# Only our own crates are watched by the fuzzer, and checked as in tests: the rest would cost more than it tells.
wrapper=$CARGO_TARGET_DIR/rustc
mkdir -p "$CARGO_TARGET_DIR"
cat > "$wrapper" << WRAPPER
#!/bin/sh
case " \$* " in
*" --crate-name qingwen"* | *" targets/"*) exec "\$@" -Cdebug-assertions -Coverflow-checks $coverage ;;
*) exec "\$@" ;;
esac
WRAPPER
chmod +x "$wrapper"
RUSTC_WRAPPER=$wrapper RUSTFLAGS="--cfg fuzzing" cargo build --release --quiet --target "$host" --bins
if [ "$1" = minimise ]; then
    exec "$bin/$2" -minimize_crash=1 -max_total_time=120 -exact_artifact_path="$3.min" "$3"
fi
seconds=$1
shift
[ $# -eq 0 ] || targets=("$@")

corpus=$CARGO_TARGET_DIR/corpus found=$CARGO_TARGET_DIR/found log=$CARGO_TARGET_DIR/fuzz.log
mkdir -p "$corpus" "$found"
if [ ! -e "$corpus/.seeded" ]; then
    # shellcheck disable=SC2086
    find "$root/testdata" ${FUZZ_SEEDS:-} -type f -size -100k -print0 | xargs -0 "$bin/seeds" "$corpus"
    touch "$corpus/.seeded"
fi
status=0
for target in "${targets[@]}"; do
    mkdir -p "$corpus/$target"
    before=$(ls "$found" | wc -l)
    # shellcheck disable=SC2016
    { TIMEFORMAT='%U %S'; time "$bin/$target" "$corpus/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3000 \
        -max_len=65536 -artifact_prefix="$found/$target-" -print_final_stats=1 > "$CARGO_TARGET_DIR/$target.out" 2>&1 || status=1; } \
        2> "$CARGO_TARGET_DIR/$target.time"
    runs=$(sed -n 's/^stat::number_of_executed_units: //p' "$CARGO_TARGET_DIR/$target.out")
    echo "$target: ${runs:-?} runs, CPU seconds (user, system): $(tail -n 1 "$CARGO_TARGET_DIR/$target.time"), findings: $(($(ls "$found" | wc -l) - before))" | tee -a "$log"
done
exit $status
