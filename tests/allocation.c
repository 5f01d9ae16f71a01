/* Every allocation of every public call fails in turn, the library's own and libyaml's: the call
 * says so, nothing is lost, and what it wrote is the beginning of what it writes otherwise. The
 * blocks of the arena are small here (see the Makefile), so that almost each allocation asks for
 * memory. With SLOW=1 each fails (every few where a call has more than MANY); else some of each
 * call. */
// SPDX-License-Identifier: MIT
#include "sharing.h"
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

#define FEW 50
#define MANY 20000

/* ---- memory that runs out ------------------------------------------------------------------ */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static struct {
    bool watching;
    size_t asked, refused; /* from this one on; 0: never */
} memory;

static bool is_refused(void) {
    return memory.watching && ++memory.asked >= memory.refused && memory.refused;
}

void *__wrap_malloc(size_t size) {
    return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size) {
    return is_refused() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text) {
    return is_refused() ? NULL : __real_strdup(text);
}

/* A sink whose own memory does not run out. */
static bool take(void *context, const char *at, size_t length) {
    bool watching = memory.watching;
    memory.watching = false;
    text_add(context, at, length);
    memory.watching = watching;
    return true;
}

/* ---- the calls ----------------------------------------------------------------------------- */

static const char model[] =
    "asset card { confidentiality: high }\n"
    "external client { kind: browser }\n"
    "boundary ours {\n"
    "  process api { kind: api; logs: local }\n"
    "  store db { kind: sql; encrypted: yes; data: [card] }\n"
    "}\n"
    "flow order = client -> api : \"POST\" { protocol: https; auth: none }\n"
    "flow save = api -> db { protocol: sql }\n"
    "process lonely\n";
static const char yaml[] = "boundaries:\n  ours: {kind: network}\n"
                           "externals:\n  client: {kind: browser}\n"
                           "processes:\n  api: {kind: api, in: ours, about: \"one\\ntwo\"}\n"
                           "flows:\n  f: {from: client, to: api, protocol: https}\n";
static const char broken[] = "external client\nflow f = clent -> api : \"x\"\nprocess client {\n";
static const char broken_yaml[] = "externals:\n  a: {kind: browser}\n  a: {knd: browser}\n\tb: 1\n";
static const char triage[] = "threat S-2 \"Two\" { candidate: S@order }\n"
                             "dismiss R@client { reason: \"logged\"; code: by_design }\n";
static const char rule[] = "rule extra \"Extra\" {\n  category: spoofing; on: flow; row: flow\n"
                           "  when ( crosses and not calls in [7, 8] )\n  unless ( auth )\n"
                           "  ask: \"What of {flow}?\"\n"
                           "  hit \"open\" {\n    external a\n    boundary b { process c }\n"
                           "    flow f = a -> c\n  }\n}\n";

/* A call, and what it is about: a file, a format (and the layout program) or a topic. */
struct call {
    stridec_status (*run)(stridec *self, const struct call *call, struct text *output);
    const char *name, *text;
    enum { NOTHING, RULES, MODEL } before; /* what is there already: `rule`, a compiled `model` */
};

static stridec_status add_rules(stridec *self, const struct call *call, struct text *output) {
    (void)output;
    return stridec_add_rules(self, call->name, call->text, strlen(call->text));
}

static stridec_status compile(stridec *self, const struct call *call, struct text *output) {
    (void)output;
    return stridec_compile(self, call->name, call->text, strlen(call->text));
}

static stridec_status read_diagnostics(stridec *self, struct text *output) {
    stridec_diagnostic found = {.size = sizeof found}, note = {.size = sizeof note};
    for (size_t i = 0; i < stridec_diagnostic_count(self); i++) {
        if (!stridec_diagnostic_at(self, i, &found))
            return STRIDEC_NO_MEMORY;
        take(output, found.message, strlen(found.message));
        for (size_t k = 0; k < found.note_count; k++)
            if (!stridec_note_at(self, i, k, &note))
                return STRIDEC_NO_MEMORY;
    }
    return STRIDEC_OK;
}

