// What the commands of one run share: the arguments, the session, and what is to be written.
//
// Findings and documents go to `out`, failures and remarks to `err`; both are kept in memory until
// od_cli_flush, so that a run which fails has written nothing, and a worker process can hand its
// part to the one that started it.
#ifndef OD_CLI_CLI_H
#define OD_CLI_CLI_H

#include "cli/options.h"
#include "report/report.h"

typedef struct od_cli {
    od_arena arena;
    od_args args;
    od_diagnostics log; // for od_say; nothing is listed in it
    od_session *session;
    od_buf out, err;
    bool failed;        // something could not be done: exit code 2
    bool stdout_closed; // it was so from the start
    bool as_filter;     // run by pandoc as `orgdraft-filter`
    OD_ARRAY(od_buf) kept; // files that the session borrows
} od_cli;

enum { OD_EXIT_CLEAN, OD_EXIT_FINDINGS, OD_EXIT_FAILURE };

// Adds the line `orgdraft: PATH: MESSAGE` to standard error, control characters as escapes, and
// notes that the run failed. `path` may be NULL.
void od_cli_fail(od_cli *cli, const char *path, od_slice message);

// As od_cli_fail, for a remark that is no failure.
void od_cli_note(od_cli *cli, const char *path, od_slice message);

// od_cli_fail with what the system says of `error`, an errno.
void od_cli_fail_errno(od_cli *cli, const char *path, int error);

// Returns what `error`, an errno, means and what to do, in the language of the run.
od_slice od_cli_errno(od_cli *cli, int error);

// Adds what the session could not do to standard error, and forgets it; notes that the run failed
// if there was anything.
void od_cli_fail_session(od_cli *cli);

// Frees `bytes` when the run ends; the session may borrow them until then.
void od_cli_keep(od_cli *cli, od_buf bytes);

// Ends the run: frees all there is.
void od_cli_free(od_cli *cli);

// Returns how reports for standard output, or standard error, are to be written.
od_report_options od_cli_report(const od_cli *cli, bool to_stderr);

// Writes what is kept to standard output, then to standard error. Does not return when standard
// output cannot be written: one line says so, and the exit code is 2.
void od_cli_flush(od_cli *cli);

// Sets `*today` to what --today says, else to the day of SOURCE_DATE_EPOCH (in UTC), else to the local
// date. Returns false after saying that the variable is wrong.
bool od_cli_today(od_cli *cli, od_day *today);

// Returns `text` in the language of the run.
static inline const char *od_cli_text(const od_cli *cli, od_text text) {
    return cli->args.language == OD_CHINESE ? text.zh : text.en;
}

#endif
