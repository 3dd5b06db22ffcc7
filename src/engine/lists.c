#include "engine/lists.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "data/decimal.h"
#include "data/moment.h"
#include "data/period.h"
#include "profile/pattern.h"

#include <stdlib.h>

// Behind each item of a list that a function gives.
static const char BREAK = '\n';

static od_evaluation answer_list(od_worth *worth, od_slice text) {
    *worth = (od_worth){.kind = OD_WORTH_TEXT, .text = text};
    return OD_EVALUATED;
}

// ---- items -------------------------------------------------------------------------------------

// Sets `*item` to the next item from `*at` on that is not empty; false at the end. `marks` part
// items too, beside breaks.
static bool next_part(od_slice list, size_t *at, bool marks, od_slice *item) {
    while (*at < list.size) {
        size_t end = *at, mark = 0;
        while (end < list.size && list.data[end] != BREAK &&
               !(marks && (mark = od_list_mark(list, end))))
            end++;
        *item = od_slice_trim(od_slice_cut(list, *at, end));
        *at = end + (mark ? mark : 1);
        if (item->size) return true;
    }
    return false;
}

static bool next_item(od_slice list, size_t *at, od_slice *item) {
    return next_part(list, at, true, item);
}

// A place in the text is one item, however many names it holds.
od_evaluation od_list_items(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    const od_slice list = arguments[0].text;
    const bool from_text = list.size && memchr(list.data, BREAK, list.size);
    size_t count = 0;
    od_slice item;
    (void)context, (void)arena, (void)why;
    for (size_t at = 0; next_part(list, &at, !from_text, &item);) count++;
    return od_answer_number(worth, (long double)count);
}

static long double as_real(od_decimal number) {
    long double value = (long double)number.digits;
    for (int i = 0; i < number.scale; i++) value /= 10;
    return value;
}

// The number that the first item is.
od_evaluation od_list_number(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    od_decimal number;
    od_slice item = {0};
    size_t at = 0;
    if (!view->values) return od_answer_number(worth, 1);
    next_part(arguments[0].text, &at, false, &item);
    if (!item.size || od_decimal_read(item, &number) != OD_DECIMAL_OK) {
        od_answer_refuse(view, arena, why, OD_SAY("a number", "数字"), (od_slice){0});
        return OD_NAME_MISSING;
    }
    return od_answer_number(worth, as_real(number));
}

static bool is_dash(od_slice item) {
    static const char *const DASHES[] = {"-", "--", "—", "——", "–", "/"};
    for (size_t i = 0; i < sizeof DASHES / sizeof *DASHES; i++)
        if (od_slice_is(item, DASHES[i])) return true;
    return false;
}

// Reads a number, or an amount of money: 3万元.
static bool read_amount(od_arena *scratch, od_language language, od_slice item, od_decimal *number) {
    const od_datum_type money = {.type = OD_TYPE_MONEY};
    od_datum datum;
    od_slice why;
    if (od_decimal_read(item, number) == OD_DECIMAL_OK) return true;
    if (!od_datum_read(scratch, language, &money, item, &datum, &why)) return false;
    *number = datum.number;
    return true;
}

// All items together; a dash is none. Where one is no number the sum is not known.
od_evaluation od_list_sum(void *context, od_arena *arena, const od_worth *arguments, od_worth *worth,
                          od_slice *why) {
    od_view *const view = context;
    long double sum = 0;
    od_decimal number;
    od_slice item;
    (void)arena;
    if (!view->values) return od_answer_number(worth, 1);
    for (size_t at = 0; next_part(arguments[0].text, &at, false, &item);) {
        if (is_dash(item)) continue;
        const od_mark mark = od_arena_mark(&view->scratch);
        const bool read = read_amount(&view->scratch, view->language, item, &number);
        od_arena_rewind(&view->scratch, mark);
        *why = item;
        if (!read) return OD_NAME_MISSING;
        sum += as_real(number);
    }
    return od_answer_number(worth, sum);
}

