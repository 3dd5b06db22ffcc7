#!/bin/sh
# Runs suites of tests and adds up what they count.
#
# usage: run.sh all | unit | golden | SUITE…, from the root, after `make test-programs`
#
# A suite is a script tests/SUITE.py or tests/SUITE.sh, or a program tests/SUITE of the build, that
# closes with a line `N passed, N failed`. Units are cmocka programs, which count in lines of their
# own. What a suite prints is shown only when it fails. A suite that ends badly without counting a
# failure, or runs nothing, is one failure: nothing is ever green because nothing was run.
set -u
BUILD=${BUILD:-build}
export BUILD ORGDRAFT="${ORGDRAFT:-$PWD/$BUILD/orgdraft}"
# Tests see one language and no colours, whatever the person at the keyboard has.
export LC_ALL=C LANG=C LANGUAGE='' NO_COLOR=1
unset FORCE_COLOR

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0

count() { # NAME STATUS PASSED FAILED
    p=${3:-0} f=${4:-0}
    if [ "$f" = 0 ] && { [ "$2" != 0 ] || [ "$p" = 0 ]; }; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f))
    [ "$f" = 0 ] || cat "$log"
    echo "$1: $p passed, $f failed"
}

run_suite() { # NAME COMMAND…
    name=$1
    shift
    "$@" >"$log" 2>&1 </dev/null
    status=$?
    counts=$(sed -n 's/^.*\b\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed.*$/\1 \2/p' "$log" | tail -n 1)
    count "$name" $status "${counts% *}" "${counts#* }"
}

run_unit() { # PROGRAM
    "$1" >"$log" 2>&1 </dev/null
    status=$?
    # [  PASSED  ] 3 test(s).   [  FAILED  ] 1 test(s), listed below:
    sum() { awk -v word="$1" '$2 == word && $4 ~ /^[0-9]+$/ && $5 ~ /^test/ { n += $4 } END { print n + 0 }' "$log"; }
    count "unit ${1##*/test_}" $status "$(sum PASSED)" "$(sum FAILED)"
}

run_units() {
    for source in tests/unit/test_*.c; do
        program=$BUILD/unit/$(basename "$source" .c)
        if [ -x "$program" ]; then run_unit "$program"
        else
            echo "$program was not built" >"$log"
            count "unit ${program##*/test_}" 1 0 1
        fi
    done
}

run_by_name() {
    if [ "$1" = unit ]; then run_units
    elif [ "$1" = ast ]; then run_suite ast python3 tests/ast.py "$BUILD/tests/tools/ast_dump"
    elif [ -f "tests/$1.py" ]; then run_suite "$1" python3 "tests/$1.py"
    elif [ -f "tests/$1.sh" ]; then run_suite "$1" sh "tests/$1.sh"
    elif [ -x "$BUILD/tests/$1" ]; then run_suite "$1" "$BUILD/tests/$1"
    else
        echo "no suite of this name: $1" >"$log"
        count "$1" 1 0 1
    fi
}

[ "$*" = all ] && set -- unit golden properties learn values extract profiles cli ast readers writers pandoc_json \
    filters differential generated filter shipped api api_shared header
for suite in "$@"; do run_by_name "$suite"; done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
