/* stridec watch: the report in a browser while the model is being written. One thread waits for
 * saves and for browsers; while a page is being made, browsers wait. */
// SPDX-License-Identifier: MIT
#include "opening.h"
#include "remaking.h"
#include "report.h"
#include "serving.h"
#include "watching.h"

#include <signal.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>

static const char about[] =
    "Prints the address of a page on this machine that only who has the address can see. It is\n"
    "the page of `stridec report`, made anew after each save of the model, of what it imports,\n"
    "of its decisions and of its evidence; mistakes are shown in it as `check` prints them. No\n"
    "file is written without --build. Ctrl-C ends it.";

/* ---- the end ----------------------------------------------------------------------------- */

static volatile sig_atomic_t ended;

static void end(int number) {
    (void)number;
    ended = 1;
}

/* Ctrl-C ends it between two rounds, and a second one at once. */
static void catch_signals(sigset_t *caught) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = end, .sa_flags = (int)(SA_RESTART | SA_RESETHAND)};
    sigemptyset(&action.sa_mask);
    sigemptyset(caught);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        (void)sigaction(numbers[i], &action, NULL);
        sigaddset(caught, numbers[i]);
    }
}

/* ---- the loop ---------------------------------------------------------------------------- */

static void expect(struct waiting *waiting, int descriptor) {
    if (descriptor < 0)
        return;
    FD_SET(descriptor, &waiting->reading);
    if (descriptor > waiting->highest)
        waiting->highest = descriptor;
}

static void expect_nothing(struct waiting *waiting) {
    FD_ZERO(&waiting->reading);
    FD_ZERO(&waiting->writing);
    FD_ZERO(&waiting->failing);
    waiting->highest = -1;
}

/* Until a browser asks, a file changes or the time is over. False: it ends. Signals are held back
 * until it waits, so that none is missed just before. */
static bool wait_for_any(struct server *server, struct watching *watching, const sigset_t *caught,
                         struct waiting *waiting) {
    sigset_t before;
    expect_nothing(waiting);
    long rest = server_expect(server, waiting), most = watching_rest(watching);
    expect(waiting, watching_descriptor(watching));
    rest = rest < most ? rest : most;
    const struct timespec time = {rest / 1000, rest % 1000 * 1000000};
    sigprocmask(SIG_BLOCK, caught, &before);
    int ready = ended ? 0
                      : pselect(waiting->highest + 1, &waiting->reading, &waiting->writing,
                                &waiting->failing, &time, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (ready < 0)
        expect_nothing(waiting);
    return !ended;
}

/* What the options say. */
struct wishes {
    const char *port;
    bool opens, builds;
};

/* The C library keeps what many pages took while a slow browser still read old ones. A program that
 * runs all day gives it back. */
static void give_memory_back(void) {
#ifdef __GLIBC__
    (void)malloc_trim(0);
#endif
}

static void show(struct server *server, const struct invocation *run, const struct wishes *wishes,
                 struct watching *watching) {
    struct remade remade =
        remake(run, run->words.at[0], wishes->builds, watching, server_page(server));
    server_show(server, &remade.page, remade.problems.at ? remade.problems.at : "");
    remade_free(&remade);
    give_memory_back();
}

/* Until a signal. An address that nobody has seen is no use: where it cannot be printed nothing is
 * served, and main() says why. */
static void serve(struct server *server, const struct invocation *run,
                  const struct wishes *wishes) {
    struct waiting waiting;
    sigset_t caught;
    catch_signals(&caught);
    puts(server_url(server));
    if (fflush(stdout) != 0)
        return;
    struct watching *watching = watching_open();
    show(server, run, wishes, watching);
    pid_t opener = wishes->opens ? open_address(server_url(server)) : 0;
    while (wait_for_any(server, watching, &caught, &waiting)) {
        server_run(server, &waiting);
        if (watching_changed(watching))
            show(server, run, wishes, watching);
        opener = open_ended(opener);
    }
    watching_close(watching);
}

/* ---- the command ------------------------------------------------------------------------- */

#define LAST_PORT 65535

/* False after a complaint. */
static bool check_words(const char *model, const char *port) {
    if (strcmp(model, "-") == 0)
        complain("watch takes a file: standard input is read only once");
    else if (port && strtoul(port, NULL, 10) > LAST_PORT)
        complain("--port %s: the last port is %d", port, LAST_PORT);
    else
        return true;
    return false;
}

enum outcome cmd_watch(struct invocation *run) {
    struct wishes wishes = {0};
    const struct option options[] = {
        {.name = "open", .on = &wishes.opens, .help = "show the page in the browser, by xdg-open"},
        {.name = "port",
         .argument = "NUMBER",
         .is_count = true,
         .text = &wishes.port,
         .help = "of 127.0.0.1 (default: any that is free)"},
        {.name = "build", .on = &wishes.builds, .help = "write what build writes as well"},
        OPTION_LEVELS(run),
        OPTION_RULES(run),
        OPTION_LAYOUT(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (!check_words(run->words.at[0], wishes.port))
        return OUTCOME_MISUSE;
    struct server *server = server_open(wishes.port ? (unsigned)strtoul(wishes.port, NULL, 10) : 0);
    struct text page = {0};
    if (!server)
        return OUTCOME_FAILURE;
    bool ready = waiting_page(&page);
    if (ready) {
        server_show(server, &page, "");
        serve(server, run, &wishes);
    }
    server_close(server);
    return ready ? OUTCOME_CLEAN : OUTCOME_FAILURE;
}
