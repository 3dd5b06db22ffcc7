#include "cli/page.h"

#include "base/utf8.h"

void od_page_pad(od_buf *out, size_t column, size_t to) {
    for (; column < to; column++) od_buf_byte(out, ' ');
}

// Whether a line may not begin with `code`.
static bool hangs(uint32_t code) {
    switch (code) {
    case 0x3001: // 、
    case 0x3002: // 。
    case 0xFF0C: // ，
    case 0xFF1B: // ；
    case 0xFF1A: // ：
    case 0xFF09: // ）
    case 0x201D: // ”
    case 0xFF1F: return true; // ？
    default: return false;
    }
}

// Returns the end of the piece at `start` that no line end may part: a word with the spaces before
// it, or one wide character with the marks that follow it.
static size_t piece_end(od_slice text, size_t start) {
    size_t at = start, size;
    while (at < text.size && text.data[at] == ' ') at++;
    const size_t first = at;
    while (at < text.size && text.data[at] != ' ' && text.data[at] != '\n') {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (at > first && !hangs(code)) {
            size_t before;
            const uint32_t last = od_utf8_read_before(text, at, &before);
            const bool opens = last == 0xFF08 || last == 0x201C; // （ “
            if (!opens && (od_is_han(code) || od_is_han(last) || hangs(last) || code == 0x201C ||
                           code == 0xFF08))
                break;
        }
        at += size;
    }
    return at;
}

static void new_line(od_buf *out, size_t indent) {
    od_buf_byte(out, '\n');
    od_page_pad(out, 0, indent);
}

void od_page_text(od_buf *out, od_slice text, size_t indent, size_t column) {
    if (column < indent) {
        od_page_pad(out, column, indent);
        column = indent;
    }
    for (size_t at = 0; at < text.size;) {
        if (text.data[at] == '\n') {
            new_line(out, ++at < text.size && text.data[at] != '\n' ? indent : 0);
            column = indent;
            continue;
        }
        const size_t end = piece_end(text, at);
        od_slice piece = od_slice_cut(text, at, end);
        if (column > indent && column + od_utf8_width(piece) > OD_LAYOUT_COLUMNS) {
            new_line(out, indent);
            column = indent;
            while (piece.size && piece.data[0] == ' ') piece = od_slice_from(piece, 1);
        }
        od_buf_add(out, piece);
        column += od_utf8_width(piece);
        at = end;
    }
    od_buf_byte(out, '\n');
}