/* Diagnostics as data, then as text. */
static stridec_status diagnose(stridec *self, const struct call *call, struct text *output) {
    stridec_status status = compile(self, call, output);
    if (status == STRIDEC_INVALID)
        status = read_diagnostics(self, output);
    return status == STRIDEC_OK ? stridec_print_diagnostics(self, true, take, output) : status;
}

static stridec_status emit(stridec *self, const struct call *call, struct text *output) {
    const stridec_output options = {.size = sizeof options,
                                    .model_name = "model.dfd",
                                    .picture = "model.svg",
                                    .layout = call->text,
                                    .all = true};
    return stridec_emit(self, call->name, &options, take, output);
}

static stridec_status count_rows(stridec *self, const struct call *call, struct text *output) {
    (void)call, (void)output;
    return stridec_open_rows(self, 0) ? STRIDEC_OK : STRIDEC_NO_MEMORY;
}

static stridec_status explain(stridec *self, const struct call *call, struct text *output) {
    return stridec_explain(self, call->name, take, output);
}

static stridec_status reformat(stridec *self, const struct call *call, struct text *output) {
    return stridec_reformat(self, call->name, call->text, strlen(call->text), true, take, output);
}

static stridec_status test_rules(stridec *self, const struct call *call, struct text *output) {
    (void)call;
    return stridec_test_rules(self, take, output);
}

static stridec_status convert(stridec *self, const struct call *call, struct text *output) {
    return stridec_convert(self, call->name, call->text, strlen(call->text), NULL, take, output);
}

/* Both sides have changed it, and what one of them has is in conflict. */
static stridec_status merge(stridec *self, const struct call *call, struct text *output) {
    static const char ours[] = "threat S-2 \"Two\" { candidate: S@order; likelihood: 2 }\n"
                               "dismiss R@client { reason: \"seen\"; code: by_design }\n",
                      theirs[] = "# new\nthreat S-2 \"2\" { candidate: S@order }\n"
                                 "dismiss R@client { reason: \"told\"; code: by_design }\n"
                                 "threat S-3 \"Three\" { candidate: T@order }\n";
    const stridec_merging texts = {.size = sizeof texts,
                                   .path = call->name,
                                   .base = call->text,
                                   .ours = ours,
                                   .theirs = theirs,
                                   .base_length = strlen(call->text),
                                   .ours_length = sizeof ours - 1,
                                   .theirs_length = sizeof theirs - 1};
    stridec_status status = stridec_merge(self, &texts, take, output);
    return status == STRIDEC_FINDINGS ? STRIDEC_OK : status;
}

static stridec_status rename_one(stridec *self, const struct call *call, struct text *output) {
    stridec_status status = stridec_rename(self, call->name, "front");
    return status == STRIDEC_OK ? stridec_write_changed(self, "model.dfd", take, output) : status;
}

static stridec *older; /* a model that has its rows, so that only the newer one needs memory */

static stridec_status diff(stridec *self, const struct call *call, struct text *output) {
    stridec_status status = stridec_diff(older, self, call->name, NULL, take, output);
    return status == STRIDEC_FINDINGS ? STRIDEC_OK : status;
}

static const struct call calls[] = {
    {add_rules, "extra.dfd", rule, NOTHING},
    {compile, "model.dfd", model, NOTHING},
    {compile, "model.yaml", yaml, RULES},
    {diagnose, "broken.dfd", broken, RULES},
    {diagnose, "broken.yaml", broken_yaml, RULES},
    {count_rows, "rows", NULL, MODEL},
    {explain, "S@order", NULL, MODEL},
    {explain, "rules", NULL, RULES},
    {explain, "protocol", NULL, RULES},
    {explain, "E0203", NULL, RULES},
    {reformat, "model.dfd", model, NOTHING},
    {reformat, "model.triage.dfd", triage, NOTHING},
    {convert, "model.dfd", model, RULES},
    {convert, "model.yaml", yaml, RULES},
    {merge, "model.triage.dfd", triage, NOTHING},
    {rename_one, "api", NULL, MODEL},
    {test_rules, "tests of rules", NULL, RULES},
    {diff, "text", NULL, MODEL},
    {diff, "markdown", NULL, MODEL},
    {diff, "json", NULL, MODEL},
};

