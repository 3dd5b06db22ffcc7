#include "data/formula.h"

#include "base/utf8.h"

static bool is_formula(od_slice cell) {
    static const char SIGNS[] = "=+-@\t\r\n";
    if (!cell.size) return false;
    size_t size;
    const uint32_t first = od_half_width(od_utf8_read(cell, 0, &size));
    if (first > 0x7F || first == 0 || !strchr(SIGNS, (int)first)) return false;
    for (size_t i = size; i < cell.size; i++)
        if (!od_is_digit((unsigned char)cell.data[i]) && cell.data[i] != '.') return true;
    return cell.size == size || (first != '+' && first != '-');
}

bool od_formula_needs_guard(od_slice cell) {
    while (cell.size && cell.data[0] == '\'') cell = od_slice_from(cell, 1);
    return is_formula(cell);
}

od_slice od_formula_unguard(od_slice cell) {
    const bool guarded = cell.size && cell.data[0] == '\'' && od_formula_needs_guard(cell);
    return guarded ? od_slice_from(cell, 1) : cell;
}
