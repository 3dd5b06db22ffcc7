// Parcels: a document as bytes in which a process that may not be trusted hands it to another.
//
// Shorter and simpler than JSON: a node is the number of its type, its flags, what it holds and its
// children, closed by a zero. Spans are left out. All texts stand together behind the nodes, which
// know their sizes, so that they are looked at once. Who takes a parcel checks all of it: that
// every node may stand where it does, that every number is one its place may have, that texts are
// UTF-8 and that the parcel ends where it should.
#ifndef OD_DOCUMENT_PARCEL_H
#define OD_DOCUMENT_PARCEL_H

#include "base/buf.h"
#include "document/ast.h"

// Appends the trees of `root` and `meta`, either of which may be NULL, to `out`. Bytes that are not
// UTF-8 become U+FFFD.
void od_parcel_pack(const od_node *root, const od_node *meta, od_buf *out);

// Makes the trees that `bytes` tell of, NULL for one that was not packed.
//
// Ownership: texts of the trees lie in `bytes`.
// Errors:    OD_INVALID where the bytes are no parcel, OD_LIMIT when a tree is too deep.
od_status od_parcel_open(od_arena *arena, od_slice bytes, od_node **root, od_node **meta);

#endif
