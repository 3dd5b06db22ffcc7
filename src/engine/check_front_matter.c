// front-matter-*, key-*: the YAML block of a draft against the keys of its profile.
#include "engine/check.h"

#include "base/nearest.h"
#include "data/moment.h"

typedef struct checker {
    od_diagnostics *found;
    const od_source *source;
    const od_profile *profile;
    const od_front_matter *front_matter;
} checker;

// How messages call a key: the word to look for in the draft, after what it means.
static od_slice name_of(const checker *c, const od_key_rule *key) {
    if (!key->label.size || od_slice_equal(key->label, key->name)) return key->name;
    return od_say(c->found, OD_SAY("{1} ({2})", "{1}（{2}）"), key->label, key->name);
}

static od_slice suggest(const checker *c, od_slice message, od_slice nearest) {
    if (!nearest.size) return message;
    return od_say(c->found, OD_SAY("{1}; did you mean “{2}”?", "{1}；是不是“{2}”？"), message, nearest);
}

// ---- missing -----------------------------------------------------------------------------------

// Returns the names of the required keys, for a draft that has no block at all.
static od_slice list_required(const checker *c) {
    od_slice list = {0};
    for (size_t i = 0; i < c->profile->key_count; i++) {
        const od_key_rule *const key = &c->profile->keys[i];
        if (!key->required) continue;
        list = list.size ? od_say(c->found, OD_SAY("{1}, {2}", "{1}、{2}"), list, name_of(c, key))
                         : name_of(c, key);
    }
    return list;
}

static void report_no_block(const checker *c) {
    const size_t start = c->front_matter->body;
    od_diagnose(c->found, OD_RULE_FRONT_MATTER_MISSING, c->source, (od_span){start, start},
                od_say(c->found,
                       OD_SAY("no front matter: the draft must start with a block between two "
                              "lines "
                              "`---` that gives {1}",
                              "缺少文头信息：文稿最前面要有两行“---”，在其中写明{1}"),
                       list_required(c)));
}

static bool is_empty(const od_value *value) {
    switch (value->kind) {
    case OD_NULL: return true;
    case OD_SCALAR: return od_slice_trim(value->text).size == 0;
    default: return value->count == 0;
    }
}

static const od_entry *find_entry(const checker *c, od_slice key) {
    const od_value *const values = &c->front_matter->values;
    for (size_t i = 0; i < values->count; i++)
        if (od_slice_equal(values->entries[i].key, key)) return &values->entries[i];
    return NULL;
}

static void check_presence(const checker *c, const od_key_rule *key) {
    if (!key->required) return;
    const od_entry *const entry = find_entry(c, key->name);
    if (!entry) {
        const size_t start = c->front_matter->span.start;
        od_diagnose(c->found, OD_RULE_KEY_MISSING, c->source,
                    (od_span){start, start + strlen("---")},
                    od_say(c->found,
                           OD_SAY("the front matter lacks “{1}”; add a line `{2}: …`",
                                  "文头信息缺少“{1}”，请加一行“{2}: ……”"),
                           name_of(c, key), key->name));
    } else if (is_empty(&entry->value) &&
               !(entry->value.kind == OD_SCALAR && key->type.allow_empty)) {
        od_diagnose(c->found, OD_RULE_KEY_MISSING, c->source, entry->key_span,
                    od_say(c->found, OD_SAY("“{1}” has no value", "“{1}”没有填写"), name_of(c, key)));
    }
}

// ---- values ------------------------------------------------------------------------------------

static bool is_no_such_day(const checker *c, od_slice text) {
    od_date date;
    return od_date_read(od_fold(c->found->arena, text), &date) == OD_DATE_NO_SUCH_DAY;
}

static od_slice nearest_choice(const od_datum_type *type, od_slice text) {
    od_nearest nearest = {.wrong = text};
    for (size_t i = 0; i < type->choice_count; i++) od_nearest_offer(&nearest, type->choices[i]);
    return nearest.best;
}

// A text of the front matter may be written as a block of lines, unlike a value for a blank.
static od_slice join_lines(od_arena *arena, const od_value *value) {
    const od_slice copy = od_arena_copy(arena, value->text);
    char *const bytes = (char *)copy.data;
    for (size_t i = 0; i < copy.size; i++)
        if (bytes[i] == '\n' || bytes[i] == '\r') bytes[i] = ' ';
    return copy;
}

static void report_value(const checker *c, const od_key_rule *key, const od_value *value,
                         od_rule_id rule, od_slice why) {
    od_diagnose(c->found, rule, c->source, value->span,
                od_say(c->found, OD_SAY("“{1}”: {2}", "“{1}”：{2}"), name_of(c, key), why));
}

