// encoding-*: bytes that are not UTF-8, and characters that are not seen but do harm.
#include "engine/check.h"

#include "base/block.h"
#include "base/utf8.h"

#include <stdio.h>

// Findings of one rule in one draft. What comes after is counted, and told as one finding about the
// whole file, so that a binary file does not become millions of findings.
enum { SHOWN = 100 };

// A character that is not welcome.
typedef struct suspect {
    od_rule_id rule;
    uint32_t code;
    od_span span;
} suspect;

typedef struct scan {
    od_diagnostics *found;
    const od_source *source;
    od_slice bytes;
    size_t counts[OD_RULE_COUNT]; // by rule
    suspect last;                 // one run of a character is one finding
    size_t last_index;            // of its finding; SIZE_MAX when it has none
} scan;

// ---- other encodings ---------------------------------------------------------------------------

static unsigned char byte_at(od_slice bytes, size_t at) {
    return (unsigned char)bytes.data[at];
}

static size_t first_high(od_slice bytes) {
    size_t at = 0;
    while (at < bytes.size && byte_at(bytes, at) < 0x80) at++;
    return at;
}

// A mark at the start says so; without one, Latin text has a NUL in every other byte.
static bool looks_utf16(od_slice bytes) {
    enum { SAMPLE = 4096 };
    if (od_slice_starts(bytes, OD_SLICE("\xFF\xFE"))) return true;
    if (od_slice_starts(bytes, OD_SLICE("\xFE\xFF"))) return true;
    const size_t size = bytes.size < SAMPLE ? bytes.size : SAMPLE;
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < size; i++) nuls[i & 1] += bytes.data[i] == '\0';
    const size_t more = nuls[0] > nuls[1] ? nuls[0] : nuls[1];
    return size >= 8 && more > size / 4 && nuls[0] + nuls[1] - more < more / 8;
}

static bool within(unsigned char byte, unsigned char low, unsigned char high) {
    return byte >= low && byte <= high;
}

// Returns the bytes of the GB18030 character at `at` (2000, section 4), or 0.
static size_t gb_size(od_slice bytes, size_t at) {
    const unsigned char lead = byte_at(bytes, at);
    if (lead < 0x80) return 1;
    if (lead == 0x80 || lead == 0xFF || at + 1 == bytes.size) return 0;
    const unsigned char second = byte_at(bytes, at + 1);
    if (within(second, 0x40, 0xFE)) return second == 0x7F ? 0 : 2;
    if (!within(second, 0x30, 0x39) || bytes.size - at < 4) return 0;
    return within(byte_at(bytes, at + 2), 0x81, 0xFE) && within(byte_at(bytes, at + 3), 0x30, 0x39)
               ? 4
               : 0;
}

// Whether the first characters over 0x7F are GB18030, most of them of the old set (GB 2312) that
// nearly all Chinese text is made of. Latin-1 and damaged UTF-8 are not.
static bool looks_gb18030(od_slice bytes) {
    enum { SAMPLE = 65536 };
    size_t at = first_high(bytes), common = 0, all = 0, size;
    const size_t end = bytes.size - at > SAMPLE ? at + SAMPLE : bytes.size;
    for (; at < end; at += size) {
        size = gb_size(bytes, at);
        if (!size && at + 3 < end) return false;
        if (!size) break; // cut in two by the end
        if (size == 1) continue;
        all++;
        common += size == 2 && within(byte_at(bytes, at), 0xA1, 0xF7) &&
                  within(byte_at(bytes, at + 1), 0xA1, 0xFE);
    }
    return all && common * 5 > all * 4;
}

static size_t count_invalid(od_slice bytes, size_t from) {
    size_t count = 0;
    while (from < bytes.size) {
        const size_t next = od_utf8_find_invalid(od_slice_from(bytes, from));
        if (next == SIZE_MAX) break;
        count++;
        from += next + 1;
    }
    return count;
}

// Text of another encoding fails early; where much has passed, single bytes are damaged.
static bool is_other_encoding(od_slice bytes, size_t first_invalid) {
    // Bytes; six characters of GBK that by chance are UTF-8 are one in a million.
    enum { PASSED = 12 };
    const size_t high = first_high(bytes);
    return first_invalid < high + PASSED && looks_gb18030(bytes);
}

