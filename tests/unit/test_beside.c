// Beside a draft: which file a text names.
#include "engine/beside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_names(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
        bool same;
    } CASES[] = {
        {"0012-new-shed.md", "0012-new-shed.md", true},
        {"0012-new-shed", "0012-new-shed.md", true},
        {"./0012-new-shed.md#context", "0012-new-shed.md", true},
        {"[ADR-0012](0012-new-shed.md)", "0012-new-shed.md", true},
        {"[the shed](0013-old-shed.md)", "0012-new-shed.md", false},
        {"ADR-0012", "0012-new-shed.md", true},
        {"adr 12", "0012-new-shed.md", true},
        {"ADR-0012: New shed", "0012-new-shed.md", true},
        {"12", "adr-0012-new-shed.md", true},
        {"#12", "12.txt", true},
        {"0012", "0012.md", true},
        {"ADR-12", "0120-water.md", false},
        {"ADR-12", "0112-water.md", false},
        {"0012-other.md", "0012-new-shed.md", false},
        {"new-shed.md", "0012-new-shed.md", false},
        {"shed", "shed.md", true},
        {"Shed.MD", "shed.md", true},
        {"0", "000-template.md", true},
        {"", "0012-new-shed.md", false},
        {"the next one", "0012-new-shed.md", false},
        {"12 sheds too many", "0012-new-shed.md", true},
        {"ADR-", "ADR-0012.md", false},
        {"12", "", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (od_record_is(od_slice_of(CASES[i].text), od_slice_of(CASES[i].name)) != CASES[i].same)
            fail_msg("“%s” and “%s”", CASES[i].text, CASES[i].name);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests_name("beside", tests, NULL, NULL);
}
