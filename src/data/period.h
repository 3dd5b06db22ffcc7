// Periods: stretches of time as the heads of reports name them.
#ifndef OD_DATA_PERIOD_H
#define OD_DATA_PERIOD_H

#include "data/moment.h"

// Sets `*end` to the last day of a period in folded text: 2024, 2024年度, 2024年上半年, 2024年第三季度, 2024Q3,
// 2024年1—6月, 2024年3月底, 2024-06, 2024年1月1日至6月30日, 2024-01-01/2024-06-30.
// False when it is none, or names no year.
bool od_period_end(od_slice text, od_date *end);

#endif
