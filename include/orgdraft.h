// orgdraft: checks drafts of a fixed shape, lists their blanks, and fills them.
//
// A draft is Markdown or plain text, in UTF-8, with optional YAML front matter. A profile says what
// such a draft must hold. The library does no input or output of its own: it is handed bytes and,
// where a profile names another file, a function that reads it.
//
// The usual course:
//
//     od_session  *session  = od_session_new(&(od_options){.language = OD_ENGLISH});
//     od_document *document;
//     od_profile  *profile;
//     if (od_document_open(session, &(od_input){.path = "a.md", .bytes = bytes}, &document) == OD_OK
//         && od_profile_for(session, document, NULL, &profile) == OD_OK) {
//         const od_findings *found = od_check(session, document, profile, &(od_check_options){0});
//         ...
//     }
//     od_session_free(session);
//
// Units: every offset is in bytes from 0 and every span half-open, unless a name says otherwise.
// Ownership: everything a session hands out lives until od_session_free, or until
// od_document_close for what belongs to one document.
// Threads: one session is used by one thread at a time; and since cmark-gfm keeps process-wide
// tables while it parses, two threads of a process must not open documents at the same time.
// Memory: when the system has none left, od_out_of_memory is called, which does not return.
#ifndef ORGDRAFT_H
#define ORGDRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OD_VERSION_MAJOR 0
#define OD_VERSION_MINOR 1
#define OD_VERSION_PATCH 0
#define OD_VERSION "0.1.0"

// ---- words used everywhere ---------------------------------------------------------------------

// Borrowed bytes: UTF-8 unless said otherwise, not closed by a NUL.
typedef struct od_slice {
    const char *data;
    size_t size; // bytes
} od_slice;

// A half-open byte range [start, end) of a source.
typedef struct od_span {
    size_t start, end;
} od_span;

// Whether an operation could be done. What is wrong with a *draft* is never a status but a finding.
typedef enum od_status {
    OD_OK = 0,
    OD_INVALID,   // bytes that are not what their format requires, or a profile that is wrong
    OD_LIMIT,     // an internal limit was passed; the failure's message names it
    OD_NOT_FOUND, // a file or a built-in name that does not exist
    OD_IO,        // a read or write that failed
    OD_OVERLAP,   // an edit that cuts an earlier one
} od_status;

typedef enum od_language { OD_ENGLISH, OD_CHINESE } od_language;

// How grave a finding is. OD_FAILURE is kept for what went wrong with an operation.
typedef enum od_severity { OD_INFO, OD_WARNING, OD_ERROR, OD_FAILURE } od_severity;

// A text of which positions are told: a draft, a profile, a data file.
typedef struct od_source od_source;

// Unit of the columns that od_source_position counts.
typedef enum od_column_unit { OD_CODE_POINTS, OD_BYTES, OD_UTF16 } od_column_unit;

// A place as people and editors count it: line and column from 1, offset in bytes from 0.
typedef struct od_position {
    size_t line, column, offset;
} od_position;

// Returns the path a source was opened under, as it was given.
const char *od_source_path(const od_source *source);

// Returns the bytes of a source; they live as long as the source.
od_slice od_source_bytes(const od_source *source);

// Returns the place of byte `offset` (at most the size of the source), its column in `unit`.
// A tab counts one; a byte order mark at the start of the file is not counted as a column.
od_position od_source_position(const od_source *source, size_t offset, od_column_unit unit);

// The replacement of `span` by `text`. Follows LSP TextEdit: spans name the original bytes.
typedef struct od_edit {
    od_span span;
    od_slice text;
} od_edit;

// A change that would mend a finding.
typedef struct od_fix {
    od_slice title;
    const od_edit *edits; // sorted, not overlapping
    size_t edit_count;
} od_fix;

// Another place that explains a finding.
typedef struct od_related {
    const od_source *source;
    od_span span;
    od_slice message;
} od_related;

