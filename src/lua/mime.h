// Media types by the extensions of file names, and back, as pandoc knows them.
#ifndef OD_LUA_MIME_H
#define OD_LUA_MIME_H

#include "base/slice.h"

// Returns the media type of a file called `path`: application/octet-stream when it is unknown.
const char *od_mime_of_path(od_slice path);

// Returns the extension, without a dot, of files of the media type `mime`, or NULL.
const char *od_mime_extension(od_slice mime);

#endif
