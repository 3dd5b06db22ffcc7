// Modules of filters: what touches the system, and what a cage refuses. The rest is in
// tests/filters/probes, compared with pandoc.
#include "lua/filter.h"
#include "lua/modules.h"

#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

// In front of each script: eq(got, wanted) and refused(function, …).
static const char PRELUDE[] =
    "local s, m = pandoc.system, pandoc.mediabag\n"
    "local function eq(a, b)\n"
    "  if a ~= b then error(tostring(a) .. ' is not ' .. tostring(b), 2) end\n"
    "end\n"
    "local function refused(f, ...)\n"
    "  local ok, e = pcall(f, ...)\n"
    "  if ok or not tostring(e):find('run with --trust', 1, true) then error(tostring(e), 2) end\n"
    "end\n"
    "local function fails(text, f, ...)\n"
    "  local ok, e = pcall(f, ...)\n"
    "  if ok or not tostring(e):find(text, 1, true) then error(tostring(e), 2) end\n"
    "end\n";

static void open_caged(lua_State *L, void *context) {
    (void)context;
    luaL_openlibs(L);
    lua_pushboolean(L, true);
    lua_setfield(L, LUA_REGISTRYINDEX, OD_CAGED_FIELD);
}

static void run(const char *script, bool caged) {
    od_arena arena = {0};
    od_filter_failure failure = {0};
    const od_filter_settings settings = {
        .path = "test.lua", .format = "html", .open = caged ? open_caged : NULL};
    od_filter *const filter = od_filter_open(&settings, &failure);
    assert_non_null(filter);
    const od_slice source = od_arena_concat(&arena, od_slice_of(PRELUDE), od_slice_of(script),
                                            OD_SLICE("\nreturn {{}}"));
    const od_status status = od_filter_load(filter, source, &failure);
    if (status != OD_OK)
        print_error("%.*s\n", (int)failure.message.size, failure.message.data);
    assert_int_equal(status, OD_OK);
    od_filter_close(filter);
    od_arena_free(&arena);
}

static void files_are_made_read_and_removed(void **state) {
    (void)state;
    run("local gone = s.with_temporary_directory('od', function(dir)\n"
        "  s.make_directory(dir .. '/a/b', true)\n"
        "  s.write_file(dir .. '/a/f', 'x\\0y')\n"
        "  eq(s.read_file(dir .. '/a/f'), 'x\\0y')\n"
        "  s.copy(dir .. '/a/f', dir .. '/g')\n"
        "  s.rename(dir .. '/g', dir .. '/h')\n"
        "  local l = s.list_directory(dir) table.sort(l) eq(table.concat(l, ' '), 'a h')\n"
        "  s.remove(dir .. '/h')\n"
        "  fails('Directory not empty', s.remove_directory, dir .. '/a')\n"
        "  fails('already exists', s.make_directory, dir .. '/a')\n"
        "  s.remove_directory(dir .. '/a', true)\n"
        "  eq(#s.list_directory(dir), 0)\n"
        "  return dir\n"
        "end)\n"
        "eq(pandoc.path.exists(gone), false)",
        false);
}

static void folders_and_variables_are_put_back(void **state) {
    (void)state;
    run("local here, path = s.get_working_directory(), os.getenv 'PATH'\n"
        "eq(s.with_working_directory('/', s.get_working_directory), '/')\n"
        "fails('x', s.with_working_directory, '/', function() error 'x' end)\n"
        "eq(s.get_working_directory(), here)\n"
        "eq(s.with_environment({A = 'b'}, function() return s.environment().A end), 'b')\n"
        "eq(os.getenv 'PATH', path) eq(os.getenv 'A', nil)",
        false);
}

static void commands_get_input_and_give_output(void **state) {
    (void)state;
    run("eq(pandoc.pipe('tr', {'a-z', 'A-Z'}, 'hello'), 'HELLO')\n"
        "eq(#pandoc.pipe('cat', {}, ('x'):rep(1000000)), 1000000)\n"
        "eq(pandoc.pipe('true', {}, ('x'):rep(1000000)), '')\n"
        "local ok, e = pcall(pandoc.pipe, 'sh', {'-c', 'echo out; exit 3'}, '')\n"
        "eq(ok, false) eq(e.command, 'sh') eq(e.error_code, 3) eq(e.output, 'out\\n')\n"
        "fails('No such file', pandoc.pipe, './no-such-command', {}, '')\n"
        "local code, out, err = s.command('sh', {'-c', 'cat; echo e >&2; exit 2'}, 'in')\n"
        "eq(code, 2) eq(out, 'in') eq(err, 'e\\n')\n"
        "eq(s.command('true', {}), false)",
        false);
}

static void bags_are_written_and_files_fetched(void **state) {
    (void)state;
    run("s.with_temporary_directory('od', function(dir)\n"
        "  m.empty() m.insert('img/a.png', nil, 'PNG') m.insert('b.txt', nil, 'B')\n"
        "  m.write(dir .. '/all')\n"
        "  eq(s.read_file(dir .. '/all/img/a.png'), 'PNG')\n"
        "  eq(s.read_file(dir .. '/all/b.txt'), 'B')\n"
        "  m.write(dir .. '/one', 'b.txt') eq(#s.list_directory(dir .. '/one'), 1)\n"
        "  local mime, data = m.fetch(dir .. '/all/img/a.png')\n"
        "  eq(mime, 'image/png') eq(data, 'PNG')\n"
        "  fails('network', m.fetch, 'https://example.org/x.png')\n"
        "end)",
        false);
}