/* ---- the walk ------------------------------------------------------------------------------ */

static void prepare(stridec *self, const struct call *call) {
    if (call->before == RULES)
        assert_int_equal(stridec_add_rules(self, "extra.dfd", rule, sizeof rule - 1), STRIDEC_OK);
    if (call->before == MODEL)
        assert_int_equal(stridec_compile(self, "model.dfd", model, sizeof model - 1), STRIDEC_OK);
}

/* The call's status when memory is refused from then on (0: never). */
static stridec_status run(const struct call *call, size_t refused, struct text *output) {
    struct text said = {0};
    memory.asked = 0;
    memory.refused = refused;
    memory.watching = call->before == NOTHING;
    /* The rules are read each time only where they are what is tried. */
    const stridec_config config = {.size = sizeof config,
                                   .keep_places = true,
                                   .pack = call->before == NOTHING ? NULL : built_in_pack()};
    stridec *self = stridec_new(&config);
    if (!self) {
        memory.watching = false;
        return STRIDEC_NO_MEMORY;
    }
    prepare(self, call);
    memory.watching = true;
    stridec_status status = call->run(self, call, output);
    memory.watching = false;
    /* Memory that comes back is no excuse to show what is half done. */
    if (status == STRIDEC_NO_MEMORY) {
        assert_int_equal(stridec_explain(self, "E0203", take, &said), STRIDEC_NO_MEMORY);
        assert_int_equal(said.length, 0);
    }
    stridec_free(self);
    free(said.at);
    return status;
}

/* A picture arrives from the layout program in as many parts as it likes: when a run asks less
 * often than the first one did, nothing was refused. */
static void check_one(const struct call *call, size_t refused, const struct text *whole) {
    struct text part = {0};
    stridec_status status = run(call, refused, &part);
    if (status != STRIDEC_NO_MEMORY && memory.asked >= refused)
        fail_msg("%s: without allocation %zu: %s", call->name, refused,
                 stridec_status_text(status));
    if (part.length > whole->length || (part.length && memcmp(part.at, whole->at, part.length)))
        fail_msg("%s: without allocation %zu it writes something else", call->name, refused);
    free(part.at);
}

static void walk(const struct call *call) {
    struct text whole = {0};
    assert_int_equal(run(call, 0, &whole), STRIDEC_OK);
    size_t count = memory.asked, step = count / (getenv("SLOW") ? MANY : FEW) + 1;
    assert_true(count > 1);
    for (size_t refused = 1; refused <= count; refused += step)
        check_one(call, refused, &whole);
    check_one(call, count, &whole);
    free(whole.at);
}

static void calls_survive(void **state) {
    (void)state;
    older = stridec_new(NULL);
    assert_int_equal(stridec_compile(older, "model.yaml", yaml, sizeof yaml - 1), STRIDEC_OK);
    assert_true(stridec_row_count(older) > 0);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        walk(&calls[i]);
    stridec_free(older);
}

static void formats_survive(void **state) {
    (void)state;
    char *layout = format("%s/stridec-layout", build_folder());
    stridec_format_info found = {.size = sizeof found};
    for (size_t i = 0; stridec_format_at(i, &found); i++)
        walk(&(struct call){emit, found.name, layout, MODEL});
    free(layout);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_survive),
        cmocka_unit_test(formats_survive),
    };
    return cmocka_run_group_tests_name("allocation", tests, NULL, NULL) != 0;
}