// Says that the draft is not UTF-8; false when it is text of another encoding, in which no other
// finding would make sense.
static bool report_invalid(scan *s, size_t at) {
    od_text text = OD_SAY("this byte ({1}) is not UTF-8, as {2} in the file; something damaged the "
                          "file: write the character anew, or take an older copy",
                          "此处字节（{1}）不是UTF-8编码，全文共{2}处；文件可能已损坏，请重新输入这个字，或找回原来的文件");
    bool damaged = false;
    if (looks_utf16(s->bytes))
        text = OD_SAY("the file is UTF-16, not UTF-8; save it as UTF-8, or convert it: "
                      "iconv -f UTF-16 -t UTF-8 OLD > NEW",
                      "文件是UTF-16编码，不是UTF-8；请另存为UTF-8，或转换：iconv -f UTF-16 -t UTF-8 旧文件 > 新文件");
    else if (is_other_encoding(s->bytes, at))
        text = OD_SAY("the file is not UTF-8, it looks like GBK (GB18030); save it as UTF-8, or "
                      "convert it: iconv -f GB18030 -t UTF-8 OLD > NEW",
                      "文件不是UTF-8编码，像是GBK（GB18030）；请另存为UTF-8，或转换：iconv -f GB18030 -t UTF-8 "
                      "旧文件 > 新文件");
    else damaged = true;
    char byte[8];
    snprintf(byte, sizeof byte, "0x%02X", byte_at(s->bytes, at));
    const size_t count = damaged ? count_invalid(s->bytes, at) : 0;
    od_diagnose(s->found, OD_RULE_ENCODING_UTF8, s->source, (od_span){at, at + 1},
                od_say(s->found, text, od_slice_of(byte), od_arena_number(s->found->arena, count)));
    return damaged;
}

// ---- characters --------------------------------------------------------------------------------

// What people call the characters that drafts are seen to hold.
typedef struct named {
    uint32_t code;
    od_text name;
    bool breaks; // it stands for a line end: taking it out would join lines
} named;

static const named NAMED[] = {
    {0x08, {"backspace", "退格符"}, false},
    {0x0B, {"a line break of Word", "Word的手动换行符"}, true},
    {0x1B, {"escape", "转义符"}, false},
    {0x7F, {"delete", "删除符"}, false},
    {0x85, {"next line", "换行控制符"}, true},
    {0x200B, {"zero-width space", "零宽空格"}, false},
    {0x2028, {"line separator", "行分隔符"}, true},
    {0x2029, {"paragraph separator", "段分隔符"}, true},
    {0x2060, {"word joiner", "零宽连接符"}, false},
    {0xFEFF, {"byte order mark", "字节顺序标记BOM"}, false},
};

static const named *find_name(uint32_t code) {
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
        if (NAMED[i].code == code) return &NAMED[i];
    return NULL;
}

// Thai, Lao, Myanmar and Khmer mark where words end by zero-width spaces.
static bool is_spaceless(uint32_t code) {
    return (code >= 0x0E00 && code <= 0x0EFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF);
}

static bool divides_words(od_slice bytes, od_span span) {
    size_t size;
    return (span.start > 0 && is_spaceless(od_utf8_read_before(bytes, span.start, &size))) ||
           (span.end < bytes.size && is_spaceless(od_utf8_read(bytes, span.end, &size)));
}

static bool is_control(uint32_t code) {
    if (code < 0x20) return code != '\t' && code != '\n' && code != '\r' && code != '\f';
    return (code >= 0x7F && code <= 0x9F) || code == 0x200B || code == 0x2028 || code == 0x2029 ||
           code == 0x2060 || code == 0xFEFF;
}

// Looks at the character that starts at byte `at`; false when it is welcome.
static bool read_suspect(const scan *s, size_t at, suspect *suspect) {
    size_t size;
    const uint32_t code = od_utf8_read(s->bytes, at, &size);
    suspect->code = code;
    suspect->span = (od_span){at, at + size};
    suspect->rule = code == 0                  ? OD_RULE_ENCODING_NUL
                    : od_is_bidi_control(code) ? OD_RULE_ENCODING_BIDI
                                               : OD_RULE_ENCODING_CONTROL;
    if (suspect->rule != OD_RULE_ENCODING_CONTROL) return true;
    if (!is_control(code) || (code == 0xFEFF && at == 0)) return false;
    return code != 0x200B || !divides_words(s->bytes, suspect->span);
}

static od_slice code_name(const scan *s, uint32_t code) {
    char digits[16];
    const int size = snprintf(digits, sizeof digits, "U+%04X", code);
    const od_slice number =
        od_arena_copy(s->found->arena, (od_slice){digits, (size_t)size});
    const named *const row = find_name(code);
    if (!row) return number;
    return od_say(s->found, OD_SAY("{1}, {2}", "{1}（{2}）"), number, od_say(s->found, row->name));
}

static od_text message_of(od_rule_id rule, bool breaks) {
    if (rule == OD_RULE_ENCODING_NUL)
        return OD_SAY("a NUL byte, which no text has; the file is damaged or no text",
                      "有空字节（NUL），正常的文字里没有它；文件可能已损坏，或者不是文本");
    if (rule == OD_RULE_ENCODING_BIDI)
        return OD_SAY("the hidden character {1} turns the order of the text on screen, so that people "
                      "do not read what is there; delete it",
                      "有看不见的字符{1}，会颠倒屏幕上文字的顺序，让人看到的与实际不符；请删除");
    if (breaks)
        return OD_SAY("the hidden character {1}; write an ordinary line break in its place",
                      "有看不见的字符{1}；请改为普通换行");
    return OD_SAY("the hidden character {1}, which keeps words from being found; delete it",
                  "有看不见的字符{1}，会让查找和填写认不出这里的文字；请删除");
}

