// Names: what a field is called, of the words around its blank. They are proposals: a person who
// goes on with the profile changes them.
#include "engine/learn_parts.h"

#include "base/utf8.h"

// Lists of words are one string, each word closed by a space.

// Han characters that words of a sentence are joined by: a name does not reach over them.
static const char JOINTS[] = "的 和 与 及 并 了 在 将 对 由 把 被 从 向 以 于 到 是 ";

// Before a number, and before a value: they name nothing.
static const char COUNTING[] = "共计 累计 合计 总计 共有 达到 不少于 不低于 超过 约为 共 计 达 约 近 有 为 了 是 ";

// After a value, what it is the name of; longer ones first where one starts like another.
static const char BODIES[] =
    "党支部委员会 党支部 支部委员会 支部 党委 党组 党总支 组织部 宣传部 委员会 办公室 工作组 图书馆 "
    "领导小组 小组 公司 中心 街道 社区 学校 学院 医院 协会 部门 单位 乡镇 项目 平台 部 局 厅 处 科 院 "
    "所 站 馆 村 镇 乡 县 市 区 省 班 队 ";

static const char STOP_WORDS[] =
    "a an the of on at in to for by with and or is was are were be been from as it its this that we "
    "our there has have had total about over ";

// Names that rules have for something else, and words of Lua.
static const char TAKEN[] =
    "and break do else elseif end false for function goto if in local nil not or repeat return "
    "then true until while has chars count filled today ";

static bool is_in(od_slice word, const char *words) {
    for (const char *w = words, *end; (end = strchr(w, ' ')); w = end + 1)
        if (od_slice_equal(word, (od_slice){w, (size_t)(end - w)})) return true;
    return false;
}

// Returns the size of the word of `words` at the start of `text`, or at its end; 0 for none.
static size_t starting_word(od_slice text, const char *words) {
    for (const char *w = words, *end; (end = strchr(w, ' ')); w = end + 1)
        if (od_slice_starts(text, (od_slice){w, (size_t)(end - w)})) return (size_t)(end - w);
    return 0;
}

static size_t ending_word(od_slice text, const char *words) {
    for (const char *w = words, *end; (end = strchr(w, ' ')); w = end + 1)
        if (od_slice_ends(text, (od_slice){w, (size_t)(end - w)})) return (size_t)(end - w);
    return 0;
}

static od_slice trim(od_slice text) {
    size_t size;
    while (text.size && od_is_space(od_utf8_read(text, 0, &size))) text = od_slice_from(text, size);
    while (text.size && od_is_space(od_utf8_read_before(text, text.size, &size))) text.size -= size;
    return text;
}

// Returns what `text` ends with after one of the marks between a label and its value; `*label` says
// whether there was one.
static od_slice drop_colon(od_slice text, bool *label) {
    text = trim(text);
    *label = false;
    if (od_slice_ends(text, OD_SLICE("："))) text.size -= strlen("："), *label = true;
    else if (od_slice_ends(text, OD_SLICE(":"))) text.size--, *label = true;
    return trim(text);
}

// ---- Chinese -----------------------------------------------------------------------------------

enum { WORD_CHARS = 2, NAME_CHARS = 4, RUN_CHARS = 6, LABEL_CHARS = 8 };

static bool is_joint(od_slice text) {
    return starting_word(text, JOINTS) > 0;
}

// Returns the Han characters that `text` ends with, to a joint, at most `most`.
static od_slice han_tail(od_slice text, size_t most, bool joints) {
    size_t at = text.size, size;
    for (size_t n = 0; at > 0 && n < most; n++) {
        if (!od_is_han(od_utf8_read_before(text, at, &size))) break;
        if (!joints && is_joint(od_slice_from(text, at - size))) break;
        at -= size;
    }
    return od_slice_from(text, at);
}

static od_slice han_head(od_slice text, size_t most) {
    size_t at = 0, size;
    for (size_t n = 0; at < text.size && n < most; n++) {
        if (!od_is_han(od_utf8_read(text, at, &size)) || is_joint(od_slice_from(text, at))) break;
        at += size;
    }
    return od_slice_cut(text, 0, at);
}

// Returns `run`, which follows `before`, without what belongs to the words before it: the 站 of
// `XX站站长`, and 其中.
static od_slice drop_lead(od_slice before, od_slice run) {
    size_t size;
    if (od_slice_starts(run, OD_SLICE("其中"))) return od_slice_from(run, strlen("其中"));
    if (!before.size) return run;
    const uint32_t code = od_half_width(od_utf8_read_before(before, before.size, &size));
    const bool is_blank = code == 'X' || code == 'x' || code == '_' || code == 0xD7 || code == 0x2715;
    const size_t body = is_blank ? starting_word(run, BODIES) : 0;
    return body < run.size ? od_slice_from(run, body) : run;
}

