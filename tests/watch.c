/* `stridec watch` as a browser and an editor see it: what is served to whom, saves of all kinds,
 * many connections, many rounds. With SLOW=1 there are 1,000 rounds. */
// SPDX-License-Identifier: MIT
#include "watching/visitor.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- what is served ---------------------------------------------------------------------- */

static void the_page_is_served(void **state) {
    struct watch watch = watch_good();
    (void)state;
    await_page(&watch, "<svg");
    assert_true(page_has(&watch, "connect-src 'self'"));
    assert_true(page_has(&watch, "EventSource"));
    assert_true(page_has(&watch, "Cache-Control: no-store"));
    assert_true(page_has(&watch, "frame-ancestors 'none'"));
    finish(&watch);
}

static void nothing_else_is_served(void **state) {
    struct watch watch = watch_good();
    char *page = path_to(&watch, ""), *above = path_to(&watch, "../m.dfd");
    char *other = path_to(&watch, "m.dfd"), *wrong = path_to(&watch, "");
    (void)state;
    wrong[1] = wrong[1] == '0' ? '1' : '0';
    assert_int_equal(ask(&watch, "GET", page, own_host), 200);
    const char *const paths[] = {"/", "/m.dfd", "/events", "//", other, above, wrong};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(ask(&watch, "GET", paths[i], own_host), 404);
    page[33] = 0; /* the page has a slash at its end */
    assert_int_equal(ask(&watch, "GET", page, own_host), 404);
    free(page);
    free(above);
    free(other);
    free(wrong);
    finish(&watch);
}

static void only_get_is_answered(void **state) {
    static const char *const methods[] = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"};
    struct watch watch = watch_good();
    char *page = path_to(&watch, "");
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        assert_int_equal(ask(&watch, methods[i], page, own_host), 405);
    free(page);
    finish(&watch);
}

static void strangers_are_refused(void **state) {
    static const struct {
        int status;
        const char *headers;
    } visits[] = {
        {200, "Host: localhost:%u\r\n"},
        {200, "Host: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\n"},
        {403, "Host: evil.example:%u\r\n"},
        {403, "Host: 127.0.0.1:%u.evil.example\r\n"},
        {403, "Host: 127.0.0.1\r\n"},
        {403, "Host: [::1]:%u\r\n"},
        {403, "Host: \r\n"},
        {403, "Host: 127.0.0.1:%u\r\nHost: evil.example\r\n"},
        {403, "Host: 127.0.0.1:%u\r\nOrigin: http://evil.example\r\n"},
        {403, "Host: 127.0.0.1:%u\r\nOrigin: https://127.0.0.1:%u\r\n"},
        {403, "Host: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:1\r\n"},
        {403, "Host: 127.0.0.1:%u\r\nOrigin: null\r\n"},
    };
    static const char *const names[] = {"", "events"};
    struct watch watch = watch_good();
    (void)state;
    for (size_t i = 0; i < sizeof visits / sizeof *visits; i++) {
        for (size_t j = visits[i].status == 200; j < 2; j++) {
            char *path = path_to(&watch, names[visits[i].status == 200 ? 0 : j]);
            assert_int_equal(ask(&watch, "GET", path, visits[i].headers), visits[i].status);
            free(path);
        }
    }
    finish(&watch);
}

/* Headers without end are cut off, and no body is read. */
static void requests_are_bounded(void **state) {
    struct watch watch = watch_good();
    size_t length = (size_t)1 << 22;
    char *much = malloc(length + 1), *path = path_to(&watch, "");
    (void)state;
    assert_non_null(much);
    memset(much, 'x', length);
    much[length] = 0;
    char *host = format(own_host, watch.port);
    int connection = open_connection(&watch);
    char *head = format("GET %s HTTP/1.1\r\n%sX: ", path, host);
    send_text(connection, head, strlen(head));
    send_text(connection, much, length);
    struct text answer = answer_on(connection);
    assert_int_not_equal(status_of(&answer), 200);
    free(answer.at);
    char *headers = format("%sContent-Length: %zu\r\n", host, length);
    connection = send_request(&watch, "POST", path, headers);
    answer = answer_on(connection); /* before any of the body was sent */
    assert_int_equal(status_of(&answer), 405);
    free(answer.at);
    free(headers);
    free(head);
    free(host);
    free(path);
    free(much);
    assert_true(page_has(&watch, "First"));
    finish(&watch);
}

