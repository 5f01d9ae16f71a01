/* The pass at a terminal: a program that types keys when it sees what it waits for. What is written
 * after each answer, undo, interrupts at any screen, and the terminal afterwards. */
// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include "support.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 20000 /* milliseconds */
#define PAUSE 2

struct terminal {
    char *folder;
    int keys; /* our side */
    pid_t program;
    struct text seen; /* since the last key */
    struct termios before;
};

static const char model[] =
    "asset books \"Books\" { confidentiality: high; integrity: high; availability: high }\n"
    "external shop \"Shop\" { kind: service }\n"
    "boundary ours \"Ours\" {\n"
    "  kind: network\n"
    "  process api \"API\" { kind: api }\n"
    "}\n"
    "flow order = shop -> api : \"POST /orders\" { protocol: https; carries: [event]; data: "
    "[books] "
    "}\n";

/* ---- the program and its terminal -------------------------------------------------------- */

static void run_program(const struct terminal *terminal, const char *side) {
    char *stridec = format("%s/stridec", build_folder());
    setsid();
    int theirs = open(side, O_RDWR);
    if (theirs < 0 || chdir(terminal->folder) != 0)
        _exit(99);
    for (int i = 0; i < 3; i++)
        dup2(theirs, i);
    setenv("TERM", "xterm", 1);
    execl(stridec, "stridec", "triage", "m.dfd", "--author", "Ann", "--tier", "1", (char *)NULL);
    _exit(98);
}

static void start(struct terminal *terminal, const char *folder, struct winsize size) {
    *terminal = (struct terminal){.folder = format("%s", folder), .keys = posix_openpt(O_RDWR)};
    assert_true(terminal->keys >= 0);
    assert_int_equal(grantpt(terminal->keys), 0);
    assert_int_equal(unlockpt(terminal->keys), 0);
    char *side = format("%s", ptsname(terminal->keys));
    assert_int_equal(tcgetattr(terminal->keys, &terminal->before), 0);
    assert_int_equal(ioctl(terminal->keys, TIOCSWINSZ, &size), 0);
    terminal->program = fork();
    assert_true(terminal->program >= 0);
    if (!terminal->program)
        run_program(terminal, side);
    free(side);
}

/* Reads on until the text has come. */
static void await(struct terminal *terminal, const char *wanted) {
    while (!terminal->seen.at || !strstr(terminal->seen.at, wanted)) {
        struct pollfd ready = {.fd = terminal->keys, .events = POLLIN};
        char bytes[4096];
        ssize_t got =
            poll(&ready, 1, PATIENCE) == 1 ? read(terminal->keys, bytes, sizeof bytes) : -1;
        if (got <= 0)
            fail_msg("no '%s' in:\n%s", wanted, terminal->seen.at ? terminal->seen.at : "");
        text_add(&terminal->seen, bytes, (size_t)got);
    }
}

static void type(struct terminal *terminal, const char *keys) {
    free(terminal->seen.at);
    terminal->seen = (struct text){0};
    assert_int_equal(write(terminal->keys, keys, strlen(keys)), (ssize_t)strlen(keys));
}

