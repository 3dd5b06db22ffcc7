// Outboxes: where a worker leaves its results until there are enough of them to wake its parent for.
//
// A process that is woken for each small draft costs as much as a tenth of reading it. So results are
// collected, and since an outbox lies in memory that parent and worker share, those of a worker that
// crashes are not lost with it. The other way goes the number of the run that the worker is to do next.
#ifndef OD_CLI_OUTBOX_H
#define OD_CLI_OUTBOX_H

#include "base/slice.h"

#include <stdatomic.h>

enum { OD_OUTBOX_ROOM = 32 * 1024 };

// The worker writes all but `queued`. The parent reads what the worker left when that has ended, and
// an order in which nothing is read twice or lost is kept wherever it may end.
typedef struct od_outbox {
    _Atomic size_t sent;   // results that went out before the first of those here
    _Atomic size_t size;   // bytes of the results here
    _Atomic size_t queued; // number + 1 of a run that the worker is to take, 0: none
    int64_t swept;         // when the last ones went out, in milliseconds
    size_t count;          // results here
    char bytes[OD_OUTBOX_ROOM];
} od_outbox;

// Returns `count` empty outboxes, which processes forked from now on share; NULL with errno set when
// there is no memory for them.
od_outbox *od_outbox_new(size_t count);

// Frees what od_outbox_new returned.
void od_outbox_free(od_outbox *boxes, size_t count);

// Empties an outbox, for a worker that is about to start.
void od_outbox_clear(od_outbox *box);

// Adds one result. It goes to `descriptor` at once, with those before it, when there is no room or the
// last ones went out some time ago. Returns false when nobody reads there.
bool od_outbox_put(od_outbox *box, int descriptor, od_slice result);

// Sends all results to `descriptor`.
bool od_outbox_send(od_outbox *box, int descriptor);

#endif
