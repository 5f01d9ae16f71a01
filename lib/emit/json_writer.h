/* A streaming JSON writer: it puts separators between members, and knows of the document only
 * whether something precedes. The caller opens and closes in pairs. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_JSON_WRITER_H
#define EMIT_JSON_WRITER_H

#include "base/writer.h"

struct json {
    struct writer *writer;
    bool more; /* a member stands before the next one */
};

void json_open(struct json *json, char bracket);
void json_close(struct json *json, char bracket);
/* An array with one member a line: json_line() before each member. Closed by either bracket, which
 * stands on a line of its own unless there is nothing before it. */
void json_open_lines(struct json *json);
void json_line(struct json *json);
void json_close_lines(struct json *json, char bracket);

/* The key of the next value, whose name needs no escape. */
void json_plain_key(struct json *json, struct slice name);
/* Of a name that is a literal, the length is known when this is compiled; so below. */
static inline void json_key(struct json *json, const char *name) {
    json_plain_key(json, (struct slice){name, strlen(name)});
}
/* The same, on a line of its own. */
void json_key_line(struct json *json, const char *name);
/* Any name. */
void json_name(struct json *json, struct slice name, bool on_line);

void json_string(struct json *json, struct slice text);
void json_word(struct json *json, const char *text);
/* A string of several pieces, written in between, without anything to escape. */
void json_open_words(struct json *json);
void json_close_words(struct json *json);
/* Writes a value that is JSON already. */
void json_value(struct json *json, struct slice value);
void json_number(struct json *json, size_t number);
void json_boolean(struct json *json, bool value);
void json_null(struct json *json);

/* A key and its value. */
static inline void json_member(struct json *json, const char *name, struct slice text) {
    json_key(json, name);
    json_string(json, text);
}
static inline void json_member_number(struct json *json, const char *name, size_t number) {
    json_key(json, name);
    json_number(json, number);
}
static inline void json_member_word(struct json *json, const char *name, const char *word) {
    json_key(json, name);
    json_word(json, word);
}
static inline void json_member_boolean(struct json *json, const char *name, bool value) {
    json_key(json, name);
    json_boolean(json, value);
}
/* A list of the words of the bits that are set; the last word is NULL. */
void json_bits(struct json *json, const char *key, const char *const *words, unsigned bits);

#endif
