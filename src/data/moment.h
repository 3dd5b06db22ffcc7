// Moments: dates, times of day and durations as people write them.
//
// Dates: 2022-02-18, 2022/2/18, 2022.2.18, 2022年2月18日, 二〇二二年二月十八日, 20220218, Excel's serial
// 44600. Times: 9:30, 9时30分, 上午9时, 下午3点半, 3:30 pm. Durations: 2小时30分, 一个半小时, 90分钟, 1h 30m.
#ifndef OD_DATA_MOMENT_H
#define OD_DATA_MOMENT_H

#include "base/arena.h"

// A proleptic Gregorian date; month and day from 1.
typedef struct od_date {
    int year, month, day;
} od_date;

typedef enum od_date_fault {
    OD_DATE_OK,
    OD_DATE_NONE,        // the text is not a date
    OD_DATE_INCOMPLETE,  // a year and month alone
    OD_DATE_SHORT_YEAR,  // `22年`
    OD_DATE_NO_SUCH_DAY, // 30 February; the date is set as written
    OD_DATE_WITH_TIME,   // more than a date
} od_date_fault;

// Reads `text`, all of it, as a date. Full-width digits and marks must be half-width already.
od_date_fault od_date_read(od_slice text, od_date *date);

// Whether `year`-`month`-`day` is a day of the calendar.
bool od_date_exists(od_date date);

// Returns how many days a month has.
int od_date_month_days(int year, int month);

// Returns the days from 1970-01-01 to `date`, negative before it.
int64_t od_date_days(od_date date);

// Returns the date that is `days` days after 1970-01-01; its year may lie outside 1 to 9999.
od_date od_date_of_days(int64_t days);

// Writes `date` by `pattern`: YYYY, MM or M, DD or D, everything else as it stands.
od_slice od_date_write(od_arena *arena, od_date date, od_slice pattern);

// Reads a time of day as seconds since midnight.
bool od_time_read(od_slice text, int64_t *seconds);

// Writes a time of day plainly: 9:30, 14:03:22.
od_slice od_time_write(od_arena *arena, int64_t seconds);

// Reads a duration as seconds.
bool od_duration_read(od_slice text, int64_t *seconds);

// Writes a duration plainly: 2h 30m, or with `chinese` 2小时30分. Longest is the hour: 36h.
od_slice od_duration_write(od_arena *arena, int64_t seconds, bool chinese);

#endif
