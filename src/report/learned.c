// A learned profile as YAML, for a person who goes on with it: what was found where, and what is to
// be looked at, stands beside it as comments.
#include "base/utf8.h"
#include "engine/learn.h"
#include "engine/session.h"
#include "report/print.h"

typedef struct page {
    od_buf *out;
    const od_learned *learned;
    od_language language;
} page;

static void say(const page *p, const char *en, const char *zh) {
    od_buf_text(p->out, od_print_pick(p->language, en, zh));
}

static void indent(const page *p, size_t count) {
    od_print_spaces(p->out, count);
}

static void comment(const page *p, size_t column) {
    indent(p, column);
    od_buf_text(p->out, "# ");
}

static void line(const page *p, const char *en, const char *zh) {
    say(p, en, zh);
    od_buf_byte(p->out, '\n');
}

static void add_scalar(const page *p, od_slice text) {
    od_print_yaml(p->out, text, false);
}

// Appends at most so many characters of a text of the draft.
static void add_short(const page *p, od_slice text, size_t most) {
    size_t end = 0, size;
    for (size_t n = 0; n < most && end < text.size; n++) {
        od_utf8_read(text, end, &size);
        end += size;
    }
    od_print_text(p->out, od_slice_cut(text, 0, end));
    if (end < text.size) od_buf_text(p->out, "…");
}

static void add_number(const page *p, size_t number) {
    od_buf_number(p->out, number);
}

static size_t line_of(const page *p, size_t offset) {
    return od_source_line_at(p->learned->source, offset) + 1;
}

// ---- the head ----------------------------------------------------------------------------------

static void add_sources(const page *p) {
    enum { SHOWN = 8 };
    const od_learned *const l = p->learned;
    od_buf_text(p->out, "# ");
    say(p, "Learned from ", "模板：");
    od_print_text(p->out, od_slice_of(l->source->path));
    if (l->finished_count) say(p, ", and from the finished ", "；成稿：");
    else say(p, " alone; finished drafts would tell more", "；没有给成稿，有成稿能学得更多");
    for (size_t i = 0; i < l->finished_count && i < SHOWN; i++) {
        if (i) say(p, ", ", "、");
        od_print_text(p->out, od_slice_of(l->finished[i]->path));
    }
    if (l->finished_count > SHOWN) od_buf_text(p->out, "…");
    od_buf_byte(p->out, '\n');
}

static void add_head(const page *p) {
    line(p, "# A first profile, written by orgdraft profile learn.",
         "# 文种文件初稿，由 orgdraft profile learn 写出。");
    add_sources(p);
    line(p,
         "#\n"
         "# Look first at\n"
         "#  1. the names in front of the colons below `fields:`. Give them names that you know, and\n"
         "#     write the new name between `<` and `>` below `bindings:`, and below `tally:`, too.\n"
         "#  2. the lines that say CHECK.\n"
         "# Then run: orgdraft profile check THIS-FILE",
         "#\n"
         "# 请先看：\n"
         "#  1. “fields:”下面每行冒号前的字段名：改成您习惯的叫法；\n"
         "#     “bindings:”下面尖括号 < > 里的、“tally:”下面的也要一起改。\n"
         "#  2. 写着“请核对”的各行。\n"
         "# 改好后运行：orgdraft profile check 本文件");
    od_buf_text(p->out, "orgdraft-profile: 1\nid: ");
    add_scalar(p, p->learned->id);
    od_buf_byte(p->out, '\n');
    if (p->learned->is_chinese)
        line(p, "# extends: zh-official    # adds the rules of official Chinese documents",
             "# extends: zh-official    # 去掉行首的“# ”即加上公文序号、标点、数字用法的检查");
    if (!p->learned->label.size) return;
    od_buf_text(p->out, "label: ");
    add_scalar(p, p->learned->label);
    od_buf_byte(p->out, '\n');
}

// ---- front matter ------------------------------------------------------------------------------

typedef enum key_kind { REQUIRED, OPTIONAL, LISTS } key_kind;

static bool is_kind(const od_learned_key *key, key_kind kind) {
    if (od_profile_common_key(key->name)) return false;
    if (kind == LISTS) return key->list;
    return !key->list && key->required == (kind == REQUIRED);
}

static bool has_kind(const page *p, key_kind kind) {
    for (size_t i = 0; i < p->learned->keys.count; i++)
        if (is_kind(&p->learned->keys.items[i], kind)) return true;
    return false;
}

