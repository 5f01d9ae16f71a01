/* The run, its requests and its events. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* SYS_inotify_init1 */
#include "watching/visitor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- the program ------------------------------------------------------------------------- */

void doze(void) {
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

void save_in(const char *folder, const char *name, const char *text) {
    char *path = format("%s/%s", folder, name);
    make_folders_for(path);
    write_file(path, text, strlen(text));
    free(path);
}

void save(const struct watch *watch, const char *text) {
    save_in(watch->folder, "m.dfd", text);
}

void save_named(const struct watch *watch, const char *title) {
    char *text = format(GOOD, title);
    save(watch, text);
    free(text);
}

bool events_are_refused;

/* As on a system where all that may be watched is. */
static bool refuse_events(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_inotify_init1, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EMFILE),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* The child dies with the test. */
static pid_t start(const char *folder, const char *arguments) {
    char *script = format("exec '%s/stridec' watch --allow W0402,W0410 %s >out 2>err",
                          build_folder(), arguments);
    pid_t child = fork();
    if (child == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && chdir(folder) == 0 &&
            (!events_are_refused || refuse_events()))
            execl("/bin/sh", "sh", "-c", script, (char *)NULL);
        _exit(127);
    }
    free(script);
    assert_true(child > 0);
    return child;
}

/* What it prints, when there is a line; or the end of the test. */
static void read_address(struct watch *watch) {
    char *out = format("%s/out", watch->folder);
    struct text said = {0};
    for (time_t begun = time(NULL); !said.at || !strchr(said.at, '\n');) {
        assert_true(time(NULL) < begun + PATIENCE);
        doze();
        free(said.at);
        said = read_if_there(out);
    }
    assert_int_equal(
        sscanf(said.at, "http://127.0.0.1:%u/%63[0-9a-f]/", &watch->port, watch->token), 2);
    assert_int_equal(strlen(watch->token), 32);
    free(said.at);
    free(out);
}

struct watch watch_in(char *folder, const char *arguments) {
    struct watch watch = {.folder = folder, .stream = -1};
    watch.process = start(folder, arguments);
    read_address(&watch);
    return watch;
}

/* Of a model that is fine. */
struct watch watch_good(void) {
    char *folder = make_folder(), *text = format(GOOD, "First");
    save_in(folder, "m.dfd", text);
    free(text);
    return watch_in(folder, "m.dfd");
}

void finish(struct watch *watch) {
    int status;
    assert_int_equal(kill(watch->process, SIGINT), 0);
    assert_int_equal(waitpid(watch->process, &status, 0), watch->process);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    if (watch->stream >= 0)
        close(watch->stream);
    free(watch->heard.at);
    remove_folder(watch->folder);
    free(watch->folder);
}

/* ---- requests ---------------------------------------------------------------------------- */

int open_connection(const struct watch *watch) {
    const struct sockaddr_in place = {.sin_family = AF_INET,
                                      .sin_port = htons((uint16_t)watch->port),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(connection >= 0);
    assert_int_equal(connect(connection, (const struct sockaddr *)&place, sizeof place), 0);
    return connection;
}

/* The other end may have refused already. */
void send_text(int connection, const char *text, size_t length) {
    while (length) {
        ssize_t sent = send(connection, text, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        length -= (size_t)sent;
    }
}

/* False at the end. */
bool take_some(int connection, struct text *text) {
    char part[4096];
    struct pollfd wait = {.fd = connection, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, PATIENCE * 1000), 1);
    ssize_t got = recv(connection, part, sizeof part, 0);
    if (got > 0)
        text_add(text, part, (size_t)got);
    return got > 0;
}

int send_request(const struct watch *watch, const char *method, const char *path,
                 const char *headers) {
    char *request = format("%s %s HTTP/1.1\r\nConnection: close\r\n%s\r\n", method, path, headers);
    int connection = open_connection(watch);
    send_text(connection, request, strlen(request));
    free(request);
    return connection;
}

struct text answer_on(int connection) {
    struct text answer = {0};
    while (take_some(connection, &answer))
        ;
    close(connection);
    return answer;
}

/* "/TOKEN/NAME" */
char *path_to(const struct watch *watch, const char *name) {
    return format("/%s/%s", watch->token, name);
}

int status_of(const struct text *answer) {
    int status = 0;
    return answer->at && sscanf(answer->at, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

/* The status of a request with these headers, in which %u is the port. */
int ask(const struct watch *watch, const char *method, const char *path, const char *headers) {
    char *filled = format(headers, watch->port, watch->port);
    struct text answer = answer_on(send_request(watch, method, path, filled));
    int status = status_of(&answer);
    if (status != 200 && answer.at)
        assert_null(strstr(answer.at, watch->token));
    free(answer.at);
    free(filled);
    return status;
}

const char own_host[] = "Host: 127.0.0.1:%u\r\n";

static struct text page_of(const struct watch *watch) {
    char *path = path_to(watch, ""), *host = format(own_host, watch->port);
    struct text answer = answer_on(send_request(watch, "GET", path, host));
    assert_int_equal(status_of(&answer), 200);
    free(host);
    free(path);
    return answer;
}

/* Whether the page that is served now holds a text. */
bool page_has(const struct watch *watch, const char *text) {
    struct text page = page_of(watch);
    bool has = strstr(page.at, text);
    free(page.at);
    return has;
}

/* ---- events ------------------------------------------------------------------------------ */

int open_stream(const struct watch *watch) {
    char *path = path_to(watch, "events"), *host = format(own_host, watch->port);
    int stream = send_request(watch, "GET", path, host);
    free(host);
    free(path);
    return stream;
}

/* Waits until the stream has told this, and forgets it with what it told before. */
void hear(struct watch *watch, const char *text) {
    const char *found = NULL;
    time_t begun = time(NULL);
    if (watch->stream < 0)
        watch->stream = open_stream(watch);
    while (!watch->heard.at || !(found = strstr(watch->heard.at, text)))
        if (time(NULL) > begun + PATIENCE || !take_some(watch->stream, &watch->heard))
            fail_msg("the stream has not said '%s':\n%s", text, watch->heard.at);
    struct text rest = {0};
    text_add(&rest, found + strlen(text), strlen(found + strlen(text)));
    free(watch->heard.at);
    watch->heard = rest;
}

/* Waits for a page that holds the text: each save is told, but two may be told as one. */
void await_page(struct watch *watch, const char *text) {
    for (time_t begun = time(NULL); !page_has(watch, text); doze())
        assert_true(time(NULL) < begun + PATIENCE);
}
