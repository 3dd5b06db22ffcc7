#include "data/period.h"

#include "base/numeral.h"
#include "base/utf8.h"

// ---- words -------------------------------------------------------------------------------------

// Reads the number at the start of `*text`, in digits or words, and takes it off.
static bool take_number(od_slice *text, int *number) {
    int64_t value = 0;
    size_t size = 0;
    bool digits;
    while (size < text->size && size < 4 && od_is_digit((unsigned char)text->data[size]))
        value = value * 10 + (text->data[size++] - '0');
    if (!size && !od_numeral_read(*text, &value, &size, &digits)) return false;
    if (value < 1 || value > 9999) return false;
    *number = (int)value;
    *text = od_slice_from(*text, size);
    return true;
}

static bool take(od_slice *text, const char *word) {
    if (!od_slice_starts(*text, od_slice_of(word))) return false;
    *text = od_slice_from(*text, strlen(word));
    return true;
}

static bool take_any(od_slice *text, const char *const *words) {
    for (; *words; words++)
        if (take(text, *words)) return true;
    return false;
}

static od_date month_end(int year, int month) {
    return (od_date){year, month, od_date_month_days(year, month)};
}

// ---- one stretch -------------------------------------------------------------------------------

// Reads the year at the start of `*text`, and the words that belong to it.
static bool take_year(od_slice *text, int *year) {
    static const char *const WORDS[] = {"年度", "年", "-", NULL};
    od_slice rest = *text;
    int number;
    if (!take_number(&rest, &number) || number < 1000) return false;
    if (!take_any(&rest, WORDS) && rest.size && !od_slice_starts(rest, OD_SLICE("Q")) &&
        !od_slice_starts(rest, OD_SLICE("H")))
        return false;
    *year = number;
    *text = rest;
    return true;
}

// Reads a part of a year by its name; *month: its last.
static bool take_part(od_slice *text, int *month) {
    static const struct {
        const char *word;
        int month;
    } PARTS[] = {{"上半年", 6}, {"下半年", 12}, {"全年", 12}, {"H1", 6}, {"H2", 12}, {"年底", 12}, {"底", 12}, {"末", 12}};
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        *month = PARTS[i].month;
        if (take(text, PARTS[i].word)) return true;
    }
    int quarter;
    const bool latin = take(text, "Q");
    if (!latin) take(text, "第");
    if (!take_number(text, &quarter) || quarter > 4) return false;
    *month = quarter * 3;
    return latin || take(text, "季度");
}

// Reads a month and perhaps a day of it; the day is the month's last where none is named.
static bool take_day(od_slice *text, int year, od_date *end) {
    static const char *const MONTH[] = {"月份", "月底", "月末", "月", "-", NULL};
    static const char *const DAY[] = {"日", "号", NULL};
    int month, day;
    if (!take_number(text, &month) || month > 12) return false;
    *end = month_end(year, month);
    const bool marked = take_any(text, MONTH);
    if (!text->size) return true;
    if (!marked || !take_number(text, &day)) return false;
    take_any(text, DAY);
    end->day = day;
    return od_date_exists(*end);
}

// Reads the last day of one stretch; a year that it does not name is `*year`, which becomes its own.
static bool read_stretch(od_slice text, int *year, od_date *end) {
    int month;
    take_year(&text, year);
    if (!*year) return false;
    *end = month_end(*year, 12);
    if (!text.size) return true;
    od_slice rest = text;
    if (!take_part(&rest, &month)) return take_day(&text, *year, end) && !text.size;
    *end = month_end(*year, month);
    return !rest.size;
}

// ---- from one to another -----------------------------------------------------------------------

// Returns where the second half of a period starts and sets `*first` to the end of the first one, 0 when
// there is one stretch only. In words a `-` stands between two, in digits within a date.
static size_t find_second(od_slice text, size_t *first) {
    static const char *const MARKS[] = {"至", "到", "——", "—", "–", "～", "~", "/"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        *first = od_slice_find(text, od_slice_of(MARKS[i]), 0);
        if (*first != SIZE_MAX) return *first + strlen(MARKS[i]);
    }
    *first = 0;
    const bool words = od_slice_find(text, OD_SLICE("年"), 0) != SIZE_MAX;
    const size_t dash = words ? od_slice_find(text, OD_SLICE("-"), 0) : SIZE_MAX;
    if (dash == SIZE_MAX) return 0;
    *first = dash;
    return dash + 1;
}

bool od_period_end(od_slice text, od_date *end) {
    size_t first;
    const size_t second = find_second(text, &first);
    od_slice before = od_slice_cut(text, 0, first);
    int year = 0;
    take_year(&before, &year);
    return second < text.size && read_stretch(od_slice_from(text, second), &year, end);
}