// One thing that is wrong with a draft or its data (or, with severity OD_FAILURE, with an operation).
typedef struct od_diagnostic {
    const od_source *source; // NULL for a failure that belongs to no file
    od_span span;
    const char *rule;        // kebab-case id, never translated; NULL for failures
    od_severity severity;
    bool has_position;       // false: the finding is about the whole file
    od_slice message;        // one line, in the language of the session
    const od_related *related;
    size_t related_count;
    const od_fix *fix; // NULL when there is none
} od_diagnostic;

// A rule of a profile that could not be held against a draft, since fields that it speaks of have no
// value there, or more than one.
typedef struct od_unchecked {
    const od_source *source; // of the draft
    od_slice rule;           // its id
    const od_slice *missing; // the fields, by label where they have one
    const od_slice *missing_fields; // their names
    size_t missing_count;
} od_unchecked;

// Diagnostics, sorted by source in order of opening, then span, then rule.
typedef struct od_findings {
    const od_diagnostic *items;
    size_t count;
    const od_unchecked *unchecked; // in the order of the profile
    size_t unchecked_count;
} od_findings;

// ---- sessions ----------------------------------------------------------------------------------

// How the library reads a file that a profile names (`extends`), and what lies beside a draft. The answer
// of `read` is borrowed by the session until `release` is called with it, at the latest by
// od_session_free.
typedef struct od_io {
    void *context;
    // Reads file `path` whole. Returns OD_NOT_FOUND, OD_LIMIT (over `limit` bytes) or OD_IO on failure.
    od_status (*read)(void *context, const char *path, size_t limit, od_slice *bytes);
    void (*release)(void *context, od_slice bytes); // may be NULL
    // Names the files in the folder that `path`, a draft, lies in, one by one until `take` has enough and
    // returns false. Returns OD_OK, or OD_IO when they cannot be told. May be NULL: what depends on the
    // files beside a draft is then not checked. No more of them is asked for than their names.
    od_status (*list)(void *context, const char *path, bool (*take)(void *taker, od_slice name),
                      void *taker);
} od_io;

// A day of the calendar; all zeros is none.
typedef struct od_day {
    int year, month, day; // month and day from 1
} od_day;

// All zeros: English messages, no files to be read, no day that is today.
typedef struct od_options {
    od_language language;
    od_io io;
    od_day today; // what rules and defaults of profiles call `today`
} od_options;

typedef struct od_session od_session;
typedef struct od_document od_document;
typedef struct od_profile od_profile;
typedef struct od_data od_data;

// Makes a session; od_session_free gives it back with all that came from it.
od_session *od_session_new(const od_options *options);

// Frees a session, its documents, profiles, data and every result obtained from them.
void od_session_free(od_session *session);

// Returns why operations failed since the last call of od_session_clear_failures: one diagnostic
// each, severity OD_FAILURE, its message saying what happened and what to do.
od_findings od_session_failures(const od_session *session);

// Forgets the failures noted so far.
void od_session_clear_failures(od_session *session);

// ---- documents ---------------------------------------------------------------------------------

// How a draft is read. OD_AUTO goes by the path: `.txt` and `.text` are plain text (one line is one
// paragraph), everything else Markdown.
typedef enum od_kind { OD_AUTO, OD_MARKDOWN, OD_PLAIN_TEXT } od_kind;

typedef struct od_input {
    const char *path; // shown in messages; copied
    od_slice bytes;   // borrowed until the document is closed
    od_kind kind;
} od_input;

// Reads a draft: front matter, syntax tree, outline.
//
// Ownership: `input->bytes` is borrowed until od_document_close; `*document` belongs to `session`.
// Errors:    OD_LIMIT when the draft passes a limit (see od_limits); the session notes the failure.
//            A draft that is not UTF-8 still opens; od_check reports it, od_fill refuses it.
od_status od_document_open(od_session *session, const od_input *input, od_document **document);

// Frees a document before its session ends, with every result about it.
void od_document_close(od_document *document);

