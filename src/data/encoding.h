// Encodings: text that is not UTF-8, as spreadsheets and old editors write it, turned into UTF-8 and
// back, by iconv(3).
//
// What nobody names is told by its bytes: a byte order mark, else UTF-8, else GB18030, of which GBK
// and GB 2312 are parts: Excel and Notepad write it in China. A name of GBK's family reads as
// GB18030, and writes what Excel reads: GBK alone, no characters of four bytes.
#ifndef OD_DATA_ENCODING_H
#define OD_DATA_ENCODING_H

#include "base/buf.h"
#include "source/diagnostic.h"

// Bytes that were read as text.
typedef struct od_decoded {
    od_slice text;        // UTF-8: the bytes themselves where they were that, with their mark
    const char *encoding; // its name: "UTF-8", "UTF-16LE", "GB18030", or as it was asked for
    bool guessed;         // neither a name nor a mark said so
} od_decoded;

// Reads `bytes`, of the file `path`, in `encoding`, or as their bytes tell when it is NULL.
//
// Ownership: `decoded->text` lives in `arena` or is `bytes`; `encoding` is borrowed.
// Errors:    OD_INVALID when the bytes are not of that encoding, naming the line; OD_NOT_FOUND for an
//            encoding that this system does not know; one failure in `failures`.
od_status od_charset_decode(od_arena *arena, od_diagnostics *failures, const char *path,
                            od_slice bytes, const char *encoding, od_decoded *decoded);

// Appends UTF-8 `text` to `out` in `encoding`, such as "gbk".
//
// Errors: OD_NOT_FOUND for an encoding that this system does not know; OD_INVALID when it lacks a
//         character: `*missing` is then its offset in `text`, and `out` is as before.
od_status od_charset_encode(const char *encoding, od_slice text, od_buf *out, size_t *missing);

#endif
