/* The surroundings of a run: another folder, locale and time zone give the same bytes; a full disk
 * or a closed pipe is an error and leaves no short file; a layout program may do what it likes.
 * With SLOW=1 also as long as it may. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FAILURE 4

/* A fresh folder with the model in it, where each test runs. */
static int set_up(void **state) {
    struct text model = read_file("samples/payment/payment.dfd");
    open_folder(state);
    put_in(*state, "payment.dfd", model.at);
    free(model.at);
    return 0;
}

static int run_in(const char *folder, const char *script) {
    return run_command(&(struct command){.folder = folder, .script = script});
}

/* ---- the same bytes anywhere ------------------------------------------------------------- */

static void another_place_gives_the_same_bytes(void **state) {
    static const char *const files[] = {"payment.svg", "THREAT-MODEL.md", "payment.json"};
    const char *folder = *state;
    assert_int_equal(run_in(folder, "mkdir -p other/deep && cp payment.dfd other/deep && "
                                    "stridec build payment.dfd && "
                                    "stridec threats --format json payment.dfd >payment.json"),
                     0);
    struct command elsewhere = {.folder = folder,
                                .locale = "tr_TR.UTF-8",
                                .zone = "Pacific/Kiritimati",
                                .script =
                                    "cd /; stridec build \"$OLDPWD/other/deep/payment.dfd\" &&"
                                    "cd \"$OLDPWD/other\" && stridec threats --format json "
                                    "deep/payment.dfd >deep/payment.json"};
    assert_int_equal(run_command(&elsewhere), 0);
    bool same = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *here = format("%s/%s", folder, files[i]);
        char *there = format("%s/other/deep/%s", folder, files[i]);
        assert_true(file_exists(here));
        same = same_files(here, there, files[i]) && same;
        free(here);
        free(there);
    }
    assert_true(same);
}

/* ---- a full disk, a closed pipe ---------------------------------------------------------- */

static const char *const printing[] = {
    "threats payment.dfd",
    "threats --format json payment.dfd",
    "threats --format markdown payment.dfd",
    "render --format dot payment.dfd",
    "render --format svg payment.dfd",
    "fmt - <payment.dfd",
    "explain S",
    "test-rules",
    "help",
    "build --help",
    "--version",
};

/* Runs each command that prints, in one shell that first does what `before` says; `after` redirects
 * what is printed. */
static void expect_failure(const char *folder, const char *before, const char *after) {
    char *script = format("%s\n", before), *errors = format("%s/errors", folder);
    for (size_t i = 0; i < sizeof printing / sizeof *printing; i++) {
        char *longer =
            format("%sstridec %s %s 2>/dev/null\n"
                   "status=$?; [ $status = %d ] || echo \"%s: exit status $status\" >&2\n",
                   script, printing[i], after, FAILURE, printing[i]);
        free(script);
        script = longer;
    }
    struct command all = {.folder = folder, .script = script, .error = errors};
    assert_int_equal(run_command(&all), 0);
    char *printed = text_in(folder, "errors");
    assert_string_equal(printed, "");
    char *owned[] = {script, errors, printed};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
}

static void a_full_device_is_a_failure(void **state) {
    expect_failure(*state, "", ">/dev/full");
}

/* Else it would serve for ever at an address that nobody knows. */
static void watch_ends_where_its_address_cannot_be_printed(void **state) {
    struct command watch = {.folder = *state,
                            .script = "timeout 20 stridec watch payment.dfd >/dev/full 2>errors\n"
                                      "status=$?; cat errors; exit $status"};
    assert_int_equal(run_command(&watch), FAILURE);
    char *errors = text_in(*state, "errors");
    assert_non_null(strstr(errors, "cannot write standard output"));
    free(errors);
}

static void a_closed_pipe_is_a_failure(void **state) {
    expect_failure(*state, "mkfifo pipe && exec 3<>pipe 4>pipe && exec 3<&-", ">&4");
}