/* How it ended; the terminal is as it was. */
static int finish(struct terminal *terminal) {
    struct termios after;
    int status = 0;
    char bytes[4096];
    for (int waited = 0; waitpid(terminal->program, &status, WNOHANG) == 0; waited += PAUSE) {
        const struct timespec pause = {0, PAUSE * 1000000};
        struct pollfd ready = {.fd = terminal->keys, .events = POLLIN};
        if (poll(&ready, 1, 0) == 1 && (ready.revents & POLLIN))
            (void)!read(terminal->keys, bytes, sizeof bytes);
        nanosleep(&pause, NULL);
        assert_true(waited < PATIENCE);
    }
    assert_int_equal(tcgetattr(terminal->keys, &after), 0);
    assert_int_equal(after.c_lflag, terminal->before.c_lflag);
    close(terminal->keys);
    free(terminal->seen.at);
    free(terminal->folder);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* ---- files ------------------------------------------------------------------------------- */

static char *new_model(void) {
    char *folder = make_folder();
    put_in(folder, "m.dfd", model);
    return folder;
}

static bool holds(const char *folder, const char *name, const char *text) {
    char *file = text_in(folder, name);
    bool found = strstr(file, text) != NULL;
    free(file);
    return found;
}

static void drop(char *folder) {
    remove_folder(folder);
    free(folder);
}

/* ---- tests ------------------------------------------------------------------------------- */

static void each_answer_is_written_before_the_next_question(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "E@api/unauthorized");
    type(&terminal, "t");
    await(&terminal, "1 answered now");
    assert_true(holds(folder, "m.triage.dfd", "candidate: E@api/unauthorized"));
    await(&terminal, "S@order/forged_callback");
    type(&terminal, "dp");
    await(&terminal, "Reason: ");
    type(&terminal, "Nobodx\x7fy knows\n");
    await(&terminal, "2 answered now");
    assert_true(holds(folder, "m.triage.dfd", "reason: \"Nobody knows\"\n  code: not_plausible"));
    type(&terminal, "1");
    await(&terminal, "3 answered now");
    assert_true(holds(folder, "m.dfd", "rate_limited: yes"));
    type(&terminal, "q");
    await(&terminal, "3 answered, ");
    assert_int_equal(finish(&terminal), 0);
    drop(folder);
}

/* The screen as it is after the last time that it was cleared. */
static size_t lines_on_screen(const struct terminal *terminal) {
    const char *at = terminal->seen.at, *next;
    size_t lines = 0;
    while ((next = strstr(at, "\033[2J")) != NULL)
        at = next + 1;
    for (; *at; at++)
        lines += *at == '\n';
    return lines;
}

static void a_question_fits_on_a_screen_with_its_keys(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){.ws_row = 14, .ws_col = 80});
    await(&terminal, "q quit\r\n");
    assert_true(lines_on_screen(&terminal) <= 14 - 3);
    assert_non_null(strstr(terminal.seen.at, "Where does API check"));
    assert_non_null(strstr(terminal.seen.at, "1) `authorizes` of api"));
    type(&terminal, "s");
    await(&terminal, "api_key, session, jwt, ... (12)");
    await(&terminal, "q quit\r\n");
    assert_true(lines_on_screen(&terminal) <= 14 - 3);
    type(&terminal, "x");
    await(&terminal, "x is none of the keys below");
    type(&terminal, "\003");
    await(&terminal, "0 answered, 10 still pending.");
    assert_int_equal(finish(&terminal), 128 + SIGINT);
    drop(folder);
}

static void the_last_question_of_tier_1_is_announced(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "10 questions pending, 6 of them in tier 1");
    for (int i = 1; i <= 6; i++) {
        char *answered = format("%d answered", i);
        await(&terminal, i == 1 ? "q quit" : "q quit\r\n");
        type(&terminal, "t");
        await(&terminal, answered);
        free(answered);
    }
    await(&terminal, "6 answered, 4 still pending.");
    await(&terminal, "Tier 1 is decided: the gate asks for no more questions.");
    assert_int_equal(finish(&terminal), 0);
    assert_true(holds(folder, "m.triage.dfd", "author: \"Ann\""));
    drop(folder);
}

static void the_last_answers_are_taken_back(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "q quit");
    type(&terminal, "t");
    await(&terminal, "1 answered now");
    type(&terminal, "s");
    await(&terminal, "1 skipped");
    type(&terminal, "1");
    await(&terminal, "2 answered now");
    type(&terminal, "u");
    await(&terminal, "1 answered now");
    assert_false(holds(folder, "m.dfd", "rate_limited"));
    type(&terminal, "u");
    await(&terminal, "S@order/forged_callback");
    type(&terminal, "u");
    await(&terminal, "E@api/unauthorized");
    assert_false(is_there(folder, "m.triage.dfd"));
    assert_true(holds(folder, "m.dfd", model));
    type(&terminal, "u");
    await(&terminal, "nothing has been answered yet");
    type(&terminal, "q");
    assert_int_equal(finish(&terminal), 0);
    drop(folder);
}

