#include "base/real.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// A double has at most 17 significant digits; no number that a person writes has a hundred.
enum { DIGITS_MAX = 17, NUMBER_SIZE = 128 };

bool od_real_read(od_slice text, double *number) {
    char copy[NUMBER_SIZE];
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        // strtod wants the decimal point of the locale.
        const char *const piece = text.data[i] == '.' ? localeconv()->decimal_point : NULL;
        const size_t piece_size = piece ? strlen(piece) : 1;
        if (size + piece_size >= sizeof copy) return false;
        memcpy(copy + size, piece ? piece : text.data + i, piece_size);
        size += piece_size;
    }
    copy[size] = '\0';
    *number = strtod(copy, NULL);
    return isfinite(*number);
}

// Writes the significant digits of `number`, which is not negative, to `digits` and returns the
// power of ten of the first.
static int find_digits(double number, char digits[DIGITS_MAX + 1]) {
    char text[64] = "0e0";
    for (int precision = 1; precision <= DIGITS_MAX; precision++) {
        snprintf(text, sizeof text, "%.*e", precision - 1, number);
        if (strtod(text, NULL) == number) break;
    }
    const char *at = text;
    size_t count = 0;
    for (; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9') digits[count++] = *at;
    digits[count] = '\0';
    return atoi(at + 1);
}

// Writes digits [from, to) of `digits`, zeros where there are none, one at least.
static void put_digits(od_slice digits, int64_t from, int64_t to, od_buf *out) {
    for (int64_t i = from; i < to || i == from; i++)
        od_buf_byte(out, i >= 0 && i < (int64_t)digits.size ? digits.data[i] : '0');
}

void od_real_write_digits(od_slice digits, int64_t power, od_buf *out) {
    const int64_t count = (int64_t)digits.size;
    if (power >= -1 && power < 7) {
        put_digits(digits, power < 0 ? power : 0, power + 1, out);
        od_buf_byte(out, '.');
        put_digits(digits, power + 1, count, out);
        return;
    }
    put_digits(digits, 0, 1, out);
    od_buf_byte(out, '.');
    put_digits(digits, 1, count, out);
    od_buf_byte(out, 'e');
    if (power < 0) od_buf_byte(out, '-');
    od_buf_number(out, power < 0 ? -(size_t)power : (size_t)power);
}

void od_real_write(double number, od_buf *out) {
    char digits[DIGITS_MAX + 1] = "";
    if (signbit(number)) od_buf_byte(out, '-');
    const int power = find_digits(fabs(number), digits);
    od_real_write_digits(od_slice_of(digits), number == 0 ? 0 : power, out);
}