static void a_closed_standard_output_is_a_failure(void **state) {
    expect_failure(*state, "", ">&-");
}

/* A limit on the size of files stands for a disk that is full. */
static void a_full_disk_leaves_no_short_file(void **state) {
    assert_int_equal(run_in(*state, "trap '' XFSZ; (ulimit -f 4; exec stridec build payment.dfd)"),
                     FAILURE);
    assert_int_equal(run_in(*state, "test \"$(ls -A)\" = payment.dfd"), 0);
}

static void a_full_disk_keeps_what_was_there(void **state) {
    assert_int_equal(run_in(*state, "stridec build payment.dfd && cp THREAT-MODEL.md before && "
                                    "sed 's/Stripe/Stroke/' payment.dfd >x && mv x payment.dfd"),
                     0);
    assert_int_equal(run_in(*state, "trap '' XFSZ; (ulimit -f 4; exec stridec build payment.dfd)"),
                     FAILURE);
    assert_int_equal(run_in(*state, "cmp THREAT-MODEL.md before"), 0);
}

/* ---- layout programs --------------------------------------------------------------------- */

static void write_layout(const char *folder, const char *lines) {
    char *program = format("%s/layout", folder), *text = format("#!/bin/sh\n%s\n", lines);
    write_file(program, text, strlen(text));
    assert_int_equal(chmod(program, 0755), 0);
    free(text);
    free(program);
}

/* Of a build with a layout program of these lines. Returns what was printed; free it. */
static char *expect_document_alone(const char *folder, const char *lines, int status) {
    char *printed = text_in(folder, "errors");
    if (status != FAILURE || is_there(folder, "payment.svg") ||
        !is_there(folder, "THREAT-MODEL.md") || !strstr(printed, "[W0701]"))
        fail_msg("'%s': exit status %d, %s picture, %s document, printed:\n%s", lines, status,
                 is_there(folder, "payment.svg") ? "a" : "no",
                 is_there(folder, "THREAT-MODEL.md") ? "a" : "no", printed);
    return printed;
}

/* Builds with a layout program of these lines: document, warning, no picture, exit status 4.
 * Returns what was printed; free it. */
static char *expect_no_picture_in(const char *seconds, const char *folder, const char *lines) {
    char *errors = format("%s/errors", folder);
    write_layout(folder, lines);
    char *script =
        format("stridec build --layout ./layout --layout-seconds %s payment.dfd", seconds);
    int status = run_command(
        &(struct command){.folder = folder, .script = script, .error = errors, .seconds = 60});
    char *printed = expect_document_alone(folder, lines, status);
    free(script);
    free(errors);
    return printed;
}

static void expect_no_picture(const char *folder, const char *lines) {
    free(expect_no_picture_in("1", folder, lines));
}

static void layout_that_fails(void **state) {
    expect_no_picture(*state, "echo 'no room' >&2; exit 1");
}

static void layout_that_dies(void **state) {
    expect_no_picture(*state, "kill -SEGV $$");
}

static void layout_that_has_no_memory(void **state) {
    expect_no_picture(*state, "ulimit -v 20000; exec stridec-layout");
}

static void layout_that_reads_nothing(void **state) {
    expect_no_picture(*state, "exec <&-; exit 0");
}

static void layout_that_prints_nothing(void **state) {
    expect_no_picture(*state, "cat >/dev/null");
}

static void layout_that_prints_garbage(void **state) {
    expect_no_picture(*state, "cat >/dev/null; head -c 100000 /dev/urandom");
}

static void layout_that_prints_half(void **state) {
    char *lines = format("'%s/stridec-layout' >whole; head -c 3000 whole", build_folder());
    free(expect_no_picture_in("10", *state, lines));
    assert_int_equal(run_in(*state, "grep -q '</svg>' whole"), 0);
    free(lines);
}