// ---- lists in lists ----------------------------------------------------------------------------

typedef struct sorted {
    od_slice *items; // folded
    size_t count;
} sorted;

static int compare_items(const void *left, const void *right) {
    return od_slice_compare(*(const od_slice *)left, *(const od_slice *)right);
}

// Returns the next word of `item` from `*at` on, or an empty slice.
static od_slice next_word(od_slice item, size_t *at) {
    while (*at < item.size && item.data[*at] == ' ') ++*at;
    const size_t start = *at;
    while (*at < item.size && item.data[*at] != ' ') ++*at;
    return od_slice_cut(item, start, *at);
}

// Lists the items of a list, and with `words` their words too.
static sorted sort_items(od_arena *arena, od_slice list, bool words) {
    OD_ARRAY(od_slice) items = {0};
    od_slice item, word;
    for (size_t at = 0; next_item(list, &at, &item);) {
        *od_array_push(arena, &items) = od_fold(arena, item);
        for (size_t i = 0; words && (word = next_word(item, &i)).size;)
            *od_array_push(arena, &items) = od_fold(arena, word);
    }
    if (items.count) qsort(items.items, items.count, sizeof *items.items, compare_items);
    return (sorted){items.items, items.count};
}

od_evaluation od_list_all_in(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_mark mark = od_arena_mark(&view->scratch);
    // Who is listed as Tom Lind may be called Tom.
    const sorted all = sort_items(&view->scratch, arguments[1].text, true);
    const sorted some = sort_items(&view->scratch, arguments[0].text, false);
    bool in = true;
    (void)arena, (void)why;
    for (size_t i = 0; in && i < some.count; i++)
        in = all.count && bsearch(&some.items[i], all.items, all.count, sizeof *all.items,
                                  compare_items);
    od_arena_rewind(&view->scratch, mark);
    return od_answer_truth(worth, in);
}

// ---- times -------------------------------------------------------------------------------------

static const int64_t DAY = 86400;

static bool read_date(od_slice text, od_date *date) {
    return od_date_read(text, date) == OD_DATE_OK && od_date_exists(*date);
}

// Reads the last day that a time limit leaves: 2025年3月底. A year alone has passed before its last day.
static bool read_limit(od_slice text, od_date *date) {
    if (read_date(text, date)) return true;
    if (od_slice_ends(text, OD_SLICE("年")) || od_slice_ends(text, OD_SLICE("年度"))) return false;
    return od_slice_find(text, OD_SLICE("年"), 0) != SIZE_MAX && od_period_end(text, date);
}

// Reads a date; one without its year as the nearest to `near`.
static bool read_date_near(od_arena *scratch, od_slice text, od_date near, od_date *date) {
    if (read_limit(text, date)) return true;
    bool found = false;
    for (int year = near.year - 1; near.year && year <= near.year + 1; year++) {
        od_date other;
        const od_slice whole = od_arena_concat(
            scratch, od_arena_number(scratch, (size_t)year), OD_SLICE("年"), text);
        if (!read_limit(whole, &other)) continue;
        const int64_t distance = llabs(od_date_days(other) - od_date_days(near));
        if (found && distance >= llabs(od_date_days(*date) - od_date_days(near))) continue;
        *date = other;
        found = true;
    }
    return found;
}

// The first or last date of a list; other items do not count.
static od_evaluation pick_date(od_view *view, const od_worth *arguments, int direction,
                               od_arena *arena, od_worth *worth, od_slice *why) {
    const od_mark mark = od_arena_mark(&view->scratch);
    od_date date, best = {0};
    od_slice item;
    if (!view->values) best = (od_date){2000, 1, 1};
    for (size_t at = 0; next_item(arguments[0].text, &at, &item);) {
        if (!read_date_near(&view->scratch, item, arguments[1].date, &date)) continue;
        const int64_t more = best.year ? od_date_days(date) - od_date_days(best) : direction;
        if (more * direction > 0) best = date;
    }
    od_arena_rewind(&view->scratch, mark);
    *worth = (od_worth){.kind = OD_WORTH_DATE, .date = best};
    if (best.year) return OD_EVALUATED;
    od_answer_refuse(view, arena, why, OD_SAY("a date", "日期"), (od_slice){0});
    return OD_NAME_MISSING;
}

