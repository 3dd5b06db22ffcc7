// Modules: what stands in `pandoc` beside the elements, and the libraries lpeg and re.
//
// A module that touches the system asks od_check_trust first: a filter in a cage gets an error that
// names the function and the way out. What pandoc has and is not provided raises an error, too.
#ifndef OD_LUA_MODULES_H
#define OD_LUA_MODULES_H

#include "document/ast.h"
#include "document/format.h"
#include "lua/arguments.h"

// Field of the registry that is true when the filter runs in a cage.
#define OD_CAGED_FIELD "orgdraft.caged"

// Whether the filter runs in a cage.
bool od_is_caged(lua_State *L);

// Raises an error when the filter runs in a cage; `name` is the function that was called.
void od_check_trust(lua_State *L, const char *name);

// Adds all modules to the table `pandoc` on top of the stack and makes them known to `require`.
void od_open_modules(lua_State *L);

// Push the modules.
void od_open_cli(lua_State *L);
void od_open_format(lua_State *L);
void od_open_image(lua_State *L);
void od_open_json(lua_State *L);
void od_open_layout(lua_State *L);
void od_open_log(lua_State *L);
void od_open_mediabag(lua_State *L);
void od_open_path(lua_State *L);
void od_open_scaffolding(lua_State *L);
void od_open_structure(lua_State *L);
void od_open_system(lua_State *L);
void od_open_template(lua_State *L);
void od_open_text(lua_State *L);
void od_open_types(lua_State *L);
void od_open_zip(lua_State *L);

// Pushes what a file holds, or writes it anew; raises an error that says why not (mod_system.c).
void od_push_file_contents(lua_State *L, const char *path);
void od_write_file(lua_State *L, const char *path, od_slice contents);

// Pushes the text of the format that the value at `index` is, a string or a table, or `fallback`
// when it is nil; and reads it, raising pandoc's errors (mod_read.c).
od_slice od_push_format_text(lua_State *L, const od_signature *signature, int index,
                             const char *fallback);
od_format_spec od_check_format(lua_State *L, od_arena *arena, od_slice text, od_format_use use);

// Raises the error for a format, or an extension of it (OD_EXTENSION_COUNT: none), that `function`
// does not have; `known` lists the formats that it has.
int od_refuse_format(lua_State *L, const char *function, od_slice format, od_extension lacking,
                     const char *known);

// Pushes what the program pandoc prints; raises an error when it fails.
void od_push_pandoc_output(lua_State *L, const char *const *arguments, od_slice input);

// Likewise with a document on its standard input, in the version of JSON that it takes.
void od_push_pandoc_of_json(lua_State *L, const char *const *arguments, const od_node *root,
                            const od_node *meta);

// Whether pandoc can read or write `name`.
bool od_is_format(const char *name);

// Whether there is a program pandoc in PATH.
bool od_has_pandoc(void);

// Push `text` in upper or lower case, or with its code points from last to first (mod_text.c).
void od_push_case(lua_State *L, od_slice text, bool upper);
void od_push_reversed(lua_State *L, od_slice text);

// Sets the globals lpeg and re, which `require` knows too.
void od_open_lpeg(lua_State *L);

// Add functions to the table `pandoc` on top of the stack: read, write, ReaderOptions, …
void od_add_options(lua_State *L);
void od_add_pipe(lua_State *L);
void od_add_read(lua_State *L);
void od_add_utils(lua_State *L);
void od_add_write(lua_State *L);

#endif
