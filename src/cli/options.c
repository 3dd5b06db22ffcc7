#include "cli/options.h"

#include "writer/writer.h"

#include <stddef.h>

// ---- choices -----------------------------------------------------------------------------------

static const od_choice LANGUAGES[] = {{"en", OD_ENGLISH}, {"zh", OD_CHINESE}, {NULL, 0}};
static const od_choice STAGES[] = {{"draft", OD_STAGE_DRAFT}, {"final", OD_STAGE_FINAL}, {NULL, 0}};
static const od_choice SEVERITIES[] = {
    {"error", OD_ERROR}, {"warning", OD_WARNING}, {"info", OD_INFO}, {NULL, 0}};
static const od_choice COLORS[] = {{"auto", OD_COLOR_AUTO},
                                   {"always", OD_COLOR_ALWAYS},
                                   {"never", OD_COLOR_NEVER},
                                   {NULL, 0}};
static const od_choice UNITS[] = {
    {"char", OD_CODE_POINTS}, {"byte", OD_BYTES}, {"utf16", OD_UTF16}, {NULL, 0}};
static const od_choice CHECK_FORMATS[] = {
    {"text", OD_FORMAT_DEFAULT}, {"json", OD_FORMAT_JSON}, {NULL, 0}};
static const od_choice FIELD_FORMATS[] = {{"table", OD_FORMAT_DEFAULT},
                                          {"json", OD_FORMAT_JSON},
                                          {"yaml", OD_FORMAT_YAML},
                                          {"csv", OD_FORMAT_CSV},
                                          {NULL, 0}};
static const od_choice EXTRACT_FORMATS[] = {{"yaml", OD_FORMAT_YAML},
                                            {"json", OD_FORMAT_JSON},
                                            {"csv", OD_FORMAT_CSV},
                                            {"table", OD_FORMAT_TABLE},
                                            {"markdown", OD_FORMAT_MARKDOWN},
                                            {NULL, 0}};
static const od_choice WRAPS[] = {{"auto", OD_WRAP_AUTO},
                                  {"none", OD_WRAP_NONE},
                                  {"preserve", OD_WRAP_PRESERVE},
                                  {NULL, 0}};
static const od_choice SHELLS[] = {
    {"bash", OD_SHELL_BASH}, {"zsh", OD_SHELL_ZSH}, {"fish", OD_SHELL_FISH}, {NULL, 0}};

// ---- rows that several commands share ----------------------------------------------------------

#define IN(field) offsetof(od_args, field)
#define FILE_NAME OD_SAY("FILE", "文件")

#define FLAG(name, letter, field, help) \
    {name, letter, OD_OPTION_FLAG, IN(field), NULL, OD_OFFER_NOTHING, {0}, help}
#define COUNTER(name, letter, field, help) \
    {name, letter, OD_OPTION_COUNTER, IN(field), NULL, OD_OFFER_NOTHING, {0}, help}
#define CHOICE(name, field, choices, help) \
    {name, 0, OD_OPTION_CHOICE, IN(field), choices, OD_OFFER_NOTHING, {0}, help}
#define A_FILE(name, letter, field, help) \
    {name, letter, OD_OPTION_TEXT, IN(field), NULL, OD_OFFER_FILES, FILE_NAME, help}

#define PROFILE_ROW                                                                              \
    {"profile", 'p', OD_OPTION_TEXT, IN(profile), NULL, OD_OFFER_PROFILES,                       \
     OD_SAY("NAME|FILE", "名称|文件"),                                                           \
     OD_SAY("the profile that says what the draft must hold (default: what its front matter "    \
            "names, else what .orgdraft.yaml says, else meeting-report)",                        \
            "按哪种文种检查（默认依次取：文稿开头的 profile:、.orgdraft.yaml、meeting-report）")}
#define DATA_ROW                                                                                 \
    {"data", 'd', OD_OPTION_LIST, IN(data), NULL, OD_OFFER_FILES, FILE_NAME,                     \
     OD_SAY("values for the blanks, YAML or JSON; may be given again, the later file wins",      \
            "填空用的数据文件（YAML或JSON）；可多次给出，后面的优先")}
#define STAGE_ROW                                                                                \
    CHOICE("as", stage, STAGES,                                                                  \
           OD_SAY("treat the draft as unfinished or as final, where a blank left is an error "   \
                  "(default: by `status:` in its front matter)",                                 \
                  "当作草稿还是定稿（定稿中留有空白是错误；默认看文稿开头的 status:）"))
