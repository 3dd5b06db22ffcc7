// Documents: a draft with all that is read of it once, whatever profile it is held against.
#ifndef OD_DOCUMENT_DOCUMENT_H
#define OD_DOCUMENT_DOCUMENT_H

#include "document/ast.h"
#include "document/front_matter.h"

struct od_document {
    od_arena arena;
    od_source source;
    od_kind kind; // OD_MARKDOWN or OD_PLAIN_TEXT
    size_t first_invalid; // offset of the first byte that is not UTF-8, or SIZE_MAX
    od_front_matter front_matter;
    od_node *root;
    od_session *session;
    od_document *next; // of the session's list
};

#endif