// Returns the source of a document, for positions.
const od_source *od_document_source(const od_document *document);

// ---- profiles ----------------------------------------------------------------------------------

// Loads the profile built in under `name`, or, when `name` holds a `/` or ends in `.yaml` or `.yml`,
// the file of that path through the session's od_io.
//
// Errors: OD_NOT_FOUND, OD_INVALID, OD_LIMIT, OD_IO; the session notes one failure for each mistake,
//         with its line and column.
od_status od_profile_load(od_session *session, const char *name, od_profile **profile);

// Chooses the profile of a document, which may be NULL: `name` when not NULL, else its front matter
// `profile:`, else `meeting-report`. Errors as od_profile_load.
od_status od_profile_for(od_session *session, const od_document *document, const char *name,
                         od_profile **profile);

// Returns the profile that the front matter of a document names (`profile:` or `doctype:`), or NULL.
const char *od_document_profile(const od_document *document);

// Returns the id of a profile, such as "meeting-report".
const char *od_profile_id(const od_profile *profile);

// Writes a first profile, in YAML with comments in the language of the session, for `draft`, whose
// blanks are open, and `count` drafts `finished` from it: sections from the headings, a field for each
// blank, and the phrases by which it is filled and read back. The finished drafts tell of which type a
// field is and which blanks are one field; there may be none. `*unlearned` is how many blanks no
// phrase leads to; the comments name them.
//
// Ownership: `*yaml` belongs to the session.
// Errors:    OD_INVALID: no blank in `draft`, bytes that are not UTF-8, or a finished draft that was
//            not made from it; the session notes the failure.
od_status od_profile_learn(od_session *session, const od_document *draft,
                           const od_document *const *finished, size_t count, od_slice *yaml,
                           size_t *unlearned);

// One profile that is built in.
typedef struct od_builtin_profile {
    const char *id;
    const char *label_en, *label_zh;
    const char *yaml;    // its text
    const char *draft;   // a draft to start from, as `orgdraft new` writes it
    const char *suffix;  // file name suffix of that draft: ".md"
} od_builtin_profile;

// Returns the built-in profiles and sets `*count`; the array is constant.
const od_builtin_profile *od_builtin_profiles(size_t *count);

// ---- configuration -----------------------------------------------------------------------------

// A `.orgdraft.yaml`: which profile each file of a repository has, and which files are left alone.
typedef struct od_config od_config;

// Reads a configuration file. `path` is shown in messages, and profiles named by a path are found
// relative to its folder.
//
// Ownership: `bytes` is borrowed until the session ends; `*config` belongs to the session.
// Errors:    OD_INVALID, OD_LIMIT: wrong YAML, an unknown key, a glob that cannot match anything; the
//            session notes one failure for each, with line and column.
od_status od_config_read(od_session *session, const char *path, od_slice bytes, od_config **config);

// Returns the profile of the file `path`, which is relative to the configuration's folder and has `/`
// between its parts: that of the first glob below `files:` that matches, else `profile:`, else NULL.
const char *od_config_profile(const od_config *config, const char *path);

// Whether a glob below `ignore:` matches the file `path`, relative as above.
bool od_config_ignores(const od_config *config, const char *path);

// ---- data --------------------------------------------------------------------------------------

// Makes an empty set of values.
od_data *od_data_new(od_session *session);

// Adds the values of a YAML or JSON file (by its path: `.json` is JSON); a key given before is
// replaced. `bytes` is borrowed until the session ends.
//
// Errors: OD_INVALID, OD_LIMIT; the session notes a failure with line and column.
od_status od_data_add(od_data *data, const char *path, od_slice bytes);

typedef struct od_field od_field;

// Adds one answer of a person: `value` for `field`, under the name or the key that data files would
// use. The blanks of one phrase are answered one by one, in any order. Empty text answers null: the
// blank is left on purpose.
//
// Ownership: `value` is copied.
void od_data_answer(od_data *data, const od_field *field, od_slice value);

