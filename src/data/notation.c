#include "data/notation.h"

// Formats of numbers and of dates; one of the other kind writes the plain form, which is tried first.
static const char *const FORMATS[] = {
    "",        ",",          "cn",       "cn_digit",       "cn_upper",   "YYYY年M月D日",
    "YYYY/M/D", "YYYY.M.D", "YYYY年MM月DD日", "YYYY/MM/DD", "YYYY.MM.DD"};

// Gives `type` the format in which `was` is `text`, if there is one.
static void find_format(od_arena *arena, od_datum_type *type, od_slice text, const od_datum *was,
                        od_part part) {
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        od_datum_type tried = *type;
        tried.format = od_slice_of(FORMATS[i]);
        if (!od_slice_equal(od_datum_write(arena, &tried, was, part), text)) continue;
        *type = tried;
        return;
    }
}

// Returns what stands behind the number in `raw`.
static od_slice tail_of(const od_datum_type *type, od_slice raw) {
    static const char *const SIGNS[] = {"%", "％"};
    if (type->unit.size && od_slice_ends(raw, type->unit)) return type->unit;
    for (size_t i = 0; type->type == OD_TYPE_PERCENT && i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_slice_ends(raw, od_slice_of(SIGNS[i]))) return od_slice_of(SIGNS[i]);
    return (od_slice){0};
}

od_slice od_notation_write(od_arena *arena, const od_datum_type *type, const od_datum *datum,
                           od_part part, od_slice raw, const od_datum *was) {
    const od_slice in_words = OD_SLICE("百分之");
    const bool leads = type->type == OD_TYPE_PERCENT && od_slice_starts(raw, in_words);
    const od_slice lead = leads ? in_words : (od_slice){0};
    const od_slice tail = tail_of(type, raw);
    od_datum_type used = *type;
    const bool knows = was && !type->format.size && type->type != OD_TYPE_AMOUNT_CN;
    if (knows && lead.size + tail.size < raw.size)
        find_format(arena, &used, od_slice_cut(raw, lead.size, raw.size - tail.size), was, part);
    const od_slice text = od_datum_write(arena, &used, datum, part);
    return text.size ? od_arena_concat(arena, lead, text, tail) : text;
}
