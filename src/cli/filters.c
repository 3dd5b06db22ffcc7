#include "cli/filters.h"

#include "base/limits.h"
#include "base/pack.h"
#include "cli/child.h"
#include "cli/deadline.h"
#include "cli/file.h"
#include "lua/filter.h"
#include "lua/script.h"
#include "report/print.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MESSAGE_MAX = 64 * 1024 }; // bytes of an error that are shown

// What a child says.
typedef enum message {
    REFUSES,    // the document: exit code
    PARSED,     // the version of its JSON
    BEGINS,     // the script that runs now: its index
    PRINTS_OUT, // text
    PRINTS_ERR, // text
    PRINTS_TOO_MUCH,
    REPORTS, // pack_report
    FAILS,   // pack_failure
    OUT_OF_TIME, // pack_failure
    LEAVES,  // with a status
    IS_TOO_DEEP, // the document
    UNFILTERED, // its system calls are not limited
} message;

typedef struct runner {
    const od_filtering *f;
    size_t current; // script
    od_globals globals;
    od_lua_draft draft;
    // In the child:
    od_child *child;
    od_cage cage;
    size_t printed; // bytes
    // In the parent:
    size_t shown; // bytes
    int status;
    bool parsing; // the document, as far as is known
    bool ended, cut;
} runner;

// ---- bytes of messages -------------------------------------------------------------------------

static void pack_span(od_buf *out, od_span span) {
    od_pack_number(out, span.start);
    od_pack_number(out, span.end);
}

static od_span unpack_span(od_unpacker *u) {
    const size_t start = od_unpack_number(u), end = od_unpack_number(u);
    return (od_span){start, end};
}

static void pack_report(od_buf *out, const od_lua_report *report) {
    pack_span(out, report->span);
    pack_span(out, report->fix_span);
    od_pack_number(out, report->has_position);
    od_pack_number(out, report->has_fix);
    od_pack_number(out, report->severity);
    od_pack_text(out, report->rule);
    od_pack_text(out, report->message);
    od_pack_text(out, report->fix_title);
    od_pack_text(out, report->fix_text);
}

static bool unpack_report(od_slice bytes, od_lua_report *report) {
    od_unpacker u = {bytes, false};
    report->span = unpack_span(&u);
    report->fix_span = unpack_span(&u);
    report->has_position = od_unpack_number(&u) != 0;
    report->has_fix = od_unpack_number(&u) != 0;
    const size_t severity = od_unpack_number(&u);
    report->severity = severity <= OD_ERROR ? (od_severity)severity : OD_ERROR;
    report->rule = od_unpack_text(&u);
    report->message = od_unpack_text(&u);
    report->fix_title = od_unpack_text(&u);
    report->fix_text = od_unpack_text(&u);
    return !u.wrong;
}

static void pack_failure(od_buf *out, const od_filter_failure *failure) {
    pack_span(out, failure->place);
    od_pack_text(out, od_slice_of(failure->handler));
    od_pack_text(out, failure->message);
}

// ---- saying what went wrong --------------------------------------------------------------------

// Appends what a filter has written, without what a terminal would obey.
static void put_safely(od_buf *out, od_slice text) {
    size_t start = 0;
    for (size_t i = 0; i <= text.size; i++) {
        const bool at_end = i == text.size;
        if (!at_end && text.data[i] != '\n' && text.data[i] != '\t') continue;
        od_print_text(out, od_slice_cut(text, start, i));
        if (!at_end) od_buf_byte(out, text.data[i]);
        start = i + 1;
    }
}

static const char *path_of(const runner *r) {
    return r->f->scripts[r->current].path;
}

// `Error running filter FILE:`, as pandoc has it.
static void put_first_line(const runner *r) {
    od_buf *const err = &r->f->cli->err;
    od_buf_text(err, r->f->document ? "Error running filter " : "Error running ");
    od_print_text(err, od_slice_of(path_of(r)));
    od_buf_byte(err, ':');
}

// Says in one line why a filter came to its end.
static void fail_in_one_line(runner *r, od_slice why) {
    put_first_line(r);
    od_buf_byte(&r->f->cli->err, ' ');
    od_print_text(&r->f->cli->err, why);
    od_buf_byte(&r->f->cli->err, '\n');
    r->status = OD_EXIT_LUA;
}

