#!/bin/sh
# The command line: options, streams, exit codes, folders, configuration, and above all how files
# are written.
#
# usage: cli.sh [PART…]      a part is the name of a function below, without its `part_`
set -u
orgdraft=${ORGDRAFT:-$PWD/${BUILD:-build}/orgdraft}
export LC_ALL=C LANG=C LANGUAGE='' NO_COLOR=1 TERM=xterm
unset FORCE_COLOR LC_MESSAGES
top=$(mktemp -d)
# Unprivileged runs have to get at it.
chmod 755 "$top"
trap 'chmod -R u+rwX "$top"; rm -rf "$top"' EXIT
passed=0 failed=0 part='' code=0

# ---- saying what must be -------------------------------------------------------------------------

pass() { passed=$((passed + 1)); }
fail() { # WHAT…
    failed=$((failed + 1))
    echo "$part: $*"
    [ -s "$top/out" ] && head -n 5 "$top/out" | sed 's/^/    out | /'
    [ -s "$top/err" ] && head -n 5 "$top/err" | sed 's/^/    err | /'
    return 0
}
holds() { # WHAT COMMAND…: the command must succeed
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then pass; else fail "$what"; fi
}
fails() { # WHAT COMMAND…: the command must fail
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then fail "$what"; else pass; fi
}

# Runs the program; what comes out is in $top/out and $top/err, the exit code in $code.
run() {
    code=0
    last="orgdraft $*"
    "$orgdraft" "$@" >"$top/out" 2>"$top/err" </dev/null || code=$?
}
run_with() { # INPUT ARG…: the same with a file as standard input
    input=$1
    shift
    code=0
    last="orgdraft $*"
    "$orgdraft" "$@" >"$top/out" 2>"$top/err" <"$input" || code=$?
}
expect_exit() { if [ "$code" = "$1" ]; then pass; else fail "$last: exit $code, not $1"; fi; }
expect_out() { holds "$last: stdout lacks: $1" grep -qF -e "$1" "$top/out"; }
expect_err() { holds "$last: stderr lacks: $1" grep -qF -e "$1" "$top/err"; }
expect_no_out() { fails "$last: stdout is not empty" test -s "$top/out"; }
expect_no_err() { fails "$last: stderr is not empty" test -s "$top/err"; }
expect_not_in_out() { fails "$last: stdout has: $1" grep -qF -e "$1" "$top/out"; }
expect_count() { # N TEXT: lines of stdout that hold the text
    n=$(grep -cF -e "$2" "$top/out")
    if [ "$n" = "$1" ]; then pass; else fail "$last: $n lines with $2, not $1"; fi
}
expect_err_lines() {
    n=$(wc -l <"$top/err")
    if [ "$n" -eq "$1" ]; then pass; else fail "$last: $n lines on stderr, not $1"; fi
}
expect_file() { # FILE TEXT: the file holds exactly the text
    printf %s "$2" >"$top/wanted"
    holds "$last: $1 is not as expected: $(head -c 200 "$1" 2>/dev/null)" cmp -s "$top/wanted" "$1"
}
# Whether a program is there that a part needs; else the part says what it left out.
have() { command -v "$1" >/dev/null 2>&1 || { echo "$part: left out, no $1"; return 1; }; }

# ---- drafts --------------------------------------------------------------------------------------

# One blank to fill: twelve books. A profile that asks for nothing keeps other findings out.
HEAD='---
profile: ./plain.yaml
---
'
lay_out() {
    rm -rf "$top/work"
    mkdir "$top/work"
    cd "$top/work" || exit 2
    printf 'orgdraft-profile: 1\nid: plain\nlabel: Plain\n' >plain.yaml
    printf '%s\nThe library bought XX books.\n' "$HEAD" >one.md
    printf '%s\nThe library bought 12 books.\n' "$HEAD" >clean.md
    printf 'The library bought XX books: 12\n' >data.yaml
}
FILLED="$HEAD
The library bought 12 books.
"
OPEN="$HEAD
The library bought XX books.
"

# ---- options -------------------------------------------------------------------------------------

part_general() {
    lay_out
    run --version
    expect_exit 0
    holds 'version is one line' test "$(wc -l <"$top/out")" -eq 1
    expect_out 'orgdraft '
    run
    expect_exit 2
    expect_no_out
    expect_err_lines 1
    run --limits
    expect_exit 0
    expect_out '     65536 bytes     value size'
    run --help
    expect_exit 0
    expect_no_err
    expect_out 'Examples:'
    run help
    expect_out 'Commands:'
    run help nosuch
    expect_exit 2
    cp "$top/out" "$top/none"
    run help fill
    cp "$top/out" "$top/help1"
    run fill --help
    holds 'help fill is fill --help' cmp "$top/help1" "$top/out"
}

part_help() {
    for command in '' check fields fill new profile explain help; do
        for language in en zh; do
            # shellcheck disable=SC2086 # no word for the program itself
            run $command --help --lang $language
            expect_exit 0
            expect_no_err
            expect_out 'orgdraft '
            if [ $language = zh ]; then expect_out '例子：'; else expect_out 'Examples:'; fi
            # Chinese takes two columns: count them as such.
            widest=$(python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
          for line in open(sys.argv[1], encoding="utf-8")))' "$top/out")
            holds "help of $command in $language fits 80 columns, not $widest" test "$widest" -le 80
        done
    done
}

part_options() {
    lay_out
    run check --no-such-thing one.md
    expect_exit 2
    expect_no_out
    expect_err 'no option --no-such-thing'
    run check --fromat json one.md
    expect_exit 2
    expect_err 'did you mean --format?'
    run check --form json one.md
    expect_err 'did you mean --format?'
    run chek one.md
    expect_exit 2
    expect_err 'did you mean “check”?'
    run check -fix one.md
    expect_err 'did you mean --fix?'
    run check -qz one.md
    expect_exit 2
    expect_err 'no option -z'
    run check --format xml one.md
    expect_exit 2
    expect_err '--format takes text, json; not “xml”'
    run check one.md --format
    expect_exit 2
    expect_err '--format needs a value: text, json'
    run check one.md -p
    expect_exit 2
    expect_err '-p needs a value: NAME|FILE'
    run check --fix=yes one.md
    expect_exit 2
    expect_err '--fix takes no value'
    run check --profile= one.md
    expect_exit 2
    for number in 0 257 -1 1x '' 0x2 1.5; do
        run check -j "$number" one.md
        expect_exit 2
        expect_no_out
    done
    for number in 1e3 -1 5s . '' 0.0001; do
        run check --timeout "$number" one.md
        expect_exit 2
    done
    run check --timeout 2.5 one.md
    expect_exit 1
    run check --format=json one.md
    expect_exit 1
    run check -qv -j4 -p./plain.yaml one.md
    expect_exit 1
    expect_err 'profile plain (-p)'
    run check one.md -q --as final
    expect_exit 1
    expect_out 'error: '
    run check --lang zh --fromat one.md
    expect_err '是不是想用 --format？'
    run check --fix --diff one.md
    expect_exit 2
    run check --config a --no-config one.md
    expect_exit 2
    run check --stdin-filename x.md one.md
    expect_exit 2
    expect_err 'add - to the files'
}

part_paths() {
    lay_out
    for name in 'two words.md' '读书会 报告.md' -v.md --; do
        cp -- one.md "./$name"
        run check -- "$name"
        expect_exit 1
        expect_out "$name:5:20: "
    done
    mkdir 'a folder'
    cp one.md plain.yaml 'a folder'
    run check 'a folder'
    expect_exit 1
    expect_out 'a folder/one.md:5:20: '
    # A name cannot speak to the terminal.
    run check "$(printf 'x\033[31m.md')"
    expect_exit 2
    expect_err 'x\x1B[31m.md: there is no such file'
}

# ---- check ---------------------------------------------------------------------------------------

part_exit() {
    lay_out
    run check clean.md
    expect_exit 0
    expect_no_out
    run check one.md
    expect_exit 1
    expect_out 'one.md:5:20: warning: '
    expect_out '[placeholder-unfilled]'
    run check --fail-on error one.md
    expect_exit 0
    expect_count 1 '[placeholder-unfilled]'
    run check --fail-on error --as final one.md
    expect_exit 1
    run check -q one.md
    expect_no_err
    expect_count 1 '[placeholder-unfilled]'
    run check -qq one.md
    expect_exit 1
    expect_no_out
    expect_no_err
    run check
    expect_exit 2
    expect_err 'nothing to check'
    run check --allow-empty
    expect_exit 0
    mkdir empty
    run check empty
    expect_exit 2
    expect_err 'nothing was checked'
    run check --allow-empty empty
    expect_exit 0
    # What cannot be done outweighs what was found, and does not stop the rest.
    run check nosuch.md one.md
    expect_exit 2
    expect_out 'one.md:5:20: '
    expect_err 'orgdraft: nosuch.md: there is no such file'
    run check -p nosuch one.md
    expect_exit 2
    expect_no_out
    run check -d nosuch.yaml one.md
    expect_exit 2
    expect_no_out
    printf -- '---\nprofile: nosuch\n---\n\ntext\n' >wrong.md
    run check wrong.md one.md
    expect_exit 2
    expect_err 'orgdraft: wrong.md: not checked'
    expect_out 'one.md:5:20: '
}

