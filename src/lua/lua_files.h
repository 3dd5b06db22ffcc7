// Lua files that are compiled into the program (scripts/embed_lua.sh).
#ifndef OD_LUA_LUA_FILES_H
#define OD_LUA_LUA_FILES_H

// re.lua of LPeg.
extern const char od_lua_re[];

// Files of this folder.
extern const char od_lua_chunks[];
extern const char od_lua_references[];
extern const char od_lua_utf_range[];

#endif
