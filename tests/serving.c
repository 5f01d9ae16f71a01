/* The layout program that draws one picture after the other: what becomes of one of them says
 * nothing about the next, be it that Graphviz dies of it, that the program does, or that it answers
 * anything but what it was asked. It is there as long as it is needed. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE
#include "stridec.h"
#include "support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- models ------------------------------------------------------------------------------ */

#define ZONES 5u
#define MANY_ZONES 26u /* so many pages are drawn in another way */
#define PER_ZONE 12u

static void say(struct text *text, const char *pattern, size_t a, size_t b, size_t c) {
    char line[160];
    int length = snprintf(line, sizeof line, pattern, a, b, c);
    text_add(text, line, (size_t)length);
}

/* Too large for one picture: a page for each zone. Some flows go far. */
static struct text large_model(size_t zones, size_t far) {
    struct text text = {0};
    const size_t count = zones * PER_ZONE;
    say(&text, "model large \"Large\" { allow: [W0401, W0402, W0403, W0404, W0405, W0406] }\n", 0,
        0, 0);
    for (size_t i = 0; i < count; i++) {
        if (i % PER_ZONE == 0)
            say(&text, "boundary z%zu \"Zone %zu\" {\n", i / PER_ZONE, i / PER_ZONE, 0);
        say(&text, "  process e%zu \"Service %zu\"\n", i, i, 0);
        if (i % PER_ZONE == PER_ZONE - 1)
            say(&text, "}\n", 0, 0, 0);
    }
    for (size_t i = 0; i < count; i++) {
        say(&text, "flow f%zu = e%zu -> e%zu : \"call\"\n", i, i, (i + 1) % count);
        for (size_t j = 1; j <= far; j++)
            say(&text, "flow g%zu = e%zu -> e%zu : \"call\"\n", i * far + j, i,
                (i + j * (j + 4) * PER_ZONE + 5 * j) % count);
    }
    return text;
}

static void put_model(const char *folder, size_t zones) {
    struct text model = large_model(zones, 0);
    put_in(folder, "m.dfd", model.at);
    free(model.at);
}

static int run_in(const char *folder, const char *script) {
    char *output = format("%s/printed", folder), *error = format("%s/errors", folder);
    int status = run_command(&(struct command){
        .folder = folder, .script = script, .output = output, .error = error, .seconds = 120});
    free(output);
    free(error);
    return status;
}

static size_t lines_in(const char *folder, const char *name) {
    char *text = text_in(folder, name);
    size_t count = 0;
    for (const char *at = text; *at; at++)
        count += *at == '\n';
    free(text);
    return count;
}

static bool holds(const char *folder, const char *name, const char *wanted) {
    char *text = text_in(folder, name);
    bool found = strstr(text, wanted) != NULL;
    free(text);
    return found;
}

/* ---- requests to the program ------------------------------------------------------------- */

/* $1: the DOT. */
#define ASK "ask() { echo \"stridec-layout ${#1} 0\" && echo -n \"$1\"; }; "
#define GOOD "'digraph { a -> b }'"

/* Asks for `script`, between two good ones, and expects these first lines of answers. */
static void expect_answers(const char *folder, const char *limits, const char *between,
                           const char *middle) {
    char *script = format(
        ASK
        "%s; { ask " GOOD "; %s; ask " GOOD "; } | stridec-layout >answers 2>said; "
        "grep -aoE '^(picture|small|problem) [0-9]+|it died of signal [0-9]+|out of memory|"
        "syntax error|</svg>' answers >words; "
        "grep -qE '^picture' words && test $(grep -c '</svg>' words) = 2 && grep -qE '%s' words",
        limits, between, middle);
    if (run_in(folder, script) != 0) {
        char *words = text_in(folder, "words"), *said = text_in(folder, "said");
        fail_msg("%s: %s%s", between, words, said);
    }
    free(script);
}

static bool is_sanitized(void) {
    return run_command(&(struct command){
               .script = "grep -q __asan_init \"$(command -v stridec-layout)\""}) == 0;
}

static void a_request_says_nothing_about_the_next(void **state) {
    expect_answers(*state, ":", "ask 'digraph {'", "^problem");
    expect_answers(*state, ":", "ask ''", "^problem");
    expect_answers(*state, ":", "ask 'digraph { a -> b'", "syntax error");
}

/* A great many elements, more than what there is of memory or time. */
#define MANY "ask \"digraph { $(seq -s ';' 1 20000) }\""
#define TANGLE                                                                                     \
    "ask \"digraph { $(for i in $(seq 1 400); do for j in 1 2 3 4 5 6 7; do echo "                 \
    "\"$i -> $((i * j * 31 % 400))\"; done; done) }\""

