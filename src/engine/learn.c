#include "engine/learn.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "engine/clause.h"
#include "engine/learn_parts.h"
#include "engine/session.h"
#include "profile/pattern.h"

#include <stdlib.h>

// ---- texts -------------------------------------------------------------------------------------

// Whether a draft is in Chinese, by its first part.
static bool is_chinese(od_slice bytes) {
    enum { LOOKED_AT = 64 * 1024 };
    size_t han = 0, letters = 0, size;
    for (size_t i = 0; i < bytes.size && i < LOOKED_AT; i += size) {
        const uint32_t code = od_utf8_read(bytes, i, &size);
        han += od_is_han(code);
        letters += od_is_ascii_alpha(code);
    }
    return han * 2 > letters;
}

// Returns the name of the file without folder and suffix, as an id.
static od_slice id_of(od_arena *arena, const char *path, bool chinese) {
    const char *const slash = strrchr(path, '/');
    od_slice name = od_slice_of(slash ? slash + 1 : path);
    const char *const dot = memrchr(name.data, '.', name.size);
    if (dot && dot > name.data) name.size = (size_t)(dot - name.data);
    return od_learn_section_id(arena, name, chinese ? OD_SLICE("文种") : OD_SLICE("learned"));
}

// Adds the visible text [start, end) to a phrase. `<` and `>` are slots there; their wide forms are
// matched like them.
static void add_text(od_buf *out, od_slice text, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        const char byte = text.data[i];
        if (byte == '<') od_buf_text(out, "＜");
        else if (byte == '>') od_buf_text(out, "＞");
        else od_buf_byte(out, byte == '\n' ? ' ' : byte);
    }
}