od_evaluation od_list_earliest(void *context, od_arena *arena, const od_worth *arguments,
                               od_worth *worth, od_slice *why) {
    return pick_date(context, arguments, -1, arena, worth, why);
}

od_evaluation od_list_latest(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    return pick_date(context, arguments, 1, arena, worth, why);
}

bool od_moment_read(od_slice text, od_moment *moment) {
    od_date date;
    *moment = (od_moment){0};
    text = od_slice_trim(text);
    if (od_time_read(text, &moment->seconds)) return true;
    size_t end = 0; // of the date
    while (end < text.size && text.data[end] != ' ' && text.data[end] != 'T') end++;
    const od_slice rest = od_slice_trim(od_slice_from(text, end < text.size ? end + 1 : end));
    if (!read_date(od_slice_cut(text, 0, end), &date)) return false;
    if (rest.size && !od_time_read(rest, &moment->seconds)) return false;
    moment->has_day = true;
    moment->seconds += od_date_days(date) * DAY;
    return true;
}

// Whether times or dates stand in their order; other items do not count, nor a day beside times.
od_evaluation od_list_ascending(void *context, od_arena *arena, const od_worth *arguments,
                                od_worth *worth, od_slice *why) {
    od_moment before[2] = {{false, INT64_MIN}, {true, INT64_MIN}}, moment;
    bool rising = true;
    od_slice item;
    (void)context, (void)arena, (void)why;
    for (size_t at = 0; rising && next_item(arguments[0].text, &at, &item);) {
        if (!od_moment_read(item, &moment)) continue;
        rising = moment.seconds >= before[moment.has_day].seconds;
        before[moment.has_day] = moment;
    }
    return od_answer_truth(worth, rising);
}

// ---- items in the text -------------------------------------------------------------------------

static bool lies_in(const od_view *view, size_t leaf, const od_section_rule *rule) {
    const od_reading *const reading = view->values->reading;
    return od_reading_in(reading, reading->nodes.items[leaf]->span.start, rule);
}

static bool has_blank(od_slice text) {
    return text.size && memchr(text.data, OD_BLANK_MARK, text.size);
}

// Whether an item stands in a section; *known: no blank there might hold it.
static bool stands_in(od_view *view, const od_section_rule *rule, od_slice item, bool *known) {
    const od_reading *const reading = view->values->reading;
    const od_pattern pattern = {.folded = item};
    bool stands = false;
    *known = true;
    for (size_t i = 0; i < reading->nodes.count && !stands; i++) {
        size_t size;
        if (!lies_in(view, i, rule)) continue;
        const od_mark mark = od_arena_mark(&view->scratch);
        const od_slice text = od_reading_text(reading, &view->scratch, i);
        stands = od_pattern_matches(&pattern, text, &size);
        if (has_blank(text)) *known = false;
        od_arena_rewind(&view->scratch, mark);
    }
    return stands;
}

od_evaluation od_list_each_in(void *context, od_arena *arena, const od_worth *arguments,
                              od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_section_rule *rule;
    if (!od_view_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!view->values) return od_answer_truth(worth, true);
    const od_mark mark = od_arena_mark(&view->scratch);
    const sorted all = sort_items(&view->scratch, arguments[1].text, false);
    bool in = true, known = true;
    for (size_t i = 0; in && i < all.count; i++) {
        const bool again = i && od_slice_equal(all.items[i], all.items[i - 1]);
        in = again || stands_in(view, rule, all.items[i], &known);
    }
    od_arena_rewind(&view->scratch, mark);
    if (in || known) return od_answer_truth(worth, in);
    if (rule) *why = rule->title;
    else od_answer_refuse(view, arena, why, OD_SAY("what its blanks hold", "空白处的内容"), (od_slice){0});
    return OD_NAME_MISSING;
}

