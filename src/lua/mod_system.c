// pandoc.system and pandoc.pipe: what touches the system. A caged filter gets none of it.
//
// Errors read as those of Haskell's libraries: FILE: FUNCTION: KIND (REASON).
#include "lua/modules.h"

#include "lua/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

// ---- errors -------------------------------------------------------------------------------------

static const char *kind_of(int error) {
    switch (error) {
    case ENOENT: return "does not exist";
    case EEXIST: return "already exists";
    case EACCES:
    case EPERM:
    case EROFS: return "permission denied";
    case ENOTEMPTY: return "unsatisfied constraints";
    case ENOTDIR:
    case EISDIR: return "inappropriate type";
    case EBUSY: return "resource busy";
    case ENOSPC: return "resource exhausted";
    case EINVAL: return "invalid argument";
    default: return "failed";
    }
}

// Raises the present errno for `path`.
static int fail(lua_State *L, const char *path, const char *function) {
    const int error = errno;
    return od_error(L, "%s: %s: %s (%s)", path, function, kind_of(error), strerror(error));
}

// ---- directories --------------------------------------------------------------------------------

static int close_folder(lua_State *L) {
    DIR **const folder = lua_touserdata(L, 1);
    if (*folder) closedir(*folder);
    *folder = NULL;
    return 0;
}

// Pushes a place for a DIR that Lua closes.
static DIR **push_folder(lua_State *L) {
    DIR **const folder = lua_newuserdatauv(L, sizeof *folder, 0);
    *folder = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close_folder);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return folder;
}