static od_slice write_phrase(const od_learner *l, const od_learn_phrase *phrase) {
    static const char *const PARTS[] = {
        [OD_PART_YEAR] = ".year", [OD_PART_MONTH] = ".month", [OD_PART_DAY] = ".day"};
    const od_slice text = l->reading.leaves.items[phrase->leaf].visible.text;
    od_buf out = {0};
    size_t at = phrase->range.start;
    if (phrase->at_start) od_buf_byte(&out, '^');
    for (size_t i = phrase->first; i <= phrase->last; i++) {
        const od_learn_slot *const slot = &l->slots.items[i];
        const size_t field = l->facts.items[slot->fact].field;
        add_text(&out, text, at, slot->start);
        od_buf_byte(&out, '<');
        od_buf_add(&out, l->learned->fields.items[field].id);
        if (slot->part != OD_WHOLE) od_buf_text(&out, PARTS[slot->part]);
        od_buf_byte(&out, '>');
        at = slot->end;
    }
    add_text(&out, text, at, phrase->range.end);
    if (phrase->at_end) od_buf_byte(&out, '^');
    const od_slice written = od_arena_copy(l->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return written;
}

// ---- phrases -----------------------------------------------------------------------------------

// Sections are numbered as they stand in the profile.
static size_t order_of(const od_section_rule *rule) {
    return rule ? rule->span.start : 0; // see number_sections
}

// Rules made here stand in no file; their spans are free to hold their order.
static void number_sections(const od_learner *l) {
    size_t next = 0;
    for (const od_section_rule *rule = od_section_rule_next(&l->profile, NULL); rule;
         rule = od_section_rule_next(&l->profile, rule))
        ((od_section_rule *)rule)->span.start = ++next;
}

static int compare_phrases(const void *left, const void *right) {
    const od_learned_phrase *const a = left, *const b = right;
    const size_t one = order_of(a->scope), other = order_of(b->scope);
    if (one != other) return one < other ? -1 : 1;
    if (a->offset != b->offset) return a->offset < b->offset ? -1 : 1;
    return od_slice_compare(a->text, b->text);
}

// Whether all slots of a phrase are those of fields.
static bool is_whole(const od_learner *l, const od_learn_phrase *phrase) {
    for (size_t i = phrase->first; i <= phrase->last; i++)
        if (l->facts.items[l->slots.items[i].fact].field == SIZE_MAX) return false;
    return true;
}

static void list_phrases(od_learner *l) {
    od_learned *const learned = l->learned;
    for (size_t i = 0; i < l->phrases.count; i++) {
        const od_learn_phrase *const phrase = &l->phrases.items[i];
        const od_leaf *const leaf = &l->reading.leaves.items[phrase->leaf];
        const od_learn_slot *const slot = &l->slots.items[phrase->first];
        if (!is_whole(l, phrase)) continue;
        *od_array_push(l->arena, &learned->phrases) = (od_learned_phrase){
            .scope = phrase->scope,
            .text = write_phrase(l, phrase),
            .offset = od_visible_span(&leaf->visible, slot->start, slot->end).start,
            .unread = phrase->unread};
    }
    number_sections(l);
    if (learned->phrases.count)
        qsort(learned->phrases.items, learned->phrases.count, sizeof *learned->phrases.items,
              compare_phrases);
    // Two blanks that took the same words around both have the same phrase.
    size_t count = 0;
    for (size_t i = 0; i < learned->phrases.count; i++) {
        const od_learned_phrase p = learned->phrases.items[i];
        const od_learned_phrase *const last = count ? &learned->phrases.items[count - 1] : NULL;
        if (last && last->scope == p.scope && od_slice_equal(last->text, p.text)) continue;
        learned->phrases.items[count++] = p;
    }
    learned->phrases.count = count;
}

// ---- what was not learned ----------------------------------------------------------------------

static od_unlearned_reason reason_of(const od_learner *l, const od_learn_slot *slot) {
    const od_leaf *const leaf = &l->reading.leaves.items[slot->leaf];
    if (slot->wall) return OD_UNLEARNED_BESIDE;
    if (leaf->folded.text.size == leaf->blank_count) return OD_UNLEARNED_ALONE;
    return OD_UNLEARNED_REPEATED;
}

static void list_unlearned(od_learner *l) {
    for (size_t i = 0; i < l->slots.count; i++) {
        const od_learn_slot *const slot = &l->slots.items[i];
        if (slot->bound || slot->blank == SIZE_MAX) continue;
        const od_blank *const blank = &l->reading.blanks.items[slot->blank];
        // What is only a note to the author has no value.
        if (!od_blank_fillable(blank)) continue;
        const od_leaf *const leaf = &l->reading.leaves.items[slot->leaf];
        const od_span clause = od_clause_trim(
            leaf->visible.text, (od_span){od_clause_start(leaf, slot->start),
                                          od_clause_end(leaf, slot->end)});
        *od_array_push(l->arena, &l->learned->unlearned) = (od_unlearned){
            reason_of(l, slot), blank->span.start,
            od_slice_cut(leaf->visible.text, clause.start, clause.end)};
    }
}

// ---- all ---------------------------------------------------------------------------------------

static bool is_text(od_session *session, const od_document *document) {
    od_diagnostics *const log = &session->failures;
    if (document->first_invalid == SIZE_MAX) return true;
    od_fail(log, document->source.path,
            od_say(log,
                   OD_SAY("line {1} is not UTF-8; convert the file first (for GBK: iconv -f "
                          "GB18030 -t UTF-8)",
                          "第{1}行不是UTF-8编码；请先转换（GBK文件可用：iconv -f GB18030 -t UTF-8）"),
                   od_arena_number(log->arena, od_source_line_at(&document->source,
                                                                 document->first_invalid) + 1)));
    return false;
}

// Whether anything was read of a finished draft. One that has nothing of the draft was taken by
// mistake.
static bool was_read(od_session *session, const od_learner *l, size_t draft) {
    od_diagnostics *const log = &session->failures;
    for (size_t i = 0; i < l->slots.count; i++)
        if (l->slots.items[i].values[draft].size) return true;
    od_fail(log, l->finished[draft].document->source.path,
            od_say(log,
                   OD_SAY("none of the words around the blanks of {1} is found here with a value "
                          "between them; give drafts that were made from it and filled",
                          "这里找不到 {1} 空白前后的文字和填好的内容；请给出由它填写而成的成稿"),
                   od_slice_of(l->reading.document->source.path)));
    return false;
}

static void read_finished(od_learner *l, const od_document *const *finished) {
    l->finished = od_arena_array(l->arena, od_reading, l->finished_count);
    const od_source **const sources =
        od_arena_array(l->arena, const od_source *, l->finished_count);
    for (size_t i = 0; i < l->finished_count; i++) {
        od_reading_make(&((od_document *)finished[i])->arena, finished[i], &l->profile, true,
                        &l->finished[i]);
        sources[i] = &finished[i]->source;
    }
    l->learned->finished = sources;
    l->learned->finished_count = l->finished_count;
}

static od_status learn(od_session *session, od_learner *l, const od_document *draft,
                       const od_document *const *finished) {
    od_diagnostics *const log = &session->failures;
    od_outline outline;
    od_outline_read(l->arena, &draft->source, draft->root, &(od_outline_options){0}, &outline);
    l->reading.document = draft;
    od_learn_sections(l, draft, &outline);
    od_reading_make(l->arena, draft, &l->profile, true, &l->reading);
    od_learn_slots(l);
    if (!l->slots.count) {
        od_fail(log, draft->source.path,
                od_say(log, OD_SAY("there is no blank in it; give the draft as it is before it is "
                                   "filled, then finished ones",
                                   "里面没有空白；请先给出还没填写的模板，再给成稿")));
        return OD_INVALID;
    }
    read_finished(l, finished);
    od_learn_section_use(l);
    od_learn_phrases(l);
    bool read = true;
    for (size_t i = 0; i < l->finished_count; i++) read &= was_read(session, l, i);
    if (!read) return OD_INVALID;
    od_learn_fields(l);
    list_phrases(l);
    list_unlearned(l);
    return OD_OK;
}

od_status od_learn(od_session *session, const od_document *draft,
                   const od_document *const *finished, size_t count, od_learned *learned) {
    od_arena *const arena = &((od_document *)draft)->arena;
    const bool chinese = is_chinese(draft->source.bytes);
    *learned = (od_learned){.source = &draft->source,
                            .is_chinese = chinese,
                            .id = id_of(arena, draft->source.path, chinese)};
    od_learner l = {.arena = arena,
                    .language = session->options.language,
                    .finished_count = count,
                    .learned = learned};
    bool readable = is_text(session, draft);
    for (size_t i = 0; i < count; i++) readable &= is_text(session, finished[i]);
    if (!readable) return OD_INVALID;
    const od_status status = learn(session, &l, draft, finished);
    for (size_t i = 0; i < l.patterns.count; i++) od_pattern_free(l.patterns.items[i]);
    return status;
}