part_streams() {
    lay_out
    run_with one.md check -
    expect_exit 1
    run_with one.md check -p plain.yaml -
    expect_exit 1
    expect_out '<stdin>:5:20: '
    run_with one.md check -p plain.yaml --stdin-filename docs/x.md -
    expect_out 'docs/x.md:5:20: '
    run_with one.md check -p plain.yaml --format json --stdin-filename docs/x.md -
    holds 'JSON of standard input' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["version"] == 1
assert found["summary"] == {"files": 1, "errors": 0, "warnings": 1, "infos": 0, "unchecked": 0}
(item,) = found["diagnostics"]
assert item["path"] == "docs/x.md" and item["rule"] == "placeholder-unfilled"
assert item["range"]["start"] == {"line": 5, "column": 20, "offset": 50}' "$top/out"
    run check --format json clean.md
    expect_exit 0
    holds 'JSON without findings' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["diagnostics"] == [] and found["summary"]["files"] == 1' "$top/out"
    run check --format json nosuch.md
    expect_exit 2
    expect_no_out
    # Standard output that takes nothing.
    code=0
    "$orgdraft" check one.md >/dev/full 2>"$top/err" || code=$?
    last='check >/dev/full'
    expect_exit 2
    expect_err_lines 1
    expect_err 'standard output: the disk is full'
    code=0
    "$orgdraft" check one.md >&- 2>"$top/err" || code=$?
    last='check >&-'
    expect_exit 2
    expect_err 'standard output: is closed'
    code=0
    "$orgdraft" check one.md 2>&- >"$top/out" || code=$?
    last='check 2>&-'
    expect_exit 1
    expect_count 1 '[placeholder-unfilled]'
    code=0
    "$orgdraft" check - <&- >"$top/out" 2>"$top/err" || code=$?
    last='check - <&-'
    expect_exit 2
    expect_err_lines 1
    # A reader that goes away ends the program without a word.
    for i in $(seq 200); do cp one.md "m$i.md"; done
    ("$orgdraft" check . 2>"$top/err"; echo $? >"$top/status") | head -n 1 >"$top/out"
    last='check . | head -n 1'
    fails 'a broken pipe is no success' test "$(cat "$top/status")" = 0
    expect_not_in_out 'rror writing'
    fails 'a broken pipe is quiet' grep -q 'pipe' "$top/err"
}

# Writes a file into a pipe, in the background; not for ever, should nobody read it.
# shellcheck disable=SC2016 # for the inner shell
feed() { timeout 30 sh -c 'cat "$1" >"$2"' - "$1" "$2" & }

part_unreadable() {
    lay_out
    mkdir folder.md
    run fields folder.md
    expect_exit 2
    expect_err 'folder.md: is a folder'
    expect_err_lines 1
    ln -s nowhere dangling.md
    run check dangling.md
    expect_exit 2
    expect_err 'dangling.md: there is no such file'
    ln -s circle.md circle.md
    run check circle.md
    expect_exit 2
    expect_err 'circle.md: the links lead in a circle'
    run check one.md/x
    expect_exit 2
    # Pipes can be read, for drafts and for data.
    mkfifo pipe
    feed one.md pipe
    run check -p plain.yaml pipe
    wait
    expect_exit 1
    expect_out 'pipe:5:20: '
    feed data.yaml pipe
    run fill one.md -d pipe
    wait
    expect_exit 0
    expect_file "$top/out" "$FILLED"
    # More than the limit is seen while it is read: no file tells its size.
    run check --no-config -p plain.yaml /dev/zero
    expect_exit 2
    expect_err 'larger than the limit of'
    # As someone who may not read it.
    if [ "$(id -u)" != 0 ]; then
        chmod 000 one.md
        run check one.md
        expect_exit 2
        expect_err 'one.md: not permitted'
    fi
}

part_folders() {
    lay_out
    rm one.md clean.md
    text='The library bought XX books.'
    put() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$text" >"$1"; }
    for f in b.md a.txt c.markdown d.text E.MD notes.rst Makefile sub/x.md sub/deep/y.md \
        .hidden/z.md .git/info.md sub/.h.md a/1.md; do
        put "$f"
    done
    run check -q -p plain.yaml .
    expect_exit 1
    cut -d: -f1 "$top/out" >"$top/list"
    expect_file "$top/list" 'E.MD
a/1.md
a.txt
b.md
c.markdown
d.text
sub/deep/y.md
sub/x.md
'
    run check -q -p plain.yaml sub ./a.txt
    cut -d: -f1 "$top/out" >"$top/list"
    expect_file "$top/list" 'sub/deep/y.md
sub/x.md
./a.txt
'
    # Each file once, also when it is named twice.
    run check -q -p plain.yaml a.txt . a.txt
    expect_count 1 'a.txt:'
    # Links to files count, links to folders do not: they may lead in a circle.
    ln -s .. sub/up
    ln -s ../../b.md sub/deep/link.md
    run check -q -p plain.yaml sub
    expect_count 1 'sub/deep/link.md:'
    expect_not_in_out 'sub/up/'
    # A folder that is named is searched though a link leads to it.
    ln -s sub linked
    run check -q -p plain.yaml linked
    expect_count 1 'linked/x.md:'
    # A file of another kind is checked when it is named.
    run check -q -p plain.yaml notes.rst
    expect_count 1 'notes.rst:'
}

part_gitignore() {
    lay_out
    rm one.md clean.md
    text='The library bought XX books.'
    put() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$text" >"$1"; }
    for f in a.md b.tmp.md keep.tmp.md build/x.md docs/build/y.md docs/z.md docs/build.md \
        docs/old/1.md docs/old/keep/2.md top.md docs/top.md 'docs/ #1.md' '#2.md' '!3.md' \
        deep/a/b/c.md deep/q.md; do
        put "$f"
    done
    mkdir .git
    cat >.gitignore <<'END'
# a comment
*.tmp.md
!keep.tmp.md
build/
/top.md
\#2.md
\!3.md
deep/**/c.md
END
    printf 'old/*\n!old/keep\n*.md\n!z.md\n!build.md\n!2.md\r\n' >docs/.gitignore
    run check -q -p plain.yaml .
    cut -d: -f1 "$top/out" >"$top/list"
    expect_file "$top/list" 'a.md
deep/q.md
docs/build.md
docs/old/keep/2.md
docs/z.md
keep.tmp.md
'
    # The patterns of the folders above count too, up to the root of the repository.
    run check -q -p plain.yaml docs
    cut -d: -f1 "$top/out" >"$top/list"
    expect_file "$top/list" 'docs/build.md
docs/old/keep/2.md
docs/z.md
'
    (cd docs && "$orgdraft" check -q -p ../plain.yaml . >"$top/out" 2>"$top/err")
    cut -d: -f1 "$top/out" >"$top/list"
    expect_file "$top/list" 'build.md
old/keep/2.md
z.md
'
    # What is named is checked.
    run check -q -p plain.yaml top.md
    expect_count 1 'top.md:'
    # And the same by git itself, where it is there.
    have git || return 0
    rm -rf .git
    git init -q . 2>/dev/null
    git ls-files -co --exclude-standard -z -- '*.md' | tr '\0' '\n' | sort >"$top/git"
    run check -q -p plain.yaml .
    cut -d: -f1 "$top/out" | sort >"$top/list"
    holds 'the same files as git lists' cmp "$top/git" "$top/list"
}