static void add_key_list(const page *p, const char *name, key_kind kind) {
    bool first = true;
    if (!has_kind(p, kind)) return;
    indent(p, 2);
    od_buf_text(p->out, name);
    for (size_t i = 0; i < p->learned->keys.count; i++) {
        const od_learned_key *const key = &p->learned->keys.items[i];
        if (!is_kind(key, kind)) continue;
        od_buf_text(p->out, first ? ": [" : ", ");
        add_scalar(p, key->name);
        first = false;
    }
    od_buf_text(p->out, "]\n");
}

static void add_front_matter(const page *p) {
    const bool lists = has_kind(p, LISTS);
    if (!p->learned->has_keys || !(lists || has_kind(p, REQUIRED) || has_kind(p, OPTIONAL))) return;
    od_buf_text(p->out, "\nfront_matter:");
    line(p, "    # required: what every draft has", "    # required：每份文稿都有的");
    add_key_list(p, "required", REQUIRED);
    add_key_list(p, "optional", OPTIONAL);
    if (lists) od_buf_text(p->out, "  keys:\n");
    for (size_t i = 0; i < p->learned->keys.count; i++) {
        const od_learned_key *const key = &p->learned->keys.items[i];
        if (!is_kind(key, LISTS)) continue;
        indent(p, 4);
        od_print_yaml_key(p->out, key->name, 4);
        od_buf_text(p->out, key->required ? " {type: text, list: true, required: true}\n"
                                          : " {type: text, list: true}\n");
    }
}

// ---- sections ----------------------------------------------------------------------------------

static size_t depth_of(const od_section_rule *rule) {
    size_t depth = 0;
    while ((rule = rule->parent)) depth++;
    return depth;
}

static void add_section(const page *p, const od_section_rule *rule) {
    const size_t column = 2 + depth_of(rule) * 4;
    indent(p, column);
    od_buf_text(p->out, "- id: ");
    add_scalar(p, rule->id);
    od_buf_byte(p->out, '\n');
    indent(p, column + 2);
    if (rule->preamble) {
        line(p, "preamble: true    # the text before the first heading",
             "preamble: true    # 第一个标题之前的文字");
    } else {
        if (rule->level) {
            od_buf_text(p->out, "level: ");
            add_number(p, (size_t)rule->level);
            od_buf_byte(p->out, '\n');
            indent(p, column + 2);
        }
        od_buf_text(p->out, "any: [");
        add_scalar(p, rule->aliases[0].text);
        od_buf_text(p->out, "]\n");
    }
    if (rule->optional) {
        indent(p, column + 2);
        line(p, "optional: true    # CHECK: some drafts do not have it",
             "optional: true    # 请核对：有的文稿里没有这一部分");
    }
    if (rule->repeat) {
        indent(p, column + 2);
        line(p, "repeat: true    # may stand more than once", "repeat: true    # 可以出现多次");
    }
    if (!rule->child_count) return;
    if (rule->children_any_order) {
        indent(p, column + 2);
        od_buf_text(p->out, "children_order: any\n");
    }
    indent(p, column + 2);
    od_buf_text(p->out, "children:\n");
}

static void add_sections(const page *p) {
    const od_profile tree = {.sections = p->learned->sections,
                             .section_count = p->learned->section_count};
    if (!tree.section_count) return;
    od_buf_byte(p->out, '\n');
    if (p->learned->sections_any_order) od_buf_text(p->out, "sections_order: any\n");
    od_buf_text(p->out, "sections:");
    line(p, "    # any: other words that such a heading may have; one of them is enough",
         "    # any：标题里有其中一个说法就算，可以再加别的说法");
    for (const od_section_rule *rule = od_section_rule_next(&tree, NULL); rule;
         rule = od_section_rule_next(&tree, rule))
        add_section(p, rule);
}

// ---- fields ------------------------------------------------------------------------------------

static void add_lines(const page *p, const od_learned_field *field) {
    enum { SHOWN = 8 };
    size_t last = 0, shown = 0;
    say(p, "line ", "第");
    for (size_t i = 0; i < field->place_count; i++) {
        const size_t at = line_of(p, field->places[i]);
        if (at == last) continue;
        if (shown == SHOWN) {
            od_buf_text(p->out, "…");
            break;
        }
        if (shown++) say(p, ", ", "、");
        add_number(p, at);
        last = at;
    }
    say(p, "", "行");
}

