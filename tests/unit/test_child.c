// Children: what one may not do, and what its parent does not believe.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "cli/child.c" // which is in the program, not in the library

#include <arpa/inet.h>
#include <sys/socket.h>

typedef struct talk {
    void (*act)(struct talk *talk, od_child *child);
    od_buf heard;
    size_t count;
    bool refuse, goes_on;
    od_buf given;
} talk;

static void work(void *context, od_child *child) {
    talk *const t = context;
    t->act(t, child);
}

static bool take(void *context, unsigned kind, od_slice bytes) {
    talk *const t = context;
    t->count++;
    od_buf_byte(&t->heard, (char)kind);
    od_buf_add(&t->heard, bytes);
    return !t->refuse;
}

static od_child_result run_all(talk *t) {
    const od_child_job job = {.context = t,
                              .work = work,
                              .take = take,
                              .memory = (size_t)64 << 20,
                              .answer = 1 << 20,
                              .milliseconds = 300};
    return od_child_run(&job);
}

static od_child_end run_talk(talk *t, int *detail) {
    od_child_result result = run_all(t);
    *detail = result.detail;
    assert_false(result.answered);
    assert_null(result.answer.data);
    return result.end;
}

static od_child_end run_act(void (*act)(talk *, od_child *), int *detail) {
    talk t = {.act = act};
    const od_child_end end = run_talk(&t, detail);
    od_buf_free(&t.heard);
    return end;
}

// ---- talking -------------------------------------------------------------------------------------

static void say_two(talk *t, od_child *child) {
    (void)t;
    od_child_send(child, 'a', OD_SLICE("one"));
    od_child_send(child, 'b', OD_SLICE(""));
}

static void test_messages(void **state) {
    (void)state;
    talk t = {.act = say_two};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_DONE);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.heard.size, 5);
    assert_memory_equal(t.heard.data, "aoneb", 5);
    od_buf_free(&t.heard);
}

static void say_much(talk *t, od_child *child) {
    (void)t;
    char *const bytes = calloc(1, 700000);
    for (int i = 0; i < 3; i++) od_child_send(child, 'x', (od_slice){bytes, 700000});
}

static void test_large_message(void **state) {
    (void)state;
    int detail;
    assert_int_equal(run_act(say_much, &detail), OD_CHILD_TALKATIVE);
}

static void say_and_answer(talk *t, od_child *child) {
    od_child_send(child, 'a', OD_SLICE("one"));
    od_child_answer(child, od_buf_slice(&t->given));
    if (t->goes_on) od_child_send(child, 'b', OD_SLICE(""));
}

static void test_answer(void **state) {
    (void)state;
    static const size_t SIZES[] = {0, 1, 255, 300000, 1000000};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        talk t = {.act = say_and_answer};
        for (size_t j = 0; j < SIZES[i]; j++) od_buf_byte(&t.given, (char)(j % 251));
        od_child_result result = run_all(&t);
        assert_int_equal(result.end, OD_CHILD_DONE);
        assert_true(result.answered);
        assert_true(od_slice_equal(od_buf_slice(&result.answer), od_buf_slice(&t.given)));
        assert_int_equal(t.count, 1);
        od_buf_free(&result.answer);
        od_buf_free(&t.given);
        od_buf_free(&t.heard);
    }
}

static void test_more_than_an_answer(void **state) {
    (void)state;
    talk t = {.act = say_and_answer, .goes_on = true};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_STOPPED);
    od_buf_free(&t.heard);
}

// A head that promises more than ever comes.
static void promise(talk *t, od_child *child) {
    (void)t;
    const head h = {'x', UINT64_MAX - 8};
    send_all(child->descriptor, &h, sizeof h);
}

static void test_promise(void **state) {
    (void)state;
    talk t = {.act = promise};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_DONE);
    assert_int_equal(t.count, 0);
    od_buf_free(&t.heard);
}

static void test_refused(void **state) {
    (void)state;
    talk t = {.act = say_two, .refuse = true};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_STOPPED);
    assert_int_equal(t.count, 1);
    od_buf_free(&t.heard);
}

// ---- using too much ------------------------------------------------------------------------------

