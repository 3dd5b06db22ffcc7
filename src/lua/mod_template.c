// pandoc.template: templates of documents.
#include "lua/modules.h"

#include "lua/template.h"

static int compile(lua_State *L) {
    static const od_signature SIGNATURE = {"compile", {"template", "templates_path"}};
    const od_slice text = od_text_argument(L, &SIGNATURE, 1);
    const char *const path = lua_isnoneornil(L, 2) ? NULL : od_text_argument(L, &SIGNATURE, 2).data;
    od_push_template(L, text, path);
    return 1;
}

static int apply(lua_State *L) {
    static const od_signature SIGNATURE = {"apply", {"template", "context"}};
    if (!lua_istable(L, 2)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, 2));
        od_while_retrieving(L, "Map");
        return od_raise_argument(L, &SIGNATURE, 2);
    }
    if (!od_push_applied_doc(L, 1, 2)) return od_argument_error(L, &SIGNATURE, 1, "Template");
    return 1;
}

// The template of what is no page: a title block, then the document.
static const char TEXT_TEMPLATE[] =
    "${if(titleblock)}\n${titleblock}\n\n${endif}\n"
    "${for(header-includes)}\n${it}\n\n${endfor}\n"
    "${for(include-before)}\n${it}\n\n${endfor}\n"
    "${if(toc)}\n${table-of-contents}\n\n${endif}\n"
    "${body}\n"
    "${for(include-after)}\n\n${it}\n${endfor}\n";

static int default_template(lua_State *L) {
    static const od_signature SIGNATURE = {"default", {"writer"}};
    static const char *const TEXTS[] = {"plain", "gfm", "commonmark", "commonmark_x", "markdown"};
    const char *name = "html";
    if (!lua_isnoneornil(L, 1)) name = od_text_argument(L, &SIGNATURE, 1).data;
    else if (lua_getglobal(L, "FORMAT") == LUA_TSTRING) name = lua_tostring(L, -1);
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (strcmp(name, TEXTS[i]) != 0) continue;
        lua_pushstring(L, TEXT_TEMPLATE);
        return 1;
    }
    if (strcmp(name, "json") == 0 || strcmp(name, "native") == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (!od_is_format(name))
        return od_error(L, "Could not find data file 'templates/default.%s'", name);
    if (od_is_caged(L) || !od_has_pandoc())
        return luaL_error(L, "pandoc.template.default: the template of '%s' is pandoc's and not "
                             "available here; write one, or run with --trust and pandoc installed",
                          name);
    const char *const arguments[] = {"pandoc", "-D", name, NULL};
    od_push_pandoc_output(L, arguments, (od_slice){0});
    return 1;
}

static int get(lua_State *L) {
    static const od_signature SIGNATURE = {"get", {"filename"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.template.get");
    od_push_file_contents(L, path);
    return 1;
}

static int meta_to_context(lua_State *L) {
    static const od_signature SIGNATURE = {"meta_to_context",
                                           {"meta", "blocks_writer", "inlines_writer"}};
    lua_settop(L, 3);
    if (!lua_istable(L, 1)) return od_argument_error(L, &SIGNATURE, 1, "table");
    for (int i = 2; i <= 3; i++)
        if (!lua_isfunction(L, i) && luaL_getmetafield(L, i, "__call") == LUA_TNIL)
            return od_argument_error(L, &SIGNATURE, i, "function");
    lua_settop(L, 3);
    lua_getglobal(L, "pandoc");
    lua_getfield(L, -1, "Meta");
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    lua_replace(L, 1);
    od_push_context(L, 1, 2, 3);
    return 1;
}

void od_open_template(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"apply", apply},
        {"compile", compile},
        {"default", default_template},
        {"get", get},
        {"meta_to_context", meta_to_context},
        {NULL, NULL},
    };
    od_open_templates(L);
    luaL_newlib(L, FUNCTIONS);
}
