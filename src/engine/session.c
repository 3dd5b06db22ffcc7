#include "engine/session.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "document/reader.h"
#include "engine/bind.h"
#include "engine/rule_check.h"

#include <strings.h>

// ---- sessions ----------------------------------------------------------------------------------

od_session *od_session_create(const od_options *options, const od_evaluator *evaluator) {
    od_arena arena = {0};
    od_session *const session = od_arena_new(&arena, od_session);
    session->arena = arena; // lives in its own memory
    session->options = *options;
    session->evaluator = *evaluator;
    session->failures =
        (od_diagnostics){.arena = &session->arena, .language = options->language};
    return session;
}

void od_session_free(od_session *session) {
    if (!session) return;
    while (session->documents) od_document_close(session->documents);
    for (size_t i = 0; i < session->profiles.count; i++)
        od_profile_free(session->profiles.items[i].profile);
    if (session->evaluator.free) session->evaluator.free(session->evaluator.context);
    od_arena arena = session->arena;
    od_arena_free(&arena);
}

od_findings od_session_failures(const od_session *session) {
    return (od_findings){.items = session->failures.found.items,
                         .count = session->failures.found.count};
}

void od_session_clear_failures(od_session *session) {
    session->failures.found.count = 0;
}

// ---- documents ---------------------------------------------------------------------------------

static bool has_suffix(const char *path, const char *suffix) {
    const size_t size = strlen(path), suffix_size = strlen(suffix);
    return size >= suffix_size && strcasecmp(path + size - suffix_size, suffix) == 0;
}

static od_kind kind_of(const od_input *input) {
    if (input->kind != OD_AUTO) return input->kind;
    const bool is_text = has_suffix(input->path, ".txt") || has_suffix(input->path, ".text");
    return is_text ? OD_PLAIN_TEXT : OD_MARKDOWN;
}

static od_status read_tree(od_session *session, od_document *document) {
    const od_span body = {document->front_matter.body, document->source.bytes.size};
    if (document->kind == OD_PLAIN_TEXT) {
        document->root = od_read_plain_text(&document->arena, &document->source, body);
        return OD_OK;
    }
    // Without footnotes `[^1]: XX` would be a link definition and its blank would vanish.
    const od_reader_options options = {.tables = true, .footnotes = true, .report_lines = true};
    return od_read_markdown(&document->arena, &document->source, body, &options,
                            &session->failures, &document->root);
}

static od_status refuse_size(od_session *session, const char *path) {
    od_diagnostics *const log = &session->failures;
    od_fail(log, path,
            od_say(log,
                   OD_SAY("larger than the limit of {1} bytes (draft size); split it",
                          "超过文稿大小上限（{1}字节），请拆分"),
                   od_arena_number(log->arena, od_limit_value(DRAFT_SIZE))));
    return OD_LIMIT;
}

od_status od_document_open(od_session *session, const od_input *input, od_document **document) {
    if (input->bytes.size > od_limit_value(DRAFT_SIZE)) return refuse_size(session, input->path);
    od_arena arena = {0};
    od_document *const opened = od_arena_new(&arena, od_document);
    opened->arena = arena; // lives in its own memory
    opened->session = session;
    opened->kind = kind_of(input);
    od_source_init(&opened->source, &opened->arena, input->path, input->bytes,
                   session->source_count++);
    opened->first_invalid = od_utf8_find_invalid(input->bytes);
    od_front_matter_read(&opened->arena, &opened->source, session->options.language,
                         &opened->front_matter);
    const od_status status = read_tree(session, opened);
    opened->next = session->documents;
    session->documents = opened;
    if (status == OD_OK) *document = opened;
    // A failure that was noted names the source, so the document stays until the session ends.
    return status;
}

void od_document_close(od_document *document) {
    if (!document) return;
    od_document **link = &document->session->documents;
    while (*link != document) link = &(*link)->next;
    *link = document->next;
    od_arena arena = document->arena;
    od_arena_free(&arena);
}

const od_source *od_document_source(const od_document *document) {
    return &document->source;
}

// ---- profiles ----------------------------------------------------------------------------------

static bool find_nothing(void *context, od_slice name, od_datum *datum) {
    (void)context, (void)name, (void)datum;
    return false;
}