static void a_hundred_connections_are_served_at_once(void **state) {
    enum { MANY = 100 };
    struct watch watch = watch_good();
    int connections[MANY];
    char *path = path_to(&watch, ""), *host = format(own_host, watch.port);
    char *request = format("GET %s HTTP/1.1\r\nConnection: close\r\n%s\r\n", path, host);
    (void)state;
    await_page(&watch, "<svg");
    for (size_t i = 0; i < MANY; i++)
        connections[i] = open_connection(&watch);
    for (size_t i = 0; i < MANY; i++)
        send_text(connections[i], request, strlen(request));
    for (size_t i = 0; i < MANY; i++) {
        struct text answer = answer_on(connections[i]);
        assert_int_equal(status_of(&answer), 200);
        assert_non_null(strstr(answer.at, "</html>"));
        free(answer.at);
    }
    free(request);
    free(host);
    free(path);
    finish(&watch);
}

/* Pages that listen leave room for others. */
static void streams_are_bounded(void **state) {
    enum { MANY = 100 };
    struct watch watch = watch_good();
    int streams[MANY], refused = 0;
    (void)state;
    await_page(&watch, "<svg");
    for (size_t i = 0; i < MANY; i++) {
        struct text answer = {0};
        streams[i] = open_stream(&watch);
        while (!answer.at || !strstr(answer.at, "\r\n\r\n"))
            assert_true(take_some(streams[i], &answer));
        refused += status_of(&answer) == 503;
        free(answer.at);
    }
    assert_int_equal(refused, 4);
    assert_true(page_has(&watch, "First"));
    for (size_t i = 0; i < MANY; i++)
        close(streams[i]);
    finish(&watch);
}

/* ---- saves ------------------------------------------------------------------------------- */

static void a_save_is_told(void **state) {
    struct watch watch = watch_good();
    (void)state;
    hear(&watch, "event: number\ndata: 2\n");
    save_named(&watch, "Second");
    hear(&watch, "event: number\ndata: 3\n");
    assert_true(page_has(&watch, "Second"));
    finish(&watch);
}

/* As most editors save: a new file takes the place of the old one. */
static void a_save_by_renaming_is_told(void **state) {
    struct watch watch = watch_good();
    char *text = format(GOOD, "Renamed");
    char *new = format("%s/.m.dfd.swp", watch.folder), *path = format("%s/m.dfd", watch.folder);
    char *old = format("%s/m.dfd~", watch.folder);
    (void)state;
    hear(&watch, "event: number\ndata: 2\n");
    write_file(new, text, strlen(text));
    assert_int_equal(rename(new, path), 0);
    hear(&watch, "event: number\ndata: 3\n");
    assert_true(page_has(&watch, "Renamed"));
    assert_int_equal(rename(path, old), 0);
    save_named(&watch, "Again");
    hear(&watch, "event: number\ndata: 4\n");
    assert_true(page_has(&watch, "Again"));
    free(text);
    free(new);
    free(path);
    free(old);
    finish(&watch);
}

static void a_save_where_a_link_leads_is_told(void **state) {
    char *folder = make_folder(), *link = format("%s/m.dfd", folder);
    char *text = format(GOOD, "First"), *other = format(GOOD, "Elsewhere");
    (void)state;
    save_in(folder, "real/n.dfd", text);
    assert_int_equal(symlink("real/n.dfd", link), 0);
    struct watch watch = watch_in(folder, "m.dfd");
    hear(&watch, "event: number\ndata: 2\n");
    save_in(folder, "real/n.dfd", other);
    hear(&watch, "event: number\ndata: 3\n");
    assert_true(page_has(&watch, "Elsewhere"));
    free(text);
    free(other);
    free(link);
    finish(&watch);
}

/* A folder of a network says nothing of what others save in it, and the system may refuse. */
static void a_save_is_told_without_events(void **state) {
    (void)state;
    events_are_refused = true;
    struct watch watch = watch_good();
    events_are_refused = false;
    hear(&watch, "event: number\ndata: 2\n");
    save_named(&watch, "Second");
    hear(&watch, "event: number\ndata: 3\n");
    finish(&watch);
}

