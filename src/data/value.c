#include "data/value.h"

const od_value *od_value_get(const od_value *mapping, od_slice key) {
    if (!mapping || mapping->kind != OD_MAPPING) return NULL;
    for (size_t i = 0; i < mapping->count; i++)
        if (od_slice_equal(mapping->entries[i].key, key)) return &mapping->entries[i].value;
    return NULL;
}

const od_value *od_value_at(const od_value *mapping, const char *key) {
    return od_value_get(mapping, od_slice_of(key));
}

bool od_value_bool(const od_value *value, bool otherwise) {
    if (!value || value->kind != OD_SCALAR || !value->boolean) return otherwise;
    return (value->text.data[0] | 0x20) == 't';
}

bool od_value_integer(const od_value *value, int64_t *number) {
    if (!value || value->kind != OD_SCALAR || value->quoted) return false;
    od_slice text = value->text;
    const bool negative = text.size && text.data[0] == '-';
    if (text.size && (negative || text.data[0] == '+')) text = od_slice_from(text, 1);
    if (!text.size) return false;
    int64_t read = 0; // negative, since that side reaches one further
    for (size_t i = 0; i < text.size; i++) {
        const int digit = text.data[i] - '0';
        if (digit < 0 || digit > 9) return false;
        if (__builtin_mul_overflow(read, 10, &read) || __builtin_sub_overflow(read, digit, &read))
            return false;
    }
    if (!negative && read == INT64_MIN) return false;
    *number = negative ? read : -read;
    return true;
}