part_config() {
    lay_out
    mkdir -p repo/.git repo/docs/deep repo/other
    printf 'orgdraft-profile: 1\nid: strict\nlabel: Strict\nsections:\n  - id: end\n    any: [End]\n' \
        >repo/strict.yaml
    for f in repo/docs/a.md repo/docs/deep/b.md repo/other/c.md; do printf '# Start\n\ntext\n' >$f; done
    cat >repo/.orgdraft.yaml <<'END'
files:
  'docs/**/*.md': strict.yaml
  'other/*.md': ../plain.yaml
ignore:
  - docs/deep/**
END
    run check -v repo/docs/a.md
    expect_exit 1
    expect_out '[section-missing]'
    expect_err 'profile strict (configuration), configuration '
    run check -v repo/other/c.md
    expect_err 'profile plain (configuration)'
    # From another folder it is the same.
    (cd repo/docs/deep && "$orgdraft" check -q ../a.md >"$top/out" 2>"$top/err")
    expect_out '../a.md:'
    run check -q repo
    expect_not_in_out 'deep/b.md'
    # Ignored files are checked when they are named, unless that is forbidden.
    run check -q repo/docs/deep/b.md
    expect_exit 1
    run check -q --force-exclude repo/docs/deep/b.md
    expect_exit 0
    expect_no_out
    # Standard input goes by the name it is given.
    run_with repo/docs/a.md check -q --stdin-filename repo/docs/new.md -
    expect_out 'repo/docs/new.md:'
    expect_out '[section-missing]'
    # -p is stronger, front matter too.
    run check -v -p plain.yaml repo/docs/a.md
    expect_exit 0
    expect_err 'profile plain (-p)'
    printf -- '---\nprofile: ../../plain.yaml\n---\n\ntext\n' >repo/docs/d.md
    run check -v repo/docs/d.md
    expect_exit 0
    expect_err 'profile plain (front matter)'
    run check -v --no-config repo/docs/a.md
    expect_err 'profile meeting-report (default), configuration none'
    # A configuration above the repository is another's.
    mkdir -p repo/inner/.git
    printf '# x\n' >repo/inner/x.md
    run check -v repo/inner/x.md
    expect_err 'configuration none'
    # One that is named counts for all; its globs may be written from where one stands.
    run check -v --config repo/.orgdraft.yaml repo/docs/a.md
    expect_err 'profile strict (configuration)'
    # What is wrong with it is said once, with its line.
    printf 'fils:\n  a: b\n' >repo/.orgdraft.yaml
    run check -q repo/docs/a.md repo/other/c.md
    expect_exit 2
    expect_no_out
    holds 'a wrong configuration is said once' test "$(grep -c 'orgdraft.yaml:1' "$top/err")" = 1
    run check --config nosuch.yaml one.md
    expect_exit 2
    expect_err 'nosuch.yaml: there is no such file'
}

part_jobs() {
    lay_out
    for i in $(seq -w 60); do
        { cat one.md && seq "$i"; } >"f$i.md"
    done
    cp clean.md f30.md
    printf 'bad \377 byte\n' >f31.md
    printf -- '---\nprofile: nosuch\n---\n' >f32.md
    # More to say of one file than of all others together.
    seq -f '- 第%.0f项XX次' 1500 >f33.md
    for format in text json; do
        for jobs in 1 2 7 60 256; do
            run check --format $format -j $jobs .
            expect_exit 2
            if [ $jobs = 1 ]; then
                cp "$top/out" "$top/out1"
                cp "$top/err" "$top/err1"
            fi
            holds "stdout of -j$jobs is that of -j1" cmp "$top/out1" "$top/out"
            holds "stderr of -j$jobs is that of -j1" cmp "$top/err1" "$top/err"
        done
    done
    holds 'JSON of many files is one document' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
files = [item["path"] for item in found["diagnostics"]]
assert files == sorted(files) and "f30.md" not in files and "f60.md" in files, files
assert found["summary"]["files"] == 61, found["summary"]' "$top/out"
}

part_deadline() {
    lay_out
    python3 -c "print('![[]()' * 60000)" >slow.md
    run check -p plain.yaml --timeout 0.2 slow.md
    expect_exit 2
    expect_no_out
    expect_err_lines 1
    expect_err 'orgdraft: slow.md: gave up after 0.2 s, too complex'
    for jobs in 1 2; do
        run check -q -j $jobs -p plain.yaml --timeout 0.2 one.md slow.md clean.md slow.md one.md
        expect_exit 2
        expect_count 1 'one.md:5:20: '
        expect_err_lines 1
        cp one.md other.md
        run check -q -j $jobs -p plain.yaml --timeout 0.2 one.md slow.md other.md
        expect_count 2 ':5:20: '
        expect_err 'slow.md: gave up after 0.2 s'
    done
    run check -p plain.yaml --lang zh --timeout 0.2 slow.md
    expect_err '用了0.2秒仍未完成'
    run fields -p plain.yaml --timeout 0.2 slow.md
    expect_exit 2
    expect_err 'gave up after'
    run fill -p plain.yaml -d data.yaml --timeout 0.2 slow.md -i
    expect_exit 2
    expect_err 'gave up after'
    # A worker that dies costs one file too, and nothing of what it did before.
    have pgrep || return 0
    cp one.md third.md
    "$orgdraft" check -q -j 1 -p plain.yaml --timeout 0 one.md third.md slow.md other.md \
        >"$top/out" 2>"$top/err" &
    parent=$!
    for i in $(seq 50); do
        sleep 0.1
        worker=$(pgrep -P $parent) && grep -q one.md "$top/out" && break
    done
    kill -KILL "$worker"
    code=0
    wait $parent || code=$?
    last='check with a worker that dies'
    expect_exit 2
    expect_count 3 ':5:20: '
    expect_err 'slow.md: not done: the program was killed, perhaps for want of memory (signal 9)'
}

part_fix() {
    lay_out
    printf '一、会前准备\n\n（一）甲。很好。\n\n(二)乙。也好。\n\n二、会议情况\n\n有序。\n\n三、整改落实\n\n完成。\n' >n.md
    cp n.md before.md
    run check -q n.md
    expect_exit 1
    expect_out '[heading-number]'
    run check --diff n.md
    expect_exit 1
    expect_out '-(二)乙。也好。'
    expect_out '+（二）乙。也好。'
    expect_err '[heading-number]'
    holds '--diff writes nothing' cmp n.md before.md
    cp "$top/out" "$top/patch"
    run check --fix n.md
    expect_exit 0
    expect_no_out
    holds 'the other form of the number is written' grep -q '^（二）乙' n.md
    if have patch; then
        patch -s before.md <"$top/patch"
        holds '--diff shows what --fix does' cmp n.md before.md
    fi
    mtime=$(stat -c %Y.%y n.md)
    run check --fix n.md
    holds 'nothing to mend: nothing is written' test "$mtime" = "$(stat -c %Y.%y n.md)"
    # What cannot be mended remains, and is said.
    printf '%s\n' '' '(四)丙有XX人。' >>n.md
    cp n.md before.md
    run check --fix n.md
    expect_exit 1
    expect_out '[placeholder-unfilled]'
    # Standard input: the draft on standard output, the findings beside it.
    run_with before.md check --fix -
    holds 'the mended draft is on stdout' cmp n.md "$top/out"
    expect_err '[placeholder-unfilled]'
    # Nobody could be told what was changed.
    cp before.md n.md
    code=0
    "$orgdraft" check --fix n.md >&- 2>"$top/err" || code=$?
    last='check --fix >&-'
    expect_exit 2
    holds 'closed stdout: the draft is as before' cmp n.md before.md
}

# ---- fields --------------------------------------------------------------------------------------

part_fields() {
    lay_out
    run fields
    expect_exit 2
    run fields one.md
    expect_exit 0
    expect_out 'library bought XX books'
    run fields --format json one.md clean.md
    expect_exit 0
    holds 'JSON of fields' python3 -c '
import json, sys
(field,) = json.load(open(sys.argv[1]))["fields"]
assert field["path"] == "one.md" and field["index"] == 1 and field["text"] == "XX"
assert field["range"]["start"]["offset"] == 50 and field["value"] is None' "$top/out"
    run fields --format json -d data.yaml one.md
    holds 'JSON of fields with data' python3 -c '
import json, sys
(field,) = json.load(open(sys.argv[1]))["fields"]
assert str(field["value"]) == "12"' "$top/out"
    run fields --format csv one.md
    expect_out 'library bought XX books'
    run fields --format yaml one.md
    expect_out 'library bought XX books'
    run fields --skeleton one.md
    expect_exit 0
    cp "$top/out" skeleton.yaml
    run fill one.md -d skeleton.yaml
    expect_exit 1
    expect_file "$top/out" "$OPEN"
    sed 's/: null$/: 12/' skeleton.yaml >full.yaml
    run fill one.md -d full.yaml
    expect_exit 0
    expect_file "$top/out" "$FILLED"
    run fields --skeleton one.md clean.md
    expect_exit 2
    run fields --skeleton --format json one.md
    expect_exit 2
    run fields nosuch.md one.md
    expect_exit 2
    expect_out 'library bought XX books'
    printf 'a \344\270 XX b\n' >latin.md
    run fields -p plain.yaml latin.md
    expect_exit 2
    expect_err 'latin.md: line 1 is not UTF-8'
    run_with one.md fields -p plain.yaml -
    expect_exit 0
}

# ---- fill ----------------------------------------------------------------------------------------

part_fill() {
    lay_out
    run fill one.md -d data.yaml
    expect_exit 0
    expect_file "$top/out" "$FILLED"
    expect_err 'filled: 1; left blank: 0'
    run fill one.md -d data.yaml -q
    expect_no_err
    run_with one.md fill - -p plain.yaml -d data.yaml
    expect_file "$top/out" "$FILLED"
    run_with data.yaml fill one.md -d -
    expect_file "$top/out" "$FILLED"
    for words in '' 'one.md' 'one.md clean.md -d data.yaml' 'one.md -d data.yaml -i -o x' \
        'one.md -d data.yaml -i --diff' '- -d data.yaml -i' '- --ask' '- -d -' 'one.md --ask -d -'; do
        # shellcheck disable=SC2086 # words of a command line
        run fill $words
        expect_exit 2
        expect_no_out
        expect_err_lines 1
    done
    fails 'no file was made' test -e x
    # Blanks that are left.
    printf '%s\nThe library bought XX books and lent XX.\n' "$HEAD" >two.md
    printf 'bought XX books: 12\n' >part.yaml
    run fill two.md -d part.yaml
    expect_exit 1
    expect_file "$top/out" "$HEAD
The library bought 12 books and lent XX.
"
    expect_err '[placeholder-unfilled]'
    expect_err 'filled: 1; left blank: 1'
    run fill two.md -d part.yaml --partial
    expect_exit 0
    fails '--partial: no finding for a blank' grep -q placeholder-unfilled "$top/err"
    # Data with a mistake: nothing is filled, nothing is written.
    printf 'bought XX books: 12\nborrowed XX bokes: 3\n' >wrong.yaml
    run fill two.md -d wrong.yaml
    expect_exit 1
    expect_no_out
    expect_err '[data-unmatched]'
    expect_err 'nothing was filled'
    run fill two.md -d wrong.yaml -o new.md
    expect_exit 1
    fails 'wrong data: no file is made' test -e new.md
    cp two.md before.md
    run fill two.md -d wrong.yaml -i
    expect_exit 1
    holds 'wrong data: the draft stays' cmp two.md before.md
    printf 'a: [\n' >broken.yaml
    run fill one.md -d broken.yaml
    expect_exit 2
    expect_no_out
    expect_err 'broken.yaml:'
    # The later file wins.
    printf 'The library bought XX books: 13\n' >later.yaml
    run fill one.md -d later.yaml -d data.yaml
    expect_file "$top/out" "$FILLED"
    run fill one.md -d data.yaml --diff
    expect_exit 0
    expect_out '-The library bought XX books.'
    expect_out '+The library bought 12 books.'
    expect_file one.md "$OPEN"
}

part_ask() {
    lay_out
    printf '%s\n图书馆买书XX册，借出XX。\n' "$HEAD" >two.md
    printf '很多\n12\n\n' >answers
    run_with answers fill two.md --ask
    expect_exit 1
    expect_file "$top/out" "$HEAD
图书馆买书12册，借出XX。
"
    expect_err '[1/2] line 5: '
    expect_err 'not accepted: a whole number is needed'
    expect_err 'filled: 1; left blank: 1'
    # The end of input leaves the rest.
    printf '12' >answers
    run_with answers fill two.md --ask --partial
    expect_exit 0
    expect_err '[1/2]'
    expect_file "$top/out" "$HEAD
图书馆买书12册，借出XX。
"
    : >answers
    run_with answers fill two.md --ask
    expect_exit 1
    holds 'no answers, no change' cmp two.md "$top/out"
    # What the data gives is not asked for, also when it is part of a longer phrase.
    printf '%s\nThe library bought XX books and lent XX.\n' "$HEAD" >two.md
    printf '7\n' >answers
    printf 'bought XX books: 12\n' >part.yaml
    run_with answers fill two.md --ask -d part.yaml -o out.md
    expect_exit 0
    expect_err '[1/1]'
    expect_file out.md "$HEAD
The library bought 12 books and lent 7.
"
    # A date whose parts stand in the text is asked as a whole.
    cat >dated.yaml <<'END'
orgdraft-profile: 1
id: dated
label: Dated
fields:
  meeting_date: {type: date, label: day of the meeting}
  chair: {type: person, label: who presided}
sections:
  - id: all
    preamble: true
bindings:
  all:
    - 于<meeting_date.year>年<meeting_date.month>月<meeting_date.day>日开会
    - 由<chair>同志主持
END
    printf '于XX年XX月XX日开会，由XX同志主持；另由XX同志主持。\n' >dated.txt
    printf '2022-02-31\n2022-02-18\n林某\n' >answers
    run_with answers fill dated.txt -p dated.yaml --ask
    expect_exit 0
    expect_err '[1/2] line 1: 于【XX】年'
    expect_err 'day of the meeting (date'
    expect_err 'not accepted: there is no such day'
    expect_err 'who presided ('
    expect_file "$top/out" '于2022年2月18日开会，由林某同志主持；另由林某同志主持。
'
    # What was typed is not lost when it cannot be written.
    printf '%s\n' 'a \XX and XX% more' >slash.md
    printf '*a*\n5\n' >answers
    run_with answers fill slash.md -p plain.yaml --ask
    expect_exit 1
    expect_no_out
    expect_err "['*a*', 5]"
    # Typed at a Windows console, and with spaces.
    printf ' 12 \r\n' >answers
    run_with answers fill one.md --ask
    expect_file "$top/out" "$FILLED"
    run_with answers fill one.md --ask --lang zh
    expect_err '第5行：'
    # A name that stands twice is asked once.
    printf '%s\n{{who}} reads, {{who}} writes.\n' "$HEAD" >named.md
    printf 'Mia\n' >answers
    run_with answers fill named.md --ask
    expect_exit 0
    expect_file "$top/out" "$HEAD
Mia reads, Mia writes.
"
}

# ---- one draft per row ---------------------------------------------------------------------------

# A leaflet with four blanks, and a table of forty units for it.
lay_out_rows() {
    lay_out
    cat >leaflet.md <<'END'
---
profile: ./plain.yaml
---

本月XX支部印发宣传单XX份，走访XX户，在XX举行。
END
    python3 - <<'END'
head = ['本月XX支部', '印发宣传单XX份', '走访XX户', '在XX举行']
names = ['第%d' % n for n in range(1, 41)]
rows = [[name, str(n * 7), str(n), '东, 西' if n == 5 else '馆*%d*' % n] for n, name in enumerate(names, 1)]
quote = lambda cell: '"%s"' % cell if ',' in cell else cell
lines = [[quote(c) for c in r] for r in [head] + rows]
table = lambda mark, end: ''.join(mark.join(line) + end for line in lines)
import json
put = lambda name, text, encoding='utf-8': open(name, 'w', encoding=encoding, newline='').write(text)
put('rows.csv', table(',', '\n'))
put('crlf.csv', table(',', '\r\n'))
put('bom.csv', '\ufeff' + table(',', '\r\n'))
put('gbk.csv', table(',', '\r\n'), 'gbk')
put('utf16.csv', table('\t', '\r\n'), 'utf-16')
put('semicolon.csv', table(';', '\n'))
put('tab.csv', table('\t', '\n'))
put('old.csv', table(',', '\r'))
data = [dict(zip(head, r)) for r in rows]
put('rows.jsonl', ''.join(json.dumps(d, ensure_ascii=False) + '\n' for d in data))
put('rows.json', json.dumps(data))
put('rows.yaml', ''.join('- ' + '\n  '.join('%s: %s' % (k, json.dumps(v, ensure_ascii=False))
                                           for k, v in d.items()) + '\n' for d in data))
for number, d in enumerate(data, 1):
    put('%d.data.json' % number, json.dumps(d))
END
    i=1
    mkdir one
    while [ $i -le 40 ]; do
        "$orgdraft" fill leaflet.md -d $i.data.json -o "one/第$i.md" -q
        i=$((i + 1))
    done
}
same_as_one() { holds "$last: the drafts of $1 are those of fill -d" diff -r one "$1"; }

part_each() {
    lay_out_rows
    holds 'forty drafts, one by one' test "$(find one -type f | wc -l)" -eq 40
    run fill leaflet.md --each rows.csv --out 'deep/er/{本月XX支部}.md'
    expect_exit 0
    expect_no_out
    expect_err 'drafts written: 40'
    same_as_one deep/er
    for table in crlf.csv bom.csv gbk.csv utf16.csv semicolon.csv tab.csv old.csv rows.jsonl rows.json \
        rows.yaml; do
        rm -rf out
        run fill leaflet.md --each $table --out 'out/{本月XX支部}.md'
        expect_exit 0
        same_as_one out
    done
    rm -rf out
    run fill leaflet.md --each gbk.csv --out 'out/{本月XX支部}.md'
    expect_err 'is not UTF-8 and was read as GBK (GB18030)'
    rm -rf out
    run fill leaflet.md --each gbk.csv --encoding gbk --out 'out/{本月XX支部}.md' -q
    expect_no_err
    same_as_one out
    rm -rf out
    run_with gbk.csv fill leaflet.md --each - --out 'out/{本月XX支部}.md' -q
    same_as_one out
    run fill leaflet.md --each gbk.csv --encoding utf-8 --out 'no/{row}.md'
    expect_exit 2
    expect_err 'gbk.csv: line 1 is not UTF-8'
    run fill leaflet.md --each gbk.csv --encoding nosuch --out 'no/{row}.md'
    expect_exit 2
    fails 'nothing is made' test -e no
}

part_each_mistakes() {
    lay_out_rows
    # One of forty rows: its line, and the name of the column.
    sed 's/^第17,119,17,/第17,119,许多,/' rows.csv >bad.csv
    run fill leaflet.md --each bad.csv --out 'no/{本月XX支部}.md'
    expect_exit 1
    expect_err 'bad.csv:18:9: error: “走访XX户”: '
    expect_err 'nothing was written: 1 of 40 rows have mistakes'
    fails 'no file, no folder' test -e no
    run fill leaflet.md --each bad.csv --out 'no/{本月XX支部}.md' --lang zh
    expect_err 'bad.csv:18:9: '
    expect_err '没有写入任何文稿：40行数据中有1行有错'
    # A file that cannot be read is no finding.
    printf 'a,b\n"1,2\n' >open.csv
    run fill leaflet.md --each open.csv --out 'no/{row}.md'
    expect_exit 2
    expect_err 'open.csv:2:1: this quote has no end'
    printf 'a,b\n' >header.csv
    run fill leaflet.md --each header.csv --out 'no/{row}.md'
    expect_exit 2
    expect_err 'holds no rows'
    printf 'a,b\n1,\000\n' >nul.csv
    run fill leaflet.md --each nul.csv --out 'no/{row}.md'
    expect_exit 2
    expect_err 'nul.csv:2:3: '
    printf '{"a": 1}\n{"a": \n' >cut.jsonl
    run fill leaflet.md --each cut.jsonl --out 'no/{row}.md'
    expect_exit 2
    printf 'a: 1\n' >map.yaml
    run fill leaflet.md --each map.yaml --out 'no/{row}.md'
    expect_exit 2
    expect_err 'a list of rows must stand here'
    # The command line.
    for words in '--each rows.csv' '--out x/{row}.md -d 1.data.json' '--force -d 1.data.json' \
        '--each rows.csv --out {row}.md -i' '--each rows.csv --out {row}.md -o x' \
        '--each rows.csv --out {row}.md --ask' '--each rows.csv --out {row}.md --force --only-changed' \
        '--each rows.csv --out one.md' '--each rows.csv --out no/{row' '--each rows.csv --out no/}.md' \
        '--each rows.csv --out no/{}.md' '--each rows.csv --out {row}/' '--each rows.csv --out no/{nosuch}.md' \
        '--each none.csv --out {row}.md' '--each rows.csv --out {row}.md --encoding x/y'; do
        # shellcheck disable=SC2086 # words of the command line
        run fill leaflet.md $words
        expect_exit 2
        expect_no_out
        fails "$words: nothing is made" test -e no
    done
    expect_err_lines 1
}

part_each_existing() {
    lay_out_rows
    mkdir out
    echo mine >'out/第7.md'
    cp 'one/第8.md' out
    touch -d '2001-01-01' 'out/第8.md'
    run fill leaflet.md --each rows.csv --out 'out/{本月XX支部}.md'
    expect_exit 2
    expect_err 'out/第7.md: exists already'
    expect_err '2 of 40 drafts exist already'
    expect_file 'out/第7.md' 'mine
'
    holds 'nothing was written' test "$(find out -type f | wc -l)" -eq 2
    chmod 640 'out/第7.md'
    run fill leaflet.md --each rows.csv --out 'out/{本月XX支部}.md' --only-changed
    expect_exit 0
    expect_err 'drafts written: 39; unchanged: 1'
    same_as_one out
    holds 'what is the same is left alone' test "$(stat -c %Y 'out/第8.md')" = "$(date -d 2001-01-01 +%s)"
    holds 'permissions stay' test "$(stat -c %a 'out/第7.md')" = 640
    echo mine >'out/第7.md'
    run fill leaflet.md --each rows.csv --out 'out/{本月XX支部}.md' --force
    expect_exit 0
    same_as_one out
    run fill leaflet.md --each rows.csv --out 'dry/{本月XX支部}.md' --dry-run
    expect_exit 0
    expect_out '+++ dry/第40.md'
    expect_out 'dry/第40.md: filled: 4, of which shown: 3'
    expect_err 'drafts that would be written: 40; nothing was written'
    fails 'a dry run makes nothing' test -e dry
    # Neither links nor what this run reads is written to.
    ln -s "$top/work/elsewhere" 'link'
    mkdir elsewhere
    head -n 2 rows.csv >single.csv
    cp single.csv linked.csv
    sed -i 's/^第1,/link,/' linked.csv
    run fill leaflet.md --each linked.csv --out '{本月XX支部}/x.md'
    expect_exit 2
    expect_err 'link: is a link'
    run fill leaflet.md --each single.csv --out 'link/{row}.md'
    expect_exit 0
    holds 'a link that the user names himself is followed' test -f elsewhere/1.md
    ln -s elsewhere/1.md 1.md
    run fill leaflet.md --each single.csv --out '{row}.md' --force
    expect_exit 2
    expect_err '1.md: is a link'
    sed -i 's/^第1,/leaflet,/' single.csv
    run fill leaflet.md --each single.csv --out '{本月XX支部}.md' --force
    expect_exit 2
    expect_err 'is a file that this run reads'
    holds 'no temporary file is left' test -z "$(find . -name '.*.md.*')"
}

# A signal while drafts are written, and the bar on a terminal.
part_each_long() {
    lay_out_rows
    awk -F, 'NR == 1; NR == 2 { for (i = 1; i <= 5000; i++) print i ",1,1,馆" }' rows.csv >long.csv
    "$orgdraft" fill leaflet.md --each long.csv --out 'out/{row}.md' >"$top/out" 2>"$top/err" </dev/null &
    while kill -0 $! 2>/dev/null && [ ! -d out ]; do sleep 0.01; done
    kill -TERM $!
    code=0
    wait $! || code=$?
    last='fill --each, ended by a signal'
    expect_exit 143
    fails 'nothing is left' test -e out
    expect_err 'no draft was written'
    have script || return
    # Longer and longer until the bar is seen, and a mistake at the end, so that nothing is written.
    for rows in 150000 600000 2400000; do
        awk -F, -v rows=$rows 'NR == 1; NR == 2 { for (i = 1; i <= rows; i++) print i ",1," (i < rows) ",馆" }' \
            rows.csv >long.csv
        sed -i '$s/,0,/,x,/' long.csv
        script -qc "'$orgdraft' fill leaflet.md --each long.csv --out 'out/{row}.md'" /dev/null >"$top/out" 2>&1
        if grep -q % "$top/out"; then break; fi
    done
    expect_out '%'
    expect_out "long.csv:$((rows + 1)):10: error:"
}

# A write that fails takes back all that was written.
part_each_failing() {
    lay_out_rows
    # The last name is a folder: seen before anything is written.
    mkdir -p out/第40.md
    run fill leaflet.md --each rows.csv --out 'out/{本月XX支部}.md' --force
    expect_exit 2
    expect_err 'out/第40.md: is a folder'
    holds 'nothing beside it' test "$(find out | wc -l)" -eq 2
    rm -rf out
    # A name that is a file where a folder is needed.
    echo x >plainfile
    run fill leaflet.md --each rows.csv --out 'plainfile/{row}.md'
    expect_exit 2
    # Room for some of the files only.
    mkdir out
    for n in 1 2 3; do echo old >"out/第$n.md"; done
    # shellcheck disable=SC3045 # where sh has no such limit, the exit code is another
    (
        ulimit -f 0
        "$orgdraft" fill leaflet.md --each rows.csv --out 'out/{本月XX支部}.md' --force 2>&1 </dev/null
        echo "exit $?"
    ) | cat >"$top/err"
    last='fill --each with no room'
    expect_err 'exit 2'
    expect_err 'no draft was written'
    holds 'the old files are there, alone' test "$(cat out/* | sort | uniq -c | tr -d ' ')" = 3old
    holds 'and no other' test "$(find out -type f | wc -l)" -eq 3
    unprivileged=$(id -u nobody 2>/dev/null)
    if [ "$(id -u)" = 0 ] && [ -n "$unprivileged" ] && have setpriv; then
        mkdir locked
        chmod 777 .
        code=0
        setpriv --reuid "$unprivileged" --clear-groups "$orgdraft" fill leaflet.md --each rows.csv \
            --out 'locked/{row}.md' >"$top/out" 2>"$top/err" </dev/null || code=$?
        expect_exit 2
        expect_err 'its folder does not let files be written'
        expect_err 'no draft was written'
        # The first folder takes files, the second does not: the first is emptied again, and removed.
        mkdir -p mixed/b
        chmod 777 mixed
        printf '本月XX支部,印发宣传单XX份,走访XX户,在XX举行\na,1,1,东\nb,1,1,西\n' >two.csv
        code=0
        setpriv --reuid "$unprivileged" --clear-groups "$orgdraft" fill leaflet.md --each two.csv \
            --out 'mixed/{本月XX支部}/x.md' >"$top/out" 2>"$top/err" </dev/null || code=$?
        expect_exit 2
        expect_err 'no draft was written: 1 were, and were taken back'
        holds 'nothing is left' test "$(find mixed | wc -l)" -eq 2
    fi
}

# ---- writing -------------------------------------------------------------------------------------

# The folder must hold these files and no others: nothing is left behind.
expect_only() { # NAME…
    wanted=$(for name; do echo "$name"; done | LC_ALL=C sort)
    found=$(find . -mindepth 1 -maxdepth 1 | sed 's|^\./||' | LC_ALL=C sort)
    if [ "$wanted" = "$found" ]; then pass; else fail "$last: left behind: $found"; fi
}

part_write() {
    lay_out
    cp one.md keep.md
    run fill one.md -d data.yaml -i
    expect_exit 0
    expect_no_out
    expect_file one.md "$FILLED"
    expect_only one.md keep.md clean.md plain.yaml data.yaml
    # Unchanged means untouched.
    touch -d '2001-02-03 04:05:06' one.md
    inode=$(stat -c %i one.md)
    printf '{}\n' >nothing.yaml
    run fill one.md -d nothing.yaml -i
    expect_exit 0
    holds 'unchanged: the time stays' test "$(stat -c %y one.md | cut -c1-19)" = '2001-02-03 04:05:06'
    holds 'unchanged: the file stays' test "$(stat -c %i one.md)" = "$inode"
    # Mode.
    for mode in 600 640 664 755 444; do
        if [ $mode = 444 ] && [ "$(id -u)" = 0 ]; then continue; fi
        cp keep.md mode.md
        chmod $mode mode.md
        run fill mode.md -d data.yaml -i
        if [ $mode = 444 ]; then
            expect_exit 2
            expect_err 'write-protected'
            expect_file mode.md "$OPEN"
        else
            expect_exit 0
            holds "mode $mode stays" test "$(stat -c %a mode.md)" = $mode
            expect_file mode.md "$FILLED"
        fi
        rm -f mode.md
    done
    # A new file has the mode that others get.
    (umask 027 && "$orgdraft" fill keep.md -d data.yaml -o fresh.md 2>/dev/null)
    holds 'a new file heeds the umask' test "$(stat -c %a fresh.md)" = 640
    expect_file fresh.md "$FILLED"
    # -o replaces what stands there, but never what was only to be read.
    printf 'old' >fresh.md
    run fill keep.md -d data.yaml -o fresh.md
    expect_file fresh.md "$FILLED"
    run fill keep.md -d data.yaml -o data.yaml
    expect_exit 2
    expect_err 'data.yaml: is a data file'
    expect_file data.yaml 'The library bought XX books: 12
'
    run fill keep.md -p plain.yaml -d data.yaml -o ./plain.yaml
    expect_exit 2
    cp keep.md self.md
    run fill self.md -d data.yaml -o ./self.md
    expect_exit 0
    expect_err '-o names the draft itself'
    expect_file self.md "$FILLED"
    run fill keep.md -d data.yaml -o -
    expect_file "$top/out" "$FILLED"
    run fill keep.md -d data.yaml -o nowhere/x.md
    expect_exit 2
    expect_err 'nowhere/x.md: its folder does not exist'
    mkdir dir
    run fill keep.md -d data.yaml -o dir
    expect_exit 2
    expect_err 'dir: is a folder'
    run fill keep.md -d data.yaml -o dir/
    expect_exit 2
    # A long name leaves room for that of the sibling.
    long=$(printf 'n%.0s' $(seq 252)).md
    cp keep.md "$long"
    run fill "$long" -d data.yaml -i
    expect_exit 0
    expect_file "$long" "$FILLED"
    rm "$long"
    expect_only one.md keep.md clean.md plain.yaml data.yaml nothing.yaml fresh.md self.md dir
}

part_write_links() {
    lay_out
    mkdir real
    cp one.md plain.yaml real
    ln -s real/one.md link.md
    cp plain.yaml real/
    run fill link.md -d data.yaml -i
    expect_exit 0
    holds 'the link stays a link' test -L link.md
    expect_file real/one.md "$FILLED"
    holds 'no sibling is left beside the target' test "$(find real | wc -l)" = 3
    ln -s nowhere.md dangling.md
    run fill one.md -d data.yaml -o dangling.md
    expect_exit 2
    expect_err 'dangling.md: is a link'
    fails 'nothing is made behind a dangling link' test -e nowhere.md
    # Two names of one file would become two files.
    ln one.md second.md
    run fill one.md -d data.yaml -i
    expect_exit 2
    expect_err 'has more than one name'
    expect_file second.md "$OPEN"
    # What is no regular file is not replaced.
    mkfifo pipe
    feed second.md pipe
    run fill pipe -p plain.yaml -d data.yaml -i
    wait
    expect_exit 2
    expect_err 'pipe: is no regular file'
    holds 'the pipe stays a pipe' test -p pipe
    run fill second.md -d data.yaml -o /dev/null
    expect_exit 2
    holds '/dev/null stays' test -c /dev/null
    code=0
    "$orgdraft" fill second.md -d data.yaml -o /dev/fd/3 3>&1 >"$top/out" 2>"$top/err" | cat || code=$?
    last='fill -o /dev/fd/3'
    expect_err '/dev/fd/3: is no regular file'
}

part_write_limits() {
    lay_out
    # A file size limit stands for a full disk: the write fails half-way.
    python3 -c "
print('---\nprofile: ./plain.yaml\n---\n\nThe library bought XX books.\n')
for i in range(20000): print('Line', i, 'of a long draft.\n')" >long.md
    cp long.md before.md
    code=0
    (ulimit -f 8 && exec "$orgdraft" fill long.md -d data.yaml -i 2>"$top/err") || code=$?
    last='fill -i with a file size limit'
    expect_exit 2
    expect_err 'long.md: the file would be larger than this system allows'
    holds 'the draft is the old one' cmp long.md before.md
    expect_only one.md clean.md plain.yaml data.yaml long.md before.md
    # A disk that is full.
    code=0
    "$orgdraft" fill one.md -d data.yaml >/dev/full 2>"$top/err" || code=$?
    last='fill >/dev/full'
    expect_exit 2
    expect_err_lines 1
    # Closed descriptors: no message lands in a draft.
    code=0
    "$orgdraft" fill one.md -d data.yaml -i >&- 2>&- <&- || code=$?
    last='fill -i with all closed'
    expect_exit 0
    expect_file one.md "$FILLED"
    printf %s "$OPEN" >one.md
    code=0
    "$orgdraft" fill one.md -d data.yaml -d nosuch.yaml -i >&- 2>&- <&- || code=$?
    last='fill -i with all closed and a failure'
    expect_exit 2
    expect_file one.md "$OPEN"
}

# Someone else saves the draft while questions are answered: neither work may be lost.
part_write_meanwhile() {
    lay_out
    mkfifo answers
    run_with answers fill one.md --ask -i &
    exec 9>answers
    for i in $(seq 50); do
        grep -q '1/1' "$top/err" && break
        sleep 0.1
    done
    printf '%s\n' 'saved by someone else: XX' >one.md
    echo 12 >&9
    exec 9>&-
    wait
    last='fill -i of a draft that was saved meanwhile'
    expect_err 'one.md: was changed by someone else meanwhile'
    expect_err 'library bought XX books: 12'
    expect_file one.md 'saved by someone else: XX
'
    expect_only one.md clean.md plain.yaml data.yaml answers
}

# Signals in the middle of a write: each system call of the exchange is held up in turn, and the
# program told to end. The draft is the old one or the new one, and nothing is left behind.
part_write_signals() {
    have strace || return 0
    lay_out
    export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" # which cannot be while strace looks on
    strace -o /dev/null true 2>/dev/null || { echo "$part: left out, strace may not trace" && return 0; }
    for call in openat write fchmod fsync close renameat renameat2 newfstatat; do
        for signal in TERM INT HUP; do
            printf %s "$OPEN" >one.md
            strace -qq -o /dev/null -e trace=$call -e inject=$call:signal=$signal:when=3+ \
                "$orgdraft" fill one.md -d data.yaml -i >/dev/null 2>"$top/err"
            last="SIG$signal at $call"
            if cmp -s one.md clean.md || [ "$(cat one.md)" = "$(printf %s "$OPEN")" ]; then pass
            else fail "$last: the draft is neither old nor new"; fi
            expect_only one.md clean.md plain.yaml data.yaml
        done
    done
    for call in write fchmod fsync renameat; do
        printf %s "$OPEN" >one.md
        code=0
        strace -qq -o /dev/null -P "$PWD" -e trace=$call -e inject=$call:error=EIO:when=1 \
            "$orgdraft" fill one.md -d data.yaml -i >/dev/null 2>"$top/err" || code=$?
        # Only calls on the folder are failed by -P; without any the fill succeeds.
        last="EIO at $call"
        if [ $code = 0 ]; then expect_file one.md "$FILLED"; else expect_file one.md "$OPEN"; fi
        expect_only one.md clean.md plain.yaml data.yaml
    done
    for call in fchmod fsync; do
        printf %s "$OPEN" >one.md
        code=0
        strace -qq -o /dev/null -e trace=$call -e inject=$call:error=EIO:when=1 \
            "$orgdraft" fill one.md -d data.yaml -i >/dev/null 2>"$top/err" || code=$?
        last="EIO at the first $call"
        expect_exit 2
        expect_file one.md "$OPEN"
        expect_only one.md clean.md plain.yaml data.yaml
    done
}

# As someone who owns little. Run as root, since it takes root to become another.
part_write_others() {
    [ "$(id -u)" = 0 ] || { echo "$part: left out, not root" && return 0; }
    have setpriv || return 0
    lay_out
    as_nobody() {
        code=0
        last="as nobody: orgdraft $*"
        setpriv --reuid 65534 --regid 65534 --clear-groups "$orgdraft" "$@" \
            >"$top/out" 2>"$top/err" </dev/null || code=$?
    }
    as_nobody --version
    [ $code = 0 ] || { echo "$part: left out, nobody cannot run $orgdraft" && return 0; }
    chmod 600 one.md
    as_nobody check one.md
    expect_exit 2
    expect_err 'one.md: not permitted'
    chmod 644 one.md
    as_nobody fill one.md -d data.yaml -i
    expect_exit 2
    expect_err 'one.md: is write-protected'
    # The file may be written, its folder not.
    chmod 666 one.md
    as_nobody fill one.md -d data.yaml -i
    expect_exit 2
    expect_err 'its folder does not let files be written'
    # The folder may, but the owner could not be kept.
    chmod 777 .
    as_nobody fill one.md -d data.yaml -i
    expect_exit 2
    expect_err 'cannot be kept'
    expect_file one.md "$OPEN"
    expect_only one.md clean.md plain.yaml data.yaml
    chown 65534:65534 one.md
    as_nobody fill one.md -d data.yaml -i
    expect_exit 0
    expect_file one.md "$FILLED"
    # Root keeps whose file it is.
    printf %s "$OPEN" >one.md
    chown 65534:65534 one.md
    chmod 4640 one.md
    run fill one.md -d data.yaml -i
    expect_exit 0
    holds 'owner and mode stay' test "$(stat -c %u:%g:%a one.md)" = 65534:65534:4640
    # A folder that cannot be read is no empty folder.
    mkdir shut
    chmod 700 shut
    as_nobody check .
    expect_exit 2
    expect_err 'shut: not permitted'
}

part_attributes() {
    lay_out
    python3 -c "import os; os.setxattr('one.md', 'user.note', b'kept')" 2>/dev/null || {
        echo "$part: left out, no attributes here" && return 0
    }
    run fill one.md -d data.yaml -i
    expect_exit 0
    holds 'attributes stay' python3 -c "
import os
assert os.getxattr('one.md', 'user.note') == b'kept'
assert os.listxattr('one.md') == ['user.note']"
    # An access list is kept; one that the folder would give to new files is not taken on.
    cat >acl.py <<'END'
import os, struct, sys
# acl(5) in its on-disk form: version 2, then tag, permissions and id of each entry. The owner may read
# and write, user 65534 what is asked for, group and others nothing.
def acl(permissions):
    rows = [(1, 6, -1), (2, permissions, 65534), (4, 0, -1), (16, permissions, -1), (32, 0, -1)]
    return struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *row) for row in rows)
if sys.argv[1] == 'give': os.setxattr(sys.argv[2], 'system.posix_acl_access', acl(4))
if sys.argv[1] == 'default': os.setxattr(sys.argv[2], 'system.posix_acl_default', acl(6))
if sys.argv[1] == 'has': assert os.getxattr(sys.argv[2], 'system.posix_acl_access') == acl(4)
if sys.argv[1] == 'hasnot': assert 'system.posix_acl_access' not in os.listxattr(sys.argv[2])
END
    python3 acl.py default . 2>/dev/null || { echo "$part: no access lists here" && return 0; }
    printf %s "$OPEN" >given.md
    python3 acl.py give given.md
    run fill given.md -d data.yaml -i
    expect_exit 0
    expect_file given.md "$FILLED"
    holds 'the access list stays' python3 acl.py has given.md
    printf %s "$OPEN" >one.md
    chmod 640 one.md
    run fill one.md -d data.yaml -i
    expect_exit 0
    holds 'no access list is taken on' python3 acl.py hasnot one.md
    holds 'the mode stays' test "$(stat -c %a one.md)" = 640
}

# ---- the other commands --------------------------------------------------------------------------

part_others() {
    lay_out
    run profile list
    expect_exit 0
    for name in meeting-report minutes-zh summary-zh notice-zh adr postmortem; do expect_count 1 "$name "; done
    run profile
    expect_exit 2
    run profile shw adr
    expect_exit 2
    expect_err 'profile show?'
    run profile show postmortm
    expect_exit 2
    expect_err 'did you mean “postmortem”?'
    for name in $("$orgdraft" profile list | sed 's/ .*//'); do
        run profile show "$name"
        expect_exit 0
        expect_out "id: $name"
        cp "$top/out" "$name.yaml"
        run profile check "$name.yaml"
        expect_exit 0
        expect_err 'is right'
        run new "$name" -o "$name.md"
        expect_exit 0
        run check -q "$name.md"
        fails "a new $name can be checked" test "$code" = 2
        holds "a new $name lacks no section" test "$(grep -c 'section-missing\|section-order' "$top/out")" = 0
    done
    printf 'orgdraft-profile: 1\nid: x\nlabel: X\nsectons: []\n' >wrong.yaml
    run profile check plain.yaml wrong.yaml nosuch.yaml
    expect_exit 2
    expect_err 'wrong.yaml:4'
    expect_err 'nosuch.yaml: there is no such file'
    run new adr -o one.md
    expect_exit 2
    expect_err 'one.md: exists already'
    expect_file one.md "$OPEN"
    run new
    expect_exit 2
    run new minutes
    expect_exit 2
    expect_err 'did you mean “minutes-'
}

