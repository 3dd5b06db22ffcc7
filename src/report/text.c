#include "report/excerpt.h"
#include "report/positions.h"

void od_report_count(od_report_counts *counts, const od_findings *findings) {
    counts->unchecked += findings->unchecked_count;
    for (size_t i = 0; i < findings->count; i++) {
        switch (findings->items[i].severity) {
        case OD_INFO: counts->infos++; break;
        case OD_WARNING: counts->warnings++; break;
        default: counts->errors++; break;
        }
    }
}

// ---- findings ----------------------------------------------------------------------------------

// What the lines of one report share.
typedef struct lines {
    od_buf *out;
    const od_report_options *options;
    od_positions positions;
} lines;

// Appends `path:line:col: `, or `path: `. A finding without a source is about what came in.
static void add_place_at(od_buf *out, const od_source *source, bool has_position, od_position at) {
    od_print_text(out, od_slice_of(source ? od_source_path(source) : "-"));
    if (has_position) {
        od_buf_byte(out, ':');
        od_buf_number(out, at.line);
        od_buf_byte(out, ':');
        od_buf_number(out, at.column);
    }
    od_buf_text(out, ": ");
}

static void add_place(lines *l, const od_source *source, size_t offset, bool has_position) {
    add_place_at(l->out, source, has_position, od_positions_at(&l->positions, source, offset));
}

// Editors look for the English words; people at a terminal get those of their language.
static const char *severity_word(od_severity severity, const od_report_options *options) {
    static const char *const CHINESE[] = {
        [OD_INFO] = "提示", [OD_WARNING] = "提醒", [OD_ERROR] = "错误", [OD_FAILURE] = "失败"};
    return options->excerpt && options->language == OD_CHINESE ? CHINESE[severity]
                                                               : od_print_severity(severity);
}

static void add_line(lines *l, const od_diagnostic *finding) {
    od_buf *const out = l->out;
    od_print_color(out, l->options, OD_COLOR_BOLD);
    add_place(l, finding->source, finding->span.start, finding->has_position);
    od_print_color(out, l->options, OD_COLOR_NONE);
    od_print_color(out, l->options, od_print_severity_color(finding->severity));
    od_buf_text(out, severity_word(finding->severity, l->options));
    od_print_color(out, l->options, OD_COLOR_NONE);
    od_buf_text(out, ": ");
    od_print_text(out, finding->message);
    if (finding->rule) {
        od_print_color(out, l->options, OD_COLOR_DIM);
        od_buf_text(out, " [");
        od_buf_text(out, finding->rule);
        od_buf_byte(out, ']');
        od_print_color(out, l->options, OD_COLOR_NONE);
    }
    od_buf_byte(out, '\n');
}

static void start_note(lines *l, size_t margin) {
    od_print_spaces(l->out, margin - strlen("| "));
    od_print_color(l->out, l->options, OD_COLOR_DIM);
    od_buf_text(l->out, "= ");
    od_print_color(l->out, l->options, OD_COLOR_NONE);
}

static void add_notes(lines *l, const od_diagnostic *finding, size_t margin) {
    for (size_t i = 0; i < finding->related_count; i++) {
        const od_related *const related = &finding->related[i];
        start_note(l, margin);
        add_place(l, related->source, related->span.start, related->source != NULL);
        od_print_text(l->out, related->message);
        od_buf_byte(l->out, '\n');
    }
    if (!finding->fix) return;
    start_note(l, margin);
    od_buf_text(l->out, od_print_pick(l->options->language, "--fix: ", "可用 --fix 自动修改："));
    od_print_text(l->out, finding->fix->title);
    od_buf_byte(l->out, '\n');
}

static void add_excerpt(lines *l, const od_diagnostic *finding) {
    size_t line = 1;
    if (finding->source && finding->has_position) {
        line = od_positions_at(&l->positions, finding->source, finding->span.start).line;
        od_excerpt_add(l->out, finding->source, finding->span, line,
                       od_print_severity_color(finding->severity), l->options);
    }
    add_notes(l, finding, od_excerpt_margin(line));
}

void od_report_text(od_buf *out, const od_findings *findings, const od_report_options *options) {
    od_arena arena = {0};
    lines l = {out, options, {.arena = &arena}};
    for (size_t i = 0; i < findings->count; i++) {
        const od_diagnostic *const finding = &findings->items[i];
        od_positions_add(&l.positions, finding->source, finding->span.start);
        for (size_t j = 0; options->excerpt && j < finding->related_count; j++)
            od_positions_add(&l.positions, finding->related[j].source,
                             finding->related[j].span.start);
    }
    od_positions_locate(&l.positions, options->unit);
    for (size_t i = 0; i < findings->count; i++) {
        add_line(&l, &findings->items[i]);
        if (options->excerpt) add_excerpt(&l, &findings->items[i]);
    }
    od_arena_free(&arena);
}