static int list_directory(lua_State *L) {
    static const od_signature SIGNATURE = {"list_directory", {"directory"}};
    const char *const path = lua_isnoneornil(L, 1) ? "." : od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.system.list_directory");
    DIR **const folder = push_folder(L);
    *folder = opendir(path);
    if (!*folder) return fail(L, path, "getDirectoryContents:openDirStream");
    lua_newtable(L);
    lua_Integer count = 0;
    for (const struct dirent *entry; (entry = readdir(*folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        lua_pushstring(L, entry->d_name);
        lua_rawseti(L, -2, ++count);
    }
    closedir(*folder);
    *folder = NULL;
    return 1;
}

// Makes all folders of `path`, which it changes and puts back; 0 or -1 with errno.
static int make_folders(char *path) {
    for (char *at = path + 1; *at; at++) {
        if (*at != '/') continue;
        *at = '\0';
        const int status = mkdir(path, 0777);
        *at = '/';
        if (status != 0 && errno != EEXIST) return -1;
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

static int make_directory(lua_State *L) {
    static const od_signature SIGNATURE = {"make_directory", {"dirname", "create_parent"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    od_check_trust(L, "pandoc.system.make_directory");
    int status;
    if (lua_toboolean(L, 2) && path.size) {
        char *const copy = lua_newuserdatauv(L, path.size + 1, 0);
        memcpy(copy, path.data, path.size + 1);
        status = make_folders(copy);
    } else {
        status = mkdir(path.data, 0777);
    }
    return status == 0 ? 0 : fail(L, path.data, "createDirectory");
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static int remove_tree(const char *path) {
    return nftw(path, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

static int remove_directory(lua_State *L) {
    static const od_signature SIGNATURE = {"remove_directory", {"dirname", "recursive"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.system.remove_directory");
    const int status = lua_toboolean(L, 2) ? remove_tree(path) : rmdir(path);
    return status == 0 ? 0 : fail(L, path, "removeDirectory");
}

// Pushes the present folder.
static void push_present_folder(lua_State *L) {
    char *const path = getcwd(NULL, 0);
    if (!path) fail(L, ".", "getWorkingDirectory");
    lua_pushstring(L, path);
    free(path);
}

static int get_working_directory(lua_State *L) {
    od_check_trust(L, "pandoc.system.get_working_directory");
    push_present_folder(L);
    return 1;
}

// ---- files --------------------------------------------------------------------------------------

static int close_file(lua_State *L) {
    FILE **const file = lua_touserdata(L, 1);
    if (*file) fclose(*file);
    *file = NULL;
    return 0;
}

// Opens a file, on top of the stack, that Lua closes.
static FILE **push_file(lua_State *L, const char *path, const char *mode) {
    FILE **const file = lua_newuserdatauv(L, sizeof *file, 0);
    *file = NULL;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close_file);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    *file = fopen(path, mode);
    if (!*file) fail(L, path, "withBinaryFile");
    return file;
}

static void shut_file(lua_State *L, FILE **file, const char *path) {
    FILE *const open = *file;
    *file = NULL;
    if (fclose(open) != 0) fail(L, path, "withBinaryFile");
}

void od_push_file_contents(lua_State *L, const char *path) {
    FILE **const file = push_file(L, path, "rb");
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (size_t got = 1; got;) {
        char *const bytes = luaL_prepbuffer(&out);
        got = fread(bytes, 1, LUAL_BUFFERSIZE, *file);
        luaL_addsize(&out, got);
    }
    if (ferror(*file)) fail(L, path, "withBinaryFile");
    luaL_pushresult(&out);
    shut_file(L, file, path);
    lua_remove(L, -2);
}

void od_write_file(lua_State *L, const char *path, od_slice contents) {
    FILE **const file = push_file(L, path, "wb");
    if (fwrite(contents.data, 1, contents.size, *file) != contents.size)
        fail(L, path, "withBinaryFile");
    shut_file(L, file, path);
    lua_pop(L, 1);
}

static int read_file(lua_State *L) {
    static const od_signature SIGNATURE = {"read_file", {"filepath"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.system.read_file");
    od_push_file_contents(L, path);
    return 1;
}

static int write_file(lua_State *L) {
    static const od_signature SIGNATURE = {"write_file", {"filepath", "contents"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    const od_slice contents = od_text_argument(L, &SIGNATURE, 2);
    od_check_trust(L, "pandoc.system.write_file");
    od_write_file(L, path, contents);
    return 0;
}

static int copy(lua_State *L) {
    static const od_signature SIGNATURE = {"copy", {"source", "target"}};
    const char *const source = od_text_argument(L, &SIGNATURE, 1).data;
    const char *const target = od_text_argument(L, &SIGNATURE, 2).data;
    od_check_trust(L, "pandoc.system.copy");
    struct stat status;
    const bool known = stat(source, &status) == 0;
    od_push_file_contents(L, source);
    od_write_file(L, target, od_read_text(L, -1));
    if (known && chmod(target, status.st_mode & 07777) != 0) return fail(L, target, "copyFile");
    return 0;
}

static int remove_file(lua_State *L) {
    static const od_signature SIGNATURE = {"remove", {"filename"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.system.remove");
    return unlink(path) == 0 ? 0 : fail(L, path, "removeLink");
}

static int rename_file(lua_State *L) {
    static const od_signature SIGNATURE = {"rename", {"old", "new"}};
    const char *const old = od_text_argument(L, &SIGNATURE, 1).data;
    const char *const new = od_text_argument(L, &SIGNATURE, 2).data;
    od_check_trust(L, "pandoc.system.rename");
    return rename(old, new) == 0 ? 0 : fail(L, old, "renamePath:rename");
}

// Pushes a time as pandoc does: `2024-05-01 12:00:00.5 UTC`.
static void push_time(lua_State *L, struct timespec time) {
    char text[64], fraction[16];
    struct tm parts;
    gmtime_r(&time.tv_sec, &parts);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    int size = snprintf(fraction, sizeof fraction, ".%09ld", time.tv_nsec);
    while (size && (fraction[size - 1] == '0' || fraction[size - 1] == '.')) size--;
    if (!time.tv_nsec) size = 0;
    fraction[size] = '\0';
    lua_pushfstring(L, "%s%s UTC", text, fraction);
}

static int times(lua_State *L) {
    static const od_signature SIGNATURE = {"times", {"filepath"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    od_check_trust(L, "pandoc.system.times");
    struct stat status;
    if (stat(path, &status) != 0) return fail(L, path, "getFileStatus");
    push_time(L, status.st_mtim);
    push_time(L, status.st_atim);
    return 2;
}

// ---- the environment ----------------------------------------------------------------------------

static int environment(lua_State *L) {
    od_check_trust(L, "pandoc.system.environment");
    lua_newtable(L);
    for (char *const *entry = environ; entry && *entry; entry++) {
        const char *const equals = strchr(*entry, '=');
        if (!equals) continue;
        lua_pushlstring(L, *entry, (size_t)(equals - *entry));
        lua_pushstring(L, equals + 1);
        lua_rawset(L, -3);
    }
    return 1;
}

// Replaces the environment by the table at `index`.
static void set_environment(lua_State *L, int index) {
    clearenv();
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && lua_isstring(L, -1))
            setenv(lua_tostring(L, -2), lua_tostring(L, -1), 1);
}

// Calls the function at `function` with the values above `function`, puts back what `restore` does
// with the value at `saved`, and gives the results or the error on.
static int call_and_restore(lua_State *L, int function, int saved,
                            void (*restore)(lua_State *L, int saved)) {
    const int status = lua_pcall(L, lua_gettop(L) - function, LUA_MULTRET, 0);
    restore(L, saved);
    if (status != LUA_OK) return lua_error(L);
    return lua_gettop(L) - function + 1;
}

static int with_environment(lua_State *L) {
    static const od_signature SIGNATURE = {"with_environment", {"environment", "callback"}};
    if (!lua_istable(L, 1)) return od_argument_error(L, &SIGNATURE, 1, "table");
    if (!lua_isfunction(L, 2)) return od_argument_error(L, &SIGNATURE, 2, "function");
    od_check_trust(L, "pandoc.system.with_environment");
    lua_settop(L, 2);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || !lua_isstring(L, -1))
            return od_argument_error(L, &SIGNATURE, 1, "table of strings");
    }
    lua_pushcfunction(L, environment);
    lua_call(L, 0, 1);
    set_environment(L, 1);
    lua_pushvalue(L, 2);
    return call_and_restore(L, 4, 3, set_environment);
}

static void restore_folder(lua_State *L, int saved) {
    const char *const path = lua_tostring(L, saved);
    if (chdir(path) != 0) fail(L, path, "changeWorkingDirectory");
}

static int with_working_directory(lua_State *L) {
    static const od_signature SIGNATURE = {"with_working_directory", {"directory", "callback"}};
    const char *const path = od_text_argument(L, &SIGNATURE, 1).data;
    if (!lua_isfunction(L, 2)) return od_argument_error(L, &SIGNATURE, 2, "function");
    od_check_trust(L, "pandoc.system.with_working_directory");
    lua_settop(L, 2);
    push_present_folder(L);
    if (chdir(path) != 0) return fail(L, path, "changeWorkingDirectory");
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 1);
    return call_and_restore(L, 4, 3, restore_folder);
}

static void restore_nothing(lua_State *L, int saved) {
    remove_tree(lua_tostring(L, saved));
}

static int with_temporary_directory(lua_State *L) {
    static const od_signature SIGNATURE = {"with_temporary_directory",
                                           {"parent_dir", "templ", "callback"}};
    if (lua_gettop(L) < 3) {
        lua_pushnil(L);
        lua_insert(L, 1);
    }
    const char *const set = getenv("TMPDIR");
    const char *const parent = lua_isnil(L, 1) ? (set && *set ? set : "/tmp")
                                               : od_text_argument(L, &SIGNATURE, 1).data;
    const char *const name = od_text_argument(L, &SIGNATURE, 2).data;
    if (!lua_isfunction(L, 3)) return od_argument_error(L, &SIGNATURE, 3, "function");
    od_check_trust(L, "pandoc.system.with_temporary_directory");
    lua_settop(L, 3);
    const od_slice path = od_slice_of(lua_pushfstring(L, "%s/%s-XXXXXX", parent, name));
    char *const made = lua_newuserdatauv(L, path.size + 1, 0);
    memcpy(made, path.data, path.size + 1);
    if (!mkdtemp(made)) return fail(L, parent, "createDirectory");
    lua_pushstring(L, made);
    lua_pushvalue(L, 3);
    lua_pushvalue(L, 6);
    return call_and_restore(L, 7, 6, restore_nothing);
}

static int cpu_time(lua_State *L) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    // Picoseconds, of which pandoc shows whole microseconds.
    const lua_Integer seconds = (lua_Integer)time.tv_sec;
    lua_pushinteger(L, seconds * 1000000000000 + (lua_Integer)time.tv_nsec / 1000 * 1000000);
    return 1;
}

// The folders of the XDG Base Directory Specification.
static int xdg(lua_State *L) {
    static const struct {
        const char *kind, *variable, *below_home;
    } KINDS[] = {{"config", "XDG_CONFIG_HOME", ".config"},
                 {"data", "XDG_DATA_HOME", ".local/share"},
                 {"cache", "XDG_CACHE_HOME", ".cache"},
                 {"state", "XDG_STATE_HOME", ".local/state"}};
    static const od_signature SIGNATURE = {"xdg", {"xdg_directory_type", "filepath"}};
    const char *const kind = od_text_argument(L, &SIGNATURE, 1).data;
    const char *const path = lua_isnoneornil(L, 2) ? NULL : od_text_argument(L, &SIGNATURE, 2).data;
    od_check_trust(L, "pandoc.system.xdg");
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (strncmp(kind, KINDS[i].kind, strlen(KINDS[i].kind)) != 0) continue;
        const char *const set = getenv(KINDS[i].variable), *const home = getenv("HOME");
        if (set && *set == '/') lua_pushstring(L, set);
        else lua_pushfstring(L, "%s/%s", home ? home : "", KINDS[i].below_home);
        if (path && *path) lua_pushfstring(L, "%s/%s", lua_tostring(L, -1), path);
        return 1;
    }
    return od_error(L, "xdg: unknown kind of directory '%s'; known are config, data, cache, state",
                    kind);
}

// ---- processes ----------------------------------------------------------------------------------

// Pushes the list at `index` as arguments: a block of NULL-closed pointers after `command`.
static char **push_arguments(lua_State *L, const od_signature *signature, int index) {
    const lua_Integer count = od_list_argument(L, signature, index);
    char **const arguments = lua_newuserdatauv(L, ((size_t)count + 2) * sizeof *arguments, 1);
    lua_newtable(L); // keeps the texts of numbers
    arguments[0] = (char *)(uintptr_t)lua_tostring(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        arguments[i] = (char *)(uintptr_t)od_push_text_item(L, signature, index, i).data;
        lua_rawseti(L, -2, i);
    }
    arguments[count + 1] = NULL;
    lua_setiuservalue(L, -2, 1);
    return arguments;
}

static int command(lua_State *L) {
    static const od_signature SIGNATURE = {"command", {"command", "args", "input", "opts"}};
    od_text_argument(L, &SIGNATURE, 1);
    const od_slice input =
        lua_isnoneornil(L, 3) ? (od_slice){0} : od_text_argument(L, &SIGNATURE, 3);
    od_check_trust(L, "pandoc.system.command");
    lua_settop(L, 3);
    char **const arguments = push_arguments(L, &SIGNATURE, 2);
    const int code = od_run_process(L, arguments, input, true); // pushes output and errors
    if (code) lua_pushinteger(L, code);
    else lua_pushboolean(L, false);
    lua_insert(L, -3);
    return 3;
}

static int pipe_error_to_string(lua_State *L) {
    lua_getfield(L, 1, "command");
    lua_getfield(L, 1, "error_code");
    lua_getfield(L, 1, "output");
    const char *const command_name = lua_tostring(L, -3), *const output = lua_tostring(L, -1);
    lua_pushfstring(L, "Error running %s (error code %d): %s", command_name ? command_name : "",
                    (int)lua_tointeger(L, -2), output && *output ? output : "<no output>");
    return 1;
}

// Raises the table that pandoc raises when a command fails; its output is on top of the stack.
static int raise_pipe_error(lua_State *L, int code) {
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "command");
    lua_pushinteger(L, code);
    lua_setfield(L, -2, "error_code");
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "output");
    if (luaL_newmetatable(L, "pandoc pipe error")) {
        lua_pushcfunction(L, pipe_error_to_string);
        lua_setfield(L, -2, "__tostring");
    }
    lua_setmetatable(L, -2);
    return lua_error(L);
}

static int pipe_command(lua_State *L) {
    static const od_signature SIGNATURE = {"pipe", {"command", "args", "input"}};
    od_text_argument(L, &SIGNATURE, 1);
    od_list_argument(L, &SIGNATURE, 2);
    const od_slice input = od_text_argument(L, &SIGNATURE, 3);
    od_check_trust(L, "pandoc.pipe");
    lua_settop(L, 3);
    char **const arguments = push_arguments(L, &SIGNATURE, 2);
    const int code = od_run_process(L, arguments, input, false);
    return code ? raise_pipe_error(L, code) : 1;
}

void od_add_pipe(lua_State *L) {
    lua_pushcfunction(L, pipe_command);
    lua_setfield(L, -2, "pipe");
}

// Haskell's name of the machine.
static const char *machine(const struct utsname *name) {
    static const char *const NAMES[][2] = {
        {"arm64", "aarch64"}, {"i686", "i386"}, {"amd64", "x86_64"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (strcmp(name->machine, NAMES[i][0]) == 0) return NAMES[i][1];
    return name->machine;
}

void od_open_system(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"command", command},
        {"copy", copy},
        {"cputime", cpu_time},
        {"environment", environment},
        {"get_working_directory", get_working_directory},
        {"list_directory", list_directory},
        {"make_directory", make_directory},
        {"read_file", read_file},
        {"remove", remove_file},
        {"remove_directory", remove_directory},
        {"rename", rename_file},
        {"times", times},
        {"with_environment", with_environment},
        {"with_temporary_directory", with_temporary_directory},
        {"with_working_directory", with_working_directory},
        {"write_file", write_file},
        {"xdg", xdg},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
    struct utsname name;
    uname(&name);
    lua_pushstring(L, strcmp(name.sysname, "Darwin") == 0 ? "darwin" : "linux");
    lua_setfield(L, -2, "os");
    lua_pushstring(L, machine(&name));
    lua_setfield(L, -2, "arch");
}