// Returns `PATH:LINE:COLUMN`, or nothing for a place that is none.
static od_slice place_text(const runner *r, od_span place) {
    const od_loaded *const document = r->f->document;
    const od_draft_part *const part =
        document && place.start != SIZE_MAX
            ? od_draft_part_at(document->parts, document->part_count, place.start)
            : NULL;
    if (!part) return (od_slice){0};
    od_arena *const arena = &r->f->cli->arena;
    const od_position at =
        od_source_position(part->source, place.start - part->start, OD_CODE_POINTS);
    return od_arena_concat(arena, od_slice_of(part->source->path), OD_SLICE(":"),
                           od_arena_number(arena, at.line), OD_SLICE(":"),
                           od_arena_number(arena, at.column));
}

// Returns `in Str, at draft.md:3:7`, or less where less is known.
static od_slice context_text(const runner *r, od_slice handler, od_span place) {
    od_diagnostics *const say = &r->f->cli->log;
    const od_slice where = place_text(r, place);
    if (!handler.size) return (od_slice){0};
    if (!where.size) return od_say(say, OD_SAY("in {1}", "在 {1} 中"), handler);
    return od_say(say, OD_SAY("in {1}, at {2}", "在 {1} 中，位置 {2}"), handler, where);
}

static od_slice first_line(od_slice text) {
    const size_t end = od_slice_find(text, OD_SLICE("\n"), 0);
    return end == SIZE_MAX ? text : od_slice_cut(text, 0, end);
}

static od_slice megabytes(od_cli *cli, size_t bytes) {
    return od_arena_number(&cli->arena, bytes >> 20);
}

static size_t lua_memory(const runner *r) {
    return od_limit_value(FILTER_MEMORY) + (r->f->document ? r->f->document->size * 32 : 0);
}

static void fail_for_memory(runner *r) {
    od_cli *const cli = r->f->cli;
    fail_in_one_line(r, od_say(&cli->log,
                               OD_SAY("it needs more memory than the {1} MiB of a caged filter; if "
                                      "you trust it, run with --trust",
                                      "它要用的内存超过隔离环境的{1} MiB；如果信任它，请用 --trust"),
                               megabytes(cli, lua_memory(r))));
}

// Takes off the end of a traceback what is no Lua, and all of it when nothing else is there: pandoc
// shows neither.
static od_slice trim_traceback(od_slice message) {
    static const char *const ENDS[] = {"\n\t[C]: in ?", "\nstack traceback:"};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (od_slice_ends(message, od_slice_of(ENDS[i]))) message.size -= strlen(ENDS[i]);
    return message;
}

// Whether one line says it all: a limit was met, or something is not there.
static bool is_plain(const runner *r, od_slice line) {
    return !r->f->trust && (od_slice_find(line, OD_SLICE("stack overflow"), 0) != SIZE_MAX ||
                            od_slice_ends(line, OD_SLICE("run with --trust")));
}

// Says what Lua said, as pandoc does, and then what pandoc leaves out.
static void fail(runner *r, od_slice message, od_slice handler, od_span place) {
    od_cli *const cli = r->f->cli;
    const od_slice line = first_line(message), context = context_text(r, handler, place);
    r->status = OD_EXIT_LUA;
    if (!r->f->trust && od_slice_is(message, "not enough memory")) {
        fail_for_memory(r);
        return;
    }
    if (is_plain(r, line)) {
        fail_in_one_line(r, context.size ? od_arena_concat(&cli->arena, line, OD_SLICE(" ("),
                                                           context, OD_SLICE(")"))
                                         : line);
        return;
    }
    put_first_line(r);
    od_buf_byte(&cli->err, '\n');
    put_safely(&cli->err, trim_traceback(message));
    od_buf_byte(&cli->err, '\n');
    if (!context.size) return;
    od_buf_text(&cli->err, "  ");
    od_print_text(&cli->err, context);
    od_buf_byte(&cli->err, '\n');
}

static long file_time_limit(const runner *r) {
    const od_loaded *const document = r->f->document;
    return od_deadline_for(r->f->cli, document ? document->size : 0);
}

static long time_limit(const runner *r) {
    return file_time_limit(r) * (long)r->f->count;
}

