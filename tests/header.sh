#!/bin/sh
# orgdraft.h: C and C++ compilers of several standards take it as it is, and the shared library shows
# the functions that it declares and no others.
set -u
build=${BUILD:-build}
passed=0 failed=0
program=$(mktemp)
trap 'rm -f "$program" "$program.o"' EXIT

expect() { # WHAT COMMAND…
    what=$1
    shift
    if "$@"; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
    fi
}

cat >"$program" <<'END'
#include <orgdraft.h>
#include <orgdraft.h>
int main(void) {
    size_t count;
    return od_rules(&count) && count ? 0 : 1;
}
END

compile() { # COMPILER LANGUAGE STANDARD
    "$1" -x "$2" "-std=$3" -Wall -Wextra -Wpedantic -Werror -Iinclude -c -o "$program.o" "$program"
}

for standard in c11 c17; do expect "C: $standard" compile "${CC:-cc}" c $standard; done
for compiler in "${CXX:-c++}" clang++; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    for standard in c++11 c++17 c++20; do
        expect "C++: $compiler $standard" compile "$compiler" c++ $standard
    done
done

declared() { scripts/exports.sh include/orgdraft.h | sed -n 's/^ *\(od_.*\);/\1/p' | sort; }
exported() { nm -D --defined-only "$build"/liborgdraft.so | sed -n 's/.* [TWV] //p' | sort; }
same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
expect 'the shared library exports what is declared' same "$(declared)" "$(exported)"

needed() { ldd "$build/orgdraft" | sed -n 's/^\t\(lib[^ ]*\).*/\1/p' | grep -v -e '^libc\.' -e '^libm\.' \
    -e san -e '^libgcc_s' -e '^libdl\.' -e '^libpthread\.' -e '^librt\.' -e '^libstdc++'; }
expect 'the program needs libc alone' same "none$(needed)" none

echo "$passed passed, $failed failed"
[ $failed = 0 ]
