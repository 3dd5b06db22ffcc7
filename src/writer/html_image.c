// Images: their measures as HTML has them, films and sounds as players.
#include "base/utf8.h"
#include "writer/html_attributes.h"
#include "writer/html_parts.h"
#include "writer/spell.h"

// ---- measures ----------------------------------------------------------------------------------

// Returns how many bytes at the front of `text` are a number.
static size_t number_size(od_slice text) {
    size_t size = 0;
    while (size < text.size && (od_is_digit((unsigned char)text.data[size]) ||
                                (text.data[size] == '.' && size > 0)))
        size++;
    return size;
}

static bool is_pixels(od_slice text) {
    const size_t size = number_size(text);
    const od_slice unit = od_slice_from(text, size);
    return size && (!unit.size || od_slice_is(unit, "px"));
}

static bool is_length(od_slice text) {
    static const char *const UNITS[] = {"cm", "mm", "in", "em", "pt", "pc", "%"};
    const size_t size = number_size(text);
    for (size_t i = 0; size && i < sizeof UNITS / sizeof *UNITS; i++)
        if (od_slice_is(od_slice_from(text, size), UNITS[i])) return true;
    return false;
}

// Puts `width:50.0%`; pandoc shows a share with its decimal point.
static void put_length(od_buf *style, const char *name, od_slice text) {
    const od_slice number = od_slice_cut(text, 0, number_size(text));
    if (style->size) od_buf_byte(style, ';');
    od_buf_text(style, name);
    od_buf_byte(style, ':');
    od_buf_add(style, number);
    const bool share = text.data[text.size - 1] == '%';
    if (share && !memchr(number.data, '.', number.size)) od_buf_text(style, ".0");
    od_buf_add(style, od_slice_from(text, number.size));
}

static bool is_measure(od_slice key) {
    return od_slice_is(key, "width") || od_slice_is(key, "height");
}

static void put_measures(od_buf *out, const od_attr *attr) {
    static const char *const NAMES[] = {"width", "height"};
    od_buf style = {0};
    const od_slice *const given = od_html_find_value(attr, "style");
    if (given) od_buf_add(&style, *given);
    while (style.size && (style.data[style.size - 1] == ';' || style.data[style.size - 1] == ' '))
        style.size--;
    for (size_t i = 0; i < 2; i++) {
        const od_slice *const value = od_html_find_value(attr, NAMES[i]);
        if (value && is_length(*value)) put_length(&style, NAMES[i], *value);
        else if (value && is_pixels(*value))
            od_html_put_value(out, NAMES[i], od_slice_cut(*value, 0, number_size(*value)));
    }
    if (style.size) od_html_put_value(out, "style", od_buf_slice(&style));
    od_buf_free(&style);
}

static void put_image_attr(od_buf *out, const od_attr *attr) {
    if (!attr) return;
    if (attr->identifier.size) od_html_put_value(out, "id", attr->identifier);
    od_html_put_classes(out, attr->classes, attr->class_count, NULL);
    for (size_t i = 0; i < attr->attribute_count; i++) {
        const od_slice key = attr->attributes[i].key;
        if (!is_measure(key) && !od_slice_is(key, "style"))
            od_html_put_pair(out, &attr->attributes[i]);
    }
    put_measures(out, attr);
}

// ---- elements ----------------------------------------------------------------------------------

// Returns what comes behind the last full stop of the path of `target`, in `ending` in lower case.
static od_slice ending_of(od_slice target, char ending[8]) {
    size_t end = 0;
    while (end < target.size && target.data[end] != '?' && target.data[end] != '#') end++;
    size_t start = end;
    while (start > 0 && target.data[start - 1] != '.' && target.data[start - 1] != '/') start--;
    if (start == 0 || target.data[start - 1] != '.' || end - start >= 8) return (od_slice){0};
    for (size_t i = start; i < end; i++)
        ending[i - start] = (char)od_lower_case((unsigned char)target.data[i] & 0x7F);
    return (od_slice){ending, end - start};
}

static bool is_one_of(od_slice ending, const char *const *list) {
    for (; *list; list++)
        if (od_slice_is(ending, *list)) return true;
    return false;
}

static void put_player(od_buf *out, const char *tag, const char *what, const od_link *link,
                       od_slice text) {
    od_buf_byte(out, '<');
    od_buf_text(out, tag);
    od_html_put_value(out, "src", link->target);
    if (link->title.size) od_html_put_value(out, "title", link->title);
    put_image_attr(out, link->attr);
    od_buf_text(out, " controls=\"\"><a");
    od_html_put_value(out, "href", link->target);
    od_buf_byte(out, '>');
    if (text.size) od_html_put_text(out, text);
    else od_buf_text(out, what);
    od_buf_text(out, "</a></");
    od_buf_text(out, tag);
    od_buf_byte(out, '>');
}

static void put_picture(od_buf *out, const od_link *link, od_slice text) {
    od_buf_text(out, "<img");
    od_html_put_value(out, "src", link->target);
    if (link->title.size) od_html_put_value(out, "title", link->title);
    put_image_attr(out, link->attr);
    // Also when there is no text: without the attribute a screen reader reads out the file name.
    od_html_put_value(out, "alt", text);
    od_buf_text(out, " />");
}

void od_html_put_image(od_html *h, const od_node *node) {
    static const char *const VIDEO[] = {"mp4", "m4v", "webm", "ogv", "mov", "avi", "mpeg",
                                        "mpg", "mkv", NULL};
    static const char *const AUDIO[] = {"mp3", "ogg", "oga", "wav", "m4a", "aac", "flac",
                                        "mid", "opus", NULL};
    char bytes[8];
    const od_slice ending = ending_of(node->link->target, bytes);
    od_buf text = {0};
    for (const od_node *child = node->first; child; child = child->next)
        od_spell(child, &text);
    od_buf *const out = od_layout_chunk(&h->layout);
    const od_slice alternative = od_buf_slice(&text);
    if (is_one_of(ending, VIDEO)) put_player(out, "video", "Video", node->link, alternative);
    else if (is_one_of(ending, AUDIO)) put_player(out, "audio", "Audio", node->link, alternative);
    else put_picture(out, node->link, alternative);
    od_buf_free(&text);
}