static void fail_for_time(runner *r, od_slice context) {
    od_cli *const cli = r->f->cli;
    char seconds[32];
    snprintf(seconds, sizeof seconds, "%.10g", (double)time_limit(r) / 1000);
    const od_slice extra =
        context.size ? od_arena_concat(&cli->arena, OD_SLICE(" ("), context, OD_SLICE(")"))
                     : (od_slice){0};
    fail_in_one_line(r, od_say(&cli->log,
                               OD_SAY("gave up after {1} s of processor time{2}; allow more with "
                                      "--timeout, or run with --trust",
                                      "用了{1}秒处理器时间仍未完成，已放弃{2}；请用 --timeout 放宽，"
                                      "或用 --trust"),
                               od_slice_of(seconds), extra));
}

static void show_report(const runner *r, const od_lua_report *report) {
    const od_loaded *const document = r->f->document;
    const od_draft_part *const part =
        document && report->has_position
            ? od_draft_part_at(document->parts, document->part_count, report->span.start)
            : NULL;
    od_span span = {0, 0};
    if (part) {
        span = (od_span){report->span.start - part->start, report->span.end - part->start};
        if (span.end < span.start || span.end > part->source->bytes.size) span.end = span.start;
    }
    od_cli *const cli = r->f->cli;
    static const od_source NOWHERE = {.path = "-"};
    const od_diagnostic found = {
        .source = part                                 ? part->source
                  : document && document->part_count ? document->parts[0].source
                                                       : &NOWHERE,
        .span = span,
        .rule = od_arena_copy(&cli->arena, report->rule).data,
        .severity = report->severity,
        .has_position = part != NULL,
        .message = report->message};
    const od_report_options options = od_cli_report(cli, true);
    od_report_text(&cli->err, &(od_findings){.items = &found, .count = 1}, &options);
}

static void hand_on_report(const runner *r, const od_lua_report *report) {
    if (r->f->report) r->f->report(r->f->context, report);
    else show_report(r, report);
}

// ---- one script --------------------------------------------------------------------------------

static void open_caged(lua_State *L, void *context) {
    od_cage_open(L, &((runner *)context)->cage);
}

static void extend_caged(lua_State *L, void *context) {
    runner *const r = context;
    od_set_globals(L, &r->globals);
    od_open_orgdraft(L, &r->draft);
    od_cage_extend(L, &r->cage);
}

static void extend_trusted(lua_State *L, void *context) {
    runner *const r = context;
    od_set_globals(L, &r->globals);
    od_open_orgdraft(L, &r->draft);
}

// Makes what the script is given beside the document.
static void prepare(runner *r) {
    const od_loaded *const document = r->f->document;
    r->draft = (od_lua_draft){.language = (od_language)r->f->cli->args.language,
                              .script = path_of(r),
                              .arena = &r->f->cli->arena};
    if (!document) return;
    r->draft.parts = document->parts;
    r->draft.part_count = document->part_count;
}

static od_status run_in(runner *r, od_filter *filter, od_filter_failure *failure) {
    const od_script *const script = &r->f->scripts[r->current];
    const od_globals *const g = &r->globals;
    if (!r->f->document) {
        od_arena *const arena = &r->f->cli->arena;
        const char *const name =
            od_arena_concat(arena, OD_SLICE("@"), od_slice_of(script->path)).data;
        return od_script_run(filter, script->bytes, name, g->arguments, g->argument_count, failure);
    }
    const od_status status = od_filter_load(filter, script->bytes, failure);
    if (status != OD_OK) return status;
    od_loaded *const document = r->f->document;
    return od_filter_run(filter, document->arena, &document->root, &document->meta, failure);
}

// Runs the current script. Closing is for the caller, since what failed is told by the filter.
static od_filter *run_one(runner *r, const od_filter_settings *settings, od_status *status,
                          od_filter_failure *failure) {
    prepare(r);
    *failure = (od_filter_failure){.place = OD_NO_SPAN};
    od_filter *const filter = od_filter_open(settings, failure);
    *status = OD_INVALID;
    if (!filter) failure->message = OD_SLICE("not enough memory");
    else if (!failure->message.data) *status = run_in(r, filter, failure);
    return filter;
}

// ---- trusted -----------------------------------------------------------------------------------

static void say_now(void *context, od_slice line) {
    (void)context;
    fflush(stdout); // what Lua printed before comes before
    fwrite(line.data, 1, line.size, stderr);
}