// Half the time that there is, twice: the clock starts anew.
static void work_twice(talk *t, od_child *child) {
    (void)t;
    for (int i = 0; i < 2; i++) {
        const clock_t start = clock();
        while (clock() - start < CLOCKS_PER_SEC / 5) continue;
        od_child_clock(300);
    }
    if (od_child_spent()) od_child_send(child, 'x', (od_slice){0});
}

static void test_clock(void **state) {
    (void)state;
    talk t = {.act = work_twice};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_DONE);
    assert_int_equal(t.count, 0);
}

static void loop(talk *t, od_child *child) {
    (void)t, (void)child;
    for (volatile int i = 0;; i++) continue;
}

static void see_time(talk *t, od_child *child) {
    (void)t;
    while (!od_child_spent()) continue;
    od_child_send(child, 't', OD_SLICE(""));
}

static void test_time(void **state) {
    (void)state;
    int detail;
    assert_int_equal(run_act(loop, &detail), OD_CHILD_TIME);
    talk t = {.act = see_time};
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_DONE);
    assert_int_equal(t.count, 1);
    od_buf_free(&t.heard);
}

static void eat(talk *t, od_child *child) {
    (void)t, (void)child;
    od_arena arena = {0};
    for (int i = 0; i < 1024; i++) memset(od_arena_alloc(&arena, 1 << 20), 1, 1 << 20);
}

static void test_memory(void **state) {
    (void)state;
#ifdef OD_SANITIZED
    skip();
#else
    int detail;
    assert_int_equal(run_act(eat, &detail), OD_CHILD_MEMORY);
#endif
}

// ---- reaching out --------------------------------------------------------------------------------

static void do_open(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)open("/etc/passwd", O_RDONLY);
}

static void do_socket(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)socket(AF_INET, SOCK_STREAM, 0);
}

static void do_fork(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)fork();
}

static void do_kill(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)kill(getppid(), SIGKILL);
}

static void do_execute(talk *t, od_child *child) {
    (void)t, (void)child;
    char *const words[] = {(char[]){"true"}, NULL};
    (void)execv("/bin/true", words);
}

static void do_unlink(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)unlink("/tmp/orgdraft-no-such-file");
}

static void do_ask_for_code(talk *t, od_child *child) {
    (void)t, (void)child;
    (void)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void do_crash(talk *t, od_child *child) {
    (void)t, (void)child;
    raise(SIGSEGV);
}

static void test_calls(void **state) {
    (void)state;
    void (*const ACTS[])(talk *, od_child *) = {do_open,   do_socket,       do_fork, do_kill,
                                                do_unlink, do_ask_for_code, do_execute};
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
        int detail = 0;
        assert_int_equal(run_act(ACTS[i], &detail), OD_CHILD_CRASHED);
        assert_int_equal(detail, SIGSYS);
    }
}

static void test_crash(void **state) {
    (void)state;
    int detail = 0;
    assert_int_equal(run_act(do_crash, &detail), OD_CHILD_CRASHED);
}

// Every descriptor but that of the pipe is closed; write is the one call that tells.
static void look_around(talk *t, od_child *child) {
    (void)t;
    size_t count = 0;
    for (int d = 0; d < 64; d++)
        if (d != child->descriptor && (write(d, "", 0) == 0 || errno != EBADF)) count++;
    od_child_send(child, count ? 'o' : 'c', OD_SLICE(""));
}

static void test_descriptors(void **state) {
    (void)state;
    talk t = {.act = look_around};
    int detail;
    assert_int_equal(run_talk(&t, &detail), OD_CHILD_DONE);
    assert_int_equal(t.heard.data[0], 'c');
    od_buf_free(&t.heard);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages), cmocka_unit_test(test_large_message),
        cmocka_unit_test(test_promise), cmocka_unit_test(test_answer),
        cmocka_unit_test(test_more_than_an_answer), cmocka_unit_test(test_clock),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_time),     cmocka_unit_test(test_memory),
        cmocka_unit_test(test_calls),    cmocka_unit_test(test_crash),
        cmocka_unit_test(test_descriptors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
