// Lists of pandoc's Markdown.
#include "document/pandoc_markdown.h"

#include "base/utf8.h"

// The mark before an item.
typedef struct mark {
    bool ordered;
    od_list_style style;
    od_list_delimiter delimiter;
    size_t number;
    od_slice label; // of an example
    size_t indent, end; // columns before it; offset in the line of the item's text
} mark;

// ---- numbers -----------------------------------------------------------------------------------

static int roman_digit(char c) {
    static const char LETTERS[] = "ivxlcdm";
    static const int VALUES[] = {1, 5, 10, 50, 100, 500, 1000};
    const char *const hit = memchr(LETTERS, c | 0x20, sizeof LETTERS - 1);
    return hit ? VALUES[hit - LETTERS] : 0;
}

// Reads a Roman number, all of one case, written the usual way; 0 when it is none.
static size_t read_roman(od_slice text) {
    static const struct {
        const char *letters;
        size_t value;
    } PARTS[] = {{"m", 1000}, {"cm", 900}, {"d", 500}, {"cd", 400}, {"c", 100}, {"xc", 90},
                 {"l", 50},   {"xl", 40},  {"x", 10},  {"ix", 9},   {"v", 5},   {"iv", 4},
                 {"i", 1}};
    size_t at = 0, number = 0;
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        const size_t size = strlen(PARTS[i].letters);
        for (size_t count = 0; at + size <= text.size && count < 4; count++) {
            size_t same = 0;
            while (same < size && (text.data[at + same] | 0x20) == PARTS[i].letters[same]) same++;
            if (same < size) break;
            number += PARTS[i].value;
            at += size;
        }
    }
    return at == text.size ? number : 0;
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

// Reads what numbers an item at `at`; returns its end or SIZE_MAX.
static size_t read_number(const od_pm *pm, od_slice line, size_t at, mark *m) {
    size_t end = at;
    while (end < line.size && od_is_digit((unsigned char)line.data[end])) end++;
    if (end > at) {
        m->style = OD_STYLE_DECIMAL;
        for (size_t i = at; i < end && m->number < 100000000; i++)
            m->number = m->number * 10 + (size_t)(line.data[i] - '0');
        return end;
    }
    if (!od_pm_has(pm, OD_EXT_fancy_lists)) return SIZE_MAX;
    m->number = 1;
    if (line.data[at] == '#') {
        m->style = OD_STYLE_DEFAULT;
        return at + 1;
    }
    while (end < line.size && od_is_ascii_alpha((unsigned char)line.data[end]) &&
           is_upper(line.data[end]) == is_upper(line.data[at]))
        end++;
    if (end == at) return SIZE_MAX;
    const bool upper = is_upper(line.data[at]);
    const size_t roman = roman_digit(line.data[at]) ? read_roman(od_slice_cut(line, at, end)) : 0;
    // A single letter is Roman only where it is i.
    if (roman && (end > at + 1 || (line.data[at] | 0x20) == 'i')) {
        m->style = upper ? OD_STYLE_UPPER_ROMAN : OD_STYLE_LOWER_ROMAN;
        m->number = roman;
        return end;
    }
    if (end != at + 1) return SIZE_MAX;
    m->style = upper ? OD_STYLE_UPPER_ALPHA : OD_STYLE_LOWER_ALPHA;
    m->number = (size_t)((line.data[at] | 0x20) - 'a') + 1;
    return end;
}

// Reads `@label`; returns its end or SIZE_MAX.
static size_t read_example(const od_pm *pm, od_slice line, size_t at, mark *m) {
    if (!od_pm_has(pm, OD_EXT_example_lists) || od_pm_byte(line, at) != '@') return SIZE_MAX;
    size_t end = at + 1, size;
    for (; end < line.size; end += size) {
        const uint32_t code = od_utf8_read(line, end, &size);
        if (code != '_' && code != '-' && (code == OD_NOT_UTF8 || !od_is_alphanumeric(code))) break;
    }
    m->style = OD_STYLE_EXAMPLE;
    m->label = od_slice_cut(line, at + 1, end);
    m->number = 1;
    return end;
}

// ---- marks -------------------------------------------------------------------------------------

static size_t count_indent(od_slice line, size_t *size) {
    size_t columns = 0, at = 0;
    for (; at < line.size && od_pm_is_blank(line.data[at]); at++)
        columns += line.data[at] == '\t' ? 4 - columns % 4 : 1;
    *size = at;
    return columns;
}

// Finds where the text starts behind the mark that ends at `at`: one space, and up to three more
// when the text stands right behind them.
static bool find_text(od_slice line, size_t at, mark *m) {
    if (at >= line.size) {
        m->end = line.size;
        return true;
    }
    if (!od_pm_is_blank(line.data[at])) return false;
    const size_t text = od_pm_skip_blanks(line, at);
    m->end = text - at <= 4 && text < line.size ? text : at + 1;
    return true;
}

