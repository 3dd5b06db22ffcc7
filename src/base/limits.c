#include "base/limits.h"

const od_limit od_limit_table[OD_LIMIT_COUNT] = {
#define LIMIT(name, text, value, unit, reason) {text, value, unit, reason},
    OD_LIMITS(LIMIT)
#undef LIMIT
};

const od_limit *od_limits(size_t *count) {
    *count = OD_LIMIT_COUNT;
    return od_limit_table;
}
