#!/bin/sh
# Golden cases: drafts with what must come out of them, byte for byte.
#
# usage: golden.sh [run] [CASE…] | accept [CASE…]      CASE: check/section-missing
#
# A case is tests/golden/COMMAND/NAME.* and runs `orgdraft COMMAND NAME.md` in a folder that holds
# copies of its files without the NAME (draft.md, data.yaml, profile.yaml …):
#
#     NAME.md NAME.txt      the draft: draft.md or draft.txt
#     NAME.data.yaml .json  the data: -d
#     NAME.profile.yaml     the profile: -p
#     NAME.args             further arguments, one a line; a line `$` alone: no other arguments but these
#     NAME.stdin            standard input
#     NAME.file.X           another file X of the folder
#
# and what must come out of it:
#
#     NAME.out.*            standard output, byte for byte
#     NAME.diag.txt         all findings, in order, without the name of the draft:
#                           `3:1: error: message [rule]`, or `3:1: error: [rule]` when its words are free;
#                           findings about the data say `data:1:1: …`, about a profile `profile:…`,
#                           about a table `rows:…`
#     NAME.err              pieces of text that standard error must hold, one a line
#     NAME.exit             exit code; 0 without it
#     NAME.after.X          what file X of the folder must hold afterwards
#
# `accept` shows the difference of each failing case and asks whether what came out is right; what it
# writes has to be read before it is committed.
set -u
cd "$(dirname "$0")/.." || exit 2
orgdraft=${ORGDRAFT:-$PWD/${BUILD:-build}/orgdraft}
cases=$PWD/tests/golden
export LC_ALL=C LANG=C LANGUAGE='' NO_COLOR=1
unset FORCE_COLOR
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# Prints each finding as a case writes it. $1: the stream that holds them.
findings() {
    sed -n -E -e '/^(draft\.(md|txt)|<stdin>|-):/{s/^[^:]*: ?//;b show' -e '}' \
        -e '/^(data|profile|rows)\.(yaml|json|csv|jsonl):/{s/^([a-z]*)\.[a-z]*:/\1:/;b show' -e '}' -e d \
        -e ':show' -e '/: (info|warning|error): .* \[[a-z0-9-]+\]$|^(info|warning|error): .*\]$/p' "$1"
}

# Leaves out the message where the expected line has none: both files are brought to the same form,
# line by line. Prints the lines that came out as the case would write them.
as_expected() { # EXPECTED FOUND
    awk 'FILENAME == ARGV[1] { bare[FNR] = $0 ~ /(error|warning|info): \[[a-z0-9-]+\]$/; n = FNR; next }
         FNR > n || bare[FNR] { if (match($0, /(error|warning|info): /)) {
             rule = $0; sub(/.* \[/, "[", rule)
             $0 = substr($0, 1, RSTART + RLENGTH - 1) rule } }
         { print }' "$1" "$2"
}

lay_out() { # CASE: copies its files into the folder, and puts its command line into `words`
    rm -rf "${folder:?}"/*
    set -- "$1" "${1%/*}"
    draft="" words=""
    for suffix in md txt; do
        [ -f "$cases/$1.$suffix" ] || continue
        draft=draft.$suffix
        cp "$cases/$1.$suffix" "$folder/$draft"
    done
    for suffix in data.yaml data.json; do
        [ -f "$cases/$1.$suffix" ] || continue
        cp "$cases/$1.$suffix" "$folder/$suffix"
        words="$words -d $suffix"
    done
    if [ -f "$cases/$1.profile.yaml" ]; then
        cp "$cases/$1.profile.yaml" "$folder/profile.yaml"
        words="$words -p ./profile.yaml"
    fi
    for file in "$cases/$1".file.*; do
        [ -f "$file" ] && cp "$file" "$folder/${file##*.file.}"
    done
    words="$2$words"
}

run_case() { # CASE: runs it in the folder; leaves stdout, stderr and the exit code there
    lay_out "$1"
    input=/dev/null
    [ -f "$cases/$1.stdin" ] && input=$cases/$1.stdin
    # shellcheck disable=SC2086 # words of the command line
    set -- "$1" $words
    name=$1
    shift
    only=
    if [ -f "$cases/$name.args" ]; then
        while IFS= read -r word || [ -n "$word" ]; do
            if [ "$word" = '$' ]; then
                set -- "${name%/*}"
                only=1
            else
                set -- "$@" "$word"
            fi
        done <"$cases/$name.args"
    fi
    if [ -n "$draft" ] && [ -z "$only" ]; then set -- "$@" "$draft"; fi
    code=0
    (cd "$folder" && exec timeout 60 "$orgdraft" "$@" <"$input" >.stdout 2>.stderr) || code=$?
    echo $code >"$folder/.exit"
}

# Compares one part; on a difference shows it, or with `accept` asks. $1 case, $2 title, $3 expected,
# $4 found.
same() {
    cmp -s "$3" "$4" && return 0
    echo "--- $1: $2 ($3)"
    diff -u --label expected --label found "$3" "$4" | head -n 40 ||
        cmp "$3" "$4"
    if [ "$mode" = accept ]; then
        printf 'take what was found? [y/N] '
        read -r answer </dev/tty
        [ "$answer" = y ] && cp "$4" "$3" && return 0
    fi
    return 1
}

compare_case() { # CASE
    good=0
    echo 0 >"$folder/.zero"
    wanted_exit=$cases/$1.exit
    [ -f "$wanted_exit" ] || wanted_exit=$folder/.zero
    same "$1" 'exit code' "$wanted_exit" "$folder/.exit" || good=1
    # A document owns standard output; then findings are on standard error.
    stream=$folder/.stdout
    for file in "$cases/$1".out.*; do
        [ -f "$file" ] || continue
        same "$1" 'standard output' "$file" "$folder/.stdout" || good=1
        stream=$folder/.stderr
    done
    [ "${1%/*}" = fill ] && stream=$folder/.stderr
    if [ -f "$cases/$1.diag.txt" ]; then
        findings "$stream" >"$folder/.all"
        as_expected "$cases/$1.diag.txt" "$folder/.all" >"$folder/.found"
        same "$1" findings "$cases/$1.diag.txt" "$folder/.found" || good=1
    fi
    if [ -f "$cases/$1.err" ]; then
        while IFS= read -r piece; do
            grep -qF -e "$piece" "$folder/.stderr" && continue
            echo "--- $1: standard error lacks: $piece"
            good=1
        done <"$cases/$1.err"
    fi
    for file in "$cases/$1".after.*; do
        [ -f "$file" ] || continue
        same "$1" "file ${file##*.after.}" "$file" "$folder/${file##*.after.}" || good=1
    done
    if [ $good != 0 ] && [ -s "$folder/.stderr" ]; then
        echo "    standard error:" && head -n 10 "$folder/.stderr" | sed 's/^/    | /'
    fi
    return $good
}

list_cases() {
    find "$cases" -type f | sed -e "s|^$cases/||" -e 's|^\([^/]*/[^./]*\)\..*|\1|' | sort -u
}

mode=run
case "${1:-}" in run | accept) mode=$1 && shift ;; esac
# shellcheck disable=SC2046 # names without spaces
[ $# -gt 0 ] || set -- $(list_cases)
for case in "$@"; do
    run_case "$case"
    if compare_case "$case"; then passed=$((passed + 1))
    else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
