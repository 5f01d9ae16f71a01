/* See harness.h. */
// SPDX-License-Identifier: MIT
#include "harness.h"

#include "oracles.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_LIMIT ((size_t)64 << 20)

/* The text that was compiled last, to be shown: a generator's input is not the text itself. */
static struct bytes latest;

void refuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("refused: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    fputs("\n---- compiled last:\n", stderr);
    fwrite(latest.at, 1, latest.length, stderr);
    fputs("\n----\n", stderr);
    abort();
}

/* ---- text -------------------------------------------------------------------------------- */

void bytes_add(struct bytes *bytes, const char *at, size_t length) {
    if (bytes->length + length >= bytes->capacity) {
        bytes->capacity = 2 * (bytes->length + length) + 64;
        bytes->at = realloc(bytes->at, bytes->capacity);
        if (!bytes->at)
            refuse("no memory for the fuzz target itself");
    }
    if (length)
        memcpy(bytes->at + bytes->length, at, length);
    bytes->length += length;
    bytes->at[bytes->length] = '\0';
}

void bytes_print(struct bytes *bytes, const char *format, ...) {
    char line[1024];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    bytes_add(bytes, line, length < (int)sizeof line ? (size_t)length : sizeof line - 1);
}

const char *find_between(const char *at, const char *end) {
    const size_t length = strlen(BETWEEN);
    for (; (size_t)(end - at) >= length; at++)
        if (memcmp(at, BETWEEN, length) == 0)
            return at;
    return NULL;
}

void split_texts(const uint8_t *data, size_t size, struct bytes *const *texts, size_t count) {
    const char *at = (const char *)data, *end = at + size;
    for (size_t i = 0; i < count && at; i++) {
        const char *next = find_between(at, end);
        bytes_add(texts[i], at, (size_t)((next ? next + 1 : end) - at));
        at = next ? next + strlen(BETWEEN) : NULL;
    }
}

bool bytes_equal(struct bytes a, struct bytes b) {
    return a.length == b.length && (!a.length || memcmp(a.at, b.at, a.length) == 0);
}

bool bytes_take(void *context, const char *at, size_t length) {
    bytes_add(context, at, length);
    return true;
}

struct document document_of(const char *path, struct bytes bytes) {
    return (struct document){path, bytes.at, bytes.length};
}

/* ---- compilations ------------------------------------------------------------------------ */

static stridec_loaded load(void *context, const char *path, stridec_sink *sink, void *taker) {
    static const char back[] = "import \"x.dfd\" as x\nprocess p \"P\"\n";
    static const char shared[] = "boundary vpc \"VPC\" { trust: 3; process api { kind: api } }\n"
                                 "asset card { integrity: high }\nexternal web\nweb -> api\n";
    const struct document *document = context;
    if (!strcmp(path, document->path))
        sink(taker, document->at, document->length);
    else if (!strcmp(path, "back.dfd"))
        sink(taker, back, sizeof back - 1);
    else if (!strcmp(path, "shared.dfd"))
        sink(taker, shared, sizeof shared - 1);
    else
        return *path == '.' ? STRIDEC_OUTSIDE : STRIDEC_NOT_THERE;
    return STRIDEC_LOADED;
}

/* Read once, so that most of the time goes into the inputs. */
stridec_pack *built_in_pack(void) {
    static stridec_pack *pack;
    if (!pack && stridec_pack_new(stridec_new(NULL), &pack) != STRIDEC_OK)
        refuse("the built-in rules cannot be loaded");
    return pack;
}

stridec *open_compilation(const struct document *document) {
    const stridec_config config = {.size = sizeof config,
                                   .memory_limit = MEMORY_LIMIT,
                                   .load = load,
                                   .load_context = (void *)(uintptr_t)document,
                                   .pack = built_in_pack()};
    stridec *compilation = stridec_new(&config);
    if (!compilation)
        refuse("no memory for the fuzz target itself");
    return compilation;
}

stridec *compile_document(const struct document *document, stridec_status *status) {
    stridec *compilation = open_compilation(document);
    latest.length = 0;
    bytes_add(&latest, document->at, document->length);
    *status = stridec_compile(compilation, document->path, document->at, document->length);
    if (*status != STRIDEC_OK && *status != STRIDEC_INVALID)
        refuse("compile says: %s", stridec_status_text(*status));
    if ((stridec_level_count(compilation, STRIDEC_ERROR) > 0) != (*status == STRIDEC_INVALID))
        refuse("status %d with %zu errors", (int)*status,
               stridec_level_count(compilation, STRIDEC_ERROR));
    check_diagnostics(compilation, document);
    return compilation;
}

