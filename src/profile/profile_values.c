// What values must be: the settings that front matter keys and fields share.
#include "profile/loader.h"
#include "profile/pattern.h"

enum { TYPE_COUNT = OD_TYPE_LIST + 1 };

static const od_entry *find_entry(const od_value *mapping, const char *key) {
    for (size_t i = 0; mapping->kind == OD_MAPPING && i < mapping->count; i++)
        if (od_slice_is(mapping->entries[i].key, key)) return &mapping->entries[i];
    return NULL;
}

// ---- types -------------------------------------------------------------------------------------

static void set_type(od_value_settings *settings, od_field_type type) {
    if (settings->type.type == type) return;
    settings->type = (od_datum_type){.type = type};
    settings->pattern = (od_pattern){0};
}

void od_load_type(od_loader *l, const od_entry *entry, od_value_settings *settings) {
    const od_entry *const type = find_entry(&entry->value, "type");
    int chosen;
    if (type) {
        od_choice choices[TYPE_COUNT];
        for (int i = 0; i < TYPE_COUNT; i++)
            choices[i] = (od_choice){od_field_type_name((od_field_type)i), i};
        if (od_load_choice(l, type, choices, TYPE_COUNT, &chosen))
            set_type(settings, (od_field_type)chosen);
    } else if (find_entry(&entry->value, "enum")) {
        set_type(settings, OD_TYPE_ENUM);
    }
}

// ---- bounds ------------------------------------------------------------------------------------

void od_read_forbid(od_loader *l, const od_entry *entry, void *target) {
    od_datum_type *const type = target;
    type->forbid = od_load_slices(l, entry, &type->forbid_count);
}

static void read_bound(od_loader *l, const od_entry *entry, od_field_type type, bool *has,
                       od_decimal *bound) {
    if (!entry) return;
    if (!od_field_type_is_number(type)) {
        od_load_fail(l, entry->key_span,
                     od_say(l->failures,
                            OD_SAY("“{1}” is for numbers, and the type is `{2}`",
                                   "“{1}”只用于数字，而这里的类型是“{2}”"),
                            entry->key, od_slice_of(od_field_type_name(type))));
        return;
    }
    const od_datum_type decimal = {.type = OD_TYPE_DECIMAL};
    od_datum datum;
    od_slice why;
    *has = entry->value.kind == OD_SCALAR &&
           od_datum_read(l->arena, l->failures->language, &decimal, entry->value.text, &datum,
                         &why);
    if (*has) *bound = datum.number;
    else od_load_fail_type(l, entry, OD_SAY("a number", "数字"));
}

static void read_bounds(od_loader *l, od_value_settings *s) {
    read_bound(l, s->min, s->type.type, &s->type.has_min, &s->type.min);
    read_bound(l, s->max, s->type.type, &s->type.has_max, &s->type.max);
    if (!s->type.has_min || !s->type.has_max) return;
    if (od_decimal_compare(s->type.min, s->type.max) <= 0) return;
    const od_entry *const wrong = s->max ? s->max : s->min;
    if (wrong)
        od_load_fail(l, wrong->value.span,
                     od_say(l->failures, OD_SAY("`min` is more than `max`: no value can be right",
                                                "“min”大于“max”，没有任何值能满足")));
}

// ---- choices, patterns, formats ----------------------------------------------------------------

static void read_choices(od_loader *l, const od_entry *entry, od_value_settings *s) {
    const bool is_enum = s->type.type == OD_TYPE_ENUM;
    if (s->choices && is_enum) {
        s->type.choices = od_load_slices(l, s->choices, &s->type.choice_count);
    } else if (s->choices) {
        od_load_fail(l, s->choices->key_span,
                     od_say(l->failures,
                            OD_SAY("`enum` goes with `type: enum`, and the type is `{1}`",
                                   "“enum”要与“type: enum”一起用，而这里的类型是“{1}”"),
                            od_slice_of(od_field_type_name(s->type.type))));
    }
    if (is_enum && !s->type.choice_count)
        od_load_fail(l, entry->key_span,
                     od_say(l->failures,
                            OD_SAY("“{1}” needs the values it may have: `enum: [a, b]`",
                                   "“{1}”要列出可用的值：“enum: [甲, 乙]”"),
                            entry->key));
}

static void read_pattern(od_loader *l, od_value_settings *s) {
    if (!s->pattern_entry) return;
    const od_value *const value = &s->pattern_entry->value;
    if (!od_is_text(value)) {
        od_load_fail_type(l, s->pattern_entry, OD_SAY("a regular expression", "正则表达式"));
        return;
    }
    od_text why;
    if (!od_pattern_read_exact(l->arena, value->text, &s->pattern, &why)) {
        od_load_fail(l, value->span, od_say(l->failures, why));
        return;
    }
    s->pattern.span = value->span;
    od_load_own(l, &s->pattern);
    s->type.pattern = s->pattern.regex;
    s->type.pattern_text = s->pattern.text;
}

static bool is_format(od_field_type type, od_slice format) {
    static const char *const NUMBERS[] = {"#", ",", "cn", "cn_digit", "cn_upper"};
    static const char *const DATES[] = {"YYYY", "M", "D"}; // a pattern has at least one of them
    if (type == OD_TYPE_DATE) {
        for (size_t i = 0; i < OD_COUNT(DATES); i++)
            if (od_slice_find(format, od_slice_of(DATES[i]), 0) != SIZE_MAX) return true;
        return od_slice_is(format, "cn") || od_slice_is(format, "cn_digit");
    }
    for (size_t i = 0; od_field_type_is_number(type) && i < OD_COUNT(NUMBERS); i++)
        if (od_slice_is(format, NUMBERS[i])) return true;
    return false;
}

static void read_format(od_loader *l, od_value_settings *s) {
    if (!s->format) return;
    const od_value *const value = &s->format->value;
    if (od_is_text(value) && is_format(s->type.type, value->text)) s->type.format = value->text;
    else
        od_load_fail_type(
            l, s->format,
            OD_SAY("`#`, `,`, `cn`, `cn_digit` or `cn_upper` for a number, such as `YYYY-MM-DD` "
                   "for a "
                   "date",
                   "以下之一：数字用“#”“,”“cn”“cn_digit”“cn_upper”，日期用“YYYY年M月D日”之类"));
}

void od_load_value_settings(od_loader *l, const od_entry *entry, od_value_settings *settings) {
    read_bounds(l, settings);
    read_choices(l, entry, settings);
    read_pattern(l, settings);
    read_format(l, settings);
}
