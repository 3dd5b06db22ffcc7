// Scripts: Lua in the environment of filters, without a document.
#ifndef OD_LUA_SCRIPT_H
#define OD_LUA_SCRIPT_H

#include "lua/filter.h"

// Runs `source` in the state of `filter`; `name` is what Lua calls it ("@path", "=(command line)"), and
// `arguments` are its `...`.
//
// Errors: OD_INVALID with `*failure`.
od_status od_script_run(od_filter *filter, od_slice source, const char *name,
                        const char *const *arguments, size_t count, od_filter_failure *failure);

// Runs what was typed at a prompt, an expression or statements; what it returns goes to `print`.
//
// Errors: OD_INVALID with `*failure`; with `*incomplete` the text is only the start of something.
od_status od_script_type(od_filter *filter, od_slice text, bool *incomplete,
                         od_filter_failure *failure);

#endif
