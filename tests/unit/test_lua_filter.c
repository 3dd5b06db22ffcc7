// Filters: running, what they leave alone, what they are told when they fail.
#include "base/buf.h"
#include "lua/filter.h"

#include <lauxlib.h>
#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

// "one *two* three" as a reader leaves it.
static const char TEXT[] = "one *two* three";

typedef struct fixture {
    od_arena arena;
    od_node *root, *meta, *para;
    od_filter_failure failure;
} fixture;

static od_node *add(fixture *f, od_node *parent, od_node_type type, size_t start, size_t end) {
    od_node *const node = od_node_new(&f->arena, type, (od_span){start, end});
    if (type == OD_TEXT) node->leaf.text = (od_slice){TEXT + start, end - start};
    od_node_append(parent, node);
    return node;
}

static fixture begin(void) {
    fixture f = {0};
    f.root = od_node_new(&f.arena, OD_ROOT, (od_span){0, 15});
    f.meta = od_node_new(&f.arena, OD_META_MAP, OD_NO_SPAN);
    f.para = add(&f, f.root, OD_PARA, 0, 15);
    add(&f, f.para, OD_TEXT, 0, 4);
    add(&f, add(&f, f.para, OD_EMPH, 4, 9), OD_TEXT, 5, 8);
    add(&f, f.para, OD_TEXT, 9, 15);
    return f;
}

static od_status run_with(fixture *f, const od_filter_settings *settings, const char *script) {
    od_filter *const filter = od_filter_open(settings, &f->failure);
    assert_non_null(filter);
    assert_null(f->failure.message.data);
    od_status status = od_filter_load(filter, od_slice_of(script), &f->failure);
    if (status == OD_OK) status = od_filter_run(filter, &f->arena, &f->root, &f->meta, &f->failure);
    if (status != OD_OK) f->failure.message = od_arena_copy(&f->arena, f->failure.message);
    od_filter_close(filter);
    return status;
}

static od_status run(fixture *f, const char *script) {
    return run_with(f, &(od_filter_settings){.path = "test.lua", .format = "html"}, script);
}

// The words and tags of the tree: "Para(one Emph(two) three)"; checks all links on the way.
static void put_tree(od_buf *out, const od_node *parent) {
    const od_node *last = NULL;
    for (const od_node *node = parent->first; node; node = node->next) {
        assert_ptr_equal(node->parent, parent);
        assert_int_equal(node->flags & (OD_FRESH | OD_BORROWED), 0);
        last = node;
        if (node->type == OD_TEXT) {
            od_buf_add(out, node->leaf.text);
            continue;
        }
        od_buf_text(out, od_node_type_name((od_node_type)node->type));
        od_buf_text(out, "(");
        put_tree(out, node);
        od_buf_text(out, ")");
    }
    assert_ptr_equal(parent->last, last);
}

static void assert_tree(const fixture *f, const char *expected) {
    od_buf out = {0};
    put_tree(&out, f->root);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
}

static void test_nothing_changed(void **state) {
    (void)state;
    fixture f = begin();
    const od_node *const root = f.root;
    assert_int_equal(run(&f, "function Str(s) s.text = 'lost' end function Emph(e) return e end"),
                     OD_OK);
    assert_ptr_equal(f.root, root);
    od_arena_free(&f.arena);
}

static void test_changed(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Emph(e) return pandoc.Strong(e.content) end"), OD_OK);
    assert_tree(&f, "Para(one Strong(two) three)");
    od_arena_free(&f.arena);
}

static void test_same_element_twice(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Para(p) return {p, pandoc.Div{p, p}} end"), OD_OK);
    assert_tree(&f, "Para(one Emph(two) three)Div(Para(one Emph(two) three)"
                    "Para(one Emph(two) three))");
    od_arena_free(&f.arena);
}