#define CONFIG_ROWS                                                                              \
    A_FILE("config", 0, config,                                                                  \
           OD_SAY("use this configuration instead of the nearest .orgdraft.yaml upward",         \
                  "用这个配置文件，不向上查找 .orgdraft.yaml")),                                 \
        FLAG("no-config", 0, no_config,                                                          \
             OD_SAY("use no configuration file", "不使用任何配置文件"))
#define STDIN_NAME_ROW                                                                           \
    A_FILE("stdin-filename", 0, stdin_filename,                                                  \
           OD_SAY("what standard input is called: decides kind, configuration and messages",     \
                  "给标准输入起的文件名：决定文种、配置和消息中的名字"))
#define TODAY_ROW                                                                                \
    {"today", 0, OD_OPTION_DAY, IN(today), NULL, OD_OFFER_NOTHING,                               \
     OD_SAY("YYYY-MM-DD", "年-月-日"),                                                           \
     OD_SAY("the day that rules and defaults of profiles call `today` (default: by "             \
            "SOURCE_DATE_EPOCH, else by the clock)",                                             \
            "规则和默认值里的 today 是哪一天（默认看 SOURCE_DATE_EPOCH，否则为今天）")}
#define TIMEOUT_ROW                                                                              \
    {"timeout", 0, OD_OPTION_SECONDS, IN(timeout), NULL, OD_OFFER_NOTHING,                       \
     OD_SAY("SECONDS", "秒数"),                                                                  \
     OD_SAY("give a file up after this much processor time; 0 never (default: 5, and one more "  \
            "for every 4 MB)",                                                                   \
            "每个文件最多用多少秒处理器时间，0为不限（默认5秒，每4MB再加1秒）")}
#define COLOR_ROW                                                                                \
    CHOICE("color", color, COLORS,                                                               \
           OD_SAY("colours (default: auto; NO_COLOR and FORCE_COLOR are heeded)",                \
                  "颜色（默认auto；也看 NO_COLOR 和 FORCE_COLOR）"))
#define QUIET_ROW                                                                                \
    COUNTER("quiet", 'q', quiet,                                                                 \
            OD_SAY("no summary; twice: no findings either, only the exit code",                  \
                   "不显示小结；给两次则连问题也不显示，只看退出码"))
#define VERBOSE_ROW                                                                              \
    COUNTER("verbose", 'v', verbose,                                                             \
            OD_SAY("say which profile and configuration each file is read with",                 \
                   "说明每个文件用的文种和配置"))
#define LANG_ROW                                                                                 \
    CHOICE("lang", language, LANGUAGES,                                                          \
           OD_SAY("language of messages (default: by LC_ALL, LC_MESSAGES, LANG)",                \
                  "消息的语言（默认看 LC_ALL、LC_MESSAGES、LANG）"))

// What every command that reads drafts has.
#define DRAFT_ROWS \
    TODAY_ROW, STDIN_NAME_ROW, CONFIG_ROWS, TIMEOUT_ROW, COLOR_ROW, LANG_ROW
#define A_TEXT(name, letter, kind, field, value, help) \
    {name, letter, kind, IN(field), NULL, OD_OFFER_NOTHING, value, help}
#define TRUST_ROW                                                                                \
    FLAG("trust", 0, trust,                                                                      \
         OD_SAY("let Lua do all that it can do in pandoc: files, programs, environment, any "    \
                "length of time",                                                                \
                "信任脚本：可读写文件、运行程序、读环境变量，不限时间和内存"))
#define HELP_ROW FLAG("help", 'h', help, OD_SAY("show this help", "显示本帮助"))
#define END {NULL, 0, OD_OPTION_FLAG, 0, NULL, OD_OFFER_NOTHING, {0}, {0}}
#define EXAMPLES_END {NULL, {0}}

// ---- options of each command -------------------------------------------------------------------

static const od_option NONE_OPTIONS[] = {
    HELP_ROW,
    FLAG("version", 'V', version, OD_SAY("show the version", "显示版本")),
    LANG_ROW,
    FLAG("limits", 0, limits, OD_SAY("show every internal limit", "列出所有内部上限")),
    FLAG("man", 0, man,
         OD_SAY("write the manual page to standard output", "把手册页写到标准输出")),
    CHOICE("completions", shell, SHELLS,
           OD_SAY("write the completions of a shell to standard output",
                  "把命令行补全脚本写到标准输出")),
    END};

