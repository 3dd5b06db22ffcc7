#include "engine/functions.h"

#include "base/buf.h"
#include "data/moment.h"
#include "engine/passage.h"
#include "profile/pattern.h"

#include <math.h>

// ---- answers -----------------------------------------------------------------------------------

static od_evaluation refuse(const od_view *view, od_arena *arena, od_slice *why, od_text text,
                            od_slice about) {
    *why = od_format(arena, view->language, text, &about, 1);
    return OD_UNEVALUABLE;
}

static od_evaluation answer_truth(od_worth *worth, bool truth) {
    *worth = (od_worth){.kind = OD_WORTH_TRUTH, .truth = truth};
    return OD_EVALUATED;
}

static od_evaluation answer_number(od_worth *worth, long double number) {
    *worth = (od_worth){.kind = OD_WORTH_NUMBER, .number = number};
    return OD_EVALUATED;
}

static od_evaluation answer_text(od_worth *worth, od_slice text) {
    *worth = (od_worth){.kind = OD_WORTH_TEXT, .text = text};
    return OD_EVALUATED;
}

// ---- sections ----------------------------------------------------------------------------------

bool od_function_section(const od_profile *profile, od_slice path, const od_section_rule **rule) {
    const bool all = od_slice_is(path, "*");
    *rule = all ? NULL : od_profile_section(profile, path);
    return all || *rule;
}

static bool find_section(const od_view *view, od_arena *arena, od_slice path,
                         const od_section_rule **rule, od_slice *why) {
    if (od_function_section(view->profile, path, rule)) return true;
    refuse(view, arena, why,
           OD_SAY("the profile has no section “{1}”", "文种文件里没有“{1}”这个部分"), path);
    return false;
}

// A walk over the leaf blocks of all sections of a draft that are one of the profile's.
typedef struct walk {
    const od_reading *reading;
    const od_section_rule *rule; // NULL: the whole draft
    size_t next;                 // passage, or section that may be one
    od_passage passage;
    const od_node *node; // NULL before the first of the passage
    bool inside;
} walk;

static bool next_section(walk *w) {
    const od_outline *const outline = &w->reading->outline;
    while (w->next < outline->count) {
        const od_section *const section = outline->sections[w->next++];
        if (w->reading->alignment.sections[section->index].rule != w->rule) continue;
        w->passage = od_passage_of(section);
        return true;
    }
    return false;
}

static bool next_passage(walk *w) {
    const od_outline *const outline = &w->reading->outline;
    const od_node *const root = w->reading->document->root;
    if (w->rule && !w->rule->preamble) return next_section(w);
    od_passage parts[2] = {{root->first, outline->root->span}, {0}};
    if (w->rule) od_passage_preamble(outline, root, parts);
    if (w->next == 2) return false;
    w->passage = parts[w->next++];
    return true;
}

// Goes to the next leaf; false after the last one.
static bool next_leaf(walk *w) {
    for (;;) {
        if (w->inside) {
            w->node = od_passage_next(w->reading->document->root, &w->passage, w->node, true);
            if (w->node) return true;
        }
        if (!next_passage(w)) return false;
        w->node = NULL;
        w->inside = w->passage.first != NULL;
    }
}

// ---- has, chars, count, filled -----------------------------------------------------------------

// Returns in how many places a section has a pattern, or `enough` once it is so often.
static size_t count_in(od_view *view, const od_section_rule *rule, const od_pattern *pattern,
                       size_t enough) {
    walk w = {.reading = view->values->reading, .rule = rule};
    const od_source *const source = &w.reading->document->source;
    const od_mark mark = od_arena_mark(&view->scratch);
    size_t count = 0, size;
    while (count < enough && next_leaf(&w)) {
        const od_slice text = od_fold(
            &view->scratch, od_passage_text(&view->scratch, source, &w.passage, w.node));
        count += enough == 1 ? od_pattern_matches(pattern, text, &size)
                             : od_pattern_count(pattern, text);
        od_arena_rewind(&view->scratch, mark);
    }
    return count;
}

