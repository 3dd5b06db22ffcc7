#include "engine/functions.h"

#include "data/moment.h"
#include "data/period.h"
#include "engine/beside.h"
#include "engine/lists.h"
#include "engine/passage.h"
#include "profile/pattern.h"

#include <math.h>

// ---- sections ----------------------------------------------------------------------------------

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
    if (!od_view_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!od_pattern_read(arena, arguments[1].text, &pattern, &wrong))
        return od_answer_refuse(view, arena, why, wrong, (od_slice){0});
    *count = view->values ? count_in(view, rule, &pattern, enough) : 1;
    od_pattern_free(&pattern);
    return OD_EVALUATED;
}

static od_evaluation has(void *context, od_arena *arena, const od_worth *arguments,
                         od_worth *worth, od_slice *why) {
    size_t count = 0;
    const od_evaluation done = search(context, arena, arguments, 1, &count, why);
    return done == OD_EVALUATED ? od_answer_truth(worth, count > 0) : done;
}

static od_evaluation count_matches(void *context, od_arena *arena, const od_worth *arguments,
                                   od_worth *worth, od_slice *why) {
    size_t count = 0;
    const od_evaluation done = search(context, arena, arguments, SIZE_MAX, &count, why);
    return done == OD_EVALUATED ? od_answer_number(worth, (long double)count) : done;
}

static od_evaluation chars(void *context, od_arena *arena, const od_worth *arguments,
                           od_worth *worth, od_slice *why) {
    od_view *const view = context;
    const od_section_rule *rule;
    if (!od_view_section(view, arena, arguments[0].text, &rule, why)) return OD_UNEVALUABLE;
    if (!view->values) return od_answer_number(worth, 1);
    walk w = {.reading = view->values->reading, .rule = rule};
    const od_document *const document = w.reading->document;
    size_t count = 0;
    while (next_passage(&w))
        if (w.passage.first)
            count += od_passage_chars(&view->scratch, &document->source, document->root,
                                      &w.passage, SIZE_MAX);
    return od_answer_number(worth, (long double)count);
}

// Whether something is written for a field, whatever it is.
static od_evaluation filled(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const size_t field = od_profile_field(view->profile, arguments[0].text);
    if (field == SIZE_MAX)
        return od_answer_refuse(view, arena, why,
                                OD_SAY("the profile has no field “{1}”", "文种文件里没有字段“{1}”"),
                                arguments[0].text);
    return od_answer_truth(worth, !view->values ||
                                   view->values->fields[field].standing != OD_STANDING_NONE);
}

static od_evaluation answer_datum(od_worth *worth, const od_datum *datum) {
    *worth = (od_worth){.kind = OD_WORTH_TEXT, .text = datum->text};
    if (od_field_type_is_text(datum->type)) return OD_EVALUATED;
    if (datum->type == OD_TYPE_DATE) {
        worth->kind = OD_WORTH_DATE;
        worth->date = datum->date;
        return OD_EVALUATED;
    }
    long double number = (long double)datum->number.digits;
    for (int i = 0; i < datum->number.scale; i++) number /= 10;
    return od_answer_number(worth, number);
}

// The value of a field, as its name alone gives it; a name with `-` in it is no name in a formula.
static od_evaluation value_of(void *context, od_arena *arena, const od_worth *arguments,
                              od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const size_t field = od_profile_field(view->profile, arguments[0].text);
    (void)arena;
    *why = arguments[0].text;
    if (field == SIZE_MAX) return OD_NAME_MISSING;
    const od_field_type type = view->profile->fields[field].type.type;
    od_datum datum = {
        .type = type, .text = OD_SLICE("1"), .number = {1, 0}, .date = {2000, 1, 1}};
    if (view->values && !od_values_find((void *)view->values, arguments[0].text, &datum))
        return OD_NAME_MISSING;
    return answer_datum(worth, &datum);
}

// ---- texts -------------------------------------------------------------------------------------

// Finds the second argument in the first, folded; where there are several, the last with `last`.
static od_evaluation find_in(void *context, od_arena *arena, const od_worth *arguments, bool last,
                             od_slice *text, od_span *found, od_slice *why) {
    od_pattern pattern;
    od_text wrong;
    od_span match;
    *found = (od_span){SIZE_MAX, SIZE_MAX};
    *text = od_fold(arena, arguments[0].text);
    if (!od_pattern_read(arena, arguments[1].text, &pattern, &wrong))
        return od_answer_refuse(context, arena, why, wrong, (od_slice){0});
    for (size_t at = 0; at <= text->size && od_pattern_find(&pattern, *text, at, &match);) {
        *found = match;
        at = last && match.end > match.start ? match.end : text->size + 1;
    }
    od_pattern_free(&pattern);
    return OD_EVALUATED;
}

static od_evaluation matches(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    od_slice text;
    od_span found;
    const od_evaluation done = find_in(context, arena, arguments, false, &text, &found, why);
    return done == OD_EVALUATED ? od_answer_truth(worth, found.start != SIZE_MAX) : done;
}

static od_evaluation before(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    od_slice text;
    od_span found;
    const od_evaluation done = find_in(context, arena, arguments, false, &text, &found, why);
    const size_t end = found.start == SIZE_MAX ? 0 : found.start;
    *worth = (od_worth){.kind = OD_WORTH_TEXT, .text = od_slice_cut(text, 0, end)};
    return done;
}