/* As when a branch is checked out that does not have it, and then one that has. */
static void a_folder_that_goes_and_comes_is_told(void **state) {
    char *folder = make_folder(), *text = format(GOOD, "First");
    char *deep = format("%s/a/b", folder), *above = format("%s/a", folder);
    (void)state;
    save_in(deep, "m.dfd", text);
    struct watch watch = watch_in(folder, "a/b/m.dfd");
    hear(&watch, "event: number\ndata: 2\n");
    remove_folder(above);
    hear(&watch, "data: stridec: a/b/m.dfd: No such file");
    free(text);
    text = format(GOOD, "Back");
    save_in(deep, "m.dfd", text);
    hear(&watch, "event: number\ndata: 3\n");
    assert_true(page_has(&watch, "Back"));
    free(text);
    free(deep);
    free(above);
    finish(&watch);
}

/* Its folder is not there at first, either. */
static void an_import_that_appears_is_told(void **state) {
    char *folder = make_folder();
    (void)state;
    save_in(folder, "m.dfd",
            "import \"parts/deep/n.dfd\" as n\nexternal a \"A\"\nflow f = a -> n.q\n");
    struct watch watch = watch_in(folder, "m.dfd");
    hear(&watch, "parts/deep/n.dfd");
    assert_true(page_has(&watch, "as soon as it can be made"));
    save_in(watch.folder, "parts/deep/n.dfd", "process q \"Imported\"\n");
    hear(&watch, "event: number\ndata: 2\n");
    await_page(&watch, "Imported");
    save_in(watch.folder, "parts/deep/n.dfd", "process q \"Changed\"\n");
    hear(&watch, "event: number\ndata: 3\n");
    assert_true(page_has(&watch, "Changed"));
    finish(&watch);
}

static void decisions_that_appear_are_told(void **state) {
    struct watch watch = watch_good();
    (void)state;
    hear(&watch, "event: number\ndata: 2\n");
    save_in(watch.folder, "m.triage.dfd", "nonsense here\n");
    hear(&watch, "m.triage.dfd:1");
    save_in(watch.folder, "m.triage.dfd", "");
    hear(&watch, "event: problems\ndata: \n");
    save_in(watch.folder, "m.triage/more.dfd", "more nonsense\n");
    hear(&watch, "m.triage/more.dfd:1");
    save_in(watch.folder, "m.triage/more.dfd", "");
    hear(&watch, "event: problems\ndata: \n");
    save_in(watch.folder, "m.triage/third.dfd", "third nonsense\n");
    hear(&watch, "m.triage/third.dfd:1");
    finish(&watch);
}

/* What the page says of a fact depends on the file that shows it. */
static void a_save_of_evidence_is_told(void **state) {
    char *folder = make_folder();
    (void)state;
    save_in(folder, ".git/HEAD", ""); /* a root above the model */
    save_in(folder, "src/hooks.c", "int nothing;\n");
    save_in(folder, "models/m.dfd",
            "external a \"A\"\nprocess p \"P\" { logs: central; evidence { logs: "
            "\"src/hooks.c#one_handler\" } }\nflow f = a -> p : \"buys\"\n");
    struct watch watch = watch_in(folder, "models/m.dfd");
    hear(&watch, "event: number\ndata: 2\n");
    assert_true(page_has(&watch, "the file does not have it"));
    save_in(folder, "src/hooks.c", "int one_handler;\n");
    hear(&watch, "event: number\ndata: 3\n");
    assert_false(page_has(&watch, "the file does not have it"));
    finish(&watch);
}

/* ---- mistakes ---------------------------------------------------------------------------- */

static void a_mistake_is_shown_beside_the_last_page(void **state) {
    struct watch watch = watch_good();
    (void)state;
    hear(&watch, "event: number\ndata: 2\n");
    save(&watch, "external a \"A\"\nflow f = a -> nobody\n");
    hear(&watch, "event: number\ndata: 2\n\nevent: problems\ndata: m.dfd:2:15: error: ");
    hear(&watch, "^");
    assert_true(page_has(&watch, "First"));
    save_named(&watch, "First");
    hear(&watch, "event: number\ndata: 2\n\nevent: problems\ndata: \n");
    char *path = format("%s/m.dfd", watch.folder);
    assert_int_equal(unlink(path), 0);
    hear(&watch, "data: stridec: m.dfd: No such file");
    save_named(&watch, "Mended");
    hear(&watch, "event: number\ndata: 3\n\nevent: problems\ndata: \n");
    assert_true(page_has(&watch, "Mended"));
    free(path);
    finish(&watch);
}