// Counts what the second argument says in the section of the first.
static od_evaluation search(od_view *view, od_arena *arena, const od_worth *arguments,
                            size_t enough, size_t *count, od_slice *why) {
    const od_section_rule *rule;
    od_pattern pattern;
    od_text wrong;
    if (!find_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!od_pattern_read(arena, arguments[1].text, &pattern, &wrong))
        return refuse(view, arena, why, wrong, (od_slice){0});
    *count = view->values ? count_in(view, rule, &pattern, enough) : 1;
    od_pattern_free(&pattern);
    return OD_EVALUATED;
}

static od_evaluation has(void *context, od_arena *arena, const od_worth *arguments,
                         od_worth *worth, od_slice *why) {
    size_t count;
    const od_evaluation done = search(context, arena, arguments, 1, &count, why);
    return done == OD_EVALUATED ? answer_truth(worth, count > 0) : done;
}

static od_evaluation count_matches(void *context, od_arena *arena, const od_worth *arguments,
                                   od_worth *worth, od_slice *why) {
    size_t count;
    const od_evaluation done = search(context, arena, arguments, SIZE_MAX, &count, why);
    return done == OD_EVALUATED ? answer_number(worth, (long double)count) : done;
}

static od_evaluation chars(void *context, od_arena *arena, const od_worth *arguments,
                           od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_section_rule *rule;
    if (!find_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!view->values) return answer_number(worth, 1);
    walk w = {.reading = view->values->reading, .rule = rule};
    const od_document *const document = w.reading->document;
    size_t count = 0;
    while (next_passage(&w))
        if (w.passage.first)
            count += od_passage_chars(&view->scratch, &document->source, document->root,
                                      &w.passage, SIZE_MAX);
    return answer_number(worth, (long double)count);
}

// Whether something is written for a field, whatever it is.
static od_evaluation filled(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const size_t field = od_profile_field(view->profile, arguments[0].text);
    if (field == SIZE_MAX)
        return refuse(view, arena, why,
                      OD_SAY("the profile has no field “{1}”", "文种文件里没有字段“{1}”"),
                      arguments[0].text);
    return answer_truth(worth, !view->values ||
                                   view->values->fields[field].standing != OD_STANDING_NONE);
}

// ---- weekday, round ----------------------------------------------------------------------------

// Returns the number of a day by its name (星期五, 周五, 五, Friday, Fri), 0 for none.
static int day_of_name(od_arena *arena, od_slice name) {
    static const char *const NAMES[][2] = {{"一", "monday"}, {"二", "tuesday"},  {"三", "wednesday"},
                                           {"四", "thursday"}, {"五", "friday"}, {"六", "saturday"},
                                           {"日", "sunday"}};
    static const char *const BEFORE[] = {"星期", "礼拜", "周"};
    od_slice text = od_fold(arena, name);
    for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++)
        if (od_slice_starts(text, od_slice_of(BEFORE[i])))
            text = od_slice_from(text, strlen(BEFORE[i]));
    if (od_slice_is(text, "天")) return 7;
    for (int i = 0; i < 7; i++) {
        const bool english = text.size >= 3 && text.size <= strlen(NAMES[i][1]) &&
                             strncasecmp(text.data, NAMES[i][1], text.size) == 0;
        if (english || od_slice_is(text, NAMES[i][0])) return i + 1;
    }
    return 0;
}

// From 1 for Monday to 7 for Sunday.
static od_evaluation weekday(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const od_worth *const of = &arguments[0];
    if (of->kind == OD_WORTH_TEXT) return answer_number(worth, day_of_name(arena, of->text));
    if (of->kind != OD_WORTH_DATE)
        return refuse(view, arena, why,
                      OD_SAY("`weekday` takes a date, or the name of a day",
                             "“weekday”的参数应为日期，或星期几的名称"),
                      (od_slice){0});
    // 1970-01-01 was a Thursday.
    const int64_t days = (od_date_days(of->date) + 3) % 7;
    return answer_number(worth, (long double)((days + 7) % 7 + 1));
}