static void check_scalar(const checker *c, const od_key_rule *key, const od_value *value) {
    const od_slice text =
        key->type.type == OD_TYPE_TEXT ? join_lines(c->found->arena, value) : value->text;
    od_datum datum;
    od_slice why;
    if (od_datum_read(c->found->arena, c->found->language, &key->type, text, &datum, &why)) return;
    const bool right_type = od_datum_is_of_type(c->found->arena, &key->type, text) ||
                            (key->type.type == OD_TYPE_DATE && is_no_such_day(c, text));
    report_value(c, key, value, right_type ? OD_RULE_KEY_VALUE : OD_RULE_KEY_TYPE,
                 suggest(c, why, nearest_choice(&key->type, text)));
}

static void report_shape(const checker *c, const od_key_rule *key, const od_value *value) {
    const od_text one = OD_SAY("one value is needed, not a list or keys",
                               "这里只填一个值，不能是列表或多个键");
    const od_text list = OD_SAY("one value or a list of values is needed: `[a, b]`",
                                "要填一个值或由几个值组成的列表：“[甲, 乙]”");
    report_value(c, key, value, OD_RULE_KEY_TYPE, od_say(c->found, key->list ? list : one));
}

static void check_value(const checker *c, const od_key_rule *key, const od_value *value) {
    if (is_empty(value)) return; // told of when it is required
    if (value->kind == OD_SCALAR) {
        check_scalar(c, key, value);
        return;
    }
    if (value->kind != OD_SEQUENCE || !key->list) {
        report_shape(c, key, value);
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        const od_value *const item = &value->items[i];
        if (item->kind == OD_SCALAR) check_scalar(c, key, item);
        else report_shape(c, key, item);
    }
}

// ---- keys that the profile does not list -------------------------------------------------------

static const od_key_rule *find_rule(const checker *c, od_slice name) {
    for (size_t i = 0; i < c->profile->key_count; i++)
        if (od_slice_equal(c->profile->keys[i].name, name)) return &c->profile->keys[i];
    return NULL;
}

// Every draft may have a date, which may be words; but a day that does not exist is never right.
static void check_common(const checker *c, const od_entry *entry) {
    const od_key_rule date = {.name = OD_SLICE("date"), .type = {.type = OD_TYPE_DATE}};
    if (od_slice_equal(entry->key, date.name) && entry->value.kind == OD_SCALAR &&
        is_no_such_day(c, entry->value.text))
        check_scalar(c, &date, &entry->value);
}

static void report_unknown(const checker *c, const od_entry *entry) {
    static const char *const COMMON[] = {"profile", "doctype", "status", "title", "date", "author"};
    od_nearest nearest = {.wrong = entry->key};
    for (size_t i = 0; i < c->profile->key_count; i++)
        od_nearest_offer(&nearest, c->profile->keys[i].name);
    for (size_t i = 0; i < c->profile->field_count; i++)
        od_nearest_offer(&nearest, c->profile->fields[i].id);
    for (size_t i = 0; i < sizeof COMMON / sizeof *COMMON; i++)
        od_nearest_offer(&nearest, od_slice_of(COMMON[i]));
    const od_slice message =
        od_say(c->found, OD_SAY("the profile does not know the key “{1}”", "文种里没有“{1}”这一项"),
               entry->key);
    od_diagnose(c->found, OD_RULE_KEY_UNKNOWN, c->source, entry->key_span,
                suggest(c, message, nearest.best));
}

// Whether `key` is misspelt for one of those that orgdraft itself goes by: a draft with `profil:` would
// be held against another profile, and nobody would be told.
static bool is_misspelt_control(od_slice key) {
    static const char *const CONTROL[] = {"profile", "doctype", "status"};
    for (size_t i = 0; i < sizeof CONTROL / sizeof *CONTROL; i++)
        if (od_nearest_distance(key, od_slice_of(CONTROL[i]), 1) <= 1) return true;
    return false;
}

static void check_entry(const checker *c, const od_entry *entry) {
    const od_key_rule *const rule = find_rule(c, entry->key);
    if (rule) check_value(c, rule, &entry->value);
    else if (od_profile_common_key(entry->key)) check_common(c, entry);
    else if ((c->profile->has_front_matter || is_misspelt_control(entry->key)) &&
             od_profile_field(c->profile, entry->key) == SIZE_MAX)
        report_unknown(c, entry);
}

// ---- all ---------------------------------------------------------------------------------------

void od_check_front_matter(od_check_context *context) {
    const od_document *const document = context->reading->document;
    const checker c = {.found = context->found,
                       .source = &document->source,
                       .profile = context->reading->profile,
                       .front_matter = &document->front_matter};
    if (!c.front_matter->valid) {
        od_diagnose(c.found, OD_RULE_FRONT_MATTER_SYNTAX, c.source, c.front_matter->error_span,
                    c.front_matter->error);
        return;
    }
    if (!c.profile) return;
    if (!c.front_matter->present) {
        if (c.profile->front_matter_required) report_no_block(&c);
        return;
    }
    for (size_t i = 0; i < c.profile->key_count; i++) check_presence(&c, &c.profile->keys[i]);
    for (size_t i = 0; i < c.front_matter->values.count; i++)
        check_entry(&c, &c.front_matter->values.entries[i]);
}