static void layout_that_is_not_there(void **state) {
    assert_int_equal(run_in(*state, "stridec build --layout ./nowhere payment.dfd"), FAILURE);
    assert_true(is_there(*state, "THREAT-MODEL.md"));
    assert_false(is_there(*state, "payment.svg"));
}

/* The picture is drawn once; sed prints it with a change. What there is to draw comes after it on
 * sed's input, and is left out. */
#define CHANGED "exec sed -e '/^\\/\\/ Generated/,$d;/^digraph/,$d' -e '%s' drawn -"

static void draw_unchanged(const char *folder) {
    char *draw = format("'%s/stridec-layout' >drawn; cat drawn", build_folder());
    char *unchanged = format(CHANGED, "");
    write_layout(folder, draw);
    assert_int_equal(run_in(folder, "stridec build --layout ./layout payment.dfd"), 0);
    write_layout(folder, unchanged);
    assert_int_equal(run_in(folder, "stridec build --force --layout ./layout payment.dfd && "
                                    "exec rm payment.svg THREAT-MODEL.md"),
                     0);
    free(draw);
    free(unchanged);
}

/* Changes that sed makes to the picture. */
static void layout_that_lies(void **state) {
    static const char *const lies[] = {
        "s/<path fill=\"none\"/& fill=\"none\"/", /* not well-formed */
        "s/<text.*>F1/<text>F1/",                 /* without a place */
        "s/ d=\"M/ d=\"Mnan,/",
        "s/ d=\"M/ d=\"/",
        "s/C\\([0-9.]*\\),/C\\1 /", /* a point of one number */
        "s/ points=\"/&1e9,1 /",
        "s/ points=\"/&12345678901,1 /",
        "s/stroke-width=\"2\"/stroke-width=\"200\"/",
        "s/fill=\"#e8f1fb\"/fill=\"url(https:\\/\\/evil.example)\"/",
        "s/fill=\"#e8f1fb\"/fill=\"#e8f1fc\"/",
        "s/>Stripe</>Strype</",
        "s/>F1</>F2</",
        "/>Stripe</d",
        "s/<text.*>Stripe<.*/&\\n&/",
        "s/<title>n0/<script>alert(1)<\\/script>&/",
        "s/<title>n0/<style>text{display:none}<\\/style>&/",
        "s/id=\"flow&#45;pay\"/id=\"flow\\&#45;webhook\"/",
        "s/id=\"half2&#45;pay\"/id=\"half1\\&#45;pay\"/",
        "s/viewBox=\"0.00/viewBox=\"9.00/",
        "s/viewBox=\"0.00 0.00/& x/",
        "s/scale(1 1)/scale(0 0)/",
        "s/<polygon.*/&\\n&\\n&\\n&\\n&\\n&/", /* painted over */
        "s/<\\/svg>/&<svg>/",
        "s/>\xe2\x86\x92</>\xe2\x86\x90</", /* an arrow that points back */
        "s/>\xe2\x86\x92</>x</",
        "s/id=\"a_flow&#45;intent\"/id=\"a_flow\\&#45;pay\"/",
        "s/id=\"flows&#45;intent\"/id=\"flow\\&#45;intent\"/",
    };
    draw_unchanged(*state);
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        char *lines = format(CHANGED, lies[i]);
        char *printed = expect_no_picture_in("10", *state, lines);
        if (!strstr(printed, "the layout program's SVG"))
            fail_msg("'%s': refused for another reason:\n%s", lies[i], printed);
        free(printed);
        free(lines);
    }
}