// ---- rules that were not checked ---------------------------------------------------------------

static bool lacks_same(const od_unchecked *a, const od_unchecked *b) {
    if (a->missing_count != b->missing_count) return false;
    for (size_t i = 0; i < a->missing_count; i++)
        if (!od_slice_equal(a->missing_fields[i], b->missing_fields[i])) return false;
    return true;
}

static void add_list_mark(od_buf *out, const od_report_options *options) {
    od_buf_text(out, od_print_pick(options->language, ", ", "、"));
}

// Appends the ids of all rules from `first` on that lack the same fields, and notes them in `told`.
static void add_rules(od_buf *out, const od_findings *findings, size_t first, bool *told,
                      const od_report_options *options) {
    for (size_t i = first; i < findings->unchecked_count; i++) {
        if (told[i] || !lacks_same(&findings->unchecked[i], &findings->unchecked[first])) continue;
        if (i > first) add_list_mark(out, options);
        od_print_text(out, findings->unchecked[i].rule);
        told[i] = true;
    }
}

void od_report_text_unchecked(od_buf *out, const od_findings *findings,
                              const od_report_options *options) {
    od_arena arena = {0};
    const od_language language = options->language;
    bool *const told = od_arena_array(&arena, bool, findings->unchecked_count);
    for (size_t i = 0; i < findings->unchecked_count; i++) {
        const od_unchecked *const u = &findings->unchecked[i];
        if (told[i]) continue;
        add_place_at(out, u->source, false, (od_position){0});
        od_buf_text(out, od_print_pick(language, "not checked: ", "未核对："));
        add_rules(out, findings, i, told, options);
        od_buf_text(out, od_print_pick(language, " (no value: ", "（缺："));
        for (size_t j = 0; j < u->missing_count; j++) {
            if (j) add_list_mark(out, options);
            od_print_text(out, u->missing[j]);
        }
        od_buf_text(out, od_print_pick(language, ")\n", "）\n"));
    }
    od_arena_free(&arena);
}

// ---- the closing line --------------------------------------------------------------------------

// One kind of thing that is counted.
typedef struct tally {
    size_t count;
    const char *one, *many; // English
    const char *chinese;    // with its measure word
} tally;

static void add_tally(od_buf *out, od_language language, const tally *t) {
    od_buf_number(out, t->count);
    if (language == OD_CHINESE) {
        od_buf_text(out, t->chinese);
        return;
    }
    od_buf_byte(out, ' ');
    od_buf_text(out, t->count == 1 ? t->one : t->many);
}

// Appends “2 errors, 3 warnings”, without the kinds of which there is none.
static void add_tallies(od_buf *out, od_language language, const od_report_counts *counts) {
    const tally tallies[] = {{counts->errors, "error", "errors", "个错误"},
                             {counts->warnings, "warning", "warnings", "个提醒"},
                             {counts->infos, "info", "infos", "个提示"}};
    bool first = true;
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++) {
        if (!tallies[i].count) continue;
        if (!first) od_buf_text(out, od_print_pick(language, ", ", "、"));
        add_tally(out, language, &tallies[i]);
        first = false;
    }
}

void od_report_text_summary(od_buf *out, const od_report_counts *counts,
                            const od_report_options *options) {
    const bool chinese = options->language == OD_CHINESE;
    const bool clean = !counts->errors && !counts->warnings && !counts->infos;
    const tally files = {counts->files, "file", "files", "个文件"};
    od_print_color(out, options, OD_COLOR_BOLD);
    if (clean) {
        od_buf_text(out, chinese ? "检查了" : "nothing found in ");
        add_tally(out, options->language, &files);
        if (chinese) od_buf_text(out, "，没有发现问题");
    } else {
        if (chinese) od_buf_text(out, "发现");
        add_tallies(out, options->language, counts);
        od_buf_text(out, chinese ? "（共检查" : " in ");
        add_tally(out, options->language, &files);
        if (chinese) od_buf_text(out, "）");
    }
    if (counts->unchecked) {
        const tally rules = {counts->unchecked, "rule", "rules", "条规则"};
        od_buf_text(out, chinese ? "；" : "; ");
        add_tally(out, options->language, &rules);
        od_buf_text(out, chinese ? "因缺数据未核对" : " not checked for want of data");
    }
    od_print_color(out, options, OD_COLOR_NONE);
    od_buf_byte(out, '\n');
}

// ---- failures ----------------------------------------------------------------------------------

void od_report_failures(od_buf *out, const od_findings *failures) {
    for (size_t i = 0; i < failures->count; i++) {
        const od_diagnostic *const failure = &failures->items[i];
        od_buf_text(out, "orgdraft: ");
        if (failure->source)
            add_place_at(out, failure->source, failure->has_position,
                         od_source_position(failure->source, failure->span.start, OD_CODE_POINTS));
        od_print_text(out, failure->message);
        od_buf_byte(out, '\n');
    }
}
