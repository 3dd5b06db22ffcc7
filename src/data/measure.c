// Measure words, and what the words around a blank say about its value. Every list is closed on
// purpose: a wrong guess refuses somebody's right value, a missing one only asks for a text.
#include "base/utf8.h"
#include "data/datum.h"

// ---- tables ------------------------------------------------------------------------------------

// Lists of words are one string, each word closed by a space.

// Measure words by their first character, in the order of their bytes: whether it is one alone (人),
// what makes a longer one of it (人次), and what makes a word of it that is none (`XX人民政府`,
// `XX组织部`, `XX条例`).
static const struct row {
    const char *first;
    bool alone;
    const char *longer, *others;
} ROWS[] = {
    {"%", true, "", ""},
    {"‰", true, "", ""},
    {"个", true, "月 工作日 百分点 小时 半天 ", "人 体 别 性 案 "},
    {"亩", true, "", ""},
    {"人", true, "次 份 日 ", "民 员 大 才 事 力 口 间 类 物 家 社 武 士 数 均 生 格 "},
    {"件", true, "次 ", "数 "},
    {"份", true, "", "额 数 子 "},
    {"位", true, "", "于 置 居 列 "},
    {"例", true, "次 ", "会 如 行 外 "},
    {"倍", true, "", "增 "},
    {"元", true, "", "旦 素 件 月 年 宵 首 氏 "},
    {"克", true, "", "服 制 "},
    {"公", false, "里 斤 顷 ", ""},
    {"册", true, "次 ", "封 "},
    {"分", true, "钟 ", "会 管 别 析 局 部 支 工 享 类 组 布 散 公司 店 院 校 行 配 担 解 级 为 成 批 期 段 中心 数 量 红 歧 明 之 "},
    {"匹", true, "", ""},
    {"千", false, "克 米 瓦时 ", ""},
    {"升", true, "", "级 学 旗 "},
    {"单", true, "", "位 独 纯 一 元 项 价 "},
    {"卷", true, "", "烟 "},
    {"厘", false, "米 ", ""},
    {"只", true, "", "要 有 能 是 "},
    {"台", true, "次 套 ", "湾 州 账 风 数 "},
    {"号", true, "", "召 码 称 "},
    {"名", true, "", "称 单 字 义 誉 师 校 企 城 镇 村 牌 胜 录 "},
    {"吨", true, "", ""},
    {"周", true, "", "边 报 刊 围 期 末 年 口 一 二 三 四 五 六 日 "},
    {"场", true, "次 ", "所 地 馆 合 景 数 "},
    {"块", true, "", ""},
    {"堂", true, "", "课 "},
    {"处", true, "", "理 置 长 级 罚 分 于 室 方 事 "},
    {"天", true, "", "津 下 然 气 主 水 河 山 台 数 "},
    {"套", true, "", "餐 路 数 "},
    {"字", true, "", "样 体 数 号 典 "},
    {"季", false, "度 ", ""},
    {"学", false, "时 分 ", ""},
    {"宗", true, "", ""},
    {"家", true, "", "庭 属 长 乡 具 园 校 居 "},
    {"封", true, "", "闭 "},
    {"小", false, "时 ", ""},
    {"层", true, "", "面 次 级 "},
    {"届", true, "", "时 "},
    {"岁", true, "", ""},
    {"工", false, "作日 ", ""},
    {"席", true, "", "位 "},
    {"幅", true, "", ""},
    {"幢", true, "", ""},
    {"平", false, "方米 方公里 ", ""},
    {"年", true, "度 ", "轻 级 龄 月 数 "},
    {"座", true, "", "谈 位 "},
    {"张", true, "", "贴 家 "},
    {"户", true, "次 ", "籍 口 主 外 型 数 "},
    {"所", true, "", "属 在 有 需 以 得 长 述 谓 "},
    {"批", true, "次 ", "准 复 示 评 发 "},
    {"把", true, "", "握 关 好 "},
    {"支", true, "", "部 持 队 行 付 出 援 委 书 教 撑 付宝 "},
    {"日", true, "", "常 报 本 期 子 照 程 志 "},
    {"时", true, "", "间 候 期 代 任 刻 常 尚 政 事 段 效 隔 节 长 至 值 下 装 "},
    {"星", false, "期 ", ""},
    {"月", true, "", "刊 球 报 均 "},
    {"期", true, "", "间 刊 望 待 限 货 "},
    {"本", true, "", "人 次 着 市 县 省 级 月 年 周 身 地 科 部 单位 地区 来 "},
    {"条", true, "", "件 例 款 文 约 理 数 "},
    {"架", true, "次 ", "构 "},
    {"栋", true, "", ""},
    {"株", true, "", "洲 "},
    {"样", true, "", "本 式 品 "},
    {"根", true, "", "据 本 "},
    {"桩", true, "", "基 "},
    {"桶", true, "", ""},
    {"棵", true, "", ""},
    {"次", true, "", "序 要 数 日 生 "},
    {"款", true, "", "项 "},
    {"步", true, "", "骤 行 "},
    {"毫", false, "米 ", ""},
    {"片", true, "", "区 段 "},
    {"班", false, "次 ", ""},
    {"瓶", true, "", ""},
    {"盏", true, "", ""},
    {"盒", true, "", ""},
    {"盘", true, "", ""},
    {"种", true, "", "植 类 子 养 业 "},
    {"秒", true, "", "杀 "},
    {"立", false, "方米 ", ""},
    {"章", true, "", "程 节 "},
    {"笔", true, "", "试 记 "},
    {"箱", true, "", ""},
    {"篇", true, "", ""},
    {"米", true, "", "粉 饭 "},
    {"类", true, "", "别 型 似 "},
    {"组", true, "", "织 长 成 建 员 团 合 级 "},
    {"艘", true, "次 ", ""},
    {"节", true, "", "点 日 能 约 目 水 假 "},
    {"袋", true, "", ""},
    {"课", false, "时 ", ""},
    {"起", true, "", "草 到 来 步 诉 因 初 点 "},
    {"趟", true, "", ""},
    {"车", false, "次 ", ""},
    {"轮", true, "", "训 流 换 "},
    {"辆", true, "次 ", ""},
    {"遍", true, "", ""},
    {"门", true, "", "户 店 诊 牌 口 市 "},
    {"间", true, "", "接 隔 断 "},
    {"集", true, "", "团 体 中 市 镇 合 会 "},
    {"页", true, "", "面 码 数 "},
    {"项", true, "", "目 "},
    {"频", false, "次 ", ""},
    {"颗", true, "", "粒 "},
    {"％", true, "", ""},
};