// Finds a value for every field of a profile, to see what other names an expression has.
static bool find_any(void *context, od_slice name, od_datum *datum) {
    const od_profile *const profile = context;
    const size_t field = od_profile_field(profile, name);
    const bool is_today = field == SIZE_MAX && od_slice_is(name, "today");
    if (field == SIZE_MAX && !is_today) return false;
    *datum = (od_datum){.type = is_today ? OD_TYPE_DATE : profile->fields[field].type.type,
                        .text = OD_SLICE("1"),
                        .number = {1, 0},
                        .date = {2000, 1, 1}};
    return true;
}

// Whether the default of `field`, an expression, can be computed at all.
static bool check_default(od_session *session, const od_profile *profile,
                          const od_field_rule *field) {
    const od_slice expression = od_slice_from(field->default_value, 1);
    const od_evaluator *const e = &session->evaluator;
    od_diagnostics *const log = &session->failures;
    od_slice what;
    if (e->evaluate(e->context, log->arena, expression, find_nothing, NULL, &what) ==
        OD_UNEVALUABLE) {
        od_fail_at(log, field->source, field->span,
                   od_say(log,
                          OD_SAY("the default of “{1}” cannot be computed: {2}",
                                 "“{1}”的默认值算不出来：{2}"),
                          field->id, what));
        return false;
    }
    if (e->evaluate(e->context, log->arena, expression, find_any, (void *)profile, &what) !=
        OD_NAME_MISSING)
        return true;
    od_fail_at(log, field->source, field->span,
               od_say(log,
                      OD_SAY("the default of “{1}” names “{2}”, which is no field of the profile",
                             "“{1}”的默认值用到了“{2}”，文种文件里没有这个字段"),
                      field->id, what));
    return false;
}

static od_status check_defaults(od_session *session, const od_profile *profile) {
    bool ok = true;
    for (size_t i = 0; i < profile->field_count; i++) {
        const od_slice text = profile->fields[i].default_value;
        if (text.size && text.data[0] == '=')
            ok = check_default(session, profile, &profile->fields[i]) && ok;
    }
    return ok ? OD_OK : OD_INVALID;
}

static od_status check_formulas(od_session *session, od_profile *profile) {
    const od_status defaults = check_defaults(session, profile);
    const od_status rules = od_rules_compile(&session->evaluator, profile, &session->failures);
    return defaults != OD_OK ? defaults : rules;
}

static const char DEFAULT_PROFILE[] = "meeting-report";

od_status od_profile_load(od_session *session, const char *name, od_profile **profile) {
    for (size_t i = 0; i < session->profiles.count; i++) {
        if (!od_slice_is(session->profiles.items[i].name, name)) continue;
        *profile = session->profiles.items[i].profile;
        return OD_OK;
    }
    od_profile *read;
    od_status status = od_profile_read(&session->arena, &session->options.io, name,
                                       &session->failures, &read);
    if (status == OD_OK && (status = check_formulas(session, read)) != OD_OK) od_profile_free(read);
    if (status != OD_OK) return status;
    od_bind_compile(&session->arena, read);
    *od_array_push(&session->arena, &session->profiles) =
        (od_loaded_profile){od_arena_copy(&session->arena, od_slice_of(name)), read};
    *profile = read;
    return OD_OK;
}

const char *od_document_profile(const od_document *document) {
    static const char *const KEYS[] = {"profile", "doctype"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        const od_value *const value = od_value_at(&document->front_matter.values, KEYS[i]);
        if (value && value->kind == OD_SCALAR && value->text.size)
            return od_arena_copy(&((od_document *)document)->arena, value->text).data;
    }
    return NULL;
}

od_status od_profile_for(od_session *session, const od_document *document, const char *name,
                         od_profile **profile) {
    if (!name && document) name = od_document_profile(document);
    return od_profile_load(session, name ? name : DEFAULT_PROFILE, profile);
}

const char *od_profile_id(const od_profile *profile) {
    return profile->id.data;
}

// ---- data --------------------------------------------------------------------------------------

od_data *od_data_new(od_session *session) {
    od_data *const data = od_arena_new(&session->arena, od_data);
    *data = (od_data){.arena = &session->arena,
                      .failures = &session->failures,
                      .source_count = &session->source_count,
                      .values = {.kind = OD_MAPPING}};
    return data;
}
