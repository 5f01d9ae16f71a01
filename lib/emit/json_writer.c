/* Separators, brackets and the simple values of JSON. */
// SPDX-License-Identifier: MIT
#include "emit/json_writer.h"

#include "emit/emit.h"

static void separate(struct json *json) {
    if (json->more)
        write_string(json->writer, ", ");
    json->more = true;
}

void json_open(struct json *json, char bracket) {
    separate(json);
    write_char(json->writer, bracket);
    json->more = false;
}

void json_close(struct json *json, char bracket) {
    write_char(json->writer, bracket);
    json->more = true;
}

void json_open_lines(struct json *json) {
    json_open(json, '[');
}

void json_line(struct json *json) {
    write_string(json->writer, json->more ? ",\n  " : "\n  ");
    json->more = false;
}

void json_close_lines(struct json *json, char bracket) {
    if (json->more)
        write_char(json->writer, '\n');
    json_close(json, bracket);
}

void json_plain_key(struct json *json, struct slice name) {
    if (json->more)
        write_string(json->writer, ", \"");
    else
        write_char(json->writer, '"');
    write_slice(json->writer, name);
    write_string(json->writer, "\": ");
    json->more = false;
}

static void begin_line(struct json *json) {
    write_string(json->writer, json->more ? ",\n" : "\n");
    json->more = false;
}

void json_key_line(struct json *json, const char *name) {
    begin_line(json);
    json_key(json, name);
}

void json_name(struct json *json, struct slice name, bool on_line) {
    if (on_line)
        begin_line(json);
    json_string(json, name);
    write_string(json->writer, ": ");
    json->more = false;
}

void json_string(struct json *json, struct slice text) {
    separate(json);
    write_json_string(json->writer, text);
}

void json_word(struct json *json, const char *text) {
    json_string(json, slice_of(text));
}

void json_open_words(struct json *json) {
    separate(json);
    write_char(json->writer, '"');
}

void json_close_words(struct json *json) {
    write_char(json->writer, '"');
}

void json_value(struct json *json, struct slice value) {
    separate(json);
    write_slice(json->writer, value);
}

void json_number(struct json *json, size_t number) {
    separate(json);
    write_decimal(json->writer, number);
}

void json_boolean(struct json *json, bool value) {
    separate(json);
    write_string(json->writer, value ? "true" : "false");
}

void json_null(struct json *json) {
    separate(json);
    write_string(json->writer, "null");
}

void json_bits(struct json *json, const char *key, const char *const *words, unsigned bits) {
    json_key(json, key);
    json_open(json, '[');
    for (unsigned i = 0; words[i]; i++)
        if (bits >> i & 1)
            json_word(json, words[i]);
    json_close(json, ']');
}