// Words that start like one of the others and are a measure word after all: 3项目标.
static const char AFTER_ALL[] = "项目标 个体系 个人大代表 ";

// Measure words that are other words as often: they count only where something else speaks of a
// number.
static const char WEAK[] = "所 处 组 起 例 本 门 支 号 单 片 节 章 集 卷 时 分 ";

// Measured, not counted: the value may have decimals.
static const char MEASURES[] =
    "公里 公斤 千克 千米 厘米 毫米 平方米 平方公里 立方米 公顷 小时 个小时 千瓦时 亩 吨 米 克 升 倍 学分 个百分点 秒 ‰ ";

static const char MONEY_UNITS[] = "元 ";

// Before a weak measure word: what a number follows.
static const char QUANTITY_BEFORE[] =
    "共 计 有 设 建 约 近 达 了 到 少于 多于 不足 超过 第 新增 减少 增加 各 每 日 上午 下午 时 点 得 "
    "隐患 问题 漏洞 缺陷 错误 ";

// Before 年: a length of time follows, not a year.
static const char SPAN_BEFORE[] =
    "近 约 满 历时 为期 过去 连续 今后 未来 工作 从业 工龄 党龄 教龄 长达 不足 超过 至少 最多 第 前 后 每 共 ";

// After 年: it was a length of time.
static const char SPAN_AFTER[] = "年来 年内 年期 年制 年间 ";

// ---- words -------------------------------------------------------------------------------------

// Returns the size of the longest word of `words` at the start of `text`, 0 for none.
static size_t word_at_start(od_slice text, const char *words) {
    size_t longest = 0;
    for (const char *word = words; *word; word++) {
        size_t size = 0;
        while (size < text.size && word[size] != ' ' && word[size] == text.data[size]) size++;
        if (word[size] == ' ' && size > longest) longest = size;
        for (word += size; *word != ' ';) word++;
    }
    return longest;
}

static bool ends_with_word(od_slice text, const char *words) {
    for (const char *word = words, *end; (end = strchr(word, ' ')); word = end + 1)
        if (od_slice_ends(text, (od_slice){word, (size_t)(end - word)})) return true;
    return false;
}

static bool is_word(od_slice text, const char *words) {
    return text.size && word_at_start(text, words) == text.size;
}

// Returns the size of what may stand between a number and its measure word: 余, 万, 亿, 余万, 万余.
static size_t prefix_size(od_slice text) {
    return word_at_start(text, "万余 余万 亿余 余亿 万亿 万 亿 余 ");
}

