/* A small editor on the public header alone: it holds buffers that nobody has saved, compiles them,
 * and makes the changes that it is given. For tests that say what an editor can do. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_BUFFERS_H
#define TESTS_BUFFERS_H

#include "stridec.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct buffer {
    const char *path;
    struct text text;
};

struct editor {
    struct buffer buffers[4]; /* the model, what it imports, and rules in one or two texts */
    stridec *compilation;
    stridec_status status;
};

static inline struct buffer *find_buffer(struct editor *editor, const char *path) {
    for (size_t i = 0; i < COUNT(editor->buffers); i++)
        if (editor->buffers[i].path && strcmp(editor->buffers[i].path, path) == 0)
            return &editor->buffers[i];
    return NULL;
}

static inline stridec_loaded load(void *context, const char *path, stridec_sink *take,
                                  void *taker) {
    const struct buffer *buffer = find_buffer(context, path);
    if (!buffer)
        return STRIDEC_NOT_THERE;
    take(taker, buffer->text.at, buffer->text.length);
    return STRIDEC_LOADED;
}

static inline void compile(struct editor *editor) {
    const stridec_config config = {
        .size = sizeof config, .load = load, .load_context = editor, .keep_places = true};
    stridec_free(editor->compilation);
    editor->compilation = stridec_new(&config);
    assert_non_null(editor->compilation);
    for (size_t i = 2; i < COUNT(editor->buffers) && editor->buffers[i].path; i++)
        stridec_add_rules(editor->compilation, editor->buffers[i].path, editor->buffers[i].text.at,
                          editor->buffers[i].text.length);
    editor->status = stridec_compile(editor->compilation, editor->buffers[0].path,
                                     editor->buffers[0].text.at, editor->buffers[0].text.length);
}

static inline void set_text(struct buffer *buffer, const char *text) {
    free(buffer->text.at);
    buffer->text = (struct text){0};
    text_add(&buffer->text, text, strlen(text));
}

static inline void open_editor(struct editor *editor, const char *path, const char *model,
                               const char *imported) {
    *editor = (struct editor){.buffers = {{.path = path}, {.path = "lib.dfd"}}};
    set_text(&editor->buffers[0], model);
    set_text(&editor->buffers[1], imported);
    compile(editor);
}

static inline void close_editor(struct editor *editor) {
    stridec_free(editor->compilation);
    for (size_t i = 0; i < COUNT(editor->buffers); i++)
        free(editor->buffers[i].text.at);
}

/* Makes changes as an editor does; those of one text are made from its end to its beginning. */
static inline void change(struct editor *editor, const stridec_change *change) {
    struct buffer *buffer = find_buffer(editor, change->path);
    assert_non_null(buffer);
    struct text text = {0};
    text_add(&text, buffer->text.at, change->start);
    text_add(&text, change->text, strlen(change->text));
    text_add(&text, buffer->text.at + change->end, buffer->text.length - change->end);
    free(buffer->text.at);
    buffer->text = text;
}

static inline void make_changes(struct editor *editor) {
    stridec_change changes[32];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(changes); i++)
        changes[i] = (stridec_change){.size = sizeof *changes};
    while (stridec_change_at(editor->compilation, count, &changes[count]))
        count++;
    assert_true(count > 0);
    for (size_t i = 0; i < COUNT(editor->buffers) && editor->buffers[i].path; i++) {
        struct text whole = {0};
        text_add(&whole, "", 0);
        stridec_status status =
            stridec_write_changed(editor->compilation, editor->buffers[i].path, text_take, &whole);
        if (i && status == STRIDEC_MISUSE) { /* nothing imports it */
            free(whole.at);
            continue;
        }
        assert_int_equal(status, STRIDEC_OK);
        for (;;) {
            const stridec_change *last = NULL;
            size_t at = 0;
            for (size_t k = 0; k < count; k++)
                if (changes[k].path && strcmp(changes[k].path, editor->buffers[i].path) == 0 &&
                    (!last || changes[k].start >= last->start)) {
                    last = &changes[k];
                    at = k;
                }
            if (!last)
                break;
            change(editor, last);
            changes[at].path = NULL;
        }
        assert_string_equal(editor->buffers[i].text.at, whole.at);
        free(whole.at);
    }
    compile(editor);
}

#endif
