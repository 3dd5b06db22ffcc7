// Automaton: finds many byte strings in a text in one pass (Aho and Corasick, 1975).
//
// The cost of a pass does not grow with the number of strings. Strings are added, the automaton is
// built once, and then asked as often as wanted.
#ifndef OD_BASE_AUTOMATON_H
#define OD_BASE_AUTOMATON_H

#include "base/arena.h"

typedef struct od_automaton od_automaton;

// Returns an empty automaton in `arena`.
od_automaton *od_automaton_new(od_arena *arena);

// Adds `text`, UTF-8 that is not empty, and returns its number; the same text gives the same number,
// numbers count from 0. `text` is borrowed by the automaton.
size_t od_automaton_add(od_automaton *automaton, od_slice text);

// Ends the adding; it must be called once something was added, as it frees what adding took.
void od_automaton_build(od_automaton *automaton);

// Told of string `number` ending before byte `end` of the text.
typedef void od_automaton_hit(void *context, size_t number, size_t end);

// Calls `hit` for every occurrence of every string in `text`, in any order.
void od_automaton_run(const od_automaton *automaton, od_slice text, od_automaton_hit *hit,
                      void *context);

#endif