// Half away from zero, as people round; to so many decimals as the second argument says.
static od_evaluation round_number(void *context, od_arena *arena, const od_worth *arguments,
                                  od_worth *worth, od_slice *why) {
    (void)context, (void)arena, (void)why;
    const long double power = powl(10, truncl(arguments[1].number));
    const long double scaled = arguments[0].number * power;
    // What is binary may lie a hair below the half that people see.
    const long double hair = copysignl(fabsl(scaled) * 1e-17L + 1e-12L, scaled);
    return answer_number(worth, roundl(scaled + hair) / power);
}

// ---- lists -------------------------------------------------------------------------------------

// Between the items of a list that a function gives; those of fields have the marks of lists.
static const char BREAK = '\n';

// Sets `*item` to the next item from `*at` on that is not empty; false at the end.
static bool next_item(od_slice list, size_t *at, od_slice *item) {
    while (*at < list.size) {
        size_t end = *at, mark = 0;
        while (end < list.size && list.data[end] != BREAK && !(mark = od_list_mark(list, end)))
            end++;
        *item = od_slice_trim(od_slice_cut(list, *at, end));
        *at = end + (mark ? mark : 1);
        if (item->size) return true;
    }
    return false;
}

static od_evaluation items(void *context, od_arena *arena, const od_worth *arguments,
                           od_worth *worth, od_slice *why) {
    (void)context, (void)arena, (void)why;
    size_t count = 0;
    od_slice item;
    for (size_t at = 0; next_item(arguments[0].text, &at, &item);) count++;
    return answer_number(worth, (long double)count);
}

static bool is_item(od_arena *arena, od_slice wanted, od_slice list) {
    od_slice item;
    for (size_t at = 0; next_item(list, &at, &item);)
        if (od_slice_equal(od_fold(arena, item), wanted)) return true;
    return false;
}

static od_evaluation all_in(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_mark mark = od_arena_mark(&view->scratch);
    bool all = true;
    od_slice item;
    (void)arena, (void)why;
    for (size_t at = 0; all && next_item(arguments[0].text, &at, &item);) {
        all = is_item(&view->scratch, od_fold(&view->scratch, item), arguments[1].text);
        od_arena_rewind(&view->scratch, mark);
    }
    return answer_truth(worth, all);
}

static bool read_date(od_slice text, od_date *date) {
    return od_date_read(text, date) == OD_DATE_OK && od_date_exists(*date);
}

// The first or last date of a list; other items do not count.
static od_evaluation pick_date(const od_view *view, od_slice list, int direction, od_arena *arena,
                               od_worth *worth, od_slice *why) {
    od_date date, best = {0};
    od_slice item;
    if (!view->values) best = (od_date){2000, 1, 1};
    for (size_t at = 0; next_item(list, &at, &item);) {
        if (!read_date(item, &date)) continue;
        const int64_t more = best.year ? od_date_days(date) - od_date_days(best) : direction;
        if (more * direction > 0) best = date;
    }
    if (!best.year) {
        refuse(view, arena, why, OD_SAY("a date", "日期"), (od_slice){0});
        return OD_NAME_MISSING;
    }
    *worth = (od_worth){.kind = OD_WORTH_DATE, .date = best};
    return OD_EVALUATED;
}

static od_evaluation earliest(void *context, od_arena *arena, const od_worth *arguments,
                              od_worth *worth, od_slice *why) {
    return pick_date(context, arguments[0].text, -1, arena, worth, why);
}

static od_evaluation latest(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    return pick_date(context, arguments[0].text, 1, arena, worth, why);
}

