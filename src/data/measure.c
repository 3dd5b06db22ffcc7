// Measure words, and what the words around a blank say about its value. Every list is closed on
// purpose: a wrong guess refuses somebody's right value, a missing one only asks for a text.
#include "base/utf8.h"
#include "data/datum.h"

// ---- tables ------------------------------------------------------------------------------------

// Lists of words are one string, each word closed by a space.
static const char COUNTS[] =
    "人次 人份 人日 个月 个工作日 个百分点 个小时 个半天 年度 件次 户次 场次 台次 台套 架次 车次 班次 批次 频次 课时 "
    "学时 学分 季度 星期 工作日 公里 公斤 千克 千米 厘米 毫米 平方米 平方公里 立方米 公顷 小时 分钟 千瓦时 "
    "篇 条 项 名 次 类 份 家 天 日 期 批 册 亩 吨 元 % ％ ‰ 人 个 年 件 户 场 位 只 套 台 辆 间 所 处 页 字 周 岁 届 "
    "章 节 卷 集 张 幅 座 栋 幢 层 轮 遍 步 艘 架 把 块 根 匹 棵 株 颗 盏 款 堂 席 宗 桩 笔 单 封 样 种 倍 趟 箱 袋 瓶 "
    "桶 盒 盘 片 米 克 升 秒 月 号 组 起 例 本 门 支 时 分 ";

// Words that start like a measure word and are none: `XX人民政府`, `XX组织部`, `XX条例`.
static const char OTHERS[] =
    "人民 人员 人大 人才 人事 人力 人口 人间 人类 人物 人家 人社 人武 人士 人数 人均 人生 人格 名称 名单 名字 名义 "
    "名誉 名师 名校 名企 名城 名镇 名村 名牌 名胜 名录 条件 条例 条款 条文 条约 条理 条数 项目 次序 次要 次数 次日 "
    "次生 类别 类型 类似 份额 份数 份子 家庭 家属 家长 家乡 家具 家园 家校 家居 天津 天下 天然 天气 天主 天水 天河 "
    "天山 天台 天数 日常 日报 日本 日期 日子 日照 日程 日志 期间 期刊 期望 期待 期限 期货 批准 批复 批示 批评 批发 "
    "册封 个人 个体 个别 个性 个案 年轻 年级 年龄 年月 年数 件数 户籍 户口 户主 户外 户型 户数 场所 场地 场馆 场合 "
    "场景 场数 位于 位置 位居 位列 只要 只有 只能 只是 套餐 套路 套数 台湾 台州 台账 台风 台数 间接 间隔 间断 所属 "
    "所在 所有 所需 所以 所得 所长 所述 所谓 处理 处置 处长 处级 处罚 处分 处于 处室 处方 处事 页面 页码 页数 字样 "
    "字体 字数 字号 字典 周边 周报 周刊 周围 周期 周末 周年 周口 周一 周二 周三 周四 周五 周六 周日 届时 章程 章节 "
    "节点 节日 节能 节约 节目 节水 节假 卷烟 集团 集体 集中 集市 集镇 集合 集会 张贴 张家 座谈 座位 层面 层次 层级 "
    "轮训 轮流 轮换 步骤 步行 架构 把握 把关 把好 根据 根本 株洲 颗粒 款项 堂课 席位 桩基 笔试 笔记 单位 单独 单纯 "
    "单一 单元 单项 单价 封闭 样本 样式 样品 种植 种类 种子 种养 种业 倍增 片区 片段 米粉 米饭 克服 克制 升级 升学 "
    "升旗 秒杀 月刊 月球 月报 月均 号召 号码 号称 组织 组长 组成 组建 组员 组团 组合 组级 起草 起到 起来 起步 起诉 "
    "起因 起初 起点 例会 例如 例行 例外 本人 本次 本着 本市 本县 本省 本级 本月 本年 本周 本身 本地 本科 本部 本单位 "
    "本地区 本来 门户 门店 门诊 门牌 门口 门市 支部 支持 支队 支行 支付 支出 支援 支委 支书 支教 支撑 支付宝 元旦 "
    "元素 元件 元月 元年 元宵 元首 元氏 时间 时候 时期 时代 时任 时刻 时常 时尚 时政 时事 时段 时效 时隔 时节 时长 "
    "时至 时值 时下 时装 分会 分管 分别 分析 分局 分部 分支 分工 分享 分类 分组 分布 分散 分公司 分店 分院 分校 分行 "
    "分配 分担 分解 分级 分为 分成 分批 分期 分段 分中心 分数 分量 分红 分歧 分明 分之 ";

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
    "共 计 有 设 建 约 近 达 了 到 少于 多于 不足 超过 第 新增 减少 增加 各 每 日 上午 下午 时 点 得 ";

// Before 年: a length of time follows, not a year.
static const char SPAN_BEFORE[] =
    "近 约 满 历时 为期 过去 连续 今后 未来 工作 从业 工龄 党龄 教龄 长达 不足 超过 至少 最多 第 前 后 每 共 ";

// After 年: it was a length of time.
static const char SPAN_AFTER[] = "年来 年内 年期 年制 年间 ";

// ---- words -------------------------------------------------------------------------------------

// Returns the size of the longest word of `words` at the start of `text`, 0 for none.
static size_t word_at_start(od_slice text, const char *words) {
    size_t longest = 0;
    for (const char *word = words, *end; (end = strchr(word, ' ')); word = end + 1) {
        const size_t size = (size_t)(end - word);
        if (size > longest && od_slice_starts(text, (od_slice){word, size})) longest = size;
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

static size_t plain_measure_size(od_slice text) {
    const size_t size = word_at_start(text, COUNTS);
    if (word_at_start(text, AFTER_ALL)) return size;
    return word_at_start(text, OTHERS) > size ? 0 : size;
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
