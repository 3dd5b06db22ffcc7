// Parcels: what is packed comes out again, and nothing else does any harm.
#include "base/utf8.h"
#include "document/parcel.h"
#include "document/reader.h"
#include "source/source.h"
#include "writer/gfm.h"
#include "writer/html.h"
#include "writer/pandoc_json.h"
#include "writer/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>

#define STR(text) "{\"t\":\"Str\",\"c\":\"" text "\"}"
#define PLAIN(text) "{\"t\":\"Plain\",\"c\":[" STR(text) "]}"
#define NO_ATTR "[\"\",[],[]]"
#define ATTR "[\"id\",[\"a\",\"b\"],[[\"k\",\"v\"]]]"
#define INLINES(type) "{\"t\":\"" type "\",\"c\":[" STR("x") ",{\"t\":\"Space\"}," STR("y") "]}"
#define CELL "[" ATTR ",{\"t\":\"AlignRight\"},2,1,[" PLAIN("cell") "]]"
#define ROW "[" NO_ATTR ",[" CELL "]]"

// Every type of pandoc's.
static const char DOCUMENT[] =
    "{\"pandoc-api-version\":[1,23,1,2],\"meta\":{"
    "\"a\":{\"t\":\"MetaBool\",\"c\":true},"
    "\"b\":{\"t\":\"MetaList\",\"c\":[{\"t\":\"MetaString\",\"c\":\"s\"},"
    "{\"t\":\"MetaInlines\",\"c\":[" STR("i") "]}]},"
    "\"c\":{\"t\":\"MetaMap\",\"c\":{\"d\":{\"t\":\"MetaBlocks\",\"c\":[" PLAIN("p") "]}}}},"
    "\"blocks\":["
    "{\"t\":\"Para\",\"c\":[" INLINES("Emph") "," INLINES("Strong") "," INLINES("Strikeout") ","
    INLINES("Underline") "," INLINES("Superscript") "," INLINES("Subscript") ","
    INLINES("SmallCaps") ",{\"t\":\"SoftBreak\"},"
    "{\"t\":\"Quoted\",\"c\":[{\"t\":\"DoubleQuote\"},[" STR("q") "]]},"
    "{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"key\",\"citationPrefix\":[" STR("see") "],"
    "\"citationSuffix\":[" STR("p. 1") "],\"citationMode\":{\"t\":\"SuppressAuthor\"},"
    "\"citationNoteNum\":-1,\"citationHash\":7}],[" STR("c") "]]},"
    "{\"t\":\"Code\",\"c\":[" ATTR ",\"x < y\"]},{\"t\":\"LineBreak\"},"
    "{\"t\":\"Math\",\"c\":[{\"t\":\"DisplayMath\"},\"x^2\"]},"
    "{\"t\":\"RawInline\",\"c\":[\"html\",\"<b>\"]},"
    "{\"t\":\"Link\",\"c\":[" NO_ATTR ",[" STR("l") "],[\"url\",\"title\"]]},"
    "{\"t\":\"Image\",\"c\":[" ATTR ",[" STR("i") "],[\"url\",\"\"]]},"
    "{\"t\":\"Note\",\"c\":[{\"t\":\"Para\",\"c\":[" STR("\xE6\xB3\xA8") "]}]},"
    "{\"t\":\"Span\",\"c\":[" ATTR ",[" STR("a b") "," STR("c") "]]}]},"
    "{\"t\":\"Header\",\"c\":[-2," ATTR ",[" STR("h") "]]},"
    "{\"t\":\"LineBlock\",\"c\":[[" STR("one") "],[]]},"
    "{\"t\":\"CodeBlock\",\"c\":[" ATTR ",\"code\\n\"]},"
    "{\"t\":\"RawBlock\",\"c\":[\"tex\",\"\\\\x\"]},"
    "{\"t\":\"BlockQuote\",\"c\":[{\"t\":\"HorizontalRule\"}]},"
    "{\"t\":\"OrderedList\",\"c\":[[-3,{\"t\":\"LowerRoman\"},{\"t\":\"OneParen\"}],"
    "[[" PLAIN("1") "],[]]]},"
    "{\"t\":\"BulletList\",\"c\":[[" PLAIN("1") "]]},"
    "{\"t\":\"DefinitionList\",\"c\":[[[" STR("t") "],[[" PLAIN("d") "],[]]],[[],[]]]},"
    "{\"t\":\"Div\",\"c\":[" ATTR ",[{\"t\":\"Div\",\"c\":[" NO_ATTR ",[]]}]]},"
    "{\"t\":\"Figure\",\"c\":[" ATTR ",[[" STR("s") "],[" PLAIN("c") "]],[" PLAIN("f") "]]},"
    "{\"t\":\"Table\",\"c\":[" ATTR ",[null,[" PLAIN("c") "]],"
    "[[{\"t\":\"AlignCenter\"},{\"t\":\"ColWidth\",\"c\":0.25}],"
    "[{\"t\":\"AlignDefault\"},{\"t\":\"ColWidthDefault\"}]],[" ATTR ",[" ROW "]],"
    "[[" ATTR ",1,[" ROW "],[" ROW "]],[" NO_ATTR ",0,[],[]]],[" NO_ATTR ",[]]]}]}";