static void run_trusted(runner *r) {
    r->globals.say = say_now;
    if (!r->f->keep) od_cli_flush(r->f->cli); // a script may end the process
    for (r->current = 0; r->current < r->f->count && r->status == OD_EXIT_CLEAN; r->current++) {
        const od_filter_settings settings = {.path = path_of(r),
                                             .format = r->f->format,
                                             .extend = extend_trusted,
                                             .context = r};
        od_status status;
        od_filter_failure failure;
        od_filter *const filter = run_one(r, &settings, &status, &failure);
        fflush(stdout);
        if (status != OD_OK)
            fail(r, failure.message, od_slice_of(failure.handler), failure.place);
        for (size_t i = 0; i < r->draft.reports.count; i++)
            hand_on_report(r, &r->draft.reports.items[i]);
        od_filter_close(filter);
    }
}

// ---- in the cage: the child --------------------------------------------------------------------

static void print_from_child(void *context, bool to_stderr, od_slice text) {
    runner *const r = context;
    const size_t most = od_limit_value(FILTER_OUTPUT);
    if (r->printed > most) return;
    r->printed += text.size;
    if (r->printed > most) od_child_send(r->child, PRINTS_TOO_MUCH, (od_slice){0});
    else od_child_send(r->child, to_stderr ? PRINTS_ERR : PRINTS_OUT, text);
}

static void warn_from_child(void *context, od_slice line) {
    print_from_child(context, true, line);
}

static void leave_child(void *context, int status) {
    const int32_t code = status;
    od_child_send(((runner *)context)->child, LEAVES, (od_slice){(const char *)&code, sizeof code});
    od_child_leave();
}

static bool child_spent(void *context) {
    (void)context;
    return od_child_spent();
}

static void send_failure(runner *r, message kind, const od_filter_failure *failure) {
    od_buf bytes = {0};
    pack_failure(&bytes, failure);
    od_child_send(r->child, kind, od_buf_slice(&bytes));
}

static void wake(void *context) {
    od_cage_wake(&((runner *)context)->cage);
}

static void give_up(void *context, od_slice where, const char *handler, od_span place) {
    send_failure(context, OUT_OF_TIME,
                 &(od_filter_failure){.message = where, .handler = handler, .place = place});
    od_child_leave();
}

static void send_reports(runner *r) {
    od_buf bytes = {0};
    for (size_t i = 0; i < r->draft.reports.count; i++) {
        bytes.size = 0;
        pack_report(&bytes, &r->draft.reports.items[i]);
        od_child_send(r->child, REPORTS, od_buf_slice(&bytes));
    }
    od_buf_free(&bytes);
}

// Runs the current script; false when it failed.
static bool run_caged_script(runner *r) {
    const od_script *const script = &r->f->scripts[r->current];
    r->cage = (od_cage){.memory = lua_memory(r),
                        .modules = script->modules,
                        .module_count = script->module_count,
                        .modules_left_out = script->modules_left_out,
                        .context = r,
                        .print = print_from_child,
                        .leave = leave_child,
                        .spent = child_spent,
                        .give_up = give_up};
    const od_filter_settings settings = {.path = script->path,
                                         .format = r->f->format,
                                         .allocate = od_cage_allocate,
                                         .allocate_context = &r->cage,
                                         .open = open_caged,
                                         .extend = extend_caged,
                                         .context = r};
    od_status status;
    od_filter_failure failure;
    od_filter *const filter = run_one(r, &settings, &status, &failure);
    send_reports(r);
    if (status != OD_OK) {
        send_failure(r, FAILS, &failure);
        return false; // nothing is closed: what it would run is not worth it
    }
    // The last one goes with the process.
    if (r->current + 1 < r->f->count) {
        r->cage.L = NULL;
        od_filter_close(filter);
        od_heap_free(&r->cage.heap);
    }
    return true;
}

