// Emoji: the characters that names between colons stand for (`:smile:`).
#ifndef OD_DOCUMENT_EMOJI_H
#define OD_DOCUMENT_EMOJI_H

#include "base/slice.h"

// Returns what the emoji `name` (without its colons) looks like, or the empty slice.
od_slice od_emoji(od_slice name);

#endif