static void add_join(const page *p, const od_learned_field *field) {
    static const od_text WHY[] = {
        [OD_JOIN_NONE] = {"", ""},
        [OD_JOIN_NAME] = {"; in {1} places", "；共{1}处"},
        [OD_JOIN_VALUES] = {"; one field in {1} places: they are equal in every finished draft",
                            "；{1}处合为一个字段：每份成稿里都相同"},
        [OD_JOIN_WORDS] = {"; one field in {1} places: equal in the finished drafts, and beside "
                           "the same words",
                           "；{1}处合为一个字段：成稿里都相同，旁边的字也相同"},
        [OD_JOIN_KEY] = {"; named after the key of the front matter that always says the same",
                         "；取文稿开头同名的键，每份成稿里两处都相同"}};
    od_arena arena = {0};
    const od_slice count = od_arena_number(&arena, field->place_count);
    od_buf_add(p->out, od_format(&arena, p->language, WHY[field->join], &count, 1));
    od_arena_free(&arena);
}

static void add_values(const page *p, const od_learned_field *field) {
    enum { SHOWN = 4, CHARS = 16 };
    for (size_t i = 0; i < p->learned->finished_count && i < SHOWN; i++) {
        if (i) say(p, ", ", "、");
        else say(p, "; finished: ", "；成稿：");
        if (field->values[i].size) add_short(p, field->values[i], CHARS);
        else say(p, "(not found)", "（没找到）");
    }
    if (p->learned->finished_count > SHOWN) od_buf_text(p->out, "…");
}

static void add_twin(const page *p, const od_learned_field *field) {
    if (field->twin == SIZE_MAX) return;
    od_arena arena = {0};
    const od_slice names[] = {p->learned->fields.items[field->twin].id, field->id};
    const od_text text =
        OD_SAY("CHECK: always the same as “{1}”. If it is the same thing, write <{1}> for <{2}> "
               "below, and delete this field",
               "请核对：成稿里总与“{1}”相同。若是同一件事，把下面的 <{2}> 改成 <{1}>，再删去这个字段");
    comment(p, 2);
    od_print_text(p->out, od_format(&arena, p->language, text, names, 2));
    od_buf_byte(p->out, '\n');
    od_arena_free(&arena);
}

// Tells the values that a field seems to be chosen from.
static void add_choices(const page *p, const od_learned_field *field) {
    enum { LEAST_DRAFTS = 3, MOST_CHOICES = 3 };
    od_slice choices[MOST_CHOICES];
    size_t count = 0;
    const size_t drafts = p->learned->finished_count;
    if (field->type.type != OD_TYPE_TEXT || drafts < LEAST_DRAFTS) return;
    for (size_t i = 0; i < drafts; i++) {
        size_t k = 0;
        if (!field->values[i].size) return;
        while (k < count && !od_slice_equal(choices[k], field->values[i])) k++;
        if (k == MOST_CHOICES) return;
        if (k == count) choices[count++] = field->values[i];
    }
    if (count < 2 || count == drafts) return;
    comment(p, 2);
    say(p, "if it can be nothing else: {type: enum, enum: [",
        "如果只能是这几个值，可改成：{type: enum, enum: [");
    for (size_t i = 0; i < count; i++) {
        if (i) od_buf_text(p->out, ", ");
        add_scalar(p, choices[i]);
    }
    od_buf_text(p->out, "]}\n");
}

static void add_type(const page *p, const od_learned_field *field) {
    od_buf_text(p->out, " {type: ");
    od_buf_text(p->out, od_field_type_name(field->type.type));
    if (field->type.unit.size) {
        od_buf_text(p->out, ", unit: ");
        add_scalar(p, field->type.unit);
    }
    if (field->print_unit) od_buf_text(p->out, ", print_unit: always");
    if (field->type.format.size) {
        od_buf_text(p->out, ", format: ");
        add_scalar(p, field->type.format);
    }
    od_buf_text(p->out, ", label: ");
    add_scalar(p, field->label);
    od_buf_text(p->out, "}\n");
}

static void add_field(const page *p, const od_learned_field *field) {
    comment(p, 2);
    add_lines(p, field);
    add_join(p, field);
    if (field->named) say(p, "; the draft calls it so: {{…}}", "；模板里就叫这个名字：{{…}}");
    add_values(p, field);
    od_buf_byte(p->out, '\n');
    add_twin(p, field);
    if (field->fell_back) {
        comment(p, 2);
        line(p, "CHECK: this should be a number or a name, and a finished draft has something else",
             "请核对：这里像是数字或日期，可成稿里写的不是");
    }
    add_choices(p, field);
    indent(p, 2);
    od_print_yaml_key(p->out, field->id, 2);
    add_type(p, field);
}

