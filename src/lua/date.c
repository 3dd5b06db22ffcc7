#include "lua/date.h"

#include "base/utf8.h"

#include <stdio.h>
#include <strings.h>

typedef struct date {
    int year, month, day;
} date;

static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

// Reads exactly `least` to `most` digits.
static bool read_digits(od_slice *text, size_t least, size_t most, int *number) {
    size_t size = 0;
    for (*number = 0; size < most && size < text->size; size++) {
        const char digit = text->data[size];
        if (!od_is_digit((uint8_t)digit)) break;
        *number = *number * 10 + (digit - '0');
    }
    *text = od_slice_from(*text, size);
    return size >= least;
}

// Reads the name of a month, whole or its first three letters.
static bool read_month(od_slice *text, bool brief, int *month) {
    for (int i = 0; i < 12; i++) {
        const size_t size = brief ? 3 : strlen(MONTHS[i]);
        if (text->size < size || strncasecmp(text->data, MONTHS[i], size) != 0) continue;
        *text = od_slice_from(*text, size);
        *month = i + 1;
        return true;
    }
    return false;
}

// Reads `text` by a format of strftime's letters: d e b B Y m.
static bool read_format(od_slice text, const char *format, date *out) {
    *out = (date){0, 1, 1};
    for (; *format; format++) {
        bool fits = true;
        switch (*format) {
        case 'Y': fits = read_digits(&text, 4, 4, &out->year); break;
        case 'm': fits = read_digits(&text, 2, 2, &out->month); break;
        case 'd': fits = read_digits(&text, 2, 2, &out->day); break;
        case 'e': fits = read_digits(&text, 1, 2, &out->day); break;
        case 'B': fits = read_month(&text, false, &out->month); break;
        case 'b': fits = read_month(&text, true, &out->month); break;
        default:
            fits = text.size && text.data[0] == *format;
            if (fits) text = od_slice_from(text, 1);
        }
        if (!fits) return false;
    }
    return text.size == 0;
}

static bool exists(const date *d) {
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d->year < 1601 || d->month < 1 || d->month > 12 || d->day < 1) return false;
    const bool leap = (d->year % 4 == 0 && d->year % 100 != 0) || d->year % 400 == 0;
    return d->day <= DAYS[d->month - 1] + (d->month == 2 && leap);
}

bool od_normalize_date(od_slice text, char written[11]) {
    static const char *const FORMATS[] = {"m/d/Y",   "Y-m-d",  "d b Y", "e B Y",
                                          "b. d, Y", "B e, Y", "Ymd",   "Ym", "Y"};
    text = od_slice_trim(text);
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        date d;
        if (!read_format(text, FORMATS[i], &d) || !exists(&d)) continue;
        snprintf(written, 11, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
        return true;
    }
    return false;
}