static bool read_ordered(const od_pm *pm, od_slice line, size_t at, mark *m) {
    m->ordered = true;
    const bool open = od_pm_byte(line, at) == '(';
    const size_t start = open ? at + 1 : at;
    size_t end = read_example(pm, line, start, m);
    if (end == SIZE_MAX && start < line.size) end = read_number(pm, line, start, m);
    if (end == SIZE_MAX) return false;
    const char close = od_pm_byte(line, end);
    if (open ? close != ')' : close != ')' && close != '.') return false;
    m->delimiter = open           ? OD_DELIMITER_TWO_PARENS
                   : close == ')' ? OD_DELIMITER_ONE_PAREN
                                  : OD_DELIMITER_PERIOD;
    if (m->style == OD_STYLE_DEFAULT && close == '.') m->delimiter = OD_DELIMITER_DEFAULT;
    if (close == ')' && !od_pm_has(pm, OD_EXT_fancy_lists) && m->style != OD_STYLE_EXAMPLE)
        return false;
    if (!find_text(line, end + 1, m)) return false;
    // `A. Miller` is a name, and `p. 5` a page.
    const bool initial = close == '.' && (m->style == OD_STYLE_UPPER_ALPHA ||
                                          (m->style == OD_STYLE_UPPER_ROMAN && end == start + 1));
    const bool one_space = m->end == end + 2 || m->end == end + 1;
    if (initial && one_space && m->end < line.size && !od_pm_is_blank(line.data[m->end]))
        return false;
    const bool page = line.data[start] == 'p' && close == '.' && end == start + 1;
    return !page || !od_is_digit((unsigned char)od_pm_byte(line, m->end));
}

static bool read_mark(const od_pm *pm, od_slice line, mark *m) {
    *m = (mark){0};
    size_t at;
    m->indent = count_indent(line, &at);
    if (m->indent > 3 || at >= line.size) return false;
    if (!strchr("*+-", line.data[at])) return read_ordered(pm, line, at, m);
    if (od_pm_is_rule(line)) return false;
    return find_text(line, at + 1, m);
}

bool od_pm_starts_list(const od_pm *pm, od_slice text, size_t at) {
    size_t next;
    mark m;
    return read_mark(pm, od_pm_line(text, at, &next), &m);
}

// ---- items -------------------------------------------------------------------------------------

// Takes up to `columns` of white space off `line`; false when it has less.
static bool gobble(od_slice *line, size_t columns) {
    size_t at = 0, done = 0;
    while (done < columns && at < line->size && od_pm_is_blank(line->data[at]))
        done += line->data[at++] == '\t' ? 4 - done % 4 : 1;
    if (done < columns) return false;
    *line = od_slice_from(*line, at);
    return true;
}

static void add_line(od_buf *out, od_slice line) {
    od_buf_add(out, line);
    od_buf_byte(out, '\n');
}

static bool closes_div(const od_pm_job *job, od_slice line) {
    (void)job;
    size_t count = 0;
    while (od_pm_byte(line, count) == ':') count++;
    return count >= 3 && od_pm_is_blank_line(od_slice_from(line, count));
}

static bool starts_list_within(const od_pm *pm, od_slice line, size_t columns) {
    if (!gobble(&line, columns)) return false;
    mark m;
    return read_mark(pm, od_slice_from(line, od_pm_skip_blanks(line, 0)), &m);
}

static size_t add_blank_lines(od_slice text, size_t at, od_buf *out) {
    for (size_t next; at < text.size; at = next) {
        if (!od_pm_is_blank_line(od_pm_line(text, at, &next))) break;
        od_buf_byte(out, '\n');
    }
    return at;
}

// Adds the lines of an item that follow its first one without a blank line.
static size_t add_first_lines(const od_pm *pm, const od_pm_job *job, size_t at, size_t columns,
                              od_buf *out) {
    size_t next, fence;
    for (; at < job->text.size; at = next) {
        od_slice line = od_pm_line(job->text, at, &next);
        if (od_pm_is_blank_line(line) || od_pm_starts_list(pm, job->text, at) ||
            od_pm_find_fence(pm, job->text, at, &fence) ||
            starts_list_within(pm, line, columns) || closes_div(job, line))
            break;
        gobble(&line, columns);
        add_line(out, line);
    }
    return add_blank_lines(job->text, at, out);
}