// ---- lists from the text -----------------------------------------------------------------------

static bool ends_clause(od_slice text) {
    static const char *const MARKS[] = {"。", "；", "！", "？", "，", ",", ";", "!", "?"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (od_slice_find(text, od_slice_of(MARKS[i]), 0) != SIZE_MAX) return true;
    return false;
}

static void add_item(od_buf *list, od_slice item) {
    od_buf_add(list, item);
    od_buf_byte(list, BREAK);
}

static od_slice take_list(od_arena *arena, od_buf *list) {
    const od_slice text = od_arena_copy(arena, od_buf_slice(list));
    od_buf_free(list);
    return text;
}

// Adds what stands between two texts in a leaf, the shortest each, within a clause. Returns false
// when it is a blank.
static bool add_between(od_slice text, od_slice before, od_slice after, od_buf *list) {
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

// Whether `text` may be found in a leaf when it is folded. A Han character folds to itself, so it stands
// in the source too, unless an entity says it: most leaves need no reading.
static bool may_hold(const od_reading *reading, size_t leaf, od_slice text) {
    size_t size;
    const od_slice bytes =
        od_source_cut(&reading->document->source, reading->nodes.items[leaf]->span);
    for (size_t at = 0; at < text.size; at += size)
        if (od_is_han(od_utf8_read(text, at, &size)) && size == 3)
            return od_slice_find(bytes, od_slice_cut(text, at, at + size), 0) != SIZE_MAX ||
                   (bytes.size && memchr(bytes.data, '&', bytes.size));
    return true;
}

od_evaluation od_list_between(void *context, od_arena *arena, const od_worth *arguments,
                              od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_section_rule *rule;
    const od_slice before = od_fold(arena, arguments[1].text);
    const od_slice after = od_fold(arena, arguments[2].text);
    if (!od_view_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!before.size || !after.size)
        return od_answer_refuse(view, arena, why,
                                OD_SAY("`between` needs a text before and one after",
                                       "“between”需要前后各一段文字"),
                                (od_slice){0});
    if (!view->values) return answer_list(worth, OD_SLICE("1\n"));
    const od_reading *const reading = view->values->reading;
    od_buf list = {0};
    bool known = true;
    for (size_t i = 0; known && i < reading->nodes.count; i++) {
        if (!may_hold(reading, i, before) || !lies_in(view, i, rule)) continue;
        const od_mark mark = od_arena_mark(&view->scratch);
        known = add_between(od_reading_text(reading, &view->scratch, i), before, after, &list);
        od_arena_rewind(&view->scratch, mark);
    }
    const od_slice text = take_list(arena, &list);
    if (known) return answer_list(worth, text);
    *why = od_arena_concat(arena, arguments[1].text, OD_SLICE("…"), arguments[2].text);
    return OD_NAME_MISSING;
}

// ---- columns of tables -------------------------------------------------------------------------

// A search for the cells below a heading in the tables of a section.
typedef struct column {
    od_view *view;
    od_pattern heading;
    od_pattern row; // only rows with a cell that has it; empty for all rows
    od_buf list, cell;
    od_slice title; // the heading of the first cell that is a blank; empty when none is
    size_t empty;   // cells
} column;

// Returns the folded text of a cell; it lasts until the next call.
static od_slice read_cell(column *c, const od_node *cell) {
    const od_reading *const reading = c->view->values->reading;
    size_t low = 0, high = reading->nodes.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (reading->nodes.items[middle]->span.start < cell->span.start) low = middle + 1;
        else high = middle;
    }
    c->cell.size = 0;
    for (; low < reading->nodes.count; low++) {
        if (reading->nodes.items[low]->span.start >= cell->span.end) break;
        const od_mark mark = od_arena_mark(&c->view->scratch);
        od_buf_add(&c->cell, od_reading_text(reading, &c->view->scratch, low));
        od_arena_rewind(&c->view->scratch, mark);
    }
    od_buf_byte(&c->cell, '\0'); // regexec of sanitized builds looks for it
    return (od_slice){c->cell.data, c->cell.size - 1};
}

// Returns which cell of a row it is that has the pattern, SIZE_MAX for none.
static size_t find_cell(column *c, const od_node *row, const od_pattern *pattern) {
    size_t index = 0, size;
    for (const od_node *cell = row->first; cell; cell = cell->next, index++)
        if (od_pattern_matches(pattern, read_cell(c, cell), &size)) return index;
    return SIZE_MAX;
}

static const od_node *cell_of(const od_node *row, size_t index) {
    const od_node *cell = row->first;
    while (cell && index--) cell = cell->next;
    return cell;
}

// Adds the cell of a row that is below a cell of `head`.
static void add_row(column *c, od_arena *arena, const od_node *head, const od_node *row,
                    size_t index) {
    if (c->row.text.size && find_cell(c, row, &c->row) == SIZE_MAX) return;
    const od_node *const cell = cell_of(row, index);
    const od_slice text = cell ? read_cell(c, cell) : (od_slice){0};
    if (has_blank(text)) c->title = od_arena_copy(arena, read_cell(c, cell_of(head, index)));
    else if (text.size) add_item(&c->list, text);
    else c->empty++;
}

static void add_table(column *c, od_arena *arena, const od_node *table) {
    size_t index = SIZE_MAX;
    const od_node *head = NULL;
    for (const od_node *part = table->first; part; part = part->next) {
        if (part->type == OD_CAPTION) continue;
        for (const od_node *row = part->first; row; row = row->next) {
            if (part->type == OD_TABLE_HEAD) index = find_cell(c, head = row, &c->heading);
            else if (index != SIZE_MAX) add_row(c, arena, head, row, index);
        }
    }
}

// Reads the column into `*list`; sets `*empty` to how many of its cells have no text.
static od_evaluation read_column(od_view *view, od_arena *arena, const od_worth *arguments,
                                 od_slice *list, size_t *empty, od_slice *why) {
    const od_section_rule *rule;
    const od_slice row = arguments[2].text;
    column c = {.view = view};
    od_text wrong;
    if (!od_view_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!od_pattern_read(arena, arguments[1].text, &c.heading, &wrong) ||
        (row.size && !od_pattern_read(arena, row, &c.row, &wrong))) {
        od_pattern_free(&c.heading);
        return od_answer_refuse(view, arena, why, wrong, (od_slice){0});
    }
    const od_node *const root = view->values ? view->values->reading->document->root : NULL;
    for (const od_node *n = root; n; n = od_node_next(root, n, n->type == OD_TABLE))
        if (n->type == OD_TABLE && od_reading_in(view->values->reading, n->span.start, rule))
            add_table(&c, arena, n);
    od_pattern_free(&c.heading);
    od_pattern_free(&c.row);
    od_buf_free(&c.cell);
    *empty = c.empty;
    *list = take_list(arena, &c.list);
    *why = c.title;
    return c.title.size ? OD_NAME_MISSING : OD_EVALUATED;
}

od_evaluation od_list_column(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    od_slice list = {0};
    size_t empty;
    const od_evaluation done = read_column(context, arena, arguments, &list, &empty, why);
    return done == OD_EVALUATED ? answer_list(worth, list) : done;
}

od_evaluation od_list_empty_cells(void *context, od_arena *arena, const od_worth *arguments,
                                  od_worth *worth, od_slice *why) {
    od_slice list;
    size_t empty = 0;
    const od_evaluation done = read_column(context, arena, arguments, &list, &empty, why);
    return done == OD_EVALUATED ? od_answer_number(worth, (long double)empty) : done;
}
