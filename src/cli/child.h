// Children: a part of the program in a process of its own that can do nothing but compute and
// answer.
//
// It has a copy of all memory and a pipe to its parent, and nothing else: no other descriptors, no
// system calls but those for memory, time and the pipe, so many bytes and so much processor time.
// It cannot outlive its parent. What it sends is to be read as if a stranger had sent it.
#ifndef OD_CLI_CHILD_H
#define OD_CLI_CHILD_H

#include "base/buf.h"

// The child's end of the pipe.
typedef struct od_child {
    int descriptor;
} od_child;

typedef struct od_child_job {
    void *context;
    // What the child does; it ends when this returns.
    void (*work)(void *context, od_child *child);
    // Takes each message in the parent as it comes; false ends the child.
    bool (*take)(void *context, unsigned kind, od_slice bytes);
    // Called in the child when its processor time is used up, from a signal handler; may be NULL.
    // It is given a moment more to say so itself.
    void (*time_up)(void *context);
    size_t memory;     // bytes beyond those it has from the start
    size_t answer;     // bytes of all it sends
    long milliseconds; // of processor time; 0 for any
} od_child_job;

typedef enum od_child_end {
    OD_CHILD_DONE,
    OD_CHILD_STOPPED,   // `take` said so
    OD_CHILD_TIME,      // it used up its processor time
    OD_CHILD_MEMORY,    // it used up its memory
    OD_CHILD_TALKATIVE, // it sent more than it may
    OD_CHILD_CRASHED,   // a signal ended it, `detail`; or a system call that it must not make
    OD_CHILD_UNBORN,    // it could not be started: `detail` is an errno
} od_child_end;

typedef struct od_child_result {
    od_child_end end;
    int detail;
    bool answered;
    od_buf answer; // what od_child_answer gave, for the caller to free
} od_child_result;

// Runs a job and returns how it ended.
od_child_result od_child_run(const od_child_job *job);

// Sends a message to the parent, of any kind but OD_CHILD_ANSWER.
void od_child_send(od_child *child, unsigned kind, od_slice bytes);

// Sends the parent the last there is.
void od_child_answer(od_child *child, od_slice bytes);
enum { OD_CHILD_ANSWER = INT32_MAX };

// Starts the clock anew, in a child that has one: so much of its processor time is left for what it
// does next.
void od_child_clock(long milliseconds);

// Ends the child. What was sent before arrives.
_Noreturn void od_child_leave(void);

// Whether the child's time is up.
bool od_child_spent(void);

// Whether the system lets its calls be limited. False in the parent, and where the kernel has no
// seccomp; then the other bounds hold.
bool od_child_is_filtered(void);

#endif
