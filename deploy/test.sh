#!/usr/bin/env bash
# Runs the whole suite, then holds each package to its coverage floor. pytest's own summary stays the last
# line, for those who read only that. With arguments it runs a part of the suite, which is held to no floor.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

[ $# -eq 0 ] || exec $bin/pytest "$@"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
$bin/pytest --cov --cov-report= --numprocesses auto --maxprocesses 4 | tee "$log"

hold_floor() { # PERCENT FILES
    local report
    report=$($bin/coverage report --include="$2" --fail-under="$1") || {
        printf '%s\n\nLess than %s %% of %s is covered.\n' "$report" "$1" "$2"
        return 1
    }
}

broken=0
hold_floor 95 'rubric/*' || broken=1
hold_floor 95 'dialogs/*' || broken=1
hold_floor 85 'bot/*' || broken=1
[ $broken -eq 0 ] || tail -n 1 "$log"
exit $broken
