/* The sixteen threats of the two reference systems (tests/reference/sixteen.json), and the samples
 * that model these. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_SIXTEEN_H
#define TESTS_SIXTEEN_H

#include "compiled.h"

#define SIXTEEN ((size_t)16)
#define SAMPLES ((size_t)2)

static const struct sample {
    const char *name, *path;
    size_t most_open; /* rows of tier 1 */
} samples[SAMPLES] = {
    {"payment", "samples/payment/payment.dfd", 25},
    {"file-upload", "samples/file-upload/file-upload.dfd", 15},
};

struct reference {
    json_t *threats, *roots[SAMPLES]; /* these by sample */
};

/* A setup of cmocka, and the teardown to it: the state is the reference. */
static inline int load_reference(void **state) {
    static struct reference reference;
    json_error_t error = {0};
    reference.threats = json_load_file("tests/reference/sixteen.json", 0, &error);
    if (json_array_size(reference.threats) != SIXTEEN) {
        fprintf(stderr, "sixteen.json:%d: %s\n", error.line, error.text);
        return -1;
    }
    for (size_t i = 0; i < SAMPLES; i++)
        reference.roots[i] = compile_file(samples[i].path);
    *state = &reference;
    return 0;
}

static inline int free_reference(void **state) {
    struct reference *reference = *state;
    json_decref(reference->threats);
    for (size_t i = 0; i < SAMPLES; i++)
        json_decref(reference->roots[i]);
    return 0;
}

/* The sample of a threat. */
static inline size_t sample_of(const json_t *threat) {
    const char *name = text_of(threat, "model");
    for (size_t i = 0; i < SAMPLES; i++)
        if (strcmp(samples[i].name, name) == 0)
            return i;
    fail_msg("no sample %s", name);
    return 0;
}

#endif