// Sets `*moment` to seconds: of a time of day, or of a date.
static bool read_moment(od_slice text, int64_t *moment) {
    od_date date;
    if (od_time_read(text, moment)) return true;
    if (!read_date(text, &date)) return false;
    *moment = od_date_days(date) * 24 * 60 * 60;
    return true;
}

// Whether times or dates stand in their order; items that are neither do not count.
static od_evaluation ascending(void *context, od_arena *arena, const od_worth *arguments,
                               od_worth *worth, od_slice *why) {
    int64_t before = INT64_MIN, moment;
    bool rising = true;
    od_slice item;
    (void)context, (void)arena, (void)why;
    for (size_t at = 0; rising && next_item(arguments[0].text, &at, &item);) {
        if (!read_moment(item, &moment)) continue;
        rising = moment >= before;
        before = moment;
    }
    return answer_truth(worth, rising);
}

// ---- lists from the text -----------------------------------------------------------------------

static bool lies_in(const od_view *view, const od_leaf *leaf, const od_section_rule *rule) {
    return od_reading_in(view->values->reading, leaf->node->span.start, rule);
}

static bool has_blank(od_slice text) {
    return text.size && memchr(text.data, OD_BLANK_MARK, text.size);
}

static bool ends_clause(od_slice text) {
    static const char *const MARKS[] = {"。", "；", "！", "？", "，", ",", ";", "!", "?"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (od_slice_find(text, od_slice_of(MARKS[i]), 0) != SIZE_MAX) return true;
    return false;
}

static void add_item(od_buf *list, od_slice item) {
    if (list->size) od_buf_byte(list, BREAK);
    od_buf_add(list, item);
}

// Adds what stands between two texts in a leaf, the shortest each, within a clause. Returns false when
// it is a blank.
static bool add_between(const od_leaf *leaf, od_slice before, od_slice after, od_buf *list) {
    const od_slice text = leaf->folded.text;
    size_t open = od_slice_find(text, before, 0), close = 0;
    while (open != SIZE_MAX) {
        const size_t start = open + before.size;
        if (close < start) close = od_slice_find(text, after, start);
        if (close == SIZE_MAX) return true;
        open = od_slice_find(text, before, start);
        if (open < close) continue;
        const od_slice item = od_slice_cut(text, start, close);
        if (has_blank(item)) return false;
        if (item.size && !ends_clause(item)) add_item(list, item);
        if (open < close + after.size) open = od_slice_find(text, before, close + after.size);
    }
    return true;
}

static od_slice take_list(od_arena *arena, od_buf *list) {
    const od_slice text = od_arena_copy(arena, od_buf_slice(list));
    od_buf_free(list);
    return text;
}

static od_evaluation between(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const od_section_rule *rule;
    const od_slice before = od_fold(arena, arguments[1].text);
    const od_slice after = od_fold(arena, arguments[2].text);
    if (!find_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!before.size || !after.size)
        return refuse(view, arena, why,
                      OD_SAY("`between` needs a text before and one after",
                             "“between”需要前后各一段文字"),
                      (od_slice){0});
    if (!view->values) return answer_text(worth, OD_SLICE("1"));
    const od_reading *const reading = view->values->reading;
    od_buf list = {0};
    bool known = true;
    for (size_t i = 0; known && i < reading->leaves.count; i++)
        if (lies_in(view, &reading->leaves.items[i], rule))
            known = add_between(&reading->leaves.items[i], before, after, &list);
    const od_slice text = take_list(arena, &list);
    if (known) return answer_text(worth, text);
    *why = od_arena_concat(arena, arguments[1].text, OD_SLICE("…"), arguments[2].text);
    return OD_NAME_MISSING;
}

// A search for the cells below a heading in the tables of a section.
typedef struct column {
    const od_view *view;
    od_slice heading; // folded
    od_buf list;
    bool known; // no cell is a blank
} column;

// Appends the folded text of the leaves in a cell to `out`.
static void add_cell(const od_view *view, const od_node *cell, od_buf *out) {
    const od_reading *const reading = view->values->reading;
    size_t low = 0, high = reading->leaves.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (reading->leaves.items[middle].node->span.start < cell->span.start) low = middle + 1;
        else high = middle;
    }
    for (; low < reading->leaves.count; low++) {
        if (reading->leaves.items[low].node->span.start >= cell->span.end) return;
        od_buf_add(out, reading->leaves.items[low].folded.text);
    }
}