static void add_fields(const page *p) {
    if (!p->learned->fields.count) return;
    od_buf_text(p->out, "\nfields:");
    line(p, "    # label: what is asked for when the blank is filled",
         "    # label：填写时看到的说明");
    for (size_t i = 0; i < p->learned->fields.count; i++) add_field(p, &p->learned->fields.items[i]);
}

// ---- bindings ----------------------------------------------------------------------------------

static void add_phrase(const page *p, const od_learned_phrase *phrase) {
    if (phrase->unread) {
        comment(p, 4);
        say(p, "CHECK: not in these words in all finished drafts; missing in: ",
            "请核对：并非每份成稿都这样写，没有这样写的份数：");
        add_number(p, phrase->unread);
        od_buf_byte(p->out, '\n');
    }
    indent(p, 4);
    od_buf_text(p->out, "- ");
    add_scalar(p, phrase->text);
    od_buf_byte(p->out, '\n');
}

static void add_bindings(const page *p) {
    const od_learned *const l = p->learned;
    if (!l->phrases.count) return;
    od_buf_text(p->out, "\nbindings:");
    line(p, "    # the words around each blank, by section; <name> is a field from above",
         "    # 各部分里空白前后的原文，<名称> 是上面的字段；除字段名外请照抄模板");
    for (size_t i = 0; i < l->phrases.count; i++) {
        const od_learned_phrase *const phrase = &l->phrases.items[i];
        if (!i || phrase->scope != l->phrases.items[i - 1].scope) {
            indent(p, 2);
            od_print_yaml_key(p->out, phrase->scope ? phrase->scope->path : OD_SLICE("*"), 2);
            od_buf_byte(p->out, '\n');
        }
        add_phrase(p, phrase);
    }
}

static void add_unlearned(const page *p) {
    enum { CHARS = 40 };
    static const od_text REASONS[] = {
        [OD_UNLEARNED_ALONE] = {"no words beside it: add some, or write {{name}} for the blank",
                                "旁边没有字：请加几个字，或把空白写成 {{名称}}"},
        [OD_UNLEARNED_BESIDE] = {"another blank is right beside it: put words between them",
                                 "紧挨着另一处空白：请在中间加几个字"},
        [OD_UNLEARNED_REPEATED] = {"the same words stand in several places: make them differ",
                                   "别处也有同样的话，分不清：请改得不一样"}};
    const od_learned *const l = p->learned;
    if (!l->unlearned.count) return;
    od_buf_byte(p->out, '\n');
    line(p, "# CHECK: blanks to which no words lead. Change the draft and learn again.",
         "# 请核对：下面的空白没有学会。请改一改模板，重新学一次。");
    for (size_t i = 0; i < l->unlearned.count; i++) {
        const od_unlearned *const u = &l->unlearned.items[i];
        od_buf_text(p->out, "#   ");
        say(p, "line ", "第");
        add_number(p, line_of(p, u->offset));
        say(p, ", “", "行“");
        add_short(p, u->context, CHARS);
        say(p, "”: ", "”：");
        line(p, REASONS[u->reason].en, REASONS[u->reason].zh);
    }
}

// ---- tally and rules ---------------------------------------------------------------------------

static bool is_summed(const od_learned_field *field) {
    return field->type.type == OD_TYPE_INTEGER || field->type.type == OD_TYPE_DECIMAL ||
           field->type.type == OD_TYPE_MONEY;
}

static bool is_listed(const od_learned_field *field) {
    return field->type.type == OD_TYPE_DATE || field->type.type == OD_TYPE_PERSON;
}

// Returns the text that stands in most places: it is what the draft is about.
static const od_learned_field *find_key(const od_learned *l) {
    const od_learned_field *best = NULL;
    for (size_t i = 0; i < l->fields.count; i++) {
        const od_learned_field *const field = &l->fields.items[i];
        if (field->type.type != OD_TYPE_TEXT) continue;
        if (!best || field->place_count > best->place_count) best = field;
    }
    return best;
}

static void add_field_list(const page *p, const char *name,
                           bool (*takes)(const od_learned_field *)) {
    bool first = true;
    for (size_t i = 0; i < p->learned->fields.count; i++) {
        const od_learned_field *const field = &p->learned->fields.items[i];
        if (!takes(field)) continue;
        if (first) {
            indent(p, 2);
            od_buf_text(p->out, name);
        }
        od_buf_text(p->out, first ? ": [" : ", ");
        add_scalar(p, field->id);
        first = false;
    }
    if (!first) od_buf_text(p->out, "]\n");
}