/* Each is waited for a second, so they are at the same time. */
static void layouts_that_hang(void **state) {
    static const char *const hangs[] = {
        "sleep 100", "exec >&- 2>&-; sleep 100",
        "cat >/dev/null; sleep 100 & exit 0", /* a child is left behind */
    };
    for (size_t i = 0; i < sizeof hangs / sizeof *hangs; i++) {
        char *folder = format("%s/%zu", (const char *)*state, i), *model = format("%s/.", folder);
        make_folders_for(model);
        write_layout(folder, hangs[i]);
        free(model);
        free(folder);
    }
    assert_int_equal(
        run_in(*state, "for i in 0 1 2; do cp payment.dfd $i; (cd $i && stridec build --layout "
                       "./layout --layout-seconds 1 payment.dfd 2>errors; echo $? >status) & done; "
                       "wait"),
        0);
    for (size_t i = 0; i < sizeof hangs / sizeof *hangs; i++) {
        char *folder = format("%s/%zu", (const char *)*state, i),
             *status = text_in(folder, "status");
        free(expect_document_alone(folder, hangs[i], atoi(status)));
        free(status);
        free(folder);
    }
}

static void layout_that_never_ends_printing(void **state) {
    expect_no_picture(*state, "exec yes '<svg>'");
}

static void layout_that_hangs_as_long_as_it_may(void **state) {
    free(expect_no_picture_in("20", *state, "sleep 100"));
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, set_up, close_folder)

static int run_slow(void) {
    const struct CMUnitTest tests[] = {
        in_folder(layout_that_hangs_as_long_as_it_may),
    };
    return cmocka_run_group_tests_name("slow", tests, NULL, NULL);
}

/* ---- many models ------------------------------------------------------------------------- */

/* Freed memory is kept aside there, so that its use is seen. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COUNTS_MEMORY false
#else
#define COUNTS_MEMORY true
#endif

#define FEW "m1?.dfd"
#define MANY "m*.dfd"

/* The most that any program has had that this process has run and waited for. */
static long most_memory(const char *folder, const char *script) {
    struct rusage usage;
    if (run_in(folder, script) != 0 || getrusage(RUSAGE_CHILDREN, &usage) != 0)
        return -1;
    return usage.ru_maxrss;
}

/* In a process of its own, as others have run larger programs. Pages of the system differ from run
 * to run; two hundred models that were kept would take thirty times as much. */
static int compare_memory(const char *folder) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        long few = most_memory(folder, "stridec summary " FEW " >few.txt");
        long many = most_memory(folder, "stridec summary " MANY " >many.txt");
        if (few > 0 && many >= few && (!COUNTS_MEMORY || many < 10 * few))
            _exit(0);
        fprintf(stderr, "a few models take %ld KiB, many %ld\n", few, many);
        _exit(1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

static void many_models_take_the_memory_of_one(void **state) {
    const char *folder = *state;
    assert_int_equal(run_in(folder, "for i in $(seq 10 250); do cp payment.dfd m$i.dfd; done"), 0);
    assert_int_equal(compare_memory(folder), 0);
    assert_int_equal(run_in(folder, "test $(grep -c '^m[0-9]' few.txt) = 10 && "
                                    "test $(grep -c '^m[0-9]' many.txt) = 241"),
                     0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        in_folder(another_place_gives_the_same_bytes),
        in_folder(a_full_device_is_a_failure),
        in_folder(watch_ends_where_its_address_cannot_be_printed),
        in_folder(a_closed_pipe_is_a_failure),
        in_folder(a_closed_standard_output_is_a_failure),
        in_folder(a_full_disk_leaves_no_short_file),
        in_folder(a_full_disk_keeps_what_was_there),
        in_folder(layout_that_fails),
        in_folder(layout_that_dies),
        in_folder(layout_that_has_no_memory),
        in_folder(layout_that_reads_nothing),
        in_folder(layout_that_prints_nothing),
        in_folder(layout_that_prints_garbage),
        in_folder(layout_that_prints_half),
        in_folder(layout_that_lies),
        in_folder(layout_that_is_not_there),
        in_folder(layouts_that_hang),
        in_folder(layout_that_never_ends_printing),
        in_folder(many_models_take_the_memory_of_one),
    };
    int failed = cmocka_run_group_tests_name("environment", tests, NULL, NULL);
    if (getenv("SLOW"))
        failed += run_slow();
    return failed != 0;
}