// What is left of a run stays one node, and every node keeps its place in the source.
static void test_spans(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Str(s)\n"
                             "  if s.text == 'two' then s.text = 'TWO' return s end\n"
                             "end"),
                     OD_OK);
    const od_node *const para = f.root->first, *const emph = para->first->next;
    assert_int_equal(para->first->span.end, 4);
    assert_true(para->first->leaf.text.data == TEXT);
    assert_int_equal(emph->first->span.start, 5);
    assert_int_equal(emph->first->span.end, 8);
    assert_true(od_slice_is(emph->first->leaf.text, "TWO"));
    od_arena_free(&f.arena);
}

// Words that were given a text of the same size are a run again with the white space between them:
// places in it can still be told. Others are one node each.
static void test_changed_words(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Str(s) s.text = s.text:upper() return s end"), OD_OK);
    const od_node *first = f.root->first->first, *const last = f.root->first->last;
    assert_true(od_slice_is(first->leaf.text, "ONE "));
    assert_int_equal(first->span.end, 4);
    assert_int_equal(first->flags, 0);
    assert_int_equal(last->span.end - last->span.start, last->leaf.text.size);
    assert_int_equal(run(&f, "function Str(s) s.text = s.text .. '!' return s end"), OD_OK);
    first = f.root->first->first;
    assert_true(od_slice_is(first->leaf.text, "ONE!"));
    assert_int_equal(first->span.end, 3);
    assert_true(first->flags & OD_VERBATIM);
    od_arena_free(&f.arena);
}

// What was given back as it was is not taken for changed.
static void test_same_text(void **state) {
    (void)state;
    fixture f = begin();
    const od_node *const root = f.root;
    assert_int_equal(run(&f, "function Str(s) s.text = s.text return s end"), OD_OK);
    assert_ptr_equal(f.root, root);
    od_arena_free(&f.arena);
}

// Runs that come to stand side by side stay two words.
static void test_runs_stay_apart(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "local function gone() return {} end\n"
                             "return {{Str = function(s) s.text = s.text:upper() return s end},\n"
                             "        {Space = gone, Emph = gone}}"),
                     OD_OK);
    const od_node *const first = f.root->first->first;
    assert_true(od_slice_is(first->leaf.text, "ONE"));
    assert_true(od_slice_is(first->next->leaf.text, "THREE"));
    assert_true(first->next->flags & OD_VERBATIM);
    od_arena_free(&f.arena);
}

static void test_made_without_span(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Emph(e) return pandoc.Str 'a b' end"), OD_OK);
    const od_node *const made = f.root->first->first->next;
    assert_true(made->span.start == SIZE_MAX);
    assert_true(made->flags & OD_VERBATIM);
    od_arena_free(&f.arena);
}

// Text that comes together because something between was deleted stays two.
static void test_deleted_between(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Emph(e) return {} end"), OD_OK);
    const od_node *const second = f.root->first->first->next;
    assert_true(second->flags & OD_VERBATIM);
    assert_int_equal(second->type, OD_SPACE);
    od_arena_free(&f.arena);
}

static void test_metadata(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Meta(m) m.b = true m.a = 'x' return m end"), OD_OK);
    const od_node *const entry = f.meta->first;
    assert_true(od_slice_is(entry->leaf.text, "a"));
    assert_int_equal(entry->first->type, OD_META_STRING);
    assert_true(entry->next->first->truth);
    assert_ptr_equal(entry->next->parent, f.meta);
    od_arena_free(&f.arena);
}

static void test_globals(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "assert(FORMAT == 'html' and PANDOC_SCRIPT_FILE == 'test.lua')\n"
                             "PANDOC_VERSION:must_be_at_least '3.1'\n"
                             "assert(require 'pandoc.utils' == pandoc.utils)"),
                     OD_OK);
    od_arena_free(&f.arena);
}