// Parses the document where nothing else can happen; false after saying what is wrong with it.
static bool parse_caged(runner *r) {
    od_cli *const cli = r->f->cli;
    const size_t before = cli->err.size;
    od_child_clock(file_time_limit(r));
    const int32_t status = od_load_parse(cli, r->f->document);
    od_child_clock(time_limit(r));
    const od_slice said = od_slice_from(od_buf_slice(&cli->err), before);
    if (said.size) od_child_send(r->child, PRINTS_ERR, said);
    const od_pandoc_api *const version = &r->f->document->version;
    if (status == OD_EXIT_CLEAN)
        od_child_send(r->child, PARSED, (od_slice){(const char *)version, sizeof *version});
    else
        od_child_send(r->child, REFUSES, (od_slice){(const char *)&status, sizeof status});
    return status == OD_EXIT_CLEAN;
}

// Writes the document and sends it.
static void answer(runner *r) {
    const od_loaded *const document = r->f->document;
    const size_t most = od_limit_value(AST_DEPTH);
    if (od_node_is_deeper(document->root, most) || od_node_is_deeper(document->meta, most)) {
        od_child_send(r->child, IS_TOO_DEEP, (od_slice){0});
        return;
    }
    od_buf out = {0};
    r->f->write(r->f->context, document, &out);
    od_child_answer(r->child, od_buf_slice(&out));
}

static void work(void *context, od_child *child) {
    runner *const r = context;
    r->child = child;
    if (!od_child_is_filtered()) od_child_send(child, UNFILTERED, (od_slice){0});
    if (r->parsing && !parse_caged(r)) return;
    for (r->current = 0; r->current < r->f->count; r->current++) {
        const uint64_t index = r->current;
        od_child_send(child, BEGINS, (od_slice){(const char *)&index, sizeof index});
        if (!run_caged_script(r)) return;
    }
    if (r->f->write) answer(r);
}

// ---- in the cage: the parent -------------------------------------------------------------------

// Whether so much more may be shown; says once that no more is.
static bool may_show(runner *r, size_t size) {
    od_cli *const cli = r->f->cli;
    r->shown += size;
    if (r->shown <= od_limit_value(FILTER_OUTPUT)) return true;
    if (!r->cut)
        od_cli_note(cli, path_of(r),
                    od_say(&cli->log,
                           OD_SAY("prints more than {1} MiB; the rest is left out",
                                  "打印的内容超过{1} MiB，其余略去"),
                           megabytes(cli, od_limit_value(FILTER_OUTPUT))));
    r->cut = true;
    return false;
}

static void show(runner *r, bool to_stderr, od_slice text) {
    od_cli *const cli = r->f->cli;
    const bool on_stdout = !to_stderr && !r->f->document; // else the document owns it
    if (!may_show(r, text.size)) return;
    put_safely(on_stdout ? &cli->out : &cli->err, text);
    if (!r->f->keep) od_cli_flush(cli);
}

static void take_failure(runner *r, message kind, od_slice bytes) {
    od_unpacker u = {bytes, false};
    const od_span place = unpack_span(&u);
    const od_slice handler = od_unpack_text(&u), text = od_unpack_text(&u);
    if (kind == FAILS) {
        // error(("x"):rep(1e8)) says no more than its start does
        fail(r, text.size > MESSAGE_MAX ? od_slice_cut(text, 0, MESSAGE_MAX) : text, handler, place);
        return;
    }
    od_arena *const arena = &r->f->cli->arena;
    const od_slice context = context_text(r, handler, place);
    const od_slice mark = OD_SLICE("; ");
    fail_for_time(r, text.size && context.size ? od_arena_concat(arena, text, mark, context)
                     : text.size               ? text
                                               : context);
}

static void note_unfiltered(runner *r) {
    od_cli *const cli = r->f->cli;
    if (!cli->args.verbose) return;
    od_cli_note(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("this system has no seccomp: the cage holds by its other limits",
                              "本系统没有seccomp：隔离环境靠其余限制起作用")));
}

static void fail_for_depth(runner *r) {
    od_cli *const cli = r->f->cli;
    fail_in_one_line(r, od_say(&cli->log,
                               OD_SAY("what came back is nested deeper than {1} levels (limit: "
                                      "document nesting)",
                                      "返回的文稿嵌套超过{1}层（上限：文档嵌套层数）"),
                               od_arena_number(&cli->arena, od_limit_value(AST_DEPTH))));
}

// Takes a value that is sent as it lies in memory.
static bool take_raw(void *value, size_t size, od_slice bytes) {
    if (bytes.size != size) return false;
    memcpy(value, bytes.data, size);
    return true;
}