// Returns the row whose character starts `text`, or NULL.
static const struct row *find_row(od_slice text) {
    size_t low = 0, high = sizeof ROWS / sizeof *ROWS;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const od_slice first = od_slice_of(ROWS[middle].first);
        const size_t size = first.size < text.size ? first.size : text.size;
        const int order = od_slice_compare(od_slice_cut(text, 0, size), first);
        if (order == 0) return &ROWS[middle];
        if (order > 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static size_t plain_measure_size(od_slice text) {
    const struct row *const row = find_row(text);
    if (!row) return 0;
    const size_t first = strlen(row->first);
    const od_slice rest = od_slice_from(text, first);
    const size_t longer = word_at_start(rest, row->longer), other = word_at_start(rest, row->others);
    if (other > longer && !word_at_start(text, AFTER_ALL)) return 0;
    return longer || row->alone ? first + longer : 0;
}

od_slice od_measure_word(od_slice text) {
    const size_t prefix = prefix_size(text);
    const size_t size = plain_measure_size(od_slice_from(text, prefix));
    return od_slice_cut(text, 0, size ? prefix + size : 0);
}

// ---- guesses -----------------------------------------------------------------------------------

static const struct {
    const char *word;
    const char *others; // longer words that are something else
} PERSON_AFTER[] = {{"同志", ""}, {"主持", "主持人 主持词 主持稿 "}, {"先生", ""}, {"女士", ""}};

static bool is_person(od_slice after) {
    for (size_t i = 0; i < sizeof PERSON_AFTER / sizeof *PERSON_AFTER; i++)
        if (od_slice_starts(after, od_slice_of(PERSON_AFTER[i].word)) &&
            !word_at_start(after, PERSON_AFTER[i].others))
            return true;
    return false;
}

static od_field_type guess_year(od_slice before, od_slice after, od_slice unit) {
    if (od_slice_is(unit, "年度")) return OD_TYPE_YEAR;
    const bool is_span = ends_with_word(before, SPAN_BEFORE) || word_at_start(after, SPAN_AFTER);
    return is_span ? OD_TYPE_INTEGER : OD_TYPE_YEAR;
}

static od_field_type guess_day(od_slice before, od_slice after) {
    const bool is_span =
        word_at_start(after, "日内 日以内 日之内 ") || ends_with_word(before, "连续 历时 为期 近 ");
    return is_span ? OD_TYPE_INTEGER : OD_TYPE_DAY;
}

// Whether nothing but a mark or the end follows `unit`: `资料XX本，`.
static bool ends_clause(od_slice after, od_slice unit) {
    if (after.size == unit.size) return true;
    size_t size;
    const uint32_t code = od_utf8_read(after, unit.size, &size);
    return !od_is_han(code) && !od_is_ascii_alpha(code);
}

static od_field_type guess_weak(od_slice before, od_slice after, od_slice *unit) {
    if (od_slice_is(*unit, "号") && od_slice_ends(before, OD_SLICE("月"))) return OD_TYPE_DAY;
    // 经XX处， and 在XX时， close a clause too.
    const bool may_end = !is_word(*unit, "所 处 组 支 门 时 ");
    if (ends_with_word(before, QUANTITY_BEFORE) || (may_end && ends_clause(after, *unit)))
        return OD_TYPE_INTEGER;
    *unit = (od_slice){0};
    return OD_TYPE_TEXT;
}

// Guesses by the measure word `*unit` at the start of `after`.
static od_field_type guess_measured(od_slice before, od_slice after, od_slice *unit) {
    const od_slice measure = od_slice_from(*unit, prefix_size(*unit));
    if (is_word(*unit, "% ％ ")) return OD_TYPE_PERCENT;
    if (is_word(*unit, "年 年度 ")) return guess_year(before, after, *unit);
    if (is_word(*unit, "月 ")) return OD_TYPE_MONTH;
    if (is_word(*unit, "日 ")) return guess_day(before, after);
    if (is_word(*unit, WEAK)) return guess_weak(before, after, unit);
    if (is_word(measure, MONEY_UNITS)) return OD_TYPE_MONEY;
    const bool is_large =
        od_slice_starts(*unit, OD_SLICE("万")) || od_slice_starts(*unit, OD_SLICE("亿"));
    return is_large || is_word(measure, MEASURES) ? OD_TYPE_DECIMAL : OD_TYPE_INTEGER;
}

static od_slice skip_spaces(od_slice text) {
    size_t size;
    while (text.size && od_is_space(od_utf8_read(text, 0, &size))) text = od_slice_from(text, size);
    return text;
}

// 多 is a part of other words too (多次, 多元): only after a blank does it belong to a measure word.
static size_t many_size(od_slice after) {
    static const od_slice MANY = {"多", sizeof "多" - 1};
    if (!od_slice_starts(after, MANY) || word_at_start(after, "多元 多项式 多样 ")) return 0;
    const size_t size = plain_measure_size(od_slice_from(after, MANY.size));
    return size ? MANY.size + size : 0;
}

od_field_type od_datum_guess(od_slice before, od_slice after, od_slice *unit) {
    enum { NEAR = 64 }; // bytes: no word that is looked for is longer
    after = skip_spaces(after);
    before = od_slice_trim(od_slice_from(before, before.size > NEAR ? before.size - NEAR : 0));
    *unit = od_measure_word(after);
    if (ends_with_word(before, "大写 大写) 大写） 大写: 大写： 大写): 大写）： ")) return OD_TYPE_AMOUNT_CN;
    if (unit->size) return guess_measured(before, after, unit);
    if (many_size(after)) {
        *unit = od_slice_cut(after, 0, many_size(after));
        return OD_TYPE_INTEGER;
    }
    if (is_person(after)) return OD_TYPE_PERSON;
    return ends_with_word(before, "金额 人民币 ¥ ￥ ") ? OD_TYPE_MONEY : OD_TYPE_TEXT;
}
