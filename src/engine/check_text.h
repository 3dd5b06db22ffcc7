// The text checks: what GB/T 9704, 15834 and 15835 ask of the running text.
//
// A profile switches each rule on (`checks:`). The text of a leaf is gone through once, character
// by character: the driver (check_text.c) steps over Han characters, which most of a draft is, and
// hands the others, and the few Han ones that numerals are known by, to the rules, one file a
// subject. What is no prose of the author is not looked at: code, raw HTML and link targets are
// opaque in visible text; blanks, addresses of the web, kept words and titles in 《 》 are *spared*.
// Only marks must come in pairs everywhere.
#ifndef OD_ENGINE_CHECK_TEXT_H
#define OD_ENGINE_CHECK_TEXT_H

#include "base/automaton.h"
#include "engine/check.h"

enum { OD_UNIT_MAX = 32, OD_UNIT_NONE = OD_UNIT_MAX, OD_PAIR_MAX = 8, OD_ATTACHMENT_MAX = 99 };

// One quantity written in Chinese numerals.
typedef struct od_quantity {
    od_span span;
    size_t unit; // which measure word
} od_quantity;

// What the numerals of a draft are like, for the rules that want one form in all of it.
typedef struct od_numeral_habits {
    od_span arabic[OD_UNIT_MAX]; // first quantity in digits of each measure word; end 0: none
    OD_ARRAY(od_quantity) han;
    bool long_seen, separated; // the first long number was met, and had separators
    od_span long_span;
    od_date done; // the latest day of which something is reported as done
    od_span done_span;
} od_numeral_habits;

// A place where the text speaks of an attachment.
typedef struct od_cited {
    size_t number; // 0: none is given
    od_span span;
} od_cited;

typedef struct od_attachments {
    bool possible;      // the word is somewhere in the draft
    bool present, open; // open: the next leaf may go on with the list
    size_t listed;      // number of the last one; 0: there is one without a number
    bool has[OD_ATTACHMENT_MAX + 1]; // by number
    od_span span;
    OD_ARRAY(od_cited) cited;
} od_attachments;

// An opening mark that waits for its closing one.
typedef struct od_open_mark {
    size_t at;
    uint8_t pair; // which pair of marks
    bool half;    // half-width
} od_open_mark;

typedef struct od_text_checker {
    const od_check_context *context;
    const od_source *source;
    od_diagnostics *found;
    od_arena scratch; // rewound after each leaf
    od_arena kept;    // for all of the draft
    bool on[OD_RULE_COUNT];
    od_latin_space latin_space;
    od_automaton *keep_words; // NULL: none
    size_t *keep_sizes;       // of the words by their number
    OD_ARRAY(const od_node *) leaves; // in the order of the source
    od_numeral_habits habits;
    od_attachments attachments;
    uint32_t introduced;          // short titles that need no introduction any more, a bit each
    const od_diagnostic *waiting; // an opening quote that the next paragraph may go on
    od_date signed_on;            // the last date of signature; year 0: none
    od_span signed_span;
    size_t lines_seen; // lines of the source whose ends were looked at

    // The leaf that is looked at.
    const od_node *leaf;
    od_visible visible;
    od_slice text;
    OD_ARRAY(od_span) spared; // visible ranges, rising once looking starts
    OD_ARRAY(od_open_mark) open;
    size_t open_counts[OD_PAIR_MAX];
    bool nesting_told[OD_PAIR_MAX];
    OD_ARRAY(size_t) brackets;     // closing half-width brackets that were looked at already
    bool unclosed_title;           // a 《 has no 》
    bool prose_known, prose;       // it holds marks of sentences
    size_t quotes_before, quotes_counted, quotes_in_all; // straight ones
    // Up to where something was looked at or told of:
    size_t listed_until;  // lists of quotes
    size_t numeral_until; // Chinese numerals
    size_t hedged_until;
    size_t range_until;
    size_t bracket_until; // brackets in the numbers of documents
} od_text_checker;

// ---- characters --------------------------------------------------------------------------------

// Return the character at, and the one before, byte `at` of the leaf's text; 0 where there is none.
uint32_t od_text_at(const od_text_checker *checker, size_t at);
uint32_t od_text_before(const od_text_checker *checker, size_t at);

// Returns where the character after the one at byte `at` starts.
size_t od_text_next(const od_text_checker *checker, size_t at);