// Returns the last words of a clause as a name: all of them when they are few.
static od_slice last_noun(od_slice text) {
    const od_slice run = han_tail(text, RUN_CHARS + 1, false);
    if (od_utf8_count(run) > RUN_CHARS) return han_tail(text, NAME_CHARS, false);
    return drop_lead(od_slice_cut(text, 0, text.size - run.size), run);
}

// Returns the noun that stands before a value, over words of counting and the mark before those.
static od_slice noun_before(od_slice before) {
    bool label;
    before = drop_colon(before, &label);
    if (label) return han_tail(before, LABEL_CHARS, true);
    for (size_t word; (word = ending_word(before, COUNTING));) before.size -= word;
    const od_slice noun = last_noun(before);
    if (noun.size) return noun;
    before.size -= ending_word(before, "， , “ \" 《 ");
    return last_noun(before);
}

// Returns the noun that stands after a value.
static od_slice noun_after(od_slice after, od_slice unit) {
    after = trim(after);
    if (unit.size && od_slice_starts(after, unit)) after = od_slice_from(after, unit.size);
    if (od_slice_starts(after, OD_SLICE("的"))) after = od_slice_from(after, strlen("的"));
    const od_slice run = han_head(after, NAME_CHARS + 1);
    return od_utf8_count(run) > NAME_CHARS ? han_head(run, WORD_CHARS) : run;
}

static od_slice name_date(od_arena *arena, const od_learn_fact *fact) {
    bool label;
    const od_slice before = drop_colon(fact->before, &label);
    if (label) return han_tail(before, LABEL_CHARS, true);
    od_slice after = trim(fact->after);
    const size_t hour = starting_word(after, "上午 下午 晚上 晚 前 起 至 ");
    const od_slice verb = han_head(od_slice_from(after, hour), 2);
    return verb.size ? od_arena_concat(arena, verb, OD_SLICE("日期")) : verb;
}

// The second number of `主要问题XX类XX条` is told apart by its measure word: 主要问题条.
static od_slice name_second(od_arena *arena, const od_learn_fact *fact, od_slice measure) {
    od_slice before = fact->before;
    size_t size;
    before.size -= measure.size;
    while (before.size && !od_is_han(od_utf8_read_before(before, before.size, &size)) &&
           !starting_word(od_slice_from(before, before.size - size), "。 ， ； ： , ; : "))
        before.size -= size;
    const od_slice noun = noun_before(before);
    return noun.size ? od_arena_concat(arena, noun, fact->type.unit) : noun;
}

static od_slice name_in_chinese(od_arena *arena, const od_learn_fact *fact) {
    const od_slice before = noun_before(fact->before);
    const od_slice after = noun_after(fact->after, fact->type.unit);
    const size_t body = starting_word(trim(fact->after), BODIES);
    bool label;
    drop_colon(fact->before, &label);
    switch (fact->type.type) {
    case OD_TYPE_DATE: return name_date(arena, fact);
    case OD_TYPE_YEAR:
    case OD_TYPE_MONTH:
    case OD_TYPE_DAY: return (od_slice){0};
    case OD_TYPE_TEXT:
        if (label && before.size) return before;
        if (body) return od_slice_cut(trim(fact->after), 0, body);
        return after.size > strlen("一") ? after : before;
    default:
        if (before.size && od_slice_ends(fact->before, before) &&
            od_measure_word(before).size == before.size) {
            const od_slice second = name_second(arena, fact, before);
            if (second.size) return second;
        }
        return before.size ? before : after;
    }
}

// ---- English -----------------------------------------------------------------------------------

static bool is_word_sign(uint32_t code) {
    return od_is_ascii_alpha(code) || od_is_digit(code);
}

static od_slice lower(od_arena *arena, od_slice word) {
    const od_slice copy = od_arena_copy(arena, word);
    char *const bytes = (char *)copy.data;
    for (size_t i = 0; i < copy.size; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] | 32);
    return copy;
}

// Returns the last word of `*text`, in small letters, and takes it off; empty when none is there.
static od_slice take_last_word(od_arena *arena, od_slice *text) {
    while (text->size && (text->data[text->size - 1] == ' ' || text->data[text->size - 1] == '-'))
        text->size--;
    size_t start = text->size;
    while (start > 0 && is_word_sign((unsigned char)text->data[start - 1])) start--;
    const od_slice word = od_slice_from(*text, start);
    text->size = start;
    return lower(arena, word);
}