static void test_error_names_place(void **state) {
    (void)state;
    fixture f = begin();
    const od_node *const root = f.root;
    assert_int_equal(run(&f, "function Str(s)\n if s.text == 'two' then error 'no' end\nend"),
                     OD_INVALID);
    assert_ptr_equal(f.root, root);
    assert_string_equal(f.failure.handler, "Str");
    assert_int_equal(f.failure.place.start, 5);
    assert_int_equal(f.failure.place.end, 8);
    assert_true(od_slice_starts(f.failure.message, OD_SLICE("test.lua:2: no\nstack traceback:")));
    od_arena_free(&f.arena);
}

static void test_wrong_return(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Str() return 5 end"), OD_INVALID);
    assert_true(od_slice_starts(
        f.failure.message,
        OD_SLICE("Inline, list of Inlines, or string expected, got number")));
    od_arena_free(&f.arena);
}

static void test_syntax_error(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Str("), OD_INVALID);
    assert_true(od_slice_find(f.failure.message, OD_SLICE("traceback"), 0) == SIZE_MAX);
    od_arena_free(&f.arena);
}

static void test_contains_itself(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "function Emph(e) e.content = {e} return e end"), OD_INVALID);
    assert_true(od_slice_starts(f.failure.message, OD_SLICE("a value that contains itself")));
    od_arena_free(&f.arena);
}

// Depth costs memory, not the C stack.
static void test_deep(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run(&f, "local e = pandoc.Str 'x'\n"
                             "for i = 1, 20000 do\n"
                             "  local o = pandoc.Emph {} o.content = {e} e = o\n"
                             "end\n"
                             "local count = 0\n"
                             "local s = pandoc.Para {e}\n"
                             "s = s:walk {Emph = function() count = count + 1 end}\n"
                             "assert(count == 20000 and #tostring(s) > 120000 and s == s:clone())\n"
                             "function Emph() return e end"),
                     OD_OK);
    size_t depth = 0;
    for (const od_node *n = f.root->first->first->next; n->type == OD_EMPH; n = n->first) depth++;
    assert_int_equal(depth, 20000);
    od_arena_free(&f.arena);
}

// ---- memory -------------------------------------------------------------------------------------

typedef struct budget {
    size_t used, limit;
} budget;

static void *allocate(void *context, void *old, size_t old_size, size_t new_size) {
    budget *const b = context;
    const size_t before = old ? old_size : 0;
    if (new_size > before && b->used + (new_size - before) > b->limit) return NULL;
    if (!new_size) {
        b->used -= before;
        free(old);
        return NULL;
    }
    void *const memory = realloc(old, new_size);
    if (memory) b->used = b->used - before + new_size;
    return memory;
}

static od_status run_in(fixture *f, size_t limit, const char *script) {
    budget b = {0, limit};
    const od_filter_settings settings = {
        .path = "test.lua", .allocate = allocate, .allocate_context = &b};
    const od_status status = run_with(f, &settings, script);
    assert_int_equal(b.used, 0);
    return status;
}

static void test_memory_limit(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(run_in(&f, 4 << 20,
                            "local t = {} for i = 1, 1e6 do t[i] = pandoc.Str('s' .. i) end"),
                     OD_INVALID);
    assert_true(od_slice_is(f.failure.message, "not enough memory"));
    od_arena_free(&f.arena);
}

static void test_dropped_elements_are_freed(void **state) {
    (void)state;
    fixture f = begin();
    assert_int_equal(
        run_in(&f, 4 << 20,
               "for i = 1, 1e5 do\n"
               "  pandoc.Para {pandoc.Emph 'a b', pandoc.Link('c', 'd')}:clone()\n"
               "end"),
        OD_OK);
    od_arena_free(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_changed),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_same_element_twice),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_changed_words),
        cmocka_unit_test(test_same_text),
        cmocka_unit_test(test_runs_stay_apart),
        cmocka_unit_test(test_made_without_span),
        cmocka_unit_test(test_deleted_between),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_globals),
        cmocka_unit_test(test_error_names_place),
        cmocka_unit_test(test_wrong_return),
        cmocka_unit_test(test_syntax_error),
        cmocka_unit_test(test_contains_itself),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_memory_limit),
        cmocka_unit_test(test_dropped_elements_are_freed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
