#!/bin/sh
# The units and a small set of real runs under valgrind: no leak, no read of what was never written.
set -u
build=${BUILD:-build}
passed=0 failed=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v valgrind >/dev/null 2>&1 || { echo 'valgrind is not installed' >&2; exit 2; }

clean() { # COMMAND…: exit code 0 or 1 is the program's own, 99 is valgrind's
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect --trace-children=yes "$@" >"$folder/log" 2>&1 </dev/null
    status=$?
    if [ $status -le 2 ]; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED ($status): $*"
        tail -n 30 "$folder/log"
    fi
}

# Left out: units that measure time or fill memory, which valgrind changes too much.
for source in tests/unit/test_*.c; do
    case $source in
    *_expression.c | *_lua_filter.c | *_pattern.c | *_reader.c | *_yaml.c) continue ;;
    esac
    clean "$build/unit/$(basename "$source" .c)"
done
cp samples/* "$folder"
orgdraft=$build/orgdraft
report=$folder/reading-meeting
minutes=$folder/garden-minutes
clean "$orgdraft" --version
clean "$orgdraft" check "$report.txt" "$minutes.md"
clean "$orgdraft" check --format json --lang zh "$report.txt"
clean "$orgdraft" check -j 2 "$folder"
clean "$orgdraft" fields "$report.txt"
clean "$orgdraft" fields --skeleton "$minutes.md"
clean "$orgdraft" fill "$report.txt" -d "$report.data.yaml"
clean "$orgdraft" fill "$minutes.md" -d "$minutes.data.yaml" -o "$folder/out.md"
clean "$orgdraft" fill "$minutes.md" -d "$minutes.data.yaml" --diff
clean "$orgdraft" fill "$report.txt" -d "$minutes.data.yaml"
clean "$orgdraft" check "$folder/none.md"
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