static void add_tally(const page *p) {
    const od_learned_field *const key = find_key(p->learned);
    if (!key) return;
    od_buf_text(p->out, "\ntally:");
    line(p, "    # over many drafts: key tells them apart, sum is added up, list is listed",
         "    # 汇总多份文稿：key 用来区分各份，sum 相加，list 列出");
    indent(p, 2);
    od_buf_text(p->out, "key: ");
    add_scalar(p, key->id);
    line(p, "    # CHECK: the text that stands in most places", "    # 请核对：取的是出现最多的文字字段");
    add_field_list(p, "sum", is_summed);
    add_field_list(p, "list", is_listed);
}

// Whether rules can speak of a field by its id: `{{a-b}}` and `{{a.b}}` mean something else there.
static bool has_plain_id(const od_learned_field *field) {
    for (size_t i = 0; i < field->id.size; i++) {
        const unsigned char byte = (unsigned char)field->id.data[i];
        if (byte < 0x80 && !od_is_ascii_alpha(byte) && !od_is_digit(byte) && byte != '_')
            return false;
    }
    return true;
}

static bool can_say(const od_learned *l, const od_learned_sum *sum) {
    bool plain = has_plain_id(&l->fields.items[sum->whole]);
    for (size_t i = sum->first; i < sum->first + sum->count; i++)
        plain = plain && has_plain_id(&l->fields.items[l->numbers.items[i]]);
    return plain;
}

// Appends `whole SIGN part PLUS part`, the names as they are or as slots.
static void add_equation(const page *p, od_buf *out, const od_learned_sum *sum, const char *equals,
                         const char *plus, bool slots) {
    const od_learned *const l = p->learned;
    for (size_t i = 0; i <= sum->count; i++) {
        const size_t field = i ? l->numbers.items[sum->first + i - 1] : sum->whole;
        if (i) od_buf_text(out, i == 1 ? equals : plus);
        if (slots) od_buf_byte(out, '<');
        od_buf_add(out, l->fields.items[field].id);
        if (slots) od_buf_byte(out, '>');
    }
}

static void add_rule(const page *p, const od_learned_sum *sum, size_t number) {
    const bool chinese = p->language == OD_CHINESE;
    od_buf expression = {0}, message = {0};
    add_equation(p, &expression, sum, " == ", " + ", false);
    add_equation(p, &message, sum, chinese ? "不等于" : " is not ", chinese ? "＋" : " + ", true);
    od_buf_text(p->out, "#   - {id: sum-");
    add_number(p, number);
    od_buf_text(p->out, ", expr: ");
    add_scalar(p, od_buf_slice(&expression));
    od_buf_text(p->out, chinese ? ", zh: " : ", en: ");
    add_scalar(p, od_buf_slice(&message));
    od_buf_text(p->out, "}\n");
    od_buf_free(&expression);
    od_buf_free(&message);
}

static void add_rules(const page *p) {
    size_t number = 0;
    for (size_t i = 0; i < p->learned->sums.count; i++) {
        if (!can_say(p->learned, &p->learned->sums.items[i])) continue;
        if (!number) {
            od_buf_byte(p->out, '\n');
            line(p,
                 "# CHECK: these sums come out in every finished draft. Where that is no accident,\n"
                 "# take `# ` away in front of it, and in front of `rules:`.",
                 "# 请核对：下面的等式在每份成稿里都成立。确实应当成立的，去掉行首的“# ”\n"
                 "# （“rules:”一行也要去掉）。");
            od_buf_text(p->out, "# rules:\n");
        }
        add_rule(p, &p->learned->sums.items[i], ++number);
    }
}

// ---- all ---------------------------------------------------------------------------------------

od_status od_profile_learn(od_session *session, const od_document *draft,
                           const od_document *const *finished, size_t count, od_slice *yaml,
                           size_t *unlearned) {
    od_learned learned;
    const od_status status = od_learn(session, draft, finished, count, &learned);
    if (status != OD_OK) return status;
    od_buf out = {0};
    const page p = {&out, &learned, session->options.language};
    add_head(&p);
    add_front_matter(&p);
    add_sections(&p);
    add_fields(&p);
    add_bindings(&p);
    add_unlearned(&p);
    add_tally(&p);
    add_rules(&p);
    *yaml = od_arena_copy(&session->arena, od_buf_slice(&out));
    *unlearned = learned.unlearned.count;
    od_buf_free(&out);
    return OD_OK;
}