static bool take_refusal(runner *r, od_slice bytes) {
    int32_t status = 0;
    if (!r->parsing || !take_raw(&status, sizeof status, bytes)) return false;
    r->status = status == OD_EXIT_PARSE ? OD_EXIT_PARSE : OD_EXIT_FAILURE;
    r->f->cli->failed = true;
    return true;
}

static bool take_version(runner *r, od_slice bytes) {
    od_pandoc_api *const version = r->f->document ? &r->f->document->version : NULL;
    if (!r->parsing || !version || !take_raw(version, sizeof *version, bytes)) return false;
    r->parsing = false;
    return version->count <= OD_PANDOC_API_NUMBERS;
}

static bool take(void *context, unsigned kind, od_slice bytes) {
    runner *const r = context;
    od_lua_report report;
    int32_t code = 0;
    uint64_t index = 0;
    switch ((message)kind) {
    case REFUSES: return take_refusal(r, bytes);
    case PARSED: return take_version(r, bytes);
    case BEGINS:
        if (r->parsing || !take_raw(&index, sizeof index, bytes) || index >= r->f->count)
            return false;
        r->current = (size_t)index;
        return true;
    case PRINTS_OUT:
    case PRINTS_ERR: show(r, kind == PRINTS_ERR, bytes); return true;
    case PRINTS_TOO_MUCH: may_show(r, od_limit_value(FILTER_OUTPUT) + 1); return true;
    case REPORTS:
        if (!unpack_report(bytes, &report)) return false;
        if (r->f->report || may_show(r, bytes.size)) hand_on_report(r, &report);
        return true;
    case FAILS:
    case OUT_OF_TIME:
        if (r->status != OD_EXIT_CLEAN) return false; // one is enough
        take_failure(r, (message)kind, bytes);
        return true;
    case LEAVES:
        if (!take_raw(&code, sizeof code, bytes)) return false;
        r->status = code & 0xFF;
        r->ended = true;
        return true;
    case IS_TOO_DEEP: fail_for_depth(r); return true;
    case UNFILTERED: note_unfiltered(r); return true;
    }
    return false;
}

static void fail_for_nonsense(runner *r) {
    fail_in_one_line(r, od_say(&r->f->cli->log,
                               OD_SAY("it sent back what no filter sends, or too much of it",
                                      "它送回了不该有的或过多的内容")));
}

// Says how the process ended in which the document was being parsed.
static void fail_to_parse(runner *r, od_child_end end, int detail) {
    od_cli *const cli = r->f->cli;
    od_diagnostics *const log = &cli->log;
    const od_slice why =
        end == OD_CHILD_TIME ? od_deadline_message(cli, file_time_limit(r))
        : end == OD_CHILD_MEMORY
            ? od_say(log, OD_SAY("parsing it takes more memory than a cage has; split it, or run "
                                 "with --trust",
                                 "解析它要用的内存超过隔离环境的上限；请拆分，或用 --trust"))
            : od_say(log, OD_SAY("parsing it ended with signal {1}", "解析它时程序崩溃（信号{1}）"),
                     od_arena_number(&cli->arena, (size_t)detail));
    od_cli_fail(cli, od_load_name(r->f->document), why);
    r->status = OD_EXIT_FAILURE;
}

static void fail_for_end(runner *r, od_child_end end, int detail) {
    od_cli *const cli = r->f->cli;
    if (r->parsing && (end == OD_CHILD_TIME || end == OD_CHILD_MEMORY || end == OD_CHILD_CRASHED)) {
        fail_to_parse(r, end, detail);
        return;
    }
    switch (end) {
    case OD_CHILD_DONE: return;
    case OD_CHILD_TIME: fail_for_time(r, (od_slice){0}); return;
    case OD_CHILD_MEMORY: fail_for_memory(r); return;
    case OD_CHILD_STOPPED:
    case OD_CHILD_TALKATIVE: fail_for_nonsense(r); return;
    case OD_CHILD_CRASHED:
        fail_in_one_line(r, od_say(&cli->log,
                                   OD_SAY("it crashed (signal {1})", "它崩溃了（信号{1}）"),
                                   od_arena_number(&cli->arena, (size_t)detail)));
        return;
    case OD_CHILD_UNBORN:
        fail_in_one_line(r, od_say(&cli->log, OD_SAY("no process could be started for it: {1}",
                                                     "无法为它启动进程：{1}"),
                                   od_cli_errno(cli, detail)));
        return;
    }
}