// Whether the text goes on with `word` at byte `at`, or ends with it there.
bool od_text_has(const od_text_checker *checker, size_t at, const char *word);
bool od_text_ends(const od_text_checker *checker, size_t at, const char *word);

// Whether `code` is a mark of Chinese text that no Latin text has: not quotes, dashes and ellipses.
bool od_is_chinese_mark(uint32_t code);

// Whether `code` is such a mark or Han, so that half-width marks beside it stand in Chinese text.
bool od_is_chinese(uint32_t code);

// Returns what the Chinese numeral `code` stands for (一 to 九, 〇 and 零 0), or -1.
int od_han_digit(uint32_t code);

// Returns which measure word starts at byte `at`, or OD_UNIT_NONE. check_numerals.c
size_t od_text_unit(const od_text_checker *checker, size_t at);

// ---- findings ----------------------------------------------------------------------------------

// Adds a finding about the bytes [start, end) of the leaf's text; NULL when the profile keeps them.
od_diagnostic *od_text_tell(od_text_checker *checker, od_rule_id rule, size_t start, size_t end,
                            od_slice message);

// A change of the leaf's text: `text` comes for the bytes [start, end).
typedef struct od_text_change {
    size_t start, end;
    od_slice text;
} od_text_change;

// Gives a finding (NULL: none) a fix of `count` changes, and says so in its message. There is none
// where source and text do not go together byte by byte; where something is deleted that must be so
// for the characters beside it too, since marks of Markdown mean something else beside others.
void od_text_fix_all(od_text_checker *checker, od_diagnostic *found, const od_text_change *changes,
                     size_t count);

// The same with one change.
void od_text_fix(od_text_checker *checker, od_diagnostic *found, size_t start, size_t end,
                 od_slice text);

// Keeps the bytes [start, end) of the leaf's text from being looked at.
void od_text_spare(od_text_checker *checker, size_t start, size_t end);

// Reads the text of a leaf into the checker, as the one that is looked at.
void od_text_load(od_text_checker *checker, const od_node *leaf);

// ---- the rules ---------------------------------------------------------------------------------

// Each looks at the character at byte `at`, which ends at `next`, and returns where to go on.
size_t od_check_mark(od_text_checker *checker, size_t at, uint32_t code,
                     size_t next); // check_punctuation.c
size_t od_check_width(od_text_checker *checker, size_t at, uint32_t code,
                      size_t next);                           // check_width.c
size_t od_check_digits(od_text_checker *checker, size_t at); // check_numerals.c

// Looks at a Han character that numerals are known by. check_numerals.c
void od_check_han(od_text_checker *checker, size_t at, uint32_t code);

// Looks for a date at the digit at byte `at`, and returns where it ends, or `at`. check_dates.c
size_t od_check_date(od_text_checker *checker, size_t at);

// Look at signs among numerals and at “names of days”. check_dates.c
void od_check_zero(od_text_checker *checker, size_t at, uint32_t code);
void od_check_day_name(od_text_checker *checker, size_t at);

// Look at 、 between numerals, at ~ and at a point that may begin a decimal. check_numerals.c
void od_check_approximate(od_text_checker *checker, size_t at);
void od_check_tilde(od_text_checker *checker, size_t at);
void od_check_decimal(od_text_checker *checker, size_t at);

// Looks at the edges of letters and digits, where a profile wants spaces. check_width.c
void od_check_latin_edges(od_text_checker *checker, size_t start, size_t end);

// Looks for the partner of a mark; at the end of a leaf for those that have none; and, before the
// next leaf and at the end, at a quote that may go on there. check_pairs.c
void od_check_pair(od_text_checker *checker, size_t at, uint32_t code);
void od_check_open(od_text_checker *checker);
void od_check_waiting(od_text_checker *checker, bool goes_on);

// Looks for the number of a document at a bracket and returns where it ends, or `at`; and at a
// title in 《 》. check_official.c
size_t od_check_document_number(od_text_checker *checker, size_t at, uint32_t code);
void od_check_cited_title(od_text_checker *checker, size_t start, size_t end);

// Looks at a leaf as a whole before its characters; `section`: that it is the heading of, or NULL.
// check_lines.c
void od_check_line(od_text_checker *checker, const od_section *section);

// Look at the draft as a whole, when its leaves were gone through.
void od_check_habits(od_text_checker *checker);      // check_numerals.c
void od_check_attachments(od_text_checker *checker); // check_lines.c
void od_check_headings(od_text_checker *checker);    // check_official.c
void od_check_official(od_text_checker *checker);    // check_official.c

#endif
