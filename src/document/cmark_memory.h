// Memory for cmark-gfm's tree: taken in a few large pieces and given back at once.
//
// cmark-gfm makes a node for every few bytes. From malloc they lie scattered among what stays, and
// each is freed by itself; here they lie in a row, in large pages where the system has them, and
// leave nothing behind that a forked child would have to copy.
#ifndef OD_DOCUMENT_CMARK_MEMORY_H
#define OD_DOCUMENT_CMARK_MEMORY_H

#include <cmark-gfm.h>

// Begins anew, for a text of about `size` bytes. What was allocated before is gone. Returns the
// functions to give to cmark-gfm, which are those of this thread.
cmark_mem *od_cmark_memory_begin(size_t size);

// Gives back all that was allocated.
void od_cmark_memory_end(void);

#endif