static void a_model_may_come_later(void **state) {
    struct watch watch = watch_in(make_folder(), "m.dfd");
    (void)state;
    hear(&watch, "data: stridec: m.dfd: No such file");
    assert_true(page_has(&watch, "as soon as it can be made"));
    save_named(&watch, "Late");
    hear(&watch, "event: number\ndata: 2\n");
    assert_true(page_has(&watch, "Late"));
    finish(&watch);
}

/* ---- the whole --------------------------------------------------------------------------- */

static size_t count_files(const char *folder) {
    size_t count = 0;
    DIR *opened = opendir(folder);
    assert_non_null(opened);
    while (readdir(opened))
        count++;
    closedir(opened);
    return count - 2; /* "." and ".." */
}

static void no_file_is_written_and_it_ends_in_peace(void **state) {
    struct watch watch = watch_good();
    struct text rest = {0};
    (void)state;
    hear(&watch, "event: number\ndata: 2\n");
    save_named(&watch, "Second");
    hear(&watch, "event: number\ndata: 3\n");
    assert_int_equal(count_files(watch.folder), 3); /* the model, and what we keep of its output */
    int stream = watch.stream;
    watch.stream = -1;
    finish(&watch);
    while (take_some(stream, &rest))
        ;
    close(stream);
    free(rest.at);
}

static void files_are_built_where_that_is_wanted(void **state) {
    char *folder = make_folder(), *text = format(GOOD, "First");
    (void)state;
    save_in(folder, "m.dfd", text);
    struct watch watch = watch_in(folder, "--build m.dfd");
    char *document = format("%s/THREAT-MODEL.md", folder), *picture = format("%s/m.svg", folder);
    hear(&watch, "event: number\ndata: 2\n");
    assert_true(file_exists(document) && file_exists(picture));
    save_named(&watch, "Second");
    hear(&watch, "event: number\ndata: 3\n");
    struct text built = read_file(document);
    assert_non_null(strstr(built.at, "Second"));
    assert_int_equal(count_files(folder), 5); /* a round is not caused by what it has written */
    write_file(document, "mine", 4);
    save_named(&watch, "Third");
    hear(&watch, "THREAT-MODEL.md: not made by stridec, so left as it is");
    assert_true(page_has(&watch, "Third"));
    free(built.at);
    free(text);
    free(document);
    free(picture);
    finish(&watch);
}

