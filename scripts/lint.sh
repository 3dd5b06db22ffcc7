#!/bin/sh
# Looks at the sources without running them: shell and Python syntax always; with cppcheck, clang-tidy
# and shellcheck where these are installed. Fails when any of them finds something.
set -u
cd "$(dirname "$0")/.." || exit 2
failed=0

step() { # NAME COMMAND…
    name=$1
    shift
    if "$@"; then echo "lint: $name: ok"; else echo "lint: $name: FAILED"; failed=1; fi
}

have() { command -v "$1" >/dev/null 2>&1; }

shell_syntax() {
    status=0
    for file in scripts/*.sh tests/*.sh .ci/run; do sh -n "$file" || status=1; done
    return $status
}

python_syntax() {
    python3 - <<'END'
import ast, glob, sys
for path in glob.glob('tests/**/*.py', recursive=True):
    ast.parse(open(path, encoding='utf-8').read(), path)
END
}

c_sources() { git ls-files 'src/*/*.c'; }

step 'shell syntax' shell_syntax
have python3 && step 'python syntax' python_syntax
have shellcheck && step shellcheck shellcheck -s sh -S warning scripts/*.sh tests/*.sh .ci/run
# shellcheck disable=SC2046 # names without spaces
have cppcheck && step cppcheck cppcheck --quiet --std=c11 --enable=warning,performance,portability \
    --inline-suppr --suppressions-list=scripts/cppcheck.txt --error-exitcode=1 -Iinclude -Isrc \
    $(c_sources)
clang_tidy() {
    c_sources | xargs -n 8 -P "$(nproc)" sh -c 'clang-tidy --quiet "$@" -- -std=c11 -Iinclude -Isrc \
        -D_GNU_SOURCE $(pkg-config --cflags lua5.4 yajl libseccomp) 2>/dev/null' clang-tidy
}
have clang-tidy && step clang-tidy clang_tidy
exit $failed
