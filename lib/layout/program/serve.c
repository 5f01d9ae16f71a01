/* What standard input asks for, and what standard output answers. Two forms:
 *
 * - DOT up to the end of the input: the SVG, or a sentence on standard error and an exit code.
 * - Requests, each a line of "stridec-layout LENGTH LEAST" and so many bytes of DOT, see
 *   layout.h. Each is answered at once, and what it comes to says nothing about the next
 *   one: all that reads the DOT are processes of its own. So Graphviz is loaded once for many
 *   pictures. */
// SPDX-License-Identifier: MIT
#include "serve.h"

#include "contest.h"
#include "layout/layout.h"
#include "network.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn void leave(enum exit_code code, const char *problem) {
    fprintf(stderr, "stridec-layout: %s\n", problem);
    _exit(code);
}

/* ---- input ------------------------------------------------------------------------------- */

/* What has been read of standard input and is no part of an earlier request. */
struct source {
    char *at;
    size_t length, room;
    bool ended;
};

static void read_more(struct source *source) {
    if (source->length + 1 >= source->room) {
        source->room = source->room ? 2 * source->room : (size_t)1 << 16;
        source->at = realloc(source->at, source->room);
        if (!source->at)
            leave(FAILURE, "out of memory");
    }
    ssize_t count =
        read(STDIN_FILENO, source->at + source->length, source->room - source->length - 1);
    if (count < 0 && errno != EINTR)
        leave(FAILURE, "cannot read standard input");
    source->ended = count == 0;
    source->length += count > 0 ? (size_t)count : 0;
    source->at[source->length] = '\0';
}

static void forget(struct source *source, size_t length) {
    source->length -= length;
    memmove(source->at, source->at + length, source->length);
}

/* Whether the input begins as a request does, be it an incomplete one. */
static bool is_request(const struct source *source) {
    size_t length = sizeof REQUEST_WORD - 1;
    return source->length >= length && memcmp(source->at, REQUEST_WORD, length) == 0;
}

/* The first line of a request; the length of the DOT, which follows. */
static size_t read_head(struct source *source, unsigned *least) {
    char *line_end;
    while (!(line_end = memchr(source->at, '\n', source->length))) {
        if (source->ended || source->length > REQUEST_HEAD)
            leave(MISUSE, "a request has no first line");
        read_more(source);
    }
    char *end = source->at + sizeof REQUEST_WORD - 1;
    errno = 0;
    size_t length = strtoul(end, &end, 10);
    unsigned long wanted = strtoul(end, &end, 10);
    if (!is_request(source) || end != line_end || errno || length > LAYOUT_INPUT ||
        wanted > UINT_MAX)
        leave(MISUSE, "a request has a first line that is not known");
    *least = (unsigned)wanted;
    forget(source, (size_t)(line_end - source->at) + 1);
    return length;
}

/* ---- what is wanted ---------------------------------------------------------------------- */

/* Each flow has two halves; text of the user has no such arrow. */
static size_t count_flows(struct input input) {
    static const char arrow[] = " -> ";
    size_t count = 0, length = sizeof arrow - 1;
    for (size_t i = 0; i + length <= input.length; i++)
        count += memcmp(input.at + i, arrow, length) == 0;
    return count / 2;
}

/* More flows take longer, and are less often worth it: see `make bench`. */
#define FLOWS_FOR_SEVERAL 90
#define SEVERAL 4

/* Whether the picture is one of so many that a single attempt has to do: `only` stands in the
 * graph's own attributes, which come first. */
static bool is_one_of_many(struct input input) {
    static const char name[] = " only=";
    size_t length = sizeof name - 1, most = input.length < 600 ? input.length : 600;
    for (size_t i = 0; i + length <= most; i++)
        if (memcmp(input.at + i, name, length) == 0)
            return true;
    return false;
}

static struct attempt lay_out(GVC_t *graphviz, struct input dot, unsigned least) {
    bool once = is_one_of_many(dot) || count_flows(dot) > FLOWS_FOR_SEVERAL;
    const struct wish wish = {dot, once, least};
    return hold_contest(graphviz, &wish, once ? 1 : SEVERAL);
}

/* ---- answers ----------------------------------------------------------------------------- */

/* Why there is no picture. A large model that is one tangle is what Graphviz gives up on. */
static void tell_problem(const struct attempt *attempt, char *text, size_t room) {
    if (attempt->outcome == UNREADABLE)
        snprintf(text, room, "%s",
                 *attempt->problem ? attempt->problem : "there is no graph on standard input");
    else if (!*attempt->problem)
        snprintf(text, room, "Graphviz cannot lay this out, and does not say why");
    else
        snprintf(text, room, "Graphviz cannot lay this out; draw a part of it with a `view` (%s)",
                 attempt->problem);
}

static void write_all(const char *at, size_t length) {
    if (!send_all(STDOUT_FILENO, at, length))
        leave(FAILURE, "cannot write to standard output");
}

static void write_answer(const char *word, const char *at, size_t length, const char *more) {
    char head[64];
    int head_length = snprintf(head, sizeof head, "%s %zu\n", word, length + strlen(more));
    write_all(head, (size_t)head_length);
    write_all(at, length);
    write_all(more, strlen(more));
}

/* What would have to be pinned to get this picture again. */
static void tell_layout(const struct attempt *attempt, char *text, size_t room) {
    snprintf(text, room, "<!-- layout %s %zu -->\n", attempt->down ? "down" : "across",
             attempt->way + 1);
}

static void answer(GVC_t *graphviz, struct source *source) {
    unsigned least;
    size_t length = read_head(source, &least);
    char text[LAYOUT_COMPLAINT];
    while (source->length < length && !source->ended)
        read_more(source);
    if (source->length < length)
        leave(MISUSE, "a request ends too early");
    struct attempt attempt = lay_out(graphviz, (struct input){source->at, length}, least);
    forget(source, length);
    if (attempt.outcome == DRAWN || attempt.outcome == TOO_SMALL)
        tell_layout(&attempt, text, sizeof text);
    else
        tell_problem(&attempt, text, sizeof text);
    if (attempt.outcome == DRAWN)
        write_answer(ANSWER_PICTURE, attempt.svg, attempt.length, text);
    else
        write_answer(attempt.outcome == TOO_SMALL ? ANSWER_SMALL : ANSWER_PROBLEM, "", 0, text);
    attempt_free(&attempt);
}

static _Noreturn void draw_all_of_it(GVC_t *graphviz, struct source *source) {
    char text[LAYOUT_COMPLAINT];
    while (!source->ended)
        read_more(source);
    struct attempt attempt = lay_out(graphviz, (struct input){source->at, source->length}, 0);
    if (attempt.outcome != DRAWN) {
        tell_problem(&attempt, text, sizeof text);
        leave(NOT_LAID_OUT, text);
    }
    tell_layout(&attempt, text, sizeof text);
    write_all(attempt.svg, attempt.length);
    write_all(text, strlen(text));
    _exit(DONE);
}

_Noreturn void serve(GVC_t *graphviz) {
    struct source source = {0};
    while (!source.ended && source.length < sizeof REQUEST_WORD - 1)
        read_more(&source);
    if (!is_request(&source))
        draw_all_of_it(graphviz, &source);
    for (;;) {
        while (!source.ended && source.length == 0)
            read_more(&source);
        if (source.length == 0)
            _exit(DONE);
        answer(graphviz, &source);
    }
}