part_explain() {
    lay_out
    run explain
    expect_exit 0
    rules=$(sed -n 's/^\([a-z][a-z0-9-]*\) .*/\1/p' "$top/out")
    holds 'explain lists the rules' test "$(echo "$rules" | wc -l)" -ge 20
    for rule in $rules; do
        for language in en zh; do
            run explain --lang $language "$rule"
            expect_exit 0
            expect_out "<!-- orgdraft-disable-next-line $rule -->"
            holds "$rule in $language says why and how" test "$(grep -c '^  [^ ]' "$top/out")" -ge 4
            [ $language = en ] && continue
            holds "$rule in $language is Chinese" grep -q '怎样改正' "$top/out"
        done
    done
    run explain -p meeting-report-3part grade-sum --lang en
    expect_exit 0
    expect_out 'grade-sum (error)'
    expect_out 'assessed == excellent + qualified + basic + unqualified'
    expect_out '<!-- orgdraft-disable-next-line grade-sum -->'
    run explain -p meeting-report-3part
    expect_count 1 'grade-sum '
    run explain -p meeting-report-3part grade-som
    expect_exit 2
    expect_err 'did you mean “grade-sum”?'
    run explain grade-sum
    expect_exit 2
    run explain section-mising
    expect_exit 2
    expect_err 'did you mean “section-missing”?'
}

