#include "lua/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void od_push_metatable(lua_State *L, od_class class) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, od_host_of(L)->metatable_places[class]);
}

void od_push_list_metatable(lua_State *L, od_list_kind kind) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, od_host_of(L)->list_places[kind]);
}

void od_new_metatable(lua_State *L, od_class class, const char *name) {
    od_host *const host = od_host_of(L);
    lua_newtable(L);
    host->metatables[class] = lua_topointer(L, -1);
    lua_pushvalue(L, -1);
    host->metatable_places[class] = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
}

od_class od_class_at(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return OD_CLASS_NONE;
    const void *const identity = lua_topointer(L, -1);
    lua_pop(L, 1);
    const od_host *const host = od_host_of(L);
    for (int class = OD_CLASS_NONE + 1; class < OD_CLASS_COUNT; class++)
        if (host->metatables[class] == identity) return (od_class)class;
    return OD_CLASS_NONE;
}

void *od_to_class(lua_State *L, int index, od_class class) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    const void *const identity = lua_topointer(L, -1);
    lua_pop(L, 1);
    return od_host_of(L)->metatables[class] == identity ? lua_touserdata(L, index) : NULL;
}

bool od_is_list(lua_State *L, int index, od_list_kind kind) {
    if (lua_type(L, index) != LUA_TTABLE || !lua_getmetatable(L, index)) return false;
    const void *const identity = lua_topointer(L, -1);
    lua_pop(L, 1);
    return od_host_of(L)->lists[kind] == identity;
}

const char *od_type_name(lua_State *L, int index) {
    const od_host *const host = od_host_of(L);
    if (lua_isnoneornil(L, index) && (lua_isnone(L, index) || (host->function && host->missing)))
        return "no value";
    if (lua_type(L, index) == LUA_TUSERDATA || lua_type(L, index) == LUA_TTABLE) {
        index = lua_absindex(L, index);
        const int type = luaL_getmetafield(L, index, "__name");
        if (type != LUA_TNIL) {
            const char *const name = type == LUA_TSTRING ? lua_tostring(L, -1)
                                                         : lua_typename(L, lua_type(L, index));
            lua_pop(L, 1); // the metatable holds the string
            return name;
        }
    }
    return luaL_typename(L, index);
}

int od_error(lua_State *L, const char *format, ...) {
    char message[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    lua_pushstring(L, message);
    return lua_error(L);
}

int od_raise(lua_State *L) {
    od_host *const host = od_host_of(L);
    if (host->item) {
        lua_pushfstring(L, "\n\twhile retrieving index %I\n\twhile retrieving list",
                        (lua_Integer)host->item);
        lua_concat(L, 2);
    }
    if (host->function) {
        lua_pushfstring(L, "\n\twhile retrieving function argument %s"
                           "\n\twhile retrieving arguments for function %s",
                        host->argument, host->function);
        lua_concat(L, 2);
    }
    host->item = 0; // an error that is caught must not be told of the next
    host->function = NULL;
    return lua_error(L);
}

int od_expected(lua_State *L, const char *expected, int index) {
    lua_pushfstring(L, "%s expected, got %s", expected, od_type_name(L, index));
    return od_raise(L);
}

// ---- frames -------------------------------------------------------------------------------------

od_frame *od_frames_push(od_frames *frames) {
    od_host *const host = frames->host;
    const size_t place = frames->base + frames->depth;
    if (place == host->frame_capacity) {
        const size_t capacity = place ? place * 2 : 64;
        od_frame *const moved = realloc(host->frames, capacity * sizeof *moved);
        if (!moved) {
            od_run_out(capacity * sizeof *moved);
        }
        host->frames = moved;
        host->frame_capacity = capacity;
    }
    frames->depth++;
    host->frame_top = place + 1;
    host->frames[place] = (od_frame){0};
    return &host->frames[place];
}

// ---- visits -------------------------------------------------------------------------------------

od_visit od_visit_begin(od_host *host, const od_node *node) {
    od_visit visit = {.frames = od_frames_begin(host)};
    od_frames_push(&visit.frames)->pending = node;
    return visit;
}

bool od_visit_next(od_visit *visit, bool skip) {
    od_frames *const frames = &visit->frames;
    od_frame *frame = od_frames_top(frames);
    if (frame->pending) { // the very first
        frame->node = frame->pending;
        frame->pending = NULL;
        visit->at = frame->node;
        visit->leaving = false;
        return true;
    }
    if (!visit->leaving && !skip && visit->at->first) {
        frame = od_frames_push(frames);
        visit->at = frame->node = visit->at->first;
        return true;
    }
    if (!visit->leaving) {
        visit->leaving = true;
        return true;
    }
    if (frames->depth == 1) {
        od_frames_pop(frames);
        return false;
    }
    if (visit->at->next) {
        visit->at = frame->node = visit->at->next;
        visit->leaving = false;
        return true;
    }
    od_frames_pop(frames);
    visit->at = od_frames_top(frames)->node;
    return true;
}
