#include "lua/mime.h"

#include <strings.h>

// Of several extensions of one type, the one that it is written with comes first.
static const char *const TYPES[][2] = {
    {"txt", "text/plain"}, {"text", "text/plain"}, {"log", "text/plain"},
    {"md", "text/markdown"}, {"markdown", "text/markdown"},
    {"html", "text/html"}, {"htm", "text/html"}, {"xhtml", "application/xhtml+xml"},
    {"css", "text/css"}, {"csv", "text/csv"}, {"tsv", "text/tab-separated-values"},
    {"js", "application/javascript"}, {"json", "application/json"}, {"xml", "application/xml"},
    {"yaml", "application/yaml"}, {"yml", "application/yaml"},
    {"tex", "text/x-tex"}, {"bib", "text/x-bibtex"}, {"rst", "text/prs.fallenstein.rst"},
    {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"jpe", "image/jpeg"}, {"jfif", "image/jpeg"},
    {"png", "image/png"}, {"gif", "image/gif"}, {"svg", "image/svg+xml"}, {"webp", "image/webp"},
    {"avif", "image/avif"}, {"bmp", "image/bmp"}, {"tiff", "image/tiff"}, {"tif", "image/tiff"},
    {"ico", "image/x-icon"}, {"emf", "image/x-emf"}, {"wmf", "image/x-wmf"},
    {"eps", "application/postscript"}, {"ps", "application/postscript"}, {"pdf", "application/pdf"},
    {"mp3", "audio/mpeg"}, {"ogg", "audio/ogg"}, {"wav", "audio/x-wav"}, {"m4a", "audio/mp4"},
    {"flac", "audio/flac"}, {"mp4", "video/mp4"}, {"webm", "video/webm"},
    {"mov", "video/quicktime"},
    {"avi", "video/x-msvideo"}, {"mpeg", "video/mpeg"}, {"ogv", "video/ogg"},
    {"zip", "application/zip"}, {"tar", "application/x-tar"},
    {"epub", "application/epub+zip"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"doc", "application/msword"}, {"xls", "application/vnd.ms-excel"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"odt", "application/vnd.oasis.opendocument.text"}, {"rtf", "application/rtf"},
    {"woff", "font/woff"}, {"woff2", "font/woff2"}, {"ttf", "font/ttf"}, {"otf", "font/otf"},
};

enum { TYPE_COUNT = sizeof TYPES / sizeof *TYPES };

const char *od_mime_of_path(od_slice path) {
    if (od_slice_ends(path, OD_SLICE(".gz"))) path.size -= strlen(".gz");
    size_t dot = path.size;
    while (dot && path.data[dot - 1] != '.' && path.data[dot - 1] != '/') dot--;
    const bool has_dot = dot && path.data[dot - 1] == '.';
    const od_slice extension = od_slice_from(path, dot);
    for (size_t i = 0; has_dot && i < TYPE_COUNT; i++)
        if (strlen(TYPES[i][0]) == extension.size &&
            strncasecmp(TYPES[i][0], extension.data, extension.size) == 0)
            return TYPES[i][1];
    return "application/octet-stream";
}

const char *od_mime_extension(od_slice mime) {
    const size_t semicolon = od_slice_find(mime, OD_SLICE(";"), 0);
    if (semicolon != SIZE_MAX) mime = od_slice_cut(mime, 0, semicolon);
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (od_slice_is(mime, TYPES[i][1])) return TYPES[i][0];
    return NULL;
}