part_today() {
    lay_out
    printf '%s\n' 'id: day' 'fields: {due: {type: date, default: "=today + 7"}}' \
        'rules: [{id: now, expr: today == due, en: "<today>"}, {id: never, expr: due < due}]' \
        'bindings: {"*": ["due <due.year>/<due.month>/<due.day>."]}' >"$top/day.yaml"
    printf 'By hand: due 2025/3/8.\n' >"$top/day.md"
    printf 'By hand: due XX/XX/XX.\n' >"$top/blank.md"
    run check -p "$top/day.yaml" --today 2025-03-08 "$top/day.md"
    expect_count 0 '[now]'
    expect_count 1 '[never]'
    run check -p "$top/day.yaml" --today 2024-02-29 "$top/day.md"
    expect_out '2024-02-29 [now]'
    SOURCE_DATE_EPOCH=951782399 run check -p "$top/day.yaml" "$top/day.md"
    expect_out '2000-02-28 [now]'
    SOURCE_DATE_EPOCH=951782400 TZ=Asia/Shanghai run check -p "$top/day.yaml" "$top/day.md"
    expect_out '2000-02-29 [now]'
    SOURCE_DATE_EPOCH=951782400 run check -p "$top/day.yaml" --today 2001-01-01 "$top/day.md"
    expect_out '2001-01-01 [now]'
    before=$(date +%F)
    run check -p "$top/day.yaml" "$top/day.md"
    holds 'today is the local date' grep -qE "($before|$(date +%F)) \[now\]" "$top/out"
    printf '{}\n' >"$top/none.yaml"
    run fill -p "$top/day.yaml" -d "$top/none.yaml" --today 2025-02-27 "$top/blank.md"
    expect_out 'due 2025/3/6.'
    for wrong in 2025-2-3 2025-02-30 2025-13-01 20250203 tomorrow ''; do
        for command in check fill fields extract; do
            run $command -p "$top/day.yaml" --today "$wrong" "$top/day.md"
            expect_exit 2
            expect_err '--today'
        done
    done
    for wrong in x -1 1.5 99999999999999999999; do
        SOURCE_DATE_EPOCH=$wrong run check -p "$top/day.yaml" "$top/day.md"
        expect_exit 2
        expect_err 'SOURCE_DATE_EPOCH'
    done
}