// ---- check -------------------------------------------------------------------------------------

// Which severity a blank that is left has. OD_STAGE_AUTO goes by front matter `status:`.
typedef enum od_stage { OD_STAGE_AUTO, OD_STAGE_DRAFT, OD_STAGE_FINAL } od_stage;

typedef struct od_check_options {
    od_stage stage;
    od_day today; // in place of the session's; none in both: rules that name it are not checked
    const od_data *data; // may be NULL; shown beside blanks that it would fill
    // Findings of rules that are not the library's, about this document: they are sorted in among the
    // others and silenced by the same comments, which may name the rules of `more_rules`.
    const od_findings *more; // may be NULL
    const char *const *more_rules;
    size_t more_rule_count;
} od_check_options;

// Checks a document against a profile and returns what is wrong with it, already without what the
// draft's own suppression comments silence. The list is empty when nothing is. Returns NULL when a rule
// of the profile itself fails on this draft; the session notes where in the profile, and why.
const od_findings *od_check(od_session *session, const od_document *document,
                            const od_profile *profile, const od_check_options *options);

// What became of a draft when fixes were applied to it.
typedef struct od_fixed {
    od_slice bytes;       // the new text; the old one when nothing was fixed
    const od_edit *edits; // sorted, against the original bytes
    size_t edit_count;
    size_t fix_count;     // findings that were mended
} od_fixed;

// Applies the fixes of `findings` to `document`, all at once; of two that overlap the first is applied
// and the other waits for the next run.
//
// Ownership: what `*fixed` holds belongs to `document`.
void od_apply_fixes(const od_document *document, const od_findings *findings, od_fixed *fixed);

// ---- fields ------------------------------------------------------------------------------------

typedef enum od_field_type {
    OD_TYPE_TEXT,
    OD_TYPE_INTEGER,
    OD_TYPE_DECIMAL,
    OD_TYPE_PERCENT,
    OD_TYPE_MONEY,
    OD_TYPE_AMOUNT_CN,
    OD_TYPE_YEAR,
    OD_TYPE_MONTH,
    OD_TYPE_DAY,
    OD_TYPE_DATE,
    OD_TYPE_TIME,
    OD_TYPE_DURATION,
    OD_TYPE_PERSON,
    OD_TYPE_ORG,
    OD_TYPE_ENUM,
    OD_TYPE_LIST,
} od_field_type;

// Returns the name of a type as profiles and JSON spell it: "integer", "amount_cn".
const char *od_field_type_name(od_field_type type);

// One blank of a draft.
struct od_field {
    size_t index;       // from 1 in the draft
    od_span span;       // of the blank itself
    od_slice text;      // its bytes: "XX"
    od_slice key;       // a phrase that is unique in its scope: "意见建议XX条"
    size_t token;       // which blank of that phrase, from 1
    size_t token_count; // how many blanks that phrase has
    od_slice name;      // the profile's field (`meeting_date.day` for a part of it), or empty
    od_slice label;     // what the profile calls it for people, or empty
    od_field_type type; // the profile's, else guessed from the word after the blank
    od_slice unit;      // measure word, or empty
    od_slice section;   // id of the profile's section, dotted from the top; else the nearest heading
    od_slice scope;     // the section id that `key` must be nested under to be unique, or empty
    bool shared;        // other blanks have the same key too: it takes a list, in the order of the text
    od_slice context;   // the clause around the blank, as a reader sees it
    bool has_value;     // the given data has a value for it
    od_slice value;     // which is this
    od_slice stands;    // without one: what the draft already says of the field elsewhere, or what its
                        // default is, as this blank would have it; else empty
    const void *reads_as; // for od_field_accepts
};

typedef struct od_fields {
    const od_field *items;
    size_t count;
} od_fields;

// Lists every blank of a document in the order of the text. `profile` and `data` may be NULL.
const od_fields *od_list_fields(od_session *session, const od_document *document,
                                const od_profile *profile, const od_data *data);