static void report(scan *s, const suspect *suspect) {
    const named *const row = find_name(suspect->code);
    const bool breaks = row && row->breaks;
    const od_slice message =
        od_say(s->found, message_of(suspect->rule, breaks), code_name(s, suspect->code));
    od_diagnostic *const d =
        od_diagnose(s->found, suspect->rule, s->source, suspect->span, message);
    // What order the text was meant to have is for a person to say.
    if (suspect->rule == OD_RULE_ENCODING_CONTROL && !breaks)
        od_diagnostic_fix(s->found, d,
                          od_say(s->found, OD_SAY("delete the hidden character", "删除看不见的字符")),
                          (od_edit){suspect->span, {0}});
}

// Lets the finding of the run so far reach to `end`.
static void lengthen(scan *s, size_t end) {
    s->last.span.end = end;
    if (s->last_index == SIZE_MAX) return;
    od_diagnostic *const d = &s->found->found.items[s->last_index];
    d->span.end = end;
    // The edit was made by od_diagnostic_fix just before, for this finding alone.
    if (d->fix) ((od_edit *)d->fix->edits)->span.end = end;
}

static void add_suspect(scan *s, const suspect *suspect) {
    if (suspect->code == s->last.code && suspect->span.start == s->last.span.end) {
        lengthen(s, suspect->span.end);
        return;
    }
    s->last = *suspect;
    s->last_index = SIZE_MAX;
    if (s->counts[suspect->rule]++ >= SHOWN) return;
    s->last_index = s->found->found.count;
    report(s, suspect);
}

static void report_rest(scan *s, od_rule_id rule) {
    if (s->counts[rule] <= SHOWN) return;
    od_diagnostic *const d = od_diagnose(
        s->found, rule, s->source, (od_span){0, 0},
        od_say(s->found,
               OD_SAY("{1} places of this kind in all; only the first {2} are listed",
                      "这类问题全文共{1}处，只列出前{2}处"),
               od_arena_number(s->found->arena, s->counts[rule]),
               od_arena_number(s->found->arena, SHOWN)));
    d->has_position = false;
}

// ---- the pass ----------------------------------------------------------------------------------

enum { AHEAD = 2 }; // bytes past a block that has_suspect looks at

// Whether a suspect starts in the OD_BLOCK bytes at `bytes`. They are compared with the UTF-8 of
// is_control and od_is_bidi_control.
static bool has_suspect(const char *bytes) {
    const od_block a = od_block_load(bytes), b = od_block_load(bytes + 1),
                   c = od_block_load(bytes + 2);
    const od_block_mask low =
        (a < 0x20) & (a != '\t') & (a != '\n') & (a != '\r') & (a != '\f');
    const od_block_mask c1 = (a == 0xC2) & (b < 0xA0);
    const od_block_mask general = (b == 0x80) & ((c == 0x8B) | ((c - 0xA8) < 7));
    const od_block_mask isolate = (b == 0x81) & ((c == 0xA0) | ((c - 0xA6) < 4));
    const od_block_mask mark = (a == 0xEF) & (b == 0xBB) & (c == 0xBF);
    return od_block_any(low | (a == 0x7F) | c1 | ((a == 0xE2) & (general | isolate)) | mark);
}

static bool may_start(unsigned char byte) {
    return byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF;
}

static void scan_bytes(scan *s, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        suspect suspect;
        if (may_start(byte_at(s->bytes, i)) && read_suspect(s, i, &suspect))
            add_suspect(s, &suspect);
    }
}

static void scan_all(scan *s) {
    size_t at = 0;
    for (; s->bytes.size - at >= OD_BLOCK + AHEAD; at += OD_BLOCK)
        if (has_suspect(s->bytes.data + at)) scan_bytes(s, at, at + OD_BLOCK);
    scan_bytes(s, at, s->bytes.size);
    report_rest(s, OD_RULE_ENCODING_NUL);
    report_rest(s, OD_RULE_ENCODING_BIDI);
    report_rest(s, OD_RULE_ENCODING_CONTROL);
}

// Without a mark and all of it Latin, UTF-16 is UTF-8 with a NUL after every character.
static void report_wide(scan *s) {
    const char *const nul = memchr(s->bytes.data, '\0', s->bytes.size);
    const size_t at = (size_t)(nul - s->bytes.data);
    od_diagnose(s->found, OD_RULE_ENCODING_NUL, s->source, (od_span){at, at + 1},
                od_say(s->found,
                       OD_SAY("a NUL byte after every character: the file looks like UTF-16; save it "
                              "as UTF-8, or convert it: iconv -f UTF-16LE -t UTF-8 OLD > NEW",
                              "每个字符都带一个空字节，文件像是UTF-16编码；请另存为UTF-8，或转换：iconv -f UTF-16LE "
                              "-t UTF-8 旧文件 > 新文件")));
}

void od_check_encoding(od_check_context *context, const od_document *document) {
    scan s = {.found = context->found,
              .source = &document->source,
              .bytes = document->source.bytes,
              .last_index = SIZE_MAX};
    s.last.span.end = SIZE_MAX;
    if (document->first_invalid != SIZE_MAX && !report_invalid(&s, document->first_invalid)) return;
    if (document->first_invalid == SIZE_MAX && looks_utf16(s.bytes)) report_wide(&s);
    else scan_all(&s);
}
