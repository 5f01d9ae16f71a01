/* JSON of the host's own, by the writer of all JSON. Which members stand on lines of their own
 * follows from their depth. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "emit/json_writer.h"

/* One call: the writer lives as long as it, what is open lives in the host's struct. */
struct piece {
    struct writer writer;
    struct json json;
};

static bool in_list(const stridec_json *self) {
    return self->depth && (self->lists >> (self->depth - 1) & 1);
}

/* The innermost open object or list has its members on lines: the whole, and lists in it. */
static bool has_lines(const stridec_json *self) {
    return self->depth == 1 || (self->depth == 2 && in_list(self));
}

static bool is_whole(const stridec_json *self) {
    return !self->depth && self->more;
}

static stridec_status state_of(const stridec_json *self) {
    if (!self || self->size < sizeof *self || !self->sink || self->depth > STRIDEC_JSON_DEPTH)
        return STRIDEC_MISUSE;
    return self->failed ? STRIDEC_NOT_TAKEN : STRIDEC_OK;
}

static void open_piece(struct piece *piece, const stridec_json *self) {
    writer_open(&piece->writer, self->sink, self->context);
    piece->json = (struct json){&piece->writer, self->more};
}

static stridec_status close_piece(struct piece *piece, stridec_json *self) {
    self->failed = !writer_close(&piece->writer);
    self->more = piece->json.more;
    return self->failed ? STRIDEC_NOT_TAKEN : STRIDEC_OK;
}

/* What stands before a value: a key in an object, none elsewhere. */
static stridec_status begin_value(struct piece *piece, const stridec_json *self, const char *name) {
    stridec_status status = state_of(self);
    if (status != STRIDEC_OK)
        return status;
    if (is_whole(self) || (name != NULL) != (self->depth && !in_list(self)))
        return STRIDEC_MISUSE;
    open_piece(piece, self);
    if (has_lines(self) && in_list(self))
        json_line(&piece->json);
    if (name)
        json_name(&piece->json, slice_of(name), has_lines(self));
    return STRIDEC_OK;
}

static stridec_status open_level(stridec_json *self, const char *name, bool list) {
    struct piece piece;
    if (self && self->depth >= STRIDEC_JSON_DEPTH)
        return STRIDEC_MISUSE;
    stridec_status status = begin_value(&piece, self, name);
    if (status != STRIDEC_OK)
        return status;
    json_open(&piece.json, list ? '[' : '{');
    unsigned level = 1u << self->depth++;
    self->lists = list ? self->lists | level : self->lists & ~level;
    return close_piece(&piece, self);
}

stridec_status stridec_json_object(stridec_json *self, const char *name) {
    return open_level(self, name, false);
}

stridec_status stridec_json_list(stridec_json *self, const char *name) {
    return open_level(self, name, true);
}

stridec_status stridec_json_end(stridec_json *self) {
    struct piece piece;
    stridec_status status = state_of(self);
    if (status != STRIDEC_OK)
        return status;
    if (!self->depth)
        return STRIDEC_MISUSE;
    open_piece(&piece, self);
    char bracket = in_list(self) ? ']' : '}';
    if (has_lines(self))
        json_close_lines(&piece.json, bracket);
    else
        json_close(&piece.json, bracket);
    self->depth--;
    return close_piece(&piece, self);
}

stridec_status stridec_json_text(stridec_json *self, const char *name, const char *text,
                                 size_t length) {
    struct piece piece;
    stridec_status status = text || !length ? begin_value(&piece, self, name) : STRIDEC_MISUSE;
    if (status != STRIDEC_OK)
        return status;
    json_string(&piece.json, (struct slice){text, length});
    return close_piece(&piece, self);
}

stridec_status stridec_json_number(stridec_json *self, const char *name, size_t number) {
    struct piece piece;
    stridec_status status = begin_value(&piece, self, name);
    if (status != STRIDEC_OK)
        return status;
    json_number(&piece.json, number);
    return close_piece(&piece, self);
}

stridec_status stridec_json_value(stridec_json *self, const char *name, const char *text,
                                  size_t length) {
    struct piece piece;
    stridec_status status = text && length ? begin_value(&piece, self, name) : STRIDEC_MISUSE;
    if (status != STRIDEC_OK)
        return status;
    json_value(&piece.json, (struct slice){text, length});
    return close_piece(&piece, self);
}