static size_t memory_of(pid_t process) {
    char *path = format("/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    char line[256];
    size_t kib = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        (void)!sscanf(line, "VmRSS: %zu", &kib);
    fclose(file);
    free(path);
    assert_true(kib > 0);
    return kib;
}

/* In such pieces memory comes and goes: which of them is whole at a moment says nothing. A page
 * that was never freed would take a dozen of them in twenty rounds. */
#define HUGE_PAGE_KIB 2048

/* The least of what it has in a while: it may be making a page meanwhile, or still have an old one
 * that somebody reads. */
static size_t memory_at_rest(pid_t process) {
    size_t least = memory_of(process);
    for (int i = 0; i < 40; i++, doze()) {
        size_t now = memory_of(process);
        least = now < least ? now : least;
    }
    return least;
}

static size_t descriptors_of(pid_t process) {
    char *path = format("/proc/%d/fd", (int)process);
    size_t count = count_files(path);
    free(path);
    return count;
}

/* Each round has a page that is loaded, a mistake and another folder. */
static void many_rounds_take_no_more_than_a_few(void **state) {
    int rounds = getenv("SLOW") ? 1000 : 30, warm = rounds / 3;
    struct watch watch = watch_good();
    size_t memory = 0, descriptors = 0;
    (void)state, (void)memory;
    hear(&watch, "event: number\ndata: 2\n");
    for (int i = 0; i < rounds; i++) {
        char *title = format("Round %d", i), *number = format("event: number\ndata: %d\n", i + 3);
        char *import = format("import \"f%d/n.dfd\" as n\n", i % 7);
        save(&watch, import);
        hear(&watch, "n.dfd");
        save_named(&watch, title);
        hear(&watch, number);
        assert_true(page_has(&watch, title));
        if (i == warm) {
            memory = memory_at_rest(watch.process);
            descriptors = descriptors_of(watch.process);
        }
        free(import);
        free(number);
        free(title);
    }
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed */
    assert_in_range(memory_at_rest(watch.process), 1, memory + 3 * HUGE_PAGE_KIB);
#endif
    /* what was open for the last page may not be closed yet */
    for (time_t begun = time(NULL); descriptors_of(watch.process) > descriptors; doze())
        assert_true(time(NULL) < begun + PATIENCE);
    finish(&watch);
}

static char *text_of_variable(const char *name) {
    const char *value = getenv(name);
    return format("%s", value ? value : "");
}

/* By xdg-open of an absolute folder of PATH, never by one where it runs. */
static void the_browser_is_opened_where_that_is_wanted(void **state) {
    static const char program[] = "#!/bin/sh\necho \"$#:$1\" >opened.new; mv opened.new opened\n";
    static const char wrong[] = "#!/bin/sh\n>wrong\n";
    char *folder = make_folder(), *path = text_of_variable("PATH");
    char *bin = format("%s/bin", folder), *opener = format("%s/xdg-open", bin);
    char *here = format("%s/xdg-open", folder), *told = format("%s/opened", folder);
    char *strange = format("%s/wrong", folder);
    (void)state;
    make_folders_for(opener);
    write_file(opener, program, sizeof program - 1);
    write_file(here, wrong, sizeof wrong - 1);
    assert_int_equal(chmod(opener, 0755) | chmod(here, 0755), 0);
    char *extended = format(".::%s:%s", bin, path);
    assert_int_equal(setenv("PATH", extended, 1), 0);
    struct watch watch = watch_in(folder, "--open m.dfd");
    assert_int_equal(setenv("PATH", path, 1), 0);
    for (time_t begun = time(NULL); !file_exists(told); doze())
        assert_true(time(NULL) < begun + PATIENCE);
    struct text said = read_file(told);
    char *expected = format("1:http://127.0.0.1:%u/%s/\n", watch.port, watch.token);
    assert_string_equal(said.at, expected);
    assert_false(file_exists(strange));
    free(said.at);
    free(expected);
    free(extended);
    free(strange);
    free(told);
    free(here);
    free(opener);
    free(bin);
    free(path);
    finish(&watch);
}

/* ---- misuse ------------------------------------------------------------------------------ */

static void a_port_that_is_taken_is_a_failure(void **state) {
    struct watch watch = watch_good();
    char *script = format("stridec watch --port %u m.dfd 2>second; echo $?", watch.port);
    char *path = format("%s/second", watch.folder), *out = format("%s/code", watch.folder);
    (void)state;
    const struct command command = {.folder = watch.folder, .script = script, .output = out};
    assert_int_equal(run_command(&command), 0);
    struct text said = read_file(path), code = read_file(out);
    assert_string_equal(code.at, "4\n");
    assert_non_null(strstr(said.at, "Address already in use"));
    free(said.at);
    free(code.at);
    free(out);
    free(path);
    free(script);
    finish(&watch);
}

/* The address comes at once, or the end. */
static bool is_built_without(void) {
    char *folder = make_folder(), *path = format("%s/err", folder);
    const struct command command = {.folder = folder,
                                    .script = "mkfifo address; stridec watch m.dfd >address & "
                                              "read -r line <address; kill $!; wait $!",
                                    .error = path};
    (void)run_command(&command);
    struct text said = read_if_there(path);
    bool without = said.at && strstr(said.at, "libmicrohttpd");
    free(said.at);
    free(path);
    remove_folder(folder);
    free(folder);
    return without;
}

#define TEST(function) cmocka_unit_test(function)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_page_is_served),
        TEST(nothing_else_is_served),
        TEST(only_get_is_answered),
        TEST(strangers_are_refused),
        TEST(requests_are_bounded),
        TEST(a_hundred_connections_are_served_at_once),
        TEST(streams_are_bounded),
        TEST(a_save_is_told),
        TEST(a_save_by_renaming_is_told),
        TEST(a_save_where_a_link_leads_is_told),
        TEST(a_save_is_told_without_events),
        TEST(a_folder_that_goes_and_comes_is_told),
        TEST(an_import_that_appears_is_told),
        TEST(decisions_that_appear_are_told),
        TEST(a_save_of_evidence_is_told),
        TEST(a_mistake_is_shown_beside_the_last_page),
        TEST(a_model_may_come_later),
        TEST(no_file_is_written_and_it_ends_in_peace),
        TEST(files_are_built_where_that_is_wanted),
        TEST(the_browser_is_opened_where_that_is_wanted),
        TEST(many_rounds_take_no_more_than_a_few),
        TEST(a_port_that_is_taken_is_a_failure),
    };
    if (is_built_without()) {
        puts("libmicrohttpd is not here: watch is not tried");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