# What was not checked is said once a file, and counted.
part_unchecked() {
    lay_out
    printf '%s\n' 'id: sum' 'fields: {a: {type: integer}, b: {type: integer, in_text: false}}' \
        'rules: [{id: one, expr: a < b}, {id: two, expr: b > 0}, {id: three, expr: a > 0}]' \
        'bindings: {"*": ["count <a>."]}' >"$top/sum.yaml"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'We count %s.\n' $i >"$top/n$i.md"; done
    run check -p "$top/sum.yaml" "$top"/n*.md
    expect_exit 0
    expect_no_out
    expect_err 'n12.md: not checked: one, two (no value: b)'
    expect_err '24 rules not checked for want of data'
    run check -q -p "$top/sum.yaml" "$top"/n*.md
    expect_no_err
    run check --format json -p "$top/sum.yaml" "$top"/n*.md
    holds 'JSON lists what was not checked' python3 -c '
import json, sys
found = json.load(open(sys.argv[1]))
assert found["summary"]["unchecked"] == 24 == len(found["unchecked"])
assert found["unchecked"][1]["rule"] == "two" and found["unchecked"][1]["missing"] == ["b"]' "$top/out"
    printf 'b: 100\n' >"$top/b.yaml"
    run check -p "$top/sum.yaml" -d "$top/b.yaml" "$top"/n*.md
    expect_err 'nothing found in 12 files'
}

