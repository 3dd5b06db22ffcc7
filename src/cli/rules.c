#include "cli/rules.h"

#include "base/utf8.h"
#include "cli/filters.h"
#include "document/document.h"
#include "document/meta.h"
#include "profile/profile.h"

static const char *name_of(od_arena *arena, const char *path) {
    const char *const slash = strrchr(path, '/');
    od_slice name = od_slice_of(slash ? slash + 1 : path);
    if (od_slice_ends(name, OD_SLICE(".lua"))) name.size -= 4;
    return od_arena_copy(arena, name).data;
}

bool od_rules_read(od_cli *cli, od_rules_given *rules) {
    const od_word_list *const paths = &cli->args.filters;
    od_script *const scripts = od_arena_array(&cli->arena, od_script, paths->count);
    const char **const ids = od_arena_array(&cli->arena, const char *, paths->count);
    for (size_t i = 0; i < paths->count; i++) {
        if (od_filters_read(cli, paths->items[i], &scripts[i]) != OD_EXIT_CLEAN) {
            cli->failed = true;
            return false;
        }
        ids[i] = name_of(&cli->arena, paths->items[i]);
    }
    *rules = (od_rules_given){scripts, paths->count, ids};
    return true;
}

// What is collected of one draft.
typedef struct collector {
    od_arena *arena; // of the document
    const od_source *source;
    OD_ARRAY(od_diagnostic) found;
} collector;

static bool lies_in(const od_source *source, od_span span) {
    return span.start <= span.end && span.end <= source->bytes.size;
}

// A fix goes into the draft, so it must be text.
static const od_fix *make_fix(collector *c, const od_lua_report *report) {
    if (!report->has_fix || !lies_in(c->source, report->fix_span) ||
        od_utf8_find_invalid(report->fix_text) != SIZE_MAX)
        return NULL;
    od_edit *const edit = od_arena_new(c->arena, od_edit);
    *edit = (od_edit){report->fix_span, od_arena_copy(c->arena, report->fix_text)};
    od_fix *const fix = od_arena_new(c->arena, od_fix);
    const od_slice title = report->fix_title.size ? report->fix_title : report->message;
    *fix = (od_fix){od_arena_copy(c->arena, title), edit, 1};
    return fix;
}

static void collect(void *context, const od_lua_report *report) {
    collector *const c = context;
    const bool placed = report->has_position && lies_in(c->source, report->span);
    *od_array_push(c->arena, &c->found) =
        (od_diagnostic){.source = c->source,
                        .span = placed ? report->span : (od_span){0, 0},
                        .rule = od_arena_copy(c->arena, report->rule).data,
                        .severity = report->severity,
                        .has_position = placed,
                        .message = od_arena_copy(c->arena, report->message),
                        .fix = make_fix(c, report)};
}

// The metadata of the draft; front matter that is wrong is told by check.
static bool read_meta(od_cli *cli, const od_document *document, od_loaded *loaded) {
    od_diagnostics failures = {.arena = loaded->arena,
                               .language = (od_language)cli->args.language};
    const od_value none = {.kind = OD_MAPPING};
    const od_value *const values =
        document->front_matter.valid ? &document->front_matter.values : &none;
    const od_reader_options options = {.tables = true, .footnotes = true};
    if (od_read_meta(loaded->arena, values, &options, &failures, &loaded->meta) == OD_OK)
        return true;
    od_report_failures(&cli->err,
                       &(od_findings){.items = failures.found.items,
                                      .count = failures.found.count});
    cli->failed = true;
    return false;
}

// Runs scripts on the draft; false after saying what went wrong.
static bool run_scripts(od_cli *cli, const od_script *scripts, size_t count, bool trust,
                        const od_draft *draft, od_loaded *loaded, collector *c) {
    const od_filtering filtering = {
        .cli = cli,
        .scripts = scripts,
        .count = count,
        .document = loaded,
        .format = "gfm",
        .globals = {.input_files = &draft->name, .input_count = 1, .from = "gfm", .to = "gfm"},
        .trust = trust,
        .keep = true,
        .context = c,
        .report = collect};
    bool ended = false;
    const int status = od_filters_run(&filtering, &ended);
    if (!ended && status == OD_EXIT_CLEAN) return true;
    od_cli_fail(cli, draft->name,
                od_say(&cli->log, ended ? OD_SAY("not checked: a rule called os.exit",
                                                 "没有检查：规则调用了 os.exit")
                                        : OD_SAY("not checked: a rule failed (see above)",
                                                 "没有检查：规则出错（见上）")));
    return false;
}

// Reads the rules of the draft's profile. They are never trusted, since a draft names its profile.
static bool read_profile_rules(od_cli *cli, const od_draft *draft, od_script *scripts) {
    const od_profile *const profile = draft->profile;
    for (size_t i = 0; i < profile->lua_count; i++) {
        if (od_filters_read(cli, profile->lua[i].data, &scripts[i]) == OD_EXIT_CLEAN) continue;
        od_cli_fail(cli, draft->name,
                    od_say(&cli->log, OD_SAY("not checked: a rule of its profile cannot be read",
                                             "没有检查：它的文种的一条规则无法读取")));
        return false;
    }
    return true;
}

bool od_rules_run(od_cli *cli, const od_rules_given *rules, const od_draft *draft,
                  od_check_options *options) {
    const od_document *const document = draft->document;
    const size_t own = draft->profile->lua_count;
    // Bytes in another encoding are not checked at all.
    if (!(rules->count + own) || document->first_invalid != SIZE_MAX) return true;
    od_arena *const arena = &((od_document *)document)->arena;
    collector c = {.arena = arena, .source = &document->source};
    od_draft_part part = {&document->source, 0, document, draft->profile};
    od_loaded loaded = {.arena = arena,
                        .root = document->root,
                        .parts = &part,
                        .part_count = 1,
                        .size = document->source.bytes.size};
    od_script *const scripts = od_arena_array(arena, od_script, own);
    if (!read_meta(cli, document, &loaded) || !read_profile_rules(cli, draft, scripts) ||
        !run_scripts(cli, rules->scripts, rules->count, cli->args.trust, draft, &loaded, &c))
        return false;
    loaded.root = document->root; // whatever a rule made of it
    if (!run_scripts(cli, scripts, own, false, draft, &loaded, &c)) return false;
    const char **const ids = od_arena_array(arena, const char *, rules->count + own);
    for (size_t i = 0; i < rules->count; i++) ids[i] = rules->ids[i];
    for (size_t i = 0; i < own; i++) ids[rules->count + i] = name_of(arena, scripts[i].path);
    od_findings *const found = od_arena_new(arena, od_findings);
    *found = (od_findings){.items = c.found.items, .count = c.found.count};
    options->more = found;
    options->more_rules = ids;
    options->more_rule_count = rules->count + own;
    return true;
}