static void a_picture_that_takes_all_memory_dies_alone(void **state) {
    if (is_sanitized())
        skip();
    expect_answers(*state, "ulimit -v 50000", MANY, "out of memory|it died of signal");
}

/* A limit of time is whole seconds of a processor. The death is the same as that of the memory. */
static void a_picture_that_takes_too_long_dies_alone(void **state) {
    if (is_sanitized() || !getenv("SLOW"))
        skip();
    expect_answers(*state, "ulimit -t 1", TANGLE, "it died of signal");
}

static void what_is_no_request_ends_the_program(void **state) {
    static const char *const inputs[] = {"stridec-layout x\\n", "stridec-layout 10 0\\ndigraph",
                                         "stridec-layout 99999999999 0\\n", "stridec-layout 3"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        char *script = format("printf '%s' | stridec-layout 2>said; test $? = 3 && "
                              "grep -q 'a request' said",
                              inputs[i]);
        if (run_in(*state, script) != 0)
            fail_msg("'%s' is taken", inputs[i]);
        free(script);
    }
}

/* ---- programs that fail at one page ------------------------------------------------------ */

static char *kept; /* a folder with the answers that ours has given, by the sum of what was asked */

static int keep_answers(void **state) {
    (void)state;
    kept = make_folder();
    return 0;
}

static int forget_answers(void **state) {
    (void)state;
    remove_folder(kept);
    free(kept);
    return 0;
}

/* Writes ./stridec-layout, which hands each request on to ours, or gives the answer that ours gave
 * to the same request before; but for the page of zone 3. */
static void put_program(const char *folder, const char *at_zone_3) {
    char *script =
        format("#!/bin/sh\ncd '%s'\necho $$ >>started\n"
               "while read -r word length least; do\n"
               "  head -c \"$length\" >dot.$$\n"
               "  if grep -q 'Zone 3: ' dot.$$; then :; %s; fi\n"
               "  sum=$(cksum dot.$$) kept='%s'/$least-${sum%%%% dot*}\n"
               "  [ -e \"$kept\" ] || {\n"
               "    { printf '%%s %%s %%s\\n' \"$word\" \"$length\" \"$least\"; cat dot.$$; } | "
               "'%s/stridec-layout' >\"$kept.$$\" && mv \"$kept.$$\" \"$kept\"\n"
               "  }\n"
               "  tee -a answers <\"$kept\"\n"
               "done\n",
               folder, at_zone_3, kept, build_folder());
    put_in(folder, "stridec-layout", script);
    assert_int_equal(run_in(folder, "chmod +x stridec-layout"), 0);
    free(script);
}

static void expect_others(const char *folder, const char *what) {
    for (unsigned i = 0; i < ZONES; i++) {
        char *name = format("m.z%u.svg", i);
        if (!is_there(folder, name) || holds(folder, name, "As a table") != (i == 3))
            fail_msg("%s: %s is %s", what, name, i == 3 ? "no table" : "a table, or not there");
        free(name);
    }
    if (run_in(folder, "for pid in $(cat started); do ! kill -0 $pid 2>/dev/null || exit 1; done"))
        fail_msg("%s: a process is left", what);
}

