#!/bin/sh
# Writes a Lua file as a C string: embed_lua.sh FILE NAME >NAME.c gives od_lua_NAME.
set -eu
echo '#include "lua/lua_files.h"'
echo
echo "const char od_lua_$2[] ="
sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/?/\\?/g' -e 's/^/    "/' -e 's/$/\\n"/' "$1"
echo '    ;'