static void what_is_given_up_changes_nothing(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "q quit");
    type(&terminal, "d");
    await(&terminal, "Esc back");
    type(&terminal, "zzz\033");
    await(&terminal, "q quit");
    type(&terminal, "dp");
    await(&terminal, "Reason: ");
    type(&terminal, "half a rea\033");
    await(&terminal, "q quit");
    type(&terminal, "dp");
    await(&terminal, "Reason: ");
    type(&terminal, "gone\025\n");
    await(&terminal, "q quit");
    type(&terminal, "c9\033[Ax");
    type(&terminal, "q");
    assert_int_equal(finish(&terminal), 0);
    assert_false(is_there(folder, "m.triage.dfd"));
    assert_true(holds(folder, "m.dfd", model));
    drop(folder);
}

/* Arrows, and texts that were pasted with line breaks in them, say nothing where a key answers, and
 * end no line: what is typed after them would answer questions that nobody has read. */
static void only_keys_that_were_meant_answer(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "\033[?2004h");
    await(&terminal, "q quit");
    type(&terminal, "\033[A\033[200~t\rd\033[201~\033OD\033t");
    type(&terminal, "d");
    await(&terminal, "Esc back");
    type(&terminal, "\033[D\033[200~pp\033[201~p");
    await(&terminal, "Reason: ");
    type(&terminal,
         "Nob\033[D\033[1;5C\033OHody\tkn\033[200~ows\r\n\tthe \033[2wo\033[201~rd le\027key\n");
    await(&terminal, "1 answered now");
    assert_true(holds(folder, "m.triage.dfd", "reason: \"Nobodyknows the [2word key\""));
    await(&terminal, "q quit\r\n");
    type(&terminal, "q");
    await(&terminal, "1 answered, ");
    await(&terminal, "\033[?2004l");
    assert_int_equal(finish(&terminal), 0);
    drop(folder);
}

/* As no one has seen the next one when they were typed. */
static void keys_that_were_typed_ahead_answer_one_question(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "q quit");
    type(&terminal, "tttt");
    await(&terminal, "1 answered now");
    await(&terminal, "q quit\r\n");
    type(&terminal, "q");
    await(&terminal, "1 answered, ");
    assert_int_equal(finish(&terminal), 0);
    drop(folder);
}

/* At a question, at a choice, in a line: what was answered before stays, and the terminal is as it
 * was. */
static void interrupts_lose_nothing(void **state) {
    static const struct {
        const char *keys, *seen;
    } places[] = {{"", "S@order"}, {"d", "Esc back"}, {"dp", "Reason: "}};
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct terminal terminal;
        char *folder = new_model();
        start(&terminal, folder, (struct winsize){0});
        await(&terminal, "q quit");
        type(&terminal, "t");
        await(&terminal, "1 answered now");
        await(&terminal, "q quit");
        if (*places[i].keys)
            type(&terminal, places[i].keys);
        await(&terminal, places[i].seen);
        assert_int_equal(kill(terminal.program, signals[i]), 0);
        assert_int_equal(finish(&terminal), 128 + signals[i]);
        assert_true(holds(folder, "m.triage.dfd", "candidate: E@api/unauthorized"));
        drop(folder);
    }
}

/* As when the connection is lost. */
static void the_end_of_the_terminal_ends_the_pass(void **state) {
    struct terminal terminal;
    char *folder = new_model();
    (void)state;
    start(&terminal, folder, (struct winsize){0});
    await(&terminal, "q quit");
    type(&terminal, "\004q");
    assert_int_equal(finish(&terminal), 0);
    drop(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_is_written_before_the_next_question),
        cmocka_unit_test(a_question_fits_on_a_screen_with_its_keys),
        cmocka_unit_test(the_last_question_of_tier_1_is_announced),
        cmocka_unit_test(the_last_answers_are_taken_back),
        cmocka_unit_test(what_is_given_up_changes_nothing),
        cmocka_unit_test(only_keys_that_were_meant_answer),
        cmocka_unit_test(keys_that_were_typed_ahead_answer_one_question),
        cmocka_unit_test(interrupts_lose_nothing),
        cmocka_unit_test(the_end_of_the_terminal_ends_the_pass),
    };
    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL) != 0;
}