typedef struct fixture {
    od_arena arena;
    od_diagnostics failures;
    od_source source;
    od_node *root, *meta;
    od_buf parcel;
} fixture;

static fixture *begin(void) {
    fixture *const f = calloc(1, sizeof *f);
    f->failures.arena = &f->arena;
    od_source_init(&f->source, &f->arena, "x.json", od_slice_of(DOCUMENT), 0);
    od_pandoc_api version;
    assert_int_equal(od_read_pandoc_json(&f->arena, &f->source, &f->failures, &version, &f->root,
                                         &f->meta),
                     OD_OK);
    od_parcel_pack(f->root, f->meta, &f->parcel);
    return f;
}

static void end(fixture *f) {
    od_buf_free(&f->parcel);
    od_arena_free(&f->arena);
    free(f);
}

static void test_everything(void **state) {
    (void)state;
    fixture *const f = begin();
    od_node *root, *meta;
    assert_int_equal(od_parcel_open(&f->arena, od_buf_slice(&f->parcel), &root, &meta), OD_OK);
    od_buf json = {0};
    od_write_pandoc_json(root, meta, NULL, &json);
    assert_true(od_slice_is(od_buf_slice(&json), DOCUMENT));
    od_buf_free(&json);
    end(f);
}

static void test_one_tree(void **state) {
    (void)state;
    fixture *const f = begin();
    od_node *root, *meta;
    f->parcel.size = 0;
    od_parcel_pack(NULL, f->meta, &f->parcel);
    assert_int_equal(od_parcel_open(&f->arena, od_buf_slice(&f->parcel), &root, &meta), OD_OK);
    assert_null(root);
    assert_int_equal(meta->type, OD_META_MAP);
    assert_true(od_slice_is(meta->last->leaf.text, "c"));
    end(f);
}