part_languages() {
    lay_out
    for setting in LC_ALL=zh_CN.UTF-8 LANG=zh_CN LC_MESSAGES=zh_TW.UTF-8; do
        code=0
        last="$setting orgdraft check nosuch"
        env -u LC_ALL -u LANG -u LC_MESSAGES "$setting" "$orgdraft" check nosuch \
            >"$top/out" 2>"$top/err" || code=$?
        expect_err '没有这个文件'
    done
    LC_ALL=en_US.UTF-8 LANG=zh_CN.UTF-8 "$orgdraft" check nosuch 2>"$top/err"
    last='LC_ALL before LANG'
    expect_err 'there is no such file'
    LC_ALL=zh_CN.UTF-8 "$orgdraft" check --lang en nosuch 2>"$top/err"
    last='--lang before the locale'
    expect_err 'there is no such file'
    run check --lang zh one.md
    expect_out 'one.md:5:20: warning: '
    expect_out '[placeholder-unfilled]'
}

part_colors() {
    lay_out
    escape=$(printf '\033')
    colored() { fails "$last: no colour" sh -c "! grep -q '$escape\\[' '$top/out'"; }
    plain() { fails "$last: colour" grep -q "$escape\\[" "$top/out"; }
    run check one.md
    plain
    run check --color always one.md
    colored
    NO_COLOR='' FORCE_COLOR=1 "$orgdraft" check one.md >"$top/out" 2>/dev/null
    last='FORCE_COLOR=1'
    colored
    NO_COLOR=1 FORCE_COLOR=1 "$orgdraft" check one.md >"$top/out" 2>/dev/null
    last='NO_COLOR outweighs FORCE_COLOR'
    plain
    NO_COLOR='' FORCE_COLOR=1 "$orgdraft" check --color never one.md >"$top/out" 2>/dev/null
    last='--color never outweighs FORCE_COLOR'
    plain
    run check --color always --format json one.md
    plain
}

