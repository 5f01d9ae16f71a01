/* Shared by the fuzz targets: a claim that stops the program when it is broken, text gathered from
 * the library, and compilations with little memory. Only include/stridec.h is asked. */
// SPDX-License-Identifier: MIT
#ifndef FUZZ_HARNESS_H
#define FUZZ_HARNESS_H

#include "stridec.h"

#include <stdint.h>

/* The entry that libFuzzer and replay.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Prints what was found and aborts, so that libFuzzer keeps the input. */
_Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Memory that grows, with a NUL after the text. Free `at`. */
struct bytes {
    char *at;
    size_t length, capacity;
};
void bytes_add(struct bytes *bytes, const char *at, size_t length);
void bytes_print(struct bytes *bytes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool bytes_equal(struct bytes a, struct bytes b);
/* A stridec_sink whose context is a struct bytes. */
bool bytes_take(void *context, const char *at, size_t length);

/* What stands between two texts of one input; its line break before them ends the first. */
#define BETWEEN "\n%%\n"
/* Where the next one stands; NULL: no more texts come. */
const char *find_between(const char *at, const char *end);
/* The texts of an input, in their order; what comes after the last one is left alone. One that is
 * not there stays empty, with `at` NULL. */
void split_texts(const uint8_t *data, size_t size, struct bytes *const *texts, size_t count);

/* A text on its way into the library. Its path decides between the two forms. */
struct document {
    const char *path, *at;
    size_t length;
};
struct document document_of(const char *path, struct bytes bytes);

/* The built-in rules, read once. */
stridec_pack *built_in_pack(void);
/* A compilation within 64 MiB, which is plenty for every input that a fuzzer makes. It can import
 * the document itself, a file that imports it, and one that is fine. */
stridec *open_compilation(const struct document *document);
/* Compiles it and checks what the diagnostics say. Free the result with stridec_free(). */
stridec *compile_document(const struct document *document, stridec_status *status);

/* An output that must come about; free `at`. Empty where the text compiled is no model. */
struct bytes emit_output(stridec *compilation, const char *format, const stridec_output *output);
/* Both as JSON, and the same bytes. `what` says how the second came about. */
void require_same_model(stridec *compilation, const struct document *other, const char *what);

/* Written in the other form, and from there in its own again, it is the same model. */
void require_both_forms(stridec *compilation, const struct document *document);

/* Compiles and emits with so little memory, chosen by the input, that something fails somewhere;
 * all that was taken must be given back. */
void try_with_little_memory(const struct document *document);

#endif
