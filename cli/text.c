/* Bytes that grow. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* madvise() */
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define READ_SIZE ((size_t)64 << 10)
#define HUGE_PAGE ((size_t)2 << 20)

void text_free(struct text *text) {
    free(text->at);
    *text = (struct text){0};
}

/* Room for `more` bytes and a NUL. */
static bool text_reserve(struct text *text, size_t more) {
    if (more < text->capacity - text->length)
        return true;
    size_t capacity = (text->length + more) * 2 + 1;
    char *larger = realloc(text->at, capacity);
    if (!larger)
        return false;
    text->at = larger;
    text->capacity = capacity;
    return true;
}

/* Small pages of a large file would cost more time than its bytes. */
bool text_expect(struct text *text, size_t size) {
    size_t capacity = size + READ_SIZE + 1;
    bool large = capacity > HUGE_PAGE;
    if (large)
        capacity = (capacity + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    text->at = large ? aligned_alloc(HUGE_PAGE, capacity) : malloc(capacity);
#ifdef MADV_HUGEPAGE
    if (text->at && large)
        (void)madvise(text->at, capacity, MADV_HUGEPAGE);
#endif
    text->capacity = text->at ? capacity : 0;
    return text->at;
}

bool text_append(void *context, const char *at, size_t length) {
    struct text *text = context;
    if (!text_reserve(text, length))
        return false;
    if (length)
        memcpy(text->at + text->length, at, length);
    text->length += length;
    text->at[text->length] = 0;
    return true;
}

bool text_list(struct text *text, const char *name) {
    return (!text->length || text_append(text, ", ", 2)) && text_append(text, name, strlen(name));
}

bool text_equals(const struct text *a, const struct text *b) {
    return a->length == b->length && (a->length == 0 || memcmp(a->at, b->at, a->length) == 0);
}

bool text_read(struct text *text, int descriptor, size_t limit) {
    ssize_t got;
    do {
        if (!text_reserve(text, READ_SIZE))
            return false;
        got = read(descriptor, text->at + text->length, text->capacity - text->length - 1);
        if (got > 0)
            text->length += (size_t)got;
        if (text->length > limit) {
            errno = EOVERFLOW; /* EFBIG is what writing may say */
            return false;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    text->at[text->length] = 0;
    return got == 0;
}

bool write_whole(int descriptor, const char *at, size_t length) {
    size_t done = 0;
    while (done < length) {
        ssize_t put = write(descriptor, at + done, length - done);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0)
            done += (size_t)put;
    }
    return true;
}