// Whether `text` is a value for `field`; when not, sets `*why` to what was expected, in the language
// of the session.
bool od_field_accepts(od_session *session, const od_field *field, od_slice text, od_slice *why);

// ---- fill --------------------------------------------------------------------------------------

typedef struct od_fill_result {
    od_slice bytes;         // the filled draft; empty with `refused`
    const od_edit *edits;   // what was replaced, sorted, against the original bytes
    size_t edit_count;
    size_t blanks_left;     // blanks without a value, or left on purpose by `null`
    size_t blanks_kept;     // texts that `=keep` says are no blanks
    bool refused;           // the data has errors: nothing was filled
    od_findings findings;   // blanks left, and what is wrong with the data
} od_fill_result;

typedef struct od_fill_options {
    od_stage stage;
} od_fill_options;

// Puts the values of `data` into the blanks of a document. No byte outside a blank changes.
//
// Errors: OD_INVALID when the draft is not UTF-8. Wrong data is not an error but `refused` with
//         findings: every key without a place, with too many, and every value of the wrong type.
od_status od_fill(od_session *session, const od_document *document, const od_profile *profile,
                  const od_data *data, const od_fill_options *options,
                  const od_fill_result **result);

// ---- one draft per row -------------------------------------------------------------------------

// A table: each of its rows is the data of one draft.
typedef struct od_rows od_rows;

typedef struct od_rows_options {
    const char *encoding; // "gbk", or another name of iconv; NULL: as the bytes tell
} od_rows_options;

// Reads a table: CSV (RFC 4180; parted by commas, semicolons or tabs) with a header that names keys as
// data files do, a YAML list, a JSON list, or JSON Lines. Which one goes by the end of `path`, else by
// how the bytes begin. They may be UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, or GBK.
//
// Ownership: `bytes` is borrowed until the session ends; `*rows` belongs to the session.
// Errors:    OD_INVALID, OD_LIMIT, OD_NOT_FOUND (an encoding that is not known); the session notes
//            failures with line and column where there are any.
od_status od_rows_read(od_session *session, const char *path, od_slice bytes,
                       const od_rows_options *options, od_rows **rows);

// Returns how many rows there are, at least 1. Rows of CSV in which nothing stands are none.
size_t od_rows_count(const od_rows *rows);

// Returns the encoding that the table was read in, and sets `*guessed` when nothing but its bytes
// told: "GB18030".
const char *od_rows_encoding(const od_rows *rows, bool *guessed);

// Returns the source of a table, for positions: its bytes as UTF-8.
const od_source *od_rows_source(const od_rows *rows);

// A draft that is filled from each row of a table.
typedef struct od_batch od_batch;

typedef struct od_batch_options {
    od_stage stage;
    bool partial;         // an empty cell leaves its blanks open; else it is a mistake
    const od_slice *used; // keys that the caller uses himself, so that the draft need not have them
    size_t used_count;
} od_batch_options;

// Prepares to fill `document` from each row of `rows`, laid over the values of `shared` (NULL: none).
// The draft is read and matched here, once.
//
// Ownership: all arguments are borrowed until od_batch_free, which must come before the document is
//            closed; results live as long as the document unless they say otherwise.
// Errors:    OD_INVALID when the draft is not UTF-8; the session notes the failure.
od_status od_batch_new(od_session *session, const od_document *document, const od_profile *profile,
                       const od_data *shared, const od_rows *rows, const od_batch_options *options,
                       od_batch **batch);

// Fills row `row`, from 0: as od_fill does from a data file with its values, and then holds the rules
// of the profile against it. A rule that is wrong in itself is noted among the failures of the session. `result->bytes` and the
// edits live until the next call; findings stand at the cells of the row. What is wrong with every
// row, such as a column that fits nowhere, is among the findings of od_batch_findings instead, and
// the row is `refused`.
void od_batch_fill(od_batch *batch, size_t row, od_fill_result *result);