struct bytes emit_output(stridec *compilation, const char *format, const stridec_output *output) {
    struct bytes bytes = {0};
    bytes_add(&bytes, "", 0);
    stridec_status status = stridec_emit(compilation, format, output, bytes_take, &bytes);
    /* The report is whole without its picture, which only replay.c asks for. */
    if (status == STRIDEC_NO_PICTURE && !strcmp(format, "html") && !(output && output->layout))
        status = STRIDEC_OK;
    /* Triage files and rule packs compile too, and have nothing to emit; what only declares
     * boundaries for others has nothing to draw. */
    if (status == STRIDEC_OK ? bytes.length > 0
                             : status == STRIDEC_MISUSE || status == STRIDEC_INVALID)
        return bytes;
    stridec_print_diagnostics(compilation, false, bytes_take, &bytes);
    refuse("%s says: %s\n%s", format, stridec_status_text(status), bytes.at);
}

void require_same_model(stridec *compilation, const struct document *other, const char *what) {
    stridec_status status;
    stridec *second = compile_document(other, &status);
    if (status != STRIDEC_OK)
        refuse("%s: does not compile any more", what);
    struct bytes before = emit_output(compilation, "json", NULL);
    struct bytes after = emit_output(second, "json", NULL);
    if (!bytes_equal(before, after))
        refuse("%s: other JSON\n%s\n----\n%s", what, before.at, after.at);
    free(before.at);
    free(after.at);
    stridec_free(second);
}

static struct bytes convert(const struct document *document) {
    struct bytes converted = {0};
    bytes_add(&converted, "", 0);
    stridec *compilation = open_compilation(document);
    stridec_status status = stridec_convert(compilation, document->path, document->at,
                                            document->length, NULL, bytes_take, &converted);
    if (status != STRIDEC_OK && status != STRIDEC_MISUSE)
        refuse("convert says: %s", stridec_status_text(status));
    stridec_free(compilation);
    return converted;
}

void require_both_forms(stridec *compilation, const struct document *document) {
    bool yaml = strstr(document->path, ".yaml") != NULL;
    struct bytes other = convert(document);
    struct document second = document_of(yaml ? "x.dfd" : "x.yaml", other);
    if (other.length) {
        require_same_model(compilation, &second, yaml ? "from YAML" : "to YAML");
        struct bytes back = convert(&second);
        struct document third = document_of(document->path, back);
        require_same_model(compilation, &third, yaml ? "from YAML and back" : "to YAML and back");
        free(back.at);
    }
    free(other.at);
}

/* ---- memory ------------------------------------------------------------------------------ */

/* An allocator that gives memory a number of times and never again. */
struct purse {
    size_t left, taken, given_back;
};

static void *take(void *context, size_t size) {
    struct purse *purse = context;
    void *memory = purse->left ? malloc(size) : NULL;
    purse->left -= purse->left > 0;
    purse->taken += memory != NULL;
    return memory;
}

static void give_back(void *context, void *memory) {
    struct purse *purse = context;
    purse->given_back += memory != NULL;
    free(memory);
}

/* FNV-1a: inputs stay raw text, and still each one chooses for itself. */
static uint32_t hash(const char *at, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)at[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static void require_told(stridec_status status) {
    if (status == STRIDEC_NOT_TAKEN || status == STRIDEC_NO_PICTURE || status == STRIDEC_FINDINGS)
        refuse("too little memory says: %s", stridec_status_text(status));
}

static void use_up(stridec *compilation, const struct document *document) {
    struct bytes bytes = {0};
    require_told(stridec_compile(compilation, document->path, document->at, document->length));
    require_told(stridec_emit(compilation, "json", NULL, bytes_take, &bytes));
    require_told(stridec_emit(compilation, "markdown", NULL, bytes_take, &bytes));
    require_told(stridec_print_diagnostics(compilation, false, bytes_take, &bytes));
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    for (size_t i = 0; i < 3; i++)
        stridec_diagnostic_at(compilation, i, &diagnostic);
    free(bytes.at);
}

void try_with_little_memory(const struct document *document) {
    uint32_t choice = hash(document->at, document->length);
    if (choice % 4)
        return;
    choice /= 4;
    bool limited = choice % 2;
    uint32_t few = choice / 4 % (choice & 2 ? 32 : 8192);
    struct purse purse = {.left = limited ? SIZE_MAX : few};
    size_t limit = limited ? ((size_t)1 << 10) * (1 + few) : 0;
    const stridec_config config = {.size = sizeof config,
                                   .allocate = take,
                                   .release = give_back,
                                   .context = &purse,
                                   .memory_limit = limit,
                                   .load = load,
                                   .load_context = (void *)(uintptr_t)document};
    stridec *compilation = stridec_new(&config);
    if (compilation)
        use_up(compilation, document);
    stridec_free(compilation);
    if (purse.taken != purse.given_back)
        refuse("%zu blocks taken, %zu given back", purse.taken, purse.given_back);
}