static const od_option CHECK_OPTIONS[] = {
    PROFILE_ROW,
    DATA_ROW,
    STAGE_ROW,
    CHOICE("format", format, CHECK_FORMATS,
           OD_SAY("how findings are written (default: text)", "输出格式（默认text）")),
    CHOICE("fail-on", fail_on, SEVERITIES,
           OD_SAY("exit with 1 from this severity on (default: warning)",
                  "从哪一级起退出码为1（默认warning）")),
    {"lua-filter", 'L', OD_OPTION_LIST, IN(filters), NULL, OD_OFFER_FILES,
     OD_SAY("RULE.lua", "规则.lua"),
     OD_SAY("also check by this rule, a Lua filter that reports; may be given again",
            "同时按这条规则检查，即会报告问题的Lua过滤器；可多次给出")},
    TRUST_ROW,
    FLAG("fix", 0, fix,
         OD_SAY("mend what can be mended safely, in the files; then report what remains",
                "直接在文件中改正可以放心改正的地方，再报告剩下的问题")),
    FLAG("diff", 0, diff,
         OD_SAY("show what --fix would change, and change nothing",
                "只显示 --fix 会改什么，不动文件")),
    CHOICE("column-unit", unit, UNITS,
           OD_SAY("what the columns of text lines count (default: char)",
                  "列号按什么计（默认char，即字）")),
    {"jobs", 'j', OD_OPTION_NUMBER, IN(jobs), NULL, OD_OFFER_NOTHING, OD_SAY("N", "数目"),
     OD_SAY("check so many files at a time (default: by processors)",
            "同时检查几个文件（默认看处理器数目）")},
    FLAG("allow-empty", 0, allow_empty,
         OD_SAY("nothing to check is no failure", "没有可检查的文件时不算失败")),
    FLAG("force-exclude", 0, force_exclude,
         OD_SAY("leave out files that the configuration ignores even when they are named",
                "配置中忽略的文件，即使点名也不检查")),
    DRAFT_ROWS,
    QUIET_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option FIELDS_OPTIONS[] = {
    PROFILE_ROW,
    DATA_ROW,
    CHOICE("format", format, FIELD_FORMATS,
           OD_SAY("how blanks are listed (default: table)", "输出格式（默认table）")),
    FLAG("skeleton", 0, skeleton,
         OD_SAY("write the data file to fill in: each key with its clause, the value empty",
                "写出待填的数据文件：每个键附原句，值留空")),
    DRAFT_ROWS,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option FILL_OPTIONS[] = {
    DATA_ROW,
    A_FILE("output", 'o', output,
           OD_SAY("write the filled draft to this file (default: standard output)",
                  "把填好的文稿写到这个文件（默认写到标准输出）")),
    FLAG("in-place", 'i', in_place, OD_SAY("write it over the draft", "直接写回原文稿")),
    FLAG("diff", 0, diff,
         OD_SAY("show what would change, and write nothing", "只显示会改什么，不写文件")),
    FLAG("partial", 0, partial,
         OD_SAY("blanks may be left: exit with 0", "允许留有空白：退出码为0")),
    FLAG("ask", 0, ask,
         OD_SAY("ask for each value that is missing, and check it at once; an empty line skips it",
                "逐个询问缺少的值，当场检查；直接回车则跳过")),
    A_FILE("each", 0, each,
           OD_SAY("fill one draft per row of this table: CSV with a header, a list in YAML or JSON, or "
                  "JSON Lines; -d gives what all rows share",
                  "按这张表每行填一份文稿：带表头的CSV、YAML或JSON列表、JSON Lines；"
                  "-d 给出各行共用的值")),
    A_TEXT("out", 0, OD_OPTION_TEXT, out, OD_SAY("PATTERN", "文件名"),
           OD_SAY("with --each: name of each draft, such as 'out/{branch}.md'; {…} is a column or field, "
                  "{row} the number of the row",
                  "配合 --each：每份文稿的文件名，如 'out/{支部}.md'；{…}为列名或字段，{row}为行号")),
    A_TEXT("encoding", 0, OD_OPTION_TEXT, encoding, OD_SAY("NAME", "编码"),
           OD_SAY("with --each: encoding of the table, such as gbk (default: as its bytes tell)",
                  "配合 --each：表的编码，如 gbk（默认自动识别）")),
    FLAG("dry-run", 0, dry_run,
         OD_SAY("with --each: show each name and its first differences, and write nothing",
                "配合 --each：只显示文件名和前几处变化，不写文件")),
    CHOICE("fail-on", fail_on, SEVERITIES,
           OD_SAY("exit with 1, and with --each write nothing, from this severity on (default: warning)",
                  "从哪一级起退出码为1；配合 --each 时从这一级起不写文件（默认warning）")),
    FLAG("force", 0, force,
         OD_SAY("with --each: replace files that exist", "配合 --each：覆盖已有的文件")),
    FLAG("only-changed", 0, only_changed,
         OD_SAY("with --each: replace files that exist when their text changes",
                "配合 --each：已有的文件，内容有变才覆盖")),
    PROFILE_ROW,
    STAGE_ROW,
    DRAFT_ROWS,
    QUIET_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option EXTRACT_OPTIONS[] = {
    CHOICE("format", format, EXTRACT_FORMATS,
           OD_SAY("how values are written (default: by the name of -o; else yaml for one draft, table "
                  "for several and for --merge)",
                  "输出格式（默认看 -o 的文件名；否则一份文稿用yaml，多份文稿和 --merge 用table）")),
    A_FILE("output", 'o', output,
           OD_SAY("write to this file (default: standard output)", "写到这个文件（默认写到标准输出）")),
    FLAG("tally", 0, tally,
         OD_SAY("add up, count and compare the drafts, as the profile's `tally:` says",
                "汇总各份文稿：求和、计数、比较，按文种文件的 tally: 进行")),
    A_FILE("expect", 0, expect,
           OD_SAY("with --tally: the table that says which drafts there must be, and what they say",
                  "与 --tally 合用：应有哪些文稿、各应写什么的表格")),
    A_FILE("merge", 0, merge,
           OD_SAY("show how the draft differs from this data file, and change nothing",
                  "显示文稿与这个数据文件有何不同，不改动文件")),
    {"data", 'd', OD_OPTION_LIST, IN(data), NULL, OD_OFFER_FILES, FILE_NAME,
     OD_SAY("report where the drafts differ from these values; may be given again, the later file "
            "wins",
            "报告文稿与这些数据不一致之处；可多次给出，后面的优先")},
    FLAG("bom", 0, bom,
         OD_SAY("begin CSV with a byte order mark, by which Excel knows UTF-8",
                "CSV开头加BOM，Excel据此识别UTF-8")),
    A_TEXT("encoding", 0, OD_OPTION_TEXT, encoding, OD_SAY("NAME", "名称"),
           OD_SAY("write CSV in this encoding, such as gbk or gb18030 (default: utf-8)",
                  "CSV的编码，如 gbk、gb18030（默认utf-8）")),
    CHOICE("fail-on", fail_on, SEVERITIES,
           OD_SAY("exit with 1 from this severity on; info: also for values that are missing "
                  "(default: warning)",
                  "从哪一级起退出码为1；info则缺值也算（默认warning）")),
    PROFILE_ROW,
    {"jobs", 'j', OD_OPTION_NUMBER, IN(jobs), NULL, OD_OFFER_NOTHING, OD_SAY("N", "数目"),
     OD_SAY("read so many files at a time (default: by processors)",
            "同时读取几个文件（默认看处理器数目）")},
    FLAG("allow-empty", 0, allow_empty,
         OD_SAY("nothing to read is no failure", "没有可读的文件时不算失败")),
    FLAG("force-exclude", 0, force_exclude,
         OD_SAY("leave out files that the configuration ignores even when they are named",
                "配置中忽略的文件，即使点名也不读")),
    DRAFT_ROWS,
    QUIET_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option FILTER_OPTIONS[] = {
    A_TEXT("from", 'f', OD_OPTION_TEXT, from, OD_SAY("FORMAT", "格式"),
           OD_SAY("json, gfm, commonmark or text; extensions as in gfm-footnotes (default: by the "
                  "name of the first file: .json, .txt as text, else gfm)",
                  "输入格式：json、gfm、commonmark、text，可带扩展，如 gfm-footnotes"
                  "（默认看第一个文件名：.json，.txt 为 text，其余为 gfm）")),
    A_TEXT("to", 't', OD_OPTION_TEXT, to, OD_SAY("FORMAT", "格式"),
           OD_SAY("json, gfm, commonmark, html, plain or native (default: by the name of -o, else "
                  "json from json, else html)",
                  "输出格式：json、gfm、commonmark、html、plain、native"
                  "（默认看 -o 的文件名；否则输入是json就出json，其余出html）")),
    {"lua-filter", 'L', OD_OPTION_LIST, IN(filters), NULL, OD_OFFER_FILES,
     OD_SAY("FILE.lua", "文件.lua"),
     OD_SAY("run this filter; may be given again, they run in order",
            "运行这个过滤器；可多次给出，按顺序运行")},
    {"metadata", 'M', OD_OPTION_LIST, IN(metadata), NULL, OD_OFFER_NOTHING,
     OD_SAY("KEY[=VALUE]", "键[=值]"),
     OD_SAY("set metadata over that of the document (default value: true)",
            "设置元数据，优先于文稿里的（不写值即为 true）")},
    {"metadata-file", 0, OD_OPTION_LIST, IN(metadata_files), NULL, OD_OFFER_FILES, FILE_NAME,
     OD_SAY("metadata, YAML or JSON, under that of the document",
            "元数据文件（YAML或JSON），文稿里的优先")},
    A_FILE("output", 'o', output,
           OD_SAY("write to this file (default: standard output)", "写到这个文件（默认写到标准输出）")),
    FLAG("standalone", 's', standalone,
         OD_SAY("a whole page of HTML; Markdown with front matter",
                "完整的HTML页面；Markdown带文稿开头的元数据")),
    CHOICE("wrap", wrap, WRAPS,
           OD_SAY("how lines are filled (default: auto)", "怎样折行（默认auto）")),
    A_TEXT("columns", 0, OD_OPTION_WIDTH, columns, OD_SAY("N", "列数"),
           OD_SAY("how long lines may be (default: 72)", "每行最多几列（默认72）")),
    A_TEXT("as-format", 0, OD_OPTION_TEXT, as_format, OD_SAY("NAME", "名称"),
           OD_SAY("what FORMAT says to the filters (default: the name of -t)",
                  "过滤器看到的 FORMAT（默认即 -t 的格式名）")),
    TRUST_ROW,
    TIMEOUT_ROW,
    LANG_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option LUA_OPTIONS[] = {
    A_TEXT("execute", 'e', OD_OPTION_TEXT, code, OD_SAY("CODE", "代码"),
           OD_SAY("run this instead of a file", "运行这段代码，不读文件")),
    TRUST_ROW,
    TIMEOUT_ROW,
    LANG_ROW,
    VERBOSE_ROW,
    HELP_ROW,
    END};

static const od_option NEW_OPTIONS[] = {
    A_FILE("output", 'o', output,
           OD_SAY("write to this file, which must not exist (default: standard output)",
                  "写到这个文件，文件须不存在（默认写到标准输出）")),
    LANG_ROW, HELP_ROW, END};

static const od_option PROFILE_OPTIONS[] = {
    A_FILE("output", 'o', output,
           OD_SAY("learn: write to this file, which must not exist (default: standard output)",
                  "learn：写到这个文件，文件须不存在（默认写到标准输出）")),
    QUIET_ROW, LANG_ROW, HELP_ROW, END};
static const od_option EXPLAIN_OPTIONS[] = {
    {"profile", 'p', OD_OPTION_TEXT, IN(profile), NULL, OD_OFFER_PROFILES,
     OD_SAY("NAME|FILE", "名称|文件"),
     OD_SAY("the rules of this profile too", "也解释这个文种自己的规则")},
    LANG_ROW, HELP_ROW, END};
static const od_option PLAIN_OPTIONS[] = {LANG_ROW, HELP_ROW, END};

// ---- examples ----------------------------------------------------------------------------------

static const od_example NONE_EXAMPLES[] = {
    {"orgdraft check report.md", OD_SAY("what is missing or wrong", "缺什么、错在哪里")},
    {"orgdraft fields --skeleton report.md > data.yaml",
     OD_SAY("a file to write the facts in", "得到待填的数据文件")},
    {"orgdraft fill report.md -d data.yaml -o filled.md",
     OD_SAY("the report with its blanks filled", "得到填好的文稿")},
    EXAMPLES_END};

static const od_example CHECK_EXAMPLES[] = {
    {"orgdraft check report.md", OD_SAY("one draft", "检查一份文稿")},
    {"orgdraft check docs", OD_SAY("all drafts of a folder", "检查整个文件夹")},
    {"orgdraft check -d data.yaml report.md",
     OD_SAY("also compare with the data", "同时与数据核对")},
    {"orgdraft check --diff report.md",
     OD_SAY("what could be mended by itself", "看看能自动改正什么")},
    {"orgdraft check --format json - < report.md",
     OD_SAY("standard input, for a program", "检查标准输入，供程序读取")},
    EXAMPLES_END};

static const od_example FIELDS_EXAMPLES[] = {
    {"orgdraft fields report.md", OD_SAY("every blank with its key", "列出每处空白和它的键")},
    {"orgdraft fields --skeleton report.md > data.yaml",
     OD_SAY("a data file to fill in", "得到待填的数据文件")},
    {"orgdraft fields --format csv *.md", OD_SAY("for a spreadsheet", "供表格软件使用")},
    EXAMPLES_END};

static const od_example FILL_EXAMPLES[] = {
    {"orgdraft fill report.md -d data.yaml -o filled.md",
     OD_SAY("a new file beside the draft", "写到新文件")},
    {"orgdraft fill report.md -d data.yaml --diff",
     OD_SAY("look first", "先看会改什么")},
    {"orgdraft fill report.md -d data.yaml -i --partial",
     OD_SAY("fill what is known so far", "先填已知的部分")},
    {"orgdraft fill report.md --ask -o filled.md",
     OD_SAY("be asked for each value", "逐个问答着填")},
    {"orgdraft fill report.md --each rows.csv --out 'out/{branch}.md'",
     OD_SAY("one draft per row of a table", "按表格每行填一份")},
    EXAMPLES_END};

static const od_example EXTRACT_EXAMPLES[] = {
    {"orgdraft extract report.md > data.yaml",
     OD_SAY("a data file, as fill -d takes it", "写成数据文件，fill -d 可直接使用")},
    {"orgdraft extract drafts/ -o rows.csv --bom",
     OD_SAY("one row a draft, for Excel and WPS", "每份文稿一行，可用Excel、WPS打开")},
    {"orgdraft extract drafts/ --tally --expect rows.csv",
     OD_SAY("sums, missing drafts, and where text and table disagree",
            "求和，并列出缺报的、与表格不一致的")},
    {"orgdraft extract report.md --merge data.yaml",
     OD_SAY("what was changed by hand since it was filled", "看填写之后又手工改了什么")},
    EXAMPLES_END};

static const od_example FILTER_EXAMPLES[] = {
    {"orgdraft filter -L toc.lua report.md -o report.html", OD_SAY("to HTML", "转成HTML")},
    {"orgdraft filter -L clean.lua -t gfm report.md", OD_SAY("to Markdown", "仍写成Markdown")},
    {"pandoc -t json a.docx | orgdraft filter -f json -L a.lua | pandoc -f json -o b.docx",
     OD_SAY("between two runs of pandoc", "接在两次pandoc之间")},
    EXAMPLES_END};

static const od_example LUA_EXAMPLES[] = {
    {"orgdraft lua -e 'print(pandoc.utils.sha1(\"\"))'", OD_SAY("one line", "运行一行")},
    {"orgdraft lua --trust count.lua report.md",
     OD_SAY("a script that reads a file", "运行要读文件的脚本")},
    {"orgdraft lua", OD_SAY("try things at a prompt", "在提示符下试用")},
    EXAMPLES_END};

static const od_example NEW_EXAMPLES[] = {
    {"orgdraft new minutes-zh -o minutes.md", OD_SAY("start a draft", "新建一份文稿")},
    {"orgdraft profile list", OD_SAY("which profiles there are", "看看有哪些文种")},
    EXAMPLES_END};

static const od_example PROFILE_EXAMPLES[] = {
    {"orgdraft profile list", OD_SAY("the built-in profiles", "列出自带的文种")},
    {"orgdraft profile show adr > adr.yaml",
     OD_SAY("a start for your own", "以自带的为起点改成自己的")},
    {"orgdraft profile check adr.yaml", OD_SAY("is it right?", "检查文种文件写得对不对")},
    {"orgdraft profile learn report.txt 2023.txt 2024.txt -o report.yaml",
     OD_SAY("a first profile, from a draft with blanks and finished ones",
            "由模板和几份成稿写出文种初稿")},
    EXAMPLES_END};

static const od_example EXPLAIN_EXAMPLES[] = {
    {"orgdraft explain section-missing", OD_SAY("one rule", "解释一条规则")},
    {"orgdraft explain", OD_SAY("all of them", "列出所有规则")},
    {"orgdraft explain grade-sum -p ./report.yaml",
     OD_SAY("a rule of a profile", "解释文种自己的一条规则")},
    EXAMPLES_END};

static const od_example HELP_EXAMPLES[] = {
    {"orgdraft help fill", OD_SAY("same as orgdraft fill --help", "同 orgdraft fill --help")},
    EXAMPLES_END};

// ---- commands ----------------------------------------------------------------------------------

static const od_command COMMANDS[OD_COMMAND_COUNT] = {
    [OD_COMMAND_NONE] =
        {"", OD_SAY("COMMAND [OPTION]… [FILE]…", "命令 [选项]… [文件]…"),
         OD_SAY("checks drafts, lists their blanks, and fills them",
                "检查文稿、列出空白、填写空白"),
         OD_SAY("A draft is Markdown or plain text whose blanks are written XX. A profile says "
                "which sections, keys and figures it must hold.",
                "文稿是Markdown或纯文本，空白处写作XX。文种规定文稿须有哪些部分、字段和数字。"),
         NONE_OPTIONS, NONE_EXAMPLES, OD_OFFER_COMMANDS},
    [OD_COMMAND_CHECK] =
        {"check", OD_SAY("[FILE…|DIR…|-]", "[文件…|文件夹…|-]"),
         OD_SAY("say what is missing or wrong in drafts", "找出文稿缺什么、错在哪里"),
         OD_SAY("Folders are searched for .md, .markdown, .txt and .text files; hidden ones and "
                "those that a .gitignore names are left out. `-` is standard input.\n"
                "Exit code: 0 nothing found, 1 findings, 2 something could not be checked.",
                "文件夹中检查 .md、.markdown、.txt、.text 文件，跳过隐藏的和 .gitignore "
                "列出的。“-”为标准输入。\n"
                "退出码：0没有问题，1有问题，2有文件无法检查。"),
         CHECK_OPTIONS, CHECK_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_FIELDS] =
        {"fields", OD_SAY("FILE…", "文件…"),
         OD_SAY("list every blank of drafts", "列出文稿中的每处空白"),
         OD_SAY("Each blank has a key: the words around it, which stay the same when lines move. "
                "`orgdraft fill` takes data under these keys.",
                "每处空白有一个键，即它前后的文字，行号变动也不影响。填写时按这些键给数据。"),
         FIELDS_OPTIONS, FIELDS_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_FILL] =
        {"fill", OD_SAY("FILE|- [-d DATA]… [--each TABLE]", "文件|- [-d 数据]… [--each 表]"),
         OD_SAY("fill the blanks of a draft from data", "用数据填写文稿的空白"),
         OD_SAY("No byte outside the blanks changes. When the data has a mistake nothing is "
                "filled; every mistake is reported.\n"
                "With --each all rows are checked first; then all drafts are written, or none.\n"
                "Exit code: 0 all filled, 1 blanks left or mistakes in the data, 2 it could not "
                "be done.",
                "空白以外一个字节也不动。数据有错时一处也不填，并列出所有错处。\n"
                "用 --each 时先检查所有行，然后全部写出，否则一份也不写。\n"
                "退出码：0全部填好，1留有空白或数据有错，2无法完成。"),
         FILL_OPTIONS, FILL_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_EXTRACT] =
        {"extract", OD_SAY("FILE…|FOLDER…|-", "文件…|文件夹…|-"),
         OD_SAY("read the values of finished drafts back", "把写好的文稿中的数据读出来"),
         OD_SAY("Values are what the phrases of the profile and the front matter hold; nothing is put "
                "in for what a draft does not say. Where the places of a field do not agree, or one "
                "holds what the field cannot be, it has no value, and a finding says why.\n"
                "Exit code: 0 read, also when values are missing; 1 values that do not agree, with each "
                "other, with the data or the table, or drafts missing or there twice; 2 a draft could "
                "not be read.",
                "按文种文件的短语和文稿开头的元数据取值；文稿没写的不会替它补。"
                "同一字段前后不一致，或某处写的不合要求时，不取值，并指出问题。\n"
                "退出码：0已读出（缺值也算）；1前后不一致、与数据或表格不一致、缺报或重报；"
                "2有文稿读不了。"),
         EXTRACT_OPTIONS, EXTRACT_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_FILTER] =
        {"filter", OD_SAY("[FILE…|-]", "[文件…|-]"),
         OD_SAY("run pandoc's Lua filters on documents", "对文稿运行pandoc的Lua过滤器"),
         OD_SAY("Several files are read as one document. A filter of which nothing is known does no "
                "harm: it runs in a cage, without files, programs, network and environment, for 5 "
                "seconds and in 256 MiB; --trust opens it. What it prints goes to standard error.\n"
                "Exit code, as pandoc's: 0 done, 64 the input is not what its format says, 83 a "
                "filter failed, 2 it could not be done.",
                "多个文件作为一份文稿读入。来历不明的过滤器不会造成损害：它在隔离环境中运行，"
                "没有文件、程序、网络和环境变量，限5秒、256MiB；--trust 解除限制。"
                "它打印的内容写到标准错误。\n"
                "退出码同pandoc：0完成，64输入不合格式，83过滤器出错，2无法完成。"),
         FILTER_OPTIONS, FILTER_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_LUA] =
        {"lua", OD_SAY("[SCRIPT [ARG…]]", "[脚本 [参数…]]"),
         OD_SAY("run a Lua script in the environment of filters", "在过滤器的环境中运行Lua脚本"),
         OD_SAY("Without a script, lines are read and run: with a prompt and everything open when "
                "standard input is a terminal, else in the cage of orgdraft filter, as scripts are "
                "too.\n"
                "Exit code: 0 done, 83 the script failed, or what os.exit says.",
                "不给脚本时逐行读入运行：标准输入是终端则有提示符且不加限制；"
                "否则和脚本一样，在 orgdraft filter 的隔离环境中运行。\n"
                "退出码：0完成，83脚本出错，或 os.exit 所给的值。"),
         LUA_OPTIONS, LUA_EXAMPLES, OD_OFFER_FILES},
    [OD_COMMAND_NEW] =
        {"new", OD_SAY("PROFILE", "文种"),
         OD_SAY("write a draft to start from", "按文种新建一份文稿"),
         OD_SAY("The draft has the sections of the profile, and blanks where facts belong.",
                "新文稿含有该文种的各个部分，该填的地方留作空白。"),
         NEW_OPTIONS, NEW_EXAMPLES, OD_OFFER_BUILTINS},
    [OD_COMMAND_PROFILE] =
        {"profile",
         OD_SAY("list | show NAME | check FILE… | learn FILE…",
                "list | show 名称 | check 文件… | learn 文件…"),
         OD_SAY("list, show, check and learn profiles", "列出、查看、检查、学写文种"),
         OD_SAY("A profile is a YAML file that says what a kind of document must hold. Those of "
                "your own may extend a built-in one. `learn` writes a first one: from a draft "
                "with blanks, which is named first, and from drafts that were finished from it, "
                "which tell what each blank is and which blanks are the same.",
                "文种是一个YAML文件，规定某类文稿须有的内容。自己的文种可在自带的基础上扩展。"
                "learn 由一份有空白的模板（写在最前）写出初稿；再给几份由它填成的成稿，"
                "就能看出各处填的是什么、哪几处是同一个值。"),
         PROFILE_OPTIONS, PROFILE_EXAMPLES, OD_OFFER_VERBS},
    [OD_COMMAND_EXPLAIN] =
        {"explain", OD_SAY("[RULE]", "[规则]"),
         OD_SAY("say why a rule exists and how to mend what it finds",
                "解释规则的理由和改正办法"),
         OD_SAY("The name of the rule stands in brackets at the end of each finding.",
                "规则名写在每条问题末尾的方括号里。"),
         EXPLAIN_OPTIONS, EXPLAIN_EXAMPLES, OD_OFFER_RULES},
    [OD_COMMAND_HELP] =
        {"help", OD_SAY("[COMMAND]", "[命令]"), OD_SAY("show help", "显示帮助"), {0},
         PLAIN_OPTIONS, HELP_EXAMPLES, OD_OFFER_COMMANDS},
};

const od_command *od_command_row(od_command_id id) {
    return &COMMANDS[id];
}

od_command_id od_command_find(const char *name) {
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i].name, name) == 0) return (od_command_id)i;
    return OD_COMMAND_NONE;
}
