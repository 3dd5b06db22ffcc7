// Beside a draft: whether what it calls another record is the draft itself, or a file next to it.
//
// A record is named as its file is (0012-new-shed.md, with or without the suffix), by its number (12,
// 0012, ADR-0012), or by a link to either. The library sees no files: od_io.list names those of the draft's
// folder. Where it is not there, and for names in other folders, the answer is not known.
#ifndef OD_ENGINE_BESIDE_H
#define OD_ENGINE_BESIDE_H

#include "engine/view.h"

// Whether `text` names the file `name`, which is without its folder.
bool od_record_is(od_slice text, od_slice name);

od_function od_names_draft, od_names_file;

#endif