static void templates_find_partials(void **state) {
    (void)state;
    run("s.with_temporary_directory('od', function(dir)\n"
        "  s.write_file(dir .. '/q.txt', 'Q$it$\\n')\n"
        "  local t = pandoc.template.compile('$q()$|$x:q()$', dir .. '/p.txt')\n"
        "  eq(tostring(pandoc.template.apply(t, {x = 1})), 'Q|Q1')\n"
        "end)",
        false);
}

static void filters_run_filters(void **state) {
    (void)state;
    run("s.with_temporary_directory('od', function(dir)\n"
        "  local doc = pandoc.Pandoc{pandoc.Para'old'}\n"
        "  s.write_file(dir .. '/f.lua', 'function Str(e) return pandoc.Str(e.text .. 1) end')\n"
        "  eq(pandoc.utils.stringify(pandoc.utils.run_lua_filter(doc, dir .. '/f.lua')), 'old1')\n"
        "  eq(Str, nil)\n"
        "  s.write_file(dir .. '/g', '#!/bin/sh\\nsed s/old/new/')\n"
        "  pandoc.pipe('chmod', {'+x', dir .. '/g'}, '')\n"
        "  eq(pandoc.utils.stringify(pandoc.utils.run_json_filter(doc, dir .. '/g')), 'new')\n"
        "end)",
        false);
}

static void a_cage_refuses_and_says_so(void **state) {
    (void)state;
    run("for _, f in ipairs{s.read_file, s.list_directory, s.make_directory, s.remove, s.times,\n"
        "                   s.remove_directory, s.xdg, pandoc.path.exists, pandoc.template.get,\n"
        "                   m.fetch, m.write} do\n"
        "  refused(f, 'x')\n"
        "end\n"
        "refused(s.write_file, 'x', 'y') refused(s.copy, 'x', 'y') refused(s.rename, 'x', 'y')\n"
        "refused(s.get_working_directory) refused(s.environment)\n"
        "refused(s.with_environment, {}, print) refused(s.with_working_directory, '/', print)\n"
        "refused(s.with_temporary_directory, 'x', print) refused(s.command, 'ls', {})\n"
        "refused(pandoc.pipe, 'ls', {}, '') refused(pandoc.template.compile, '$x()$', 'y')\n"
        "refused(pandoc.utils.run_lua_filter, pandoc.Pandoc{}, 'x')\n"
        "refused(pandoc.utils.run_json_filter, pandoc.Pandoc{}, 'x')\n"
        "refused(pandoc.utils.citeproc, pandoc.Pandoc{}) refused(pandoc.read, 'x', 'rst')\n"
        "refused(pandoc.write, pandoc.Pandoc{}, 'latex')\n"
        "refused(pandoc.text.toencoding, 'x', 'GBK')\n"
        "eq(m.fetch 'data:text/plain,hi', 'text/plain')\n"
        "eq(pandoc.text.fromencoding('\\xe9', 'latin1'), 'é')",
        true);
}

static void what_is_missing_names_itself(void **state) {
    (void)state;
    run("fails('pandoc.zip.zip is not available here', pandoc.zip.zip, {})\n"
        "fails('pandoc.cli.parse_options is not available here', pandoc.cli.parse_options, {})\n"
        "fails(\"'ansi' is not available\", pandoc.layout.render, 'a', nil, 'ansi')\n"
        "fails(\"'number_sections' is not available\", pandoc.write, pandoc.Pandoc{}, 'gfm',\n"
        "      {number_sections = true})",
        false);
}

static void images_tell_their_size(void **state) {
    (void)state;
    run("local function size(data, w, h, dpi)\n"
        "  local i = pandoc.image.size(data)\n"
        "  eq(i.width, w) eq(i.height, h) eq(i.dpi_horz, dpi)\n"
        "end\n"
        "size('\\137PNG\\r\\n\\26\\n\\0\\0\\0\\rIHDR\\0\\0\\1\\16\\0\\0\\0\\32\\8\\6\\0\\0\\0',\n"
        "     272, 32, 72)\n"
        "size('GIF89a\\16\\0\\32\\0', 16, 32, 72)\n"
        "size('\\xff\\xd8\\xff\\xe0\\0\\16JFIF\\0\\1\\1\\1\\0\\x60\\0\\x60\\0\\0'\n"
        "     .. '\\xff\\xc0\\0\\17\\8\\0\\32\\0\\16\\3\\1\\34\\0', 16, 32, 96)\n"
        "size('<svg width=\"1in\" height=\"48pt\"/>', 96, 64, 96)\n"
        "size('<svg viewBox=\"0 0 10 20\"/>', 10, 20, 96)\n"
        "eq(pandoc.image.format 'x', nil) eq(pandoc.image.format '%PDF-1', 'pdf')",
        false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_made_read_and_removed),
        cmocka_unit_test(folders_and_variables_are_put_back),
        cmocka_unit_test(commands_get_input_and_give_output),
        cmocka_unit_test(bags_are_written_and_files_fetched),
        cmocka_unit_test(templates_find_partials),
        cmocka_unit_test(filters_run_filters),
        cmocka_unit_test(a_cage_refuses_and_says_so),
        cmocka_unit_test(what_is_missing_names_itself),
        cmocka_unit_test(images_tell_their_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