// Sets `*text` to what the row that was filled last has for `name`, a key or a field of the profile, in
// its plain form (2022-02-18), and `*span` to its place in the table; empty when it has no value.
// Returns false when nothing has that name. `*text` lives until the next od_batch_fill.
bool od_batch_value(const od_batch *batch, od_slice name, od_slice *text, od_span *span);

// Returns what is wrong with the table as a whole, or with the shared data, as far as the rows filled
// so far have shown it; and the rules that some row could not be held against.
od_findings od_batch_findings(od_batch *batch);

// Frees what a batch holds.
void od_batch_free(od_batch *batch);

// ---- extract -----------------------------------------------------------------------------------

typedef enum od_extract_state {
    OD_EXTRACT_MISSING,  // the draft does not say: each place is blank, or there is none
    OD_EXTRACT_VALUE,    // one value, the same in all places
    OD_EXTRACT_CONFLICT, // the places do not agree, or one holds what the field cannot be
} od_extract_state;

// How what the draft says stands to the data.
typedef enum od_extract_change {
    OD_CHANGE_NONE, // the same, or nobody says anything
    OD_CHANGE_ADDED, // the draft says it, the data does not
    OD_CHANGE_CHANGED,
    OD_CHANGE_GONE, // the data says it, the draft does not
} od_extract_change;

// A place in which a draft says what a field is: in its text, or a key of its front matter.
typedef struct od_extract_place {
    od_span span;
    od_slice value;   // in plain form (see od_extracted); as it stands there when it is no such value
    const char *part; // of a date that is spread over the text: "year", "month", "day"; else NULL
} od_extract_place;

// What a draft says of one field of its profile.
typedef struct od_extracted {
    od_slice name;
    od_slice label; // what the profile calls it for people, or empty
    od_slice unit;
    od_field_type type;
    bool in_text; // the profile wants it in the draft: `in_text: false` is data alone
    od_extract_state state;
    od_slice value; // in plain form: 12, 12.50, 2022-02-18, 9:30, 2小时30分; else as it stands
    const od_slice *items; // OD_TYPE_LIST: its parts
    size_t item_count;
    const od_extract_place *places; // the front matter first, then in the order of the text
    size_t place_count;
    bool has_given; // the data gives a value
    od_slice given; // this one, in plain form where it is of the type
    od_extract_change change;
} od_extracted;

typedef struct od_extraction {
    const od_extracted *items; // all fields of the profile, in its order
    size_t count;
    od_findings findings; // places that hold no value of the field, do not agree, or not with the data
} od_extraction;

// Reads the values of a finished draft back. Values come from the draft alone: neither defaults nor
// `data`, which may be NULL, are put in for what it does not say.
//
// Errors: OD_INVALID when the draft is not UTF-8.
od_status od_extract(od_session *session, const od_document *document, const od_profile *profile,
                     const od_data *data, const od_extraction **extraction);

// ---- rules and limits --------------------------------------------------------------------------

// One built-in rule, for `orgdraft explain` and for documentation.
typedef struct od_rule {
    const char *id;
    od_severity severity; // default
    struct {
        const char *summary; // one line
        const char *why;     // why the rule exists
        const char *example; // a draft that breaks it
        const char *fix;     // how to mend it
    } en, zh;
} od_rule;

// Returns the built-in rules in order of id and sets `*count`; the array is constant.
const od_rule *od_rules(size_t *count);

// Returns the rule of that id, or NULL.
const od_rule *od_rule_find(od_slice id);

// One internal limit: what it bounds and why.
typedef struct od_limit {
    const char *name;
    size_t value;
    const char *unit;
    const char *reason;
} od_limit;

// Returns all internal limits and sets `*count`; the array is constant.
const od_limit *od_limits(size_t *count);

// Called when the system has no memory left; prints one line and ends the process with status 2.
// It is a weak symbol: a program may define its own, which must not return.
void od_out_of_memory(size_t size);

#ifdef __cplusplus
}
#endif

#endif