// Takes over the bytes of the document.
static void take_answer(runner *r, od_child_result *result) {
    const od_filtering *const f = r->f;
    if (!result->answered || !f->write || !f->accept(f->context, od_buf_slice(&result->answer))) {
        fail_for_nonsense(r);
        return;
    }
    if (f->out->size) {
        od_buf_add(f->out, od_buf_slice(&result->answer));
        return;
    }
    od_buf_free(f->out);
    *f->out = result->answer;
    result->answer = (od_buf){0};
}

static void take_end(runner *r, od_child_result *result) {
    fail_for_end(r, result->end, result->detail);
    if (r->status == OD_EXIT_CLEAN && (r->f->write || result->answered)) take_answer(r, result);
}

static void run_caged(runner *r) {
    const od_loaded *const document = r->f->document;
    const size_t size = document ? document->size : 0;
    r->parsing = document && !document->root;
    r->globals.say = warn_from_child;
    r->globals.context = r;
    const od_child_job job = {.context = r,
                              .work = work,
                              .take = take,
                              .time_up = wake,
                              .memory = od_limit_value(FILTER_MEMORY) / 2 * 3 + 128 * size,
                              .answer = od_limit_value(FILTER_ANSWER) + 64 * size,
                              .milliseconds =
                                  time_limit(r) + (r->parsing ? file_time_limit(r) : 0)};
    od_child_result result = od_child_run(&job);
    if (r->status == OD_EXIT_CLEAN && !r->ended) take_end(r, &result);
    od_buf_free(&result.answer);
}

// ---- all of them -------------------------------------------------------------------------------

const char *od_filters_data_dir(od_cli *cli) {
    const char *const data = getenv("XDG_DATA_HOME"), *const home = getenv("HOME");
    od_arena *const arena = &cli->arena;
    if (data && *data) return od_arena_concat(arena, od_slice_of(data), OD_SLICE("/pandoc")).data;
    if (!home || !*home) return NULL;
    return od_arena_concat(arena, od_slice_of(home), OD_SLICE("/.local/share/pandoc")).data;
}

int od_filters_read(od_cli *cli, const char *path, od_script *script) {
    od_file file;
    const size_t limit = od_limit_value(FILTER_SIZE);
    int error = od_file_load(path, limit, &file);
    const char *const folder = error == ENOENT ? od_filters_data_dir(cli) : NULL;
    if (folder) {
        const char *const there = od_arena_concat(&cli->arena, od_slice_of(folder),
                                                  OD_SLICE("/filters/"), od_slice_of(path))
                                      .data;
        od_file_free(&file);
        if (od_file_load(there, limit, &file) == 0) {
            path = there;
            error = 0;
        }
    }
    if (error) {
        od_file_free(&file);
        const od_filtering none = {.cli = cli, .scripts = &(od_script){.path = path},
                                   .document = &(od_loaded){0}};
        runner r = {.f = &none};
        fail_in_one_line(&r, error == E2BIG
                                 ? od_say(&cli->log,
                                          OD_SAY("larger than the limit of {1} bytes (filter size)",
                                                 "超过过滤器大小上限（{1}字节）"),
                                          od_arena_number(&cli->arena, limit))
                                 : od_cli_errno(cli, error));
        return OD_EXIT_LUA;
    }
    od_cli_keep(cli, file.bytes);
    *script = (od_script){.path = path, .bytes = od_buf_slice(&file.bytes)};
    od_modules_read(cli, script);
    return OD_EXIT_CLEAN;
}

int od_filters_run(const od_filtering *filtering, bool *ended) {
    runner r = {.f = filtering, .globals = filtering->globals};
    od_loaded *const document = filtering->document;
    const bool caged = filtering->count && !filtering->trust;
    if (!caged && document && !document->root)
        r.status = od_load_parse_here(filtering->cli, document);
    if (caged) run_caged(&r);
    else if (r.status == OD_EXIT_CLEAN) run_trusted(&r);
    if (!caged && r.status == OD_EXIT_CLEAN && filtering->write)
        filtering->write(filtering->context, document, filtering->out);
    *ended = r.ended;
    return r.status;
}