part_terminal() {
    have script || return 0
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || {
        echo 'terminal: left out, no pseudo-terminals'
        return 0
    }
    lay_out
    last='check on a terminal'
    NO_COLOR='' script -qec "'$orgdraft' check one.md" /dev/null </dev/null >"$top/out" 2>&1
    expect_out 'The library bought XX books.'
    expect_out '^'
    holds 'colours on a terminal' grep -q "$(printf '\033')\\[" "$top/out"
    last='check with NO_COLOR on a terminal'
    script -qec "'$orgdraft' check one.md" /dev/null </dev/null >"$top/out" 2>&1
    fails 'NO_COLOR on a terminal' grep -q "$(printf '\033')\\[" "$top/out"
    # Questions and answers on a terminal.
    last='fill --ask on a terminal'
    { sleep 0.3 && echo 12; sleep 0.3; } |
        script -qec "'$orgdraft' fill one.md --ask -o asked.md" /dev/null >"$top/out" 2>&1
    expect_out '[1/1] line 5'
    expect_file asked.md "$FILLED"
    last='check - on a terminal'
    printf 'text\n\004' | script -qec "'$orgdraft' check -p plain.yaml -" /dev/null >"$top/out" 2>&1
    expect_out 'end with Ctrl-D'
}

part_pages() {
    run --man
    expect_exit 0
    cp "$top/out" "$top/orgdraft.1"
    for name in check fields fill new profile explain; do expect_out "orgdraft $name"; done
    expect_out 'EXIT STATUS'
    if have groff; then
        groff -Kutf8 -man -Tutf8 -ww -z "$top/orgdraft.1" >"$top/out" 2>"$top/err"
        last='groff -man'
        expect_no_err
    fi
    # Every option of the help is in the page and in the completions.
    for shell in bash zsh fish; do
        run --completions $shell
        expect_exit 0
        cp "$top/out" "$top/completions.$shell"
    done
    for option in $(for c in check fields fill new profile explain; do "$orgdraft" $c --help; done |
        grep -oE -- '^ +(-., )?--[a-z-]+' | sed 's/.*--//' | sort -u); do
        roff=$(echo "--$option" | sed 's/-/\\-/g')
        holds "the page has --$option" grep -qF -e "B$roff" "$top/orgdraft.1"
        holds "bash completes --$option" grep -qF -e "--$option" "$top/completions.bash"
        holds "zsh completes --$option" grep -qF -e "--$option" "$top/completions.zsh"
        holds "fish completes --$option" grep -qF -e "-l $option" "$top/completions.fish"
    done
    if have bash; then
        completes() { # WORDS…, the last one being completed
            bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _orgdraft
                printf "%s\n" "${COMPREPLY[@]}"' - "$top/completions.bash" "$@" >"$top/out" 2>"$top/err"
            last="completion of: $*"
            expect_no_err
        }
        lay_out
        cp one.md 'two words.md'
        completes orgdraft ch
        expect_file "$top/out" 'check
'
        completes orgdraft check --fo
        expect_file "$top/out" '--format
--force-exclude
'
        completes orgdraft check --format j
        expect_file "$top/out" 'json
'
        completes orgdraft check --format = j
        expect_file "$top/out" 'json
'
        completes orgdraft check two
        expect_file "$top/out" 'two words.md
'
        completes orgdraft explain section-mi
        expect_file "$top/out" 'section-missing
'
        completes orgdraft new minutes-z
        expect_file "$top/out" 'minutes-zh
'
    fi
    if have zsh; then holds 'zsh reads its completions' zsh -n "$top/completions.zsh"; fi
    if have fish; then
        HOME=$top fish -c "source '$top/completions.fish'; complete -C 'orgdraft check --format '" \
            >"$top/out" 2>"$top/err"
        last='completion by fish'
        expect_no_err
        expect_out 'json'
        HOME=$top fish -c "source '$top/completions.fish'; complete -C 'orgdraft explain section-mis'" \
            >"$top/out" 2>"$top/err"
        expect_file "$top/out" 'section-missing
'
    fi
}

# ---- run -----------------------------------------------------------------------------------------

# shellcheck disable=SC2046 # names without spaces
[ $# -gt 0 ] || set -- $(sed -n 's/^part_\([a-z_]*\)() {.*/\1/p' "$0")
self=$PWD
for part; do
    cd "$self" || exit 2
    "part_$part"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