static od_evaluation after(void *context, od_arena *arena, const od_worth *arguments,
                           od_worth *worth, od_slice *why) {
    od_slice text;
    od_span found;
    const od_evaluation done = find_in(context, arena, arguments, true, &text, &found, why);
    const size_t start = found.start == SIZE_MAX ? text.size : found.end;
    *worth = (od_worth){.kind = OD_WORTH_TEXT, .text = od_slice_from(text, start)};
    return done;
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
    if (of->kind == OD_WORTH_TEXT) return od_answer_number(worth, day_of_name(arena, of->text));
    if (of->kind != OD_WORTH_DATE)
        return od_answer_refuse(view, arena, why,
                                OD_SAY("`weekday` takes a date, or the name of a day",
                                       "“weekday”的参数应为日期，或星期几的名称"),
                                (od_slice){0});
    // 1970-01-01 was a Thursday.
    const int64_t days = (od_date_days(of->date) + 3) % 7;
    return od_answer_number(worth, (long double)((days + 7) % 7 + 1));
}

// Returns how many decimals a number is written with; those that are 0 do not count.
static int decimals_of(od_slice text) {
    const size_t point = od_slice_find(text, OD_SLICE("."), 0);
    return point == SIZE_MAX ? 0 : (int)(text.size - point - 1);
}

static long double round_to(long double number, int decimals) {
    const long double power = powl(10, decimals), scaled = number * power;
    // What is binary may lie a hair below the half that people see.
    const long double hair = copysignl(fabsl(scaled) * 1e-17L + 1e-12L, scaled);
    return roundl(scaled + hair) / power;
}

// Half away from zero, as people round; to so many decimals as the second argument says.
static od_evaluation round_number(void *context, od_arena *arena, const od_worth *arguments,
                                  od_worth *worth, od_slice *why) {
    (void)context, (void)arena, (void)why;
    return od_answer_number(worth, round_to(arguments[0].number, (int)arguments[1].number));
}

// Whether the second number is the first one, rounded to the decimals that it has.
static od_evaluation agrees(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    const long double written = arguments[1].number;
    const long double rounded = round_to(arguments[0].number, decimals_of(arguments[1].text));
    (void)context, (void)arena, (void)why;
    return od_answer_truth(worth, fabsl(rounded - written) <= 5e-10L);
}

// ---- elapsed -----------------------------------------------------------------------------------

// The seconds from one time to another. Times of day alone may pass midnight.
static od_evaluation elapsed(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    od_moment from, to;
    (void)arena;
    if (!view->values) return od_answer_number(worth, 1);
    for (int i = 0; i < 2; i++) {
        if (od_moment_read(arguments[i].text, i ? &to : &from)) continue;
        *why = arguments[i].text;
        return OD_NAME_MISSING;
    }
    if (from.has_day != to.has_day) {
        *why = from.has_day ? arguments[1].text : arguments[0].text;
        return OD_NAME_MISSING;
    }
    const int64_t seconds = to.seconds - from.seconds;
    const int64_t day = seconds < 0 && !to.has_day ? (int64_t)24 * 60 * 60 : 0;
    return od_answer_number(worth, (long double)(seconds + day));
}

// The last day of a period: a year, or a text such as 2025年1—6月.
static od_evaluation last_day(void *context, od_arena *arena, const od_worth *arguments,
                              od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    const od_worth *const of = &arguments[0];
    od_date end = {2000, 12, 31};
    if (of->kind == OD_WORTH_DATE || of->kind == OD_WORTH_TRUTH)
        return od_answer_refuse(view, arena, why,
                                OD_SAY("`last_day` takes a year, or a period in words",
                                       "“last_day”的参数应为年份，或一段时期的写法"),
                                (od_slice){0});
    *why = of->text;
    if (view->values && !od_period_end(od_fold(arena, of->text), &end)) return OD_NAME_MISSING;
    *worth = (od_worth){.kind = OD_WORTH_DATE, .date = end};
    return OD_EVALUATED;
}

// ---- the table ---------------------------------------------------------------------------------

static const od_named_function FUNCTIONS[] = {
    {"has", "section, text", "tt", has},
    {"chars", "section", "t", chars},
    {"count", "section, text", "tt", count_matches},
    {"filled", "field", "t", filled},
    {"value", "field", "t", value_of},
    {"weekday", "date", "*", weekday},
    {"round", "number, decimals", "n?n", round_number},
    {"agrees", "number, number", "nn", agrees},
    {"elapsed", "from, to", "tt", elapsed},
    {"last_day", "period", "*", last_day},
    {"matches", "text, text", "tt", matches},
    {"before", "text, text", "tt", before},
    {"after", "text, text", "tt", after},
    {"names_draft", "text", "t", od_names_draft},
    {"names_file", "text", "t", od_names_file},
    {"between", "section, before, after", "ttt", od_list_between},
    {"column", "section, text, row", "tt?t", od_list_column},
    {"empty_cells", "section, text", "tt", od_list_empty_cells},
    {"items", "list", "t", od_list_items},
    {"number", "list", "t", od_list_number},
    {"sum", "list", "t", od_list_sum},
    {"all_in", "list, list", "tt", od_list_all_in},
    {"each_in", "section, list", "tt", od_list_each_in},
    {"earliest", "list, near", "t?d", od_list_earliest},
    {"latest", "list, near", "t?d", od_list_latest},
    {"ascending", "list", "t", od_list_ascending},
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
    static const char *const TAKES[] = {"section, text", "text, text"};
    for (size_t i = 0; i < sizeof TAKES / sizeof *TAKES; i++)
        if (od_slice_starts(od_slice_of(function->takes), od_slice_of(TAKES[i]))) return true;
    return false;
}