// Adds one more paragraph, or nested list, of an item; returns `at` when there is none.
static size_t add_continuation(const od_pm *pm, const od_pm_job *job, size_t at, size_t columns,
                               od_buf *out) {
    size_t next;
    od_slice line = od_pm_line(job->text, at, &next);
    if (at >= job->text.size || od_pm_is_blank_line(line) || !gobble(&line, columns)) return at;
    add_line(out, line);
    for (at = next; at < job->text.size; at = next) {
        line = od_pm_line(job->text, at, &next);
        if (od_pm_is_blank_line(line) || closes_div(job, line)) break;
        if (!gobble(&line, columns) && od_pm_starts_list(pm, job->text, at)) break;
        add_line(out, line);
    }
    return add_blank_lines(job->text, at, out);
}

// A list being read: the texts of its items are pushed when all are known, the last one first.
typedef struct list {
    mark mark;
    OD_ARRAY(od_slice) items;
} list;

static bool fits(const mark *first, const mark *m) {
    return first->ordered == m->ordered &&
           (!m->ordered || (first->style == m->style && first->delimiter == m->delimiter));
}

// A letter may be a Roman digit, and the other way round, as the list goes.
static void adapt(const mark *first, od_slice line, mark *m) {
    const bool alpha = first->style == OD_STYLE_LOWER_ALPHA || first->style == OD_STYLE_UPPER_ALPHA;
    const bool roman = first->style == OD_STYLE_LOWER_ROMAN || first->style == OD_STYLE_UPPER_ROMAN;
    const size_t at = od_pm_skip_blanks(line, 0) + (m->delimiter == OD_DELIMITER_TWO_PARENS);
    if (!m->ordered || m->style == first->style || (!alpha && !roman)) return;
    const bool single = !od_is_ascii_alpha((unsigned char)od_pm_byte(line, at + 1));
    const bool upper = is_upper(od_pm_byte(line, at));
    if (alpha && single && od_is_ascii_alpha((unsigned char)od_pm_byte(line, at)))
        m->style = upper ? OD_STYLE_UPPER_ALPHA : OD_STYLE_LOWER_ALPHA;
    if (roman && single && roman_digit(od_pm_byte(line, at)))
        m->style = upper ? OD_STYLE_UPPER_ROMAN : OD_STYLE_LOWER_ROMAN;
}

static void note_example(od_pm *pm, const mark *m, list *l) {
    const size_t number = ++pm->example_count;
    if (!l->items.count) l->mark.number = number;
    if (!m->label.size) return;
    *od_array_push(&pm->scratch, &pm->example_numbers) = (od_name){m->label, number};
}