static void a_page_that_fails_leaves_the_others(void **state) {
    static const struct {
        const char *at_zone_3, *said;
    } ways[] = {
        {"kill -SEGV $$", "the layout program died of signal 11"},
        {"exit 0", "the layout program wrote nothing and ended with exit code 0"},
        {"echo no luck >&2; exit 1", "the layout program says: no luck"},
        {"sleep 100", "the layout program did not finish in 1 s"},
        {"echo nonsense", "the layout program did not write an answer"},
        {"head -c 2000 /dev/zero", "the layout program did not write an answer"},
        {"printf 'picture 12x\\n'", "the layout program did not write an answer"},
        {"printf 'picture 5\\nhello and more'", "the layout program wrote more than its answer"},
        {"printf 'picture 5\\nhello'; continue", "the layout program did not write SVG"},
        {"printf 'picture 50\\nhello'; exit 0", "the layout program wrote nothing and ended"},
        {"printf 'picture 999999999\\n'; exec yes", "the layout program wrote more than"},
        {"printf 'problem 7\\nno luck'; continue", "the layout program says: no luck"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char *folder = make_folder();
        put_model(folder, ZONES);
        put_program(folder, ways[i].at_zone_3);
        int status = run_in(folder, "stridec build --layout ./stridec-layout --layout-seconds "
                                    "$([ \"$(grep -c 'sleep 100' stridec-layout)\" = 1 ] && echo 1 "
                                    "|| echo 20) m.dfd");
        if (status != 0 || !holds(folder, "errors", ways[i].said)) {
            char *errors = text_in(folder, "errors");
            fail_msg("%s: exit status %d, %s", ways[i].at_zone_3, status, errors);
        }
        expect_others(folder, ways[i].at_zone_3);
        remove_folder(folder);
        free(folder);
    }
    (void)state;
}

/* ---- how many programs ------------------------------------------------------------------- */

static void a_report_is_drawn_by_one_program(void **state) {
    put_model(*state, ZONES);
    put_program(*state, ":");
    assert_int_equal(run_in(*state, "stridec report --layout ./stridec-layout m.dfd"), 0);
    assert_int_equal(lines_in(*state, "started"), 1);
}

/* One for the overview, and one for each process that draws pages. */
static void pages_share_programs(void **state) {
    put_model(*state, 2 * ZONES); /* more pages than what may be started for them */
    put_program(*state, ":");
    assert_int_equal(run_in(*state, "stridec build --layout ./stridec-layout m.dfd"), 0);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t most = 1 + (size_t)(processors > 8 ? 8 : processors);
    assert_in_range(lines_in(*state, "started"), 1, most);
}

/* ---- a host ------------------------------------------------------------------------------ */

static stridec *compile(const stridec_config *config, const struct text *model) {
    stridec *compilation = stridec_new(config);
    assert_non_null(compilation);
    assert_int_equal(stridec_compile(compilation, "m.dfd", model->at, model->length), STRIDEC_OK);
    return compilation;
}

static struct text draw_page(stridec *compilation, const char *program, const char *page,
                             bool more) {
    struct text svg = {0};
    const stridec_output wanted = {.size = sizeof wanted,
                                   .layout = program,
                                   .page = page,
                                   .picture = "m.svg",
                                   .page_pictures = "m.*.svg",
                                   .more = more};
    assert_int_equal(stridec_emit(compilation, "svg", &wanted, text_take, &svg), STRIDEC_OK);
    assert_true(svg.length > 0);
    return svg;
}

static bool is_running(const char *folder) {
    return run_in(folder, "kill -0 $(tail -n 1 started) 2>/dev/null") == 0;
}

static void the_program_is_there_while_it_is_needed(void **state) {
    struct text model = large_model(ZONES, 0);
    put_program(*state, ":");
    char *program = format("%s/stridec-layout", (const char *)*state);
    stridec *compilation = compile(NULL, &model);
    free(draw_page(compilation, program, NULL, true).at);
    assert_true(is_running(*state));
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    assert_false(stridec_diagnostic_at(compilation, SIZE_MAX, &diagnostic));
    assert_true(is_running(*state));
    free(draw_page(compilation, program, "z1", true).at);
    assert_int_equal(lines_in(*state, "started"), 1);
    free(draw_page(compilation, program, "z2", false).at);
    assert_int_equal(lines_in(*state, "started"), 1);
    assert_false(is_running(*state));
    free(draw_page(compilation, program, "z1", true).at);
    assert_int_equal(lines_in(*state, "started"), 2);
    assert_true(is_running(*state));
    stridec_free(compilation);
    assert_false(is_running(*state));
    free(program), free(model.at);
}

/* One that somebody has ended meanwhile is started again; another path is another program. */
static void a_program_that_has_gone_is_started_again(void **state) {
    struct text model = large_model(ZONES, 0);
    put_program(*state, ":");
    assert_int_equal(run_in(*state, "mkdir b && cp stridec-layout b"), 0);
    char *program = format("%s/stridec-layout", (const char *)*state);
    char *other = format("%s/b/stridec-layout", (const char *)*state);
    stridec *compilation = compile(NULL, &model);
    struct text first = draw_page(compilation, program, "z1", true);
    assert_int_equal(run_in(*state, "kill -9 $(cat started)"), 0);
    struct text again = draw_page(compilation, program, "z1", true);
    assert_string_equal(first.at, again.at);
    assert_int_equal(lines_in(*state, "started"), 2);
    free(again.at);
    again = draw_page(compilation, other, "z1", true);
    assert_string_equal(first.at, again.at);
    assert_int_equal(lines_in(*state, "started"), 3);
    stridec_free(compilation);
    assert_int_equal(run_in(*state, "for pid in $(cat started); do ! kill -0 $pid || exit 1; done"),
                     0);
    free(first.at), free(again.at), free(program), free(other), free(model.at);
}

/* A copy of the host draws by a program of its own, and leaves that of the host alone. */
static void a_copy_of_the_host_starts_its_own(void **state) {
    struct text model = large_model(ZONES, 0);
    put_program(*state, ":");
    char *program = format("%s/stridec-layout", (const char *)*state);
    stridec *compilation = compile(NULL, &model);
    struct text before = draw_page(compilation, program, "z1", true);
    pid_t child = fork();
    if (child == 0) {
        struct text svg = draw_page(compilation, program, "z1", true);
        bool same = strcmp(svg.at, before.at) == 0;
        stridec_free(compilation);
        _exit(same ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(lines_in(*state, "started"), 2);
    struct text after = draw_page(compilation, program, "z1", true);
    assert_string_equal(before.at, after.at);
    assert_int_equal(lines_in(*state, "started"), 2);
    stridec_free(compilation);
    free(before.at), free(after.at), free(program), free(model.at);
}

struct host {
    bool cancelled;
};

static bool is_cancelled(void *context) {
    const struct host *host = context;
    return host->cancelled;
}

static void a_call_that_fails_ends_it(void **state) {
    struct text model = large_model(ZONES, 0), svg = {0};
    struct host host = {false};
    const stridec_config config = {
        .size = sizeof config, .is_cancelled = is_cancelled, .cancel_context = &host};
    put_program(*state, ":");
    char *program = format("%s/stridec-layout", (const char *)*state);
    stridec *compilation = compile(&config, &model);
    free(draw_page(compilation, program, "z1", true).at);
    assert_true(is_running(*state));
    host.cancelled = true;
    const stridec_output wanted = {.size = sizeof wanted, .layout = program, .more = true};
    assert_int_equal(stridec_emit(compilation, "svg", &wanted, text_take, &svg), STRIDEC_CANCELLED);
    assert_false(is_running(*state));
    stridec_free(compilation);
    free(svg.at), free(program), free(model.at);
}

/* ---- the same pages ---------------------------------------------------------------------- */

/* A host's drawer draws each page to its end; the program stops where letters are too small. */
static const char *draw(void *context, const char *dot, size_t length, stridec_sink *take,
                        void *taker) {
    char *folder = make_folder(), *input = format("%s/dot", folder);
    (void)context;
    write_file(input, dot, length);
    int status = run_in(folder, "stridec-layout <dot >svg");
    char *svg = text_in(folder, "svg");
    take(taker, svg, strlen(svg));
    remove_folder(folder);
    free(folder), free(input), free(svg);
    return status ? "it cannot" : NULL;
}

static void what_is_too_small_is_so_when_it_is_drawn(void **state) {
    struct text model = large_model(MANY_ZONES, 3);
    put_program(*state, ":");
    char *version = graphviz_version();
    char *program = format("%s/stridec-layout", (const char *)*state);
    const stridec_config drawn = {.size = sizeof drawn, .draw = draw, .draw_version = version};
    stridec *one = compile(NULL, &model), *other = compile(&drawn, &model);
    const char *page = NULL;
    const size_t most = getenv("SLOW") ? SIZE_MAX : 7; /* among them both kinds */
    for (size_t i = 0; (i == 0 || page) && i < most; page = stridec_page_at(one, i++)) {
        struct text by_program = draw_page(one, program, page, true);
        struct text by_host = draw_page(other, NULL, page, false);
        if (strcmp(by_program.at, by_host.at) != 0)
            fail_msg("page %s: not the same", page ? page : "-");
        free(by_program.at), free(by_host.at);
    }
    stridec_free(one);
    stridec_free(other);
    assert_int_equal(run_in(*state, "grep -aq '^small ' answers && grep -aq '^picture ' answers"),
                     0);
    free(model.at), free(version), free(program);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_folder, close_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_request_says_nothing_about_the_next),
        TEST(a_picture_that_takes_all_memory_dies_alone),
        TEST(a_picture_that_takes_too_long_dies_alone),
        TEST(what_is_no_request_ends_the_program),
        TEST(a_page_that_fails_leaves_the_others),
        TEST(a_report_is_drawn_by_one_program),
        TEST(pages_share_programs),
        TEST(the_program_is_there_while_it_is_needed),
        TEST(a_program_that_has_gone_is_started_again),
        TEST(a_copy_of_the_host_starts_its_own),
        TEST(a_call_that_fails_ends_it),
        TEST(what_is_too_small_is_so_when_it_is_drawn),
    };
    return cmocka_run_group_tests_name("serving", tests, keep_answers, forget_answers);
}
