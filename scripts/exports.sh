#!/bin/sh
# Prints a linker version script with the functions that the header $1 declares and nothing else.
printf '{\nglobal:\n'
sed 's|//.*||' "$1" | grep -o '\bod_[a-z0-9_]*(' | tr -d '(' | sort -u | sed 's/.*/    &;/'
printf 'local:\n    *;\n};\n'