static size_t read_item(od_pm *pm, const od_pm_job *job, size_t at, const mark *m, list *l) {
    size_t next;
    od_slice line = od_pm_line(job->text, at, &next);
    const size_t columns = od_pm_has(pm, OD_EXT_four_space_rule) ? 4 : m->end;
    od_buf out = {0};
    add_line(&out, od_slice_from(line, m->end));
    at = add_first_lines(pm, job, next, columns, &out);
    for (size_t more; (more = add_continuation(pm, job, at, columns, &out)) != at;) at = more;
    if (m->style == OD_STYLE_EXAMPLE) note_example(pm, m, l);
    *od_array_push(&pm->scratch, &l->items) = od_arena_copy(&pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    return at;
}

static od_node *add_list(od_pm *pm, od_pm_job *job, const list *l) {
    od_node *const node =
        od_pm_add(pm, job->into, l->mark.ordered ? OD_ORDERED_LIST : OD_BULLET_LIST);
    if (!l->mark.ordered) return node;
    const bool starts = od_pm_has(pm, OD_EXT_startnum) || l->mark.style == OD_STYLE_EXAMPLE;
    node->list.start = starts ? l->mark.number : 1;
    node->list.style = (uint8_t)l->mark.style;
    node->list.delimiter = (uint8_t)l->mark.delimiter;
    return node;
}

// Reads a list of either kind at the job's place; false when there is none.
static bool read_list(od_pm *pm, od_pm_job *job, bool ordered) {
    size_t next, at = job->at;
    list l = {0};
    if (!read_mark(pm, od_pm_line(job->text, at, &next), &l.mark)) return false;
    if (l.mark.ordered != ordered) return false;
    while (at < job->text.size) {
        mark m;
        const od_slice line = od_pm_line(job->text, at, &next);
        if (!read_mark(pm, line, &m)) break;
        adapt(&l.mark, line, &m);
        if (!fits(&l.mark, &m)) break;
        at = read_item(pm, job, at, &m, &l);
    }
    job->at = at;
    od_node *const node = add_list(pm, job, &l);
    for (size_t i = 0; i < l.items.count; i++) od_pm_add(pm, node, OD_ITEM);
    // The first item is read first: it is pushed last.
    const size_t base = pm->jobs.count;
    size_t i = 0;
    for (od_node *item = node->first; item; item = item->next)
        od_pm_push(pm, item, l.items.items[i++],
                   (job->flags | OD_PM_IN_LIST) & ~(unsigned)OD_PM_IN_DIV, job->depth + 1);
    for (size_t low = base, high = pm->jobs.count; low + 1 < high; low++) {
        const od_pm_job moved = pm->jobs.items[low];
        pm->jobs.items[low] = pm->jobs.items[--high];
        pm->jobs.items[high] = moved;
    }
    return true;
}

bool od_pm_read_bullets(od_pm *pm, od_pm_job *job) {
    return read_list(pm, job, false);
}

bool od_pm_read_numbers(od_pm *pm, od_pm_job *job) {
    return read_list(pm, job, true);
}

// ---- definition lists --------------------------------------------------------------------------

// Whether `line` starts a definition; sets `*end` to the offset of its text.
static bool read_definition_mark(od_slice line, size_t *end) {
    size_t at;
    if (count_indent(line, &at) > 2) return false;
    const char c = od_pm_byte(line, at);
    if (c != ':' && c != '~') return false;
    const size_t text = od_pm_skip_blanks(line, at + 1);
    if (text >= line.size) {
        *end = line.size;
        return true;
    }
    if (text == at + 1) return false;
    *end = line.data[at + 1] == '\t' ? at + 2 : text < 4 ? text : 4;
    if (*end < at + 2) *end = at + 2;
    return true;
}

// Returns where the definition of a term at `at` starts, or SIZE_MAX; `*blank` tells of a blank
// line before it.
static size_t find_definition(od_slice text, size_t at, bool *blank) {
    size_t next, end;
    *blank = false;
    if (at < text.size && od_pm_is_blank_line(od_pm_line(text, at, &next))) {
        *blank = true;
        at = next;
    }
    if (at >= text.size || !read_definition_mark(od_pm_line(text, at, &next), &end))
        return SIZE_MAX;
    return at;
}

static size_t read_definition(od_pm *pm, const od_pm_job *job, size_t at, bool blank,
                              od_slice *made) {
    size_t next, end = 0;
    od_slice line = od_pm_line(job->text, at, &next);
    od_buf out = {0};
    read_definition_mark(line, &end);
    add_line(&out, od_slice_from(line, end));
    for (at = next; at < job->text.size;) {
        size_t rest = at;
        while (rest < job->text.size &&
               od_pm_is_blank_line(od_pm_line(job->text, rest, &next)))
            rest = next;
        line = od_pm_line(job->text, rest, &next);
        const bool indented = gobble(&line, 4);
        if (rest >= job->text.size || (rest > at && !indented)) break;
        if (!indented && read_definition_mark(line, &end)) break;
        if (rest > at) od_buf_byte(&out, '\n');
        add_line(&out, line);
        at = next;
    }
    const bool last = at >= job->text.size || od_pm_is_blank_line(od_pm_line(job->text, at, &next));
    od_buf_text(&out, blank ? "\n\n" : last ? "\n" : "");
    *made = od_arena_copy(&pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    return at;
}

bool od_pm_read_definitions(od_pm *pm, od_pm_job *job) {
    size_t next, at = job->at;
    bool blank;
    if (!od_pm_has(pm, OD_EXT_definition_lists)) return false;
    od_node *node = NULL;
    const size_t base = pm->jobs.count;
    while (at < job->text.size) {
        const od_slice term = od_pm_line(job->text, at, &next);
        size_t found = find_definition(job->text, next, &blank);
        if (od_pm_is_blank_line(term) || found == SIZE_MAX) break;
        if (!node) node = od_pm_add(pm, job->into, OD_DEFINITION_LIST);
        od_pm_pend(pm, od_pm_add(pm, node, OD_TERM), od_slice_trim(term), job->flags, job->depth);
        while (found != SIZE_MAX) {
            od_slice text;
            at = read_definition(pm, job, found, blank, &text);
            od_node *const definition = od_pm_add(pm, node, OD_DEFINITION);
            definition->list.tight = !blank;
            od_pm_push(pm, definition, text, job->flags & ~(unsigned)OD_PM_IN_LIST,
                       job->depth + 1);
            found = find_definition(job->text, at, &blank);
        }
        while (at < job->text.size && od_pm_is_blank_line(od_pm_line(job->text, at, &next)))
            at = next;
    }
    if (!node) return false;
    job->at = at;
    for (size_t low = base, high = pm->jobs.count; low + 1 < high; low++) {
        const od_pm_job moved = pm->jobs.items[low];
        pm->jobs.items[low] = pm->jobs.items[--high];
        pm->jobs.items[high] = moved;
    }
    return true;
}
