#!/bin/sh
# Writes profiles and their drafts as a C table: embed.sh profiles/*.yaml >profiles.c
# A profile NAME.yaml needs a line `label: {zh: …, en: …}` and a draft NAME.draft.md or NAME.draft.txt.
set -eu
LC_ALL=C
export LC_ALL

# One C literal a line; `?` is escaped for the sake of trigraphs.
literal() {
    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/    "/' -e 's/$/\\n"/' "$1"
}

label() {
    text=$(sed -n "s/^label: {zh: \(.*\), en: \(.*\)}\$/$2/p" "$1")
    [ -n "$text" ] || { echo "$1: no line \`label: {zh: …, en: …}\`" >&2; exit 1; }
    printf '%s' "$text"
}

echo '#include "profile/builtin.h"'
echo
echo 'const od_builtin_profile od_builtin_table[] = {'
count=0
for yaml; do
    id=$(basename "$yaml" .yaml)
    draft=${yaml%.yaml}.draft.md
    [ -f "$draft" ] || draft=${yaml%.yaml}.draft.txt
    [ -f "$draft" ] || { echo "$yaml: no draft beside it" >&2; exit 1; }
    zh=$(label "$yaml" '\1')
    en=$(label "$yaml" '\2')
    printf '    {"%s", "%s", "%s",\n' "$id" "$en" "$zh"
    literal "$yaml"
    echo '    ,'
    literal "$draft"
    printf '    , ".%s"},\n' "${draft##*.}"
    count=$((count + 1))
done
echo '};'
echo
echo "const size_t od_builtin_count = $count;"