// Returns which cell of a row it is that has the heading, SIZE_MAX for none.
static size_t find_column(const column *c, const od_node *row) {
    size_t index = 0, found = SIZE_MAX;
    od_buf text = {0};
    for (const od_node *cell = row->first; cell && found == SIZE_MAX; cell = cell->next, index++) {
        text.size = 0;
        add_cell(c->view, cell, &text);
        const od_pattern heading = {.folded = c->heading};
        size_t size;
        if (od_pattern_matches(&heading, od_buf_slice(&text), &size)) found = index;
    }
    od_buf_free(&text);
    return found;
}

static void add_row(column *c, const od_node *row, size_t index) {
    const od_node *cell = row->first;
    while (cell && index--) cell = cell->next;
    if (!cell) return;
    od_buf text = {0};
    add_cell(c->view, cell, &text);
    if (has_blank(od_buf_slice(&text))) c->known = false;
    else if (text.size) add_item(&c->list, od_buf_slice(&text));
    od_buf_free(&text);
}

static void add_table(column *c, const od_node *table) {
    size_t index = SIZE_MAX;
    for (const od_node *part = table->first; part; part = part->next) {
        if (part->type == OD_CAPTION) continue;
        for (const od_node *row = part->first; row; row = row->next) {
            if (part->type == OD_TABLE_HEAD) index = find_column(c, row);
            else if (index != SIZE_MAX) add_row(c, row, index);
        }
    }
}

static od_evaluation read_column(void *context, od_arena *arena, const od_worth *arguments,
                                 od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const od_section_rule *rule;
    if (!find_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!view->values) return answer_text(worth, OD_SLICE("1"));
    column c = {.view = view, .heading = od_fold(arena, arguments[1].text), .known = true};
    const od_reading *const reading = view->values->reading;
    const od_node *const root = reading->document->root;
    for (const od_node *n = root; n; n = od_node_next(root, n, n->type == OD_TABLE))
        if (n->type == OD_TABLE && od_reading_in(reading, n->span.start, rule)) add_table(&c, n);
    const od_slice text = take_list(arena, &c.list);
    if (c.known) return answer_text(worth, text);
    *why = arguments[1].text;
    return OD_NAME_MISSING;
}

// ---- the table ---------------------------------------------------------------------------------

static const od_named_function FUNCTIONS[] = {
    {"has", "section, text", "tt", has},
    {"chars", "section", "t", chars},
    {"count", "section, text", "tt", count_matches},
    {"filled", "field", "t", filled},
    {"weekday", "date", "*", weekday},
    {"round", "number, decimals", "n?n", round_number},
    {"between", "section, before, after", "ttt", between},
    {"column", "section, heading", "tt", read_column},
    {"items", "list", "t", items},
    {"all_in", "list, list", "tt", all_in},
    {"earliest", "list", "t", earliest},
    {"latest", "list", "t", latest},
    {"ascending", "list", "t", ascending},
    {NULL, NULL, NULL, NULL},
};

const od_named_function *od_functions(void) {
    return FUNCTIONS;
}

const od_named_function *od_function_find(od_slice name) {
    for (const od_named_function *f = FUNCTIONS; f->name; f++)
        if (od_slice_is(name, f->name)) return f;
    return NULL;
}

bool od_function_takes_section(const od_named_function *function) {
    return strncmp(function->takes, "section", strlen("section")) == 0;
}

bool od_function_takes_pattern(const od_named_function *function) {
    return strcmp(function->takes, "section, text") == 0;
}
