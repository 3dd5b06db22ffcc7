#!/bin/sh
# Installs what orgdraft needs and this machine lacks; says nothing when nothing lacks.
#
# usage: deps.sh [GOAL…]: the goals of the same run of make. When none of them tests anything, what
# only the tests need is left out (pandoc alone is 150 MB).
set -eu

# tool or file:package. Libraries come with their static archives.
BUILDING='gcc:gcc make:make pkg-config:pkg-config ar:binutils stdio.h:libc6-dev
cmark-gfm.h:libcmark-gfm-dev cmark-gfm-core-extensions.h:libcmark-gfm-extensions-dev
yaml.h:libyaml-dev yajl/yajl_parse.h:libyajl-dev utf8proc.h:libutf8proc-dev
lua5.4/lua.h:liblua5.4-dev lua5.4/lua-lpeg.h:lua-lpeg-dev seccomp.h:libseccomp-dev gumbo.h:libgumbo-dev'
TESTING='python3:python3 cmocka.h:libcmocka-dev pandoc:pandoc g++:g++ git:git patch:patch'

wanted=$BUILDING
goals=" $* "
case "$goals" in
*' all '* | *' demo '* | *' install '*)
    case "$goals" in
    *test* | *check* | *asan* | *valgrind*) wanted="$wanted $TESTING" ;;
    esac ;;
*) wanted="$wanted $TESTING" ;;
esac

is_there() {
    case "$1" in
    *.h) [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

lacking=
for pair in $wanted; do
    is_there "${pair%%:*}" || lacking="$lacking ${pair#*:}"
done
[ -n "$lacking" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "deps: this is not Debian; please install what these Debian packages hold:$lacking" >&2
    echo "deps: (libraries with their headers and static archives: cmark-gfm, gumbo, libyaml, yajl," >&2
    echo "deps: utf8proc, Lua 5.4, libseccomp; for the tests cmocka, pandoc, python3)" >&2
    exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "deps: please run as root: apt-get install$lacking" >&2
        exit 1
    fi
    as_root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "deps: installing$lacking"
# shellcheck disable=SC2086 # lists of words
{
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends $lacking
} >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "deps: apt-get failed (above)" >&2
    exit 1
}