static void test_wrong_text_is_mended(void **state) {
    (void)state;
    fixture *const f = begin();
    od_node *const text = od_node_new(&f->arena, OD_TEXT, OD_NO_SPAN);
    text->leaf.text = OD_SLICE("a\xFF" "b\xE4");
    od_node *root = od_node_new(&f->arena, OD_ROOT, OD_NO_SPAN), *meta;
    od_node *const para = od_node_new(&f->arena, OD_PARA, OD_NO_SPAN);
    od_node_append(root, para);
    od_node_append(para, text);
    f->parcel.size = 0;
    od_parcel_pack(root, NULL, &f->parcel);
    assert_int_equal(od_parcel_open(&f->arena, od_buf_slice(&f->parcel), &root, &meta), OD_OK);
    assert_true(od_slice_is(root->first->first->leaf.text, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD"));
    end(f);
}

static void test_cut_short(void **state) {
    (void)state;
    fixture *const f = begin();
    od_node *root, *meta;
    for (size_t size = 0; size < f->parcel.size; size++) {
        const od_slice bytes = {f->parcel.data, size};
        assert_int_equal(od_parcel_open(&f->arena, bytes, &root, &meta), OD_INVALID);
    }
    od_buf_byte(&f->parcel, 0);
    assert_int_equal(od_parcel_open(&f->arena, od_buf_slice(&f->parcel), &root, &meta), OD_INVALID);
    end(f);
}

// Whatever a parcel says, what is made of it can be written.
static void write_all(const od_node *root, const od_node *meta) {
    od_buf out = {0};
    od_write_pandoc_json(root ? root : meta, meta, NULL, &out);
    assert_int_equal(od_utf8_find_invalid(od_buf_slice(&out)), SIZE_MAX);
    const od_writer_options options = {.meta = meta};
    if (root) od_write_html(root, &options, &out);
    if (root) od_write_gfm(root, &options, &out);
    if (root) od_write_plain(root, &options, &out);
    od_buf_free(&out);
}

static void test_changed_bytes(void **state) {
    (void)state;
    fixture *const f = begin();
    size_t taken = 0;
    for (size_t i = 0; i < f->parcel.size; i++) {
        const char byte = f->parcel.data[i];
        for (int change = 1; change < 256; change += change < 64 ? 1 : 13) {
            od_node *root, *meta;
            f->parcel.data[i] = (char)(byte ^ change);
            const od_mark mark = od_arena_mark(&f->arena);
            if (od_parcel_open(&f->arena, od_buf_slice(&f->parcel), &root, &meta) == OD_OK) {
                write_all(root, meta);
                taken++;
            }
            od_arena_rewind(&f->arena, mark);
        }
        f->parcel.data[i] = byte;
    }
    assert_true(taken > 0);
    end(f);
}

static od_status open_bytes(fixture *f, od_slice bytes) {
    od_node *root, *meta;
    return od_parcel_open(&f->arena, bytes, &root, &meta);
}

#define BYTES(...) \
    (od_slice){(const char[]){__VA_ARGS__}, sizeof((const char[]){__VA_ARGS__})}

// Returns the parcel of `nodes`, of which there are few, and `texts`.
static od_slice parcel_of(fixture *f, od_slice nodes, od_slice texts) {
    const char size = (char)nodes.size;
    return od_arena_concat(&f->arena, (od_slice){&size, 1}, nodes, texts);
}

// One parcel for each thing that is not so; the first says that the way of writing them is right.
static void test_places(void **state) {
    (void)state;
    fixture *const f = begin();
    const od_slice text = BYTES(1, OD_PARA, 0, OD_TEXT, 0, 3, OD_TEXT, 0, 3, 0, 0, 0);
    assert_int_equal(open_bytes(f, parcel_of(f, text, OD_SLICE("中文"))), OD_OK);
    assert_int_equal(open_bytes(f, parcel_of(f, text, OD_SLICE("ab中x"))), OD_INVALID);
    assert_int_equal(open_bytes(f, parcel_of(f, text, OD_SLICE("abcd\xFF" "f"))), OD_INVALID);
    assert_int_equal(open_bytes(f, parcel_of(f, text, OD_SLICE("abcde"))), OD_INVALID);
    assert_int_equal(open_bytes(f, parcel_of(f, text, OD_SLICE("abcdefg"))), OD_INVALID);
    assert_int_equal(open_bytes(f, BYTES(9, 0, 0)), OD_INVALID);
    const od_slice wrong[] = {
        BYTES(1, OD_SPACE, 0, 0, 0),                                 // an inline among blocks
        BYTES(1, OD_PARA, 0, OD_HORIZONTAL_RULE, 0, 0, 0, 0),        // a block among inlines
        BYTES(1, OD_PARA, OD_BORROWED, 0, 0, 0),                     // a flag of Lua's
        BYTES(1, OD_PARA, 0, OD_RAW_INLINE, 0, 1, 0, 0, 0, 0),       // NUL in a format
        BYTES(1, OD_DEFINITION_LIST, 0, OD_DEFINITION, 0, 0, 0, 0, 0), // no term
        BYTES(1, OD_TABLE_BODY, 0, 0, 0, 0, 0, 0, 0),                // not in a table
        BYTES(1, OD_TABLE, 0, 0, 0, OD_TABLE_FOOT, 0, 0, 0, OD_TABLE_HEAD, 0, 0, 0, 0, 0, 0),
        BYTES(1, OD_TABLE, 0, 0, 0, OD_TABLE_HEAD, 0, 0, 0, OD_TABLE_HEAD, 0, 0, 0, 0, 0, 0),
        BYTES(1, OD_TABLE, 0, 0, 0, OD_TABLE_BODY, 0, 0, 1, 0, 0, 0, 0, 0), // no row for its head
        BYTES(1, OD_TABLE, 0, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),  // alignment
        BYTES(1, OD_ROOT, 0, 0),                                     // goes on behind its end
        BYTES(0, 1, OD_META_ENTRY, 0, 1, 0, 0),                      // an entry of nothing
        BYTES(0, 1, OD_META_ENTRY, 0, 1, OD_META_BOOL, 0, 1, OD_META_BOOL, 0, 1, 0, 0),
        BYTES(2),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t size = 0; size < 3; size++)
            assert_int_equal(open_bytes(f, parcel_of(f, wrong[i], (od_slice){"\0\0", size})),
                             OD_INVALID);
    const od_slice keys = BYTES(0, 1, OD_META_ENTRY, 0, 1, OD_META_BOOL, 0, 1, 0,
                                OD_META_ENTRY, 0, 1, OD_META_BOOL, 0, 1, 0, 0);
    assert_int_equal(open_bytes(f, parcel_of(f, keys, OD_SLICE("ab"))), OD_OK);
    assert_int_equal(open_bytes(f, parcel_of(f, keys, OD_SLICE("ba"))), OD_INVALID);
    assert_int_equal(open_bytes(f, parcel_of(f, keys, OD_SLICE("aa"))), OD_INVALID);
    end(f);
}

static void test_deep(void **state) {
    (void)state;
    fixture *const f = begin();
    f->parcel.size = 0;
    od_buf_add(&f->parcel, BYTES((char)0xE3, (char)0xD4, 3, 1)); // 60003 bytes of nodes
    for (int i = 0; i < 20000; i++) od_buf_add(&f->parcel, BYTES(OD_BLOCK_QUOTE, 0));
    for (int i = 0; i <= 20001; i++) od_buf_byte(&f->parcel, 0);
    assert_int_equal(open_bytes(f, od_buf_slice(&f->parcel)), OD_LIMIT);
    end(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_one_tree),
        cmocka_unit_test(test_wrong_text_is_mended),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_changed_bytes),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
