/* A stream that has said everything is suspended, so that it costs nothing, and resumed when there
 * is something to say. It always says the whole state, so a page that comes late, or again, misses
 * nothing. */
// SPDX-License-Identifier: MIT
#include "streams.h"

#include "clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fewer than connections, so that pages can still be had. */
#define MOST_STREAMS 96
#define BEAT 15000 /* milliseconds */
#define BLOCK ((size_t)4096)

struct stream {
    struct streams *all;
    struct MHD_Connection *connection;
    struct stream *next;
    struct text pending; /* of which `sent` bytes are gone */
    size_t sent;
    size_t state; /* the last that it has told; 0: none */
    bool is_suspended, is_due;
};

/* ---- what is said ------------------------------------------------------------------------ */

static bool put(struct text *text, const char *word) {
    return text_append(text, word, strlen(word));
}

/* Each line as one of the event. */
static bool put_lines(struct text *text, const char *lines) {
    bool done = true;
    do {
        size_t length = strcspn(lines, "\n");
        done = done && put(text, "data: ") && text_append(text, lines, length) && put(text, "\n");
        lines += length + (lines[length] != 0);
    } while (done && *lines);
    return done;
}

static bool put_state(struct text *text, const struct streams *streams) {
    char number[64];
    snprintf(number, sizeof number, "event: number\ndata: %zu\n\n", streams->number);
    return put(text, number) && put(text, "event: problems\n") &&
           put_lines(text, streams->problems.at ? streams->problems.at : "") && put(text, "\n");
}

/* What there is to say now; nothing: the text stays empty. */
static bool prepare(struct stream *stream) {
    const struct streams *streams = stream->all;
    text_free(&stream->pending);
    stream->sent = 0;
    if (stream->state != streams->state) {
        stream->state = streams->state;
        stream->is_due = false;
        return put_state(&stream->pending, streams);
    }
    if (!stream->is_due)
        return true;
    stream->is_due = false;
    return put(&stream->pending, ":\n\n");
}

static ssize_t read_stream(void *context, uint64_t position, char *buffer, size_t most) {
    struct stream *stream = context;
    (void)position;
    if (stream->all->ended)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream->sent == stream->pending.length && !prepare(stream))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t length = stream->pending.length - stream->sent;
    if (length == 0) {
        stream->is_suspended = true;
        stream->all->http->MHD_suspend_connection(stream->connection);
        return 0;
    }
    length = length < most ? length : most;
    memcpy(buffer, stream->pending.at + stream->sent, length);
    stream->sent += length;
    return (ssize_t)length;
}

/* ---- all of them ------------------------------------------------------------------------- */

static void forget_stream(void *context) {
    struct stream *stream = context;
    struct stream **place = &stream->all->first;
    while (*place && *place != stream)
        place = &(*place)->next;
    if (*place)
        *place = stream->next;
    stream->all->count--;
    text_free(&stream->pending);
    free(stream);
}

struct MHD_Response *stream_response(struct streams *streams, struct MHD_Connection *connection) {
    struct stream *stream =
        streams->count < MOST_STREAMS && !streams->ended ? calloc(1, sizeof *stream) : NULL;
    if (!stream)
        return NULL;
    *stream = (struct stream){.all = streams, .connection = connection, .next = streams->first};
    struct MHD_Response *response = streams->http->MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK, read_stream, stream, forget_stream);
    if (!response) {
        free(stream);
        return NULL;
    }
    streams->first = stream;
    streams->count++;
    return response;
}

static void resume_all(struct streams *streams) {
    for (struct stream *stream = streams->first; stream; stream = stream->next) {
        if (stream->is_suspended)
            streams->http->MHD_resume_connection(stream->connection);
        stream->is_suspended = false;
    }
    streams->beat = milliseconds();
}

void streams_tell(struct streams *streams, const char *problems) {
    text_free(&streams->problems);
    text_append(&streams->problems, problems, strlen(problems));
    streams->state++;
    resume_all(streams);
}

long streams_rest(const struct streams *streams) {
    long rest = streams->beat + BEAT - milliseconds();
    return rest > 0 ? rest : 0;
}

void streams_beat(struct streams *streams) {
    if (streams_rest(streams) > 0)
        return;
    for (struct stream *stream = streams->first; stream; stream = stream->next)
        stream->is_due = true;
    resume_all(streams);
}

void streams_end(struct streams *streams) {
    streams->ended = true;
    resume_all(streams);
}

void streams_forget(struct streams *streams) {
    text_free(&streams->problems);
}