static od_slice take_first_word(od_arena *arena, od_slice *text) {
    size_t start = 0;
    while (start < text->size && (text->data[start] == ' ' || text->data[start] == '-')) start++;
    size_t end = start;
    while (end < text->size && is_word_sign((unsigned char)text->data[end])) end++;
    const od_slice word = od_slice_cut(*text, start, end);
    *text = od_slice_from(*text, end);
    return lower(arena, word);
}

static od_slice join_words(od_arena *arena, od_slice left, od_slice right) {
    if (!left.size || !right.size) return left.size ? left : right;
    return od_arena_concat(arena, left, OD_SLICE("_"), right);
}

// Returns the words before a value: of a label up to three, else the last one that names something.
static od_slice words_before(od_arena *arena, od_slice before) {
    enum { LABEL_WORDS = 3, TRIES = 4 };
    bool label;
    before = drop_colon(before, &label);
    od_slice name = {0};
    for (size_t n = 0; n < (label ? LABEL_WORDS : TRIES); n++) {
        const od_slice word = take_last_word(arena, &before);
        if (!word.size) break;
        if (!label && is_in(word, STOP_WORDS)) continue;
        name = join_words(arena, word, name);
        if (!label) break;
    }
    return name;
}

static od_slice words_after(od_arena *arena, od_slice after) {
    od_slice name = {0};
    for (size_t n = 0; n < 2; n++) {
        const od_slice word = take_first_word(arena, &after);
        if (!word.size || is_in(word, STOP_WORDS)) break;
        name = join_words(arena, name, word);
    }
    return name;
}

static od_slice name_in_english(od_arena *arena, const od_learn_fact *fact) {
    bool label;
    drop_colon(fact->before, &label);
    const od_slice before = words_before(arena, fact->before);
    const od_slice after = words_after(arena, trim(fact->after));
    const bool counts = fact->type.type == OD_TYPE_INTEGER || fact->type.type == OD_TYPE_DECIMAL;
    if (label && before.size) return before;
    if (counts && after.size) return after;
    return before.size ? before : after;
}

// ---- names -------------------------------------------------------------------------------------

od_slice od_learn_name(od_arena *arena, const od_learn_fact *fact) {
    if (fact->name.size) return fact->name;
    const od_slice name = name_in_chinese(arena, fact);
    return name.size ? name : name_in_english(arena, fact);
}

od_slice od_learn_plain_name(od_field_type type, bool chinese) {
    static const struct {
        const char *en, *zh;
    } NAMES[] = {
        [OD_TYPE_TEXT] = {"text", "内容"},         [OD_TYPE_INTEGER] = {"number", "数量"},
        [OD_TYPE_DECIMAL] = {"number", "数值"},    [OD_TYPE_PERCENT] = {"percent", "比例"},
        [OD_TYPE_MONEY] = {"amount", "金额"},      [OD_TYPE_AMOUNT_CN] = {"amount", "金额大写"},
        [OD_TYPE_YEAR] = {"year", "年份"},         [OD_TYPE_MONTH] = {"month", "月份"},
        [OD_TYPE_DAY] = {"day", "日"},             [OD_TYPE_DATE] = {"date", "日期"},
        [OD_TYPE_TIME] = {"time", "时间"},         [OD_TYPE_DURATION] = {"duration", "时长"},
        [OD_TYPE_PERSON] = {"person", "姓名"},     [OD_TYPE_ORG] = {"organisation", "单位"},
        [OD_TYPE_ENUM] = {"choice", "选项"},       [OD_TYPE_LIST] = {"list", "名单"},
    };
    return od_slice_of(chinese ? NAMES[type].zh : NAMES[type].en);
}

od_slice od_learn_field_id(od_arena *arena, od_slice name) {
    char *const out = od_arena_array(arena, char, name.size + 3);
    size_t size, used = 0;
    for (size_t i = 0; i < name.size; i += size) {
        const uint32_t code = od_half_width(od_utf8_read(name, i, &size));
        const bool is_plain = is_word_sign(code) || od_is_han(code) || code == '_';
        if (!used && od_is_digit(code)) out[used++] = '_';
        if (is_plain) used += od_utf8_write(code, out + used);
    }
    if (is_in((od_slice){out, used}, TAKEN)) out[used++] = '_';
    return (od_slice){out, used};
}
