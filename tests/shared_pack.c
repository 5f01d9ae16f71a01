/* Compilations that share a pack: they write what they write without, the pack's memory may be
 * sealed against writing, mistakes in rules are said where they are loaded, and who holds the pack
 * keeps it. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A method that changes, a rule with examples, one in the place of a built-in one, and an
 * attribute's value that only it names. */
static const char rules[] =
    "method team \"Team\" {\n  disable: [admin_login]; bands: [[high, 12], [medium, 6]]\n"
    "  tier extra { on: flow; tier: 1; when ( source.kind is browser ) }\n}\n"
    "rule extra \"Extra of {flow}\" {\n  category: spoofing; on: flow; row: flow\n"
    "  when ( crosses )\n  unless ( auth )\n  ask: \"What of {flow}?\"\n"
    "  hit \"bare\" { external u; boundary b { process p }; u -> p }\n"
    "  miss \"known\" { external u; boundary b { process p }; u -> p { auth: mtls } }\n"
    "  miss \"not so\" { external u; boundary b { process p }; u -> p }\n}\n"
    "rule token \"Token\" {\n  category: elevation_of_privilege; on: crossing\n"
    "  when ( from is paper )\n  unless ( verifies )\n  ask: \"Who reads {from}?\"\n}\n";
/* On top of those, also where it reports on a rule of the pack. */
static const char more_rules[] =
    "method team {\n  disable: [token]\n"
    "  tier more { on: store; tier: 1; when ( kind is sql ) }\n}\n"
    "rule extra \"Moved\" {\n  category: spoofing; on: process\n"
    "  when ( called_from_outside )\n  unless ( authorizes )\n  ask: \"What of {subject}?\"\n}\n"
    "rule added \"Added\" {\n  category: tampering; on: store\n"
    "  when ( kind is sql )\n  unless ( encrypted )\n  ask: \"What of {subject}?\"\n}\n";

static const char wrong_rules[] = "# one mistake\nrule a \"A\" {\n  category: spoofing; on: flow\n"
                                  "  when ( crosses )\n  unless ( auht )\n  ask: \"?\"\n}\n";

/* ---- memory that can be sealed ----------------------------------------------------------- */

#define PAGE ((size_t)4096)
#define ROOM ((size_t)32 << 20)

struct vault {
    char *at;
    size_t used, taken, given_back;
    bool closed; /* what is taken from now on lies elsewhere */
    bool empty;  /* there is no memory any more */
};

static void *take(void *context, size_t size) {
    struct vault *vault = context;
    if (vault->empty)
        return NULL;
    vault->taken++;
    if (vault->closed)
        return malloc(size);
    char *memory = vault->at + vault->used;
    vault->used += (size + 63) / 64 * 64;
    assert_true(vault->used <= ROOM);
    return memory;
}

static void give_back(void *context, void *memory) {
    struct vault *vault = context;
    char *at = memory;
    vault->given_back++;
    if (at < vault->at || at >= vault->at + ROOM)
        free(memory);
}

static struct vault open_vault(void) {
    struct vault vault = {0};
    void *memory;
    assert_int_equal(posix_memalign(&memory, PAGE, ROOM), 0);
    vault.at = memory;
    return vault;
}

static void protect(const struct vault *vault, int how) {
    assert_int_equal(mprotect(vault->at, (vault->used + PAGE - 1) / PAGE * PAGE, how), 0);
}

/* Everything has been given back. */
static void close_vault(struct vault *vault) {
    assert_int_equal(vault->given_back, vault->taken);
    free(vault->at);
}

static stridec *team_in(struct vault *vault) {
    const stridec_config config = {
        .size = sizeof config, .allocate = take, .release = give_back, .context = vault};
    stridec *loaded = stridec_new(&config);
    assert_non_null(loaded);
    if (stridec_add_rules(loaded, "team.dfd", rules, sizeof rules - 1) != STRIDEC_OK) {
        struct text problems = {0};
        stridec_print_diagnostics(loaded, false, text_take, &problems);
        fail_msg("%s", problems.at);
    }
    return loaded;
}

static stridec_pack *pack_of(stridec *loaded) {
    stridec_pack *pack;
    assert_int_equal(stridec_pack_new(loaded, &pack), STRIDEC_OK);
    assert_non_null(pack);
    return pack;
}

/* ---- what compilations say --------------------------------------------------------------- */

static const char model[] = "process p\nexternal e { kind: browser }\nstore s { kind: sql }\n"
                            "crossing c { at: p; from: paper; to: jwt }\n"
                            "e -> p { carries: [comand] }\np -> s { carries: [query] }\n";

static stridec *new_with(stridec_pack *pack) {
    const stridec_config config = {.size = sizeof config, .keep_places = true, .pack = pack};
    stridec *compilation = stridec_new(&config);
    assert_non_null(compilation);
    return compilation;
}

static void note(struct text *said, const char *call, stridec_status status) {
    const char *text = stridec_status_text(status);
    text_add(said, call, strlen(call));
    text_add(said, ": ", 2);
    text_add(said, text, strlen(text));
    text_add(said, "\n", 1);
}

/* All but the picture, as no other program is of interest here. */
static void say_outputs(stridec *compilation, struct text *said) {
    stridec_format_info form = {.size = sizeof form};
    for (size_t i = 0; stridec_format_at(i, &form); i++)
        if (strcmp(form.name, "svg") != 0)
            note(said, form.name, stridec_emit(compilation, form.name, NULL, text_take, said));
    note(said, "problems", stridec_print_diagnostics(compilation, false, text_take, said));
}

static void say_topics_and_tests(stridec *compilation, struct text *said) {
    stridec_topic topic = {.size = sizeof topic};
    for (size_t i = 0; stridec_topic_at(compilation, i, &topic); i++)
        note(said, topic.name, stridec_explain(compilation, topic.name, text_take, said));
    note(said, "tests", stridec_test_rules(compilation, text_take, said));
}

enum extent { OUTPUTS, TOPICS, MORE_RULES };

/* The rules of the team come with the pack, or are added. */
static struct text said_of(stridec_pack *pack, const char *path, struct text text,
                           enum extent extent) {
    struct text said = {0};
    stridec *compilation = new_with(pack);
    if (!pack)
        stridec_add_rules(compilation, "team.dfd", rules, sizeof rules - 1);
    if (extent == MORE_RULES)
        note(&said, "more",
             stridec_add_rules(compilation, "more.dfd", more_rules, sizeof more_rules - 1));
    note(&said, path, stridec_compile(compilation, path, text.at, text.length));
    say_outputs(compilation, &said);
    if (extent != OUTPUTS)
        say_topics_and_tests(compilation, &said);
    stridec_free(compilation);
    return said;
}

static void say_the_same(stridec_pack *pack, const char *path, struct text text,
                         enum extent extent) {
    struct text alone = said_of(NULL, path, text, extent);
    struct text shared = said_of(pack, path, text, extent);
    assert_string_equal(alone.at, shared.at);
    free(alone.at);
    free(shared.at);
}

static void say_the_same_of_files(stridec_pack *pack, const char *folder, const char *ending) {
    struct paths paths = find_files(folder, ending);
    assert_true(paths.count > 2);
    for (size_t i = 0; i < paths.count; i++) {
        struct text text = read_file(paths.items[i]);
        say_the_same(pack, paths.items[i], text, OUTPUTS);
        free(text.at);
    }
    free_paths(&paths);
}

/* A compilation that wrote into the pack would end with a signal. */
static void with_a_sealed_pack_everything_is_the_same(void **state) {
    struct text own = {(char *)(uintptr_t)model, sizeof model - 1};
    struct text pack_text = {(char *)(uintptr_t)rules, sizeof rules - 1};
    struct vault vault = open_vault();
    stridec *loaded = team_in(&vault);
    (void)state;
    vault.closed = true; /* the number of those who hold the pack alone changes */
    stridec_pack *pack = pack_of(loaded);
    protect(&vault, PROT_READ);
    say_the_same_of_files(pack, "samples", ".dfd");
    say_the_same_of_files(pack, "samples", ".yaml");
    say_the_same_of_files(pack, "tests/cases/rows", ".dfd");
    say_the_same(pack, "model.dfd", own, TOPICS);
    say_the_same(pack, "model.dfd", own, MORE_RULES);
    say_the_same(pack, "team.dfd", pack_text, OUTPUTS); /* checked for its form, on top of itself */
    protect(&vault, PROT_READ | PROT_WRITE);
    stridec_pack_free(pack);
    close_vault(&vault);
}

static void what_one_adds_the_others_do_not_see(void **state) {
    struct vault vault = open_vault();
    stridec_pack *pack = pack_of(team_in(&vault));
    stridec *one = new_with(pack), *other = new_with(pack);
    struct text said = {0};
    (void)state;
    assert_int_equal(stridec_add_rules(one, "more.dfd", more_rules, sizeof more_rules - 1),
                     STRIDEC_OK);
    assert_int_equal(stridec_explain(one, "added", text_take, &said), STRIDEC_OK);
    assert_int_equal(stridec_explain(other, "added", text_take, &said), STRIDEC_MISUSE);
    said.length = 0;
    assert_int_equal(stridec_explain(other, "token", text_take, &said), STRIDEC_OK);
    assert_null(strstr(said.at, "disabled"));
    said.length = 0;
    assert_int_equal(stridec_explain(one, "token", text_take, &said), STRIDEC_OK);
    assert_non_null(strstr(said.at, "disabled"));
    stridec_free(one);
    stridec_free(other);
    stridec_pack_free(pack);
    close_vault(&vault);
    free(said.at);
}

/* ---- who holds it ------------------------------------------------------------------------ */

static void a_pack_stays_as_long_as_somebody_has_it(void **state) {
    struct vault vault = open_vault();
    stridec_pack *pack = pack_of(team_in(&vault));
    stridec *first = new_with(pack), *second = new_with(pack);
    (void)state;
    stridec_pack_free(pack);
    assert_int_equal(vault.given_back, 0);
    stridec_free(first);
    assert_int_equal(vault.given_back, 0);
    assert_int_equal(stridec_compile(second, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    stridec_free(second);
    close_vault(&vault);
    stridec_pack_free(NULL);
}

/* Rules that are added to those of a pack make another pack, which keeps the first. */
static void a_pack_may_rest_on_another(void **state) {
    struct vault vault = open_vault();
    stridec_pack *base = pack_of(team_in(&vault)), *pack;
    stridec *added = new_with(base);
    struct text said = {0};
    (void)state;
    assert_int_equal(stridec_add_rules(added, "more.dfd", more_rules, sizeof more_rules - 1),
                     STRIDEC_OK);
    pack = pack_of(added);
    stridec_pack_free(base);
    stridec *user = new_with(pack);
    stridec_pack_free(pack);
    assert_int_equal(vault.given_back, 0);
    assert_int_equal(stridec_explain(user, "added", text_take, &said), STRIDEC_OK);
    assert_int_equal(stridec_explain(user, "token", text_take, &said), STRIDEC_OK);
    assert_int_equal(stridec_compile(user, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    stridec_free(user);
    close_vault(&vault);
    free(said.at);
}

/* ---- mistakes ---------------------------------------------------------------------------- */

static void mistakes_in_rules_are_said_where_they_are_loaded(void **state) {
    stridec *loaded = stridec_new(NULL);
    stridec_pack *pack = (stridec_pack *)loaded; /* anything */
    stridec_diagnostic found = {.size = sizeof found};
    (void)state;
    assert_int_equal(stridec_add_rules(loaded, "wrong.dfd", wrong_rules, sizeof wrong_rules - 1),
                     STRIDEC_INVALID);
    assert_int_equal(stridec_pack_new(loaded, &pack), STRIDEC_INVALID);
    assert_null(pack);
    assert_int_equal(stridec_diagnostic_count(loaded), 1);
    assert_true(stridec_diagnostic_at(loaded, 0, &found));
    assert_string_equal(found.path, "wrong.dfd");
    assert_int_equal(found.line, 5);
    assert_int_equal(found.column, 12);
    stridec_free(loaded);
}

static void what_is_no_pack_is_refused(void **state) {
    stridec *compiled = stridec_new(NULL);
    stridec_pack *pack;
    (void)state;
    assert_int_equal(stridec_pack_new(NULL, &pack), STRIDEC_MISUSE);
    assert_null(pack);
    assert_int_equal(stridec_pack_new(compiled, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_compile(compiled, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    assert_int_equal(stridec_pack_new(compiled, &pack), STRIDEC_MISUSE);
    assert_null(pack);
    stridec_free(compiled);
}

/* No memory for the built-in rules, and none for the handle. */
static void without_memory_there_is_no_pack(void **state) {
    struct vault vault = open_vault();
    const stridec_config config = {
        .size = sizeof config, .allocate = take, .release = give_back, .context = &vault};
    stridec *nothing = stridec_new(&config), *loaded = team_in(&vault);
    stridec_pack *pack;
    (void)state;
    vault.empty = true;
    assert_int_equal(stridec_pack_new(nothing, &pack), STRIDEC_NO_MEMORY);
    assert_null(pack);
    assert_int_equal(stridec_pack_new(loaded, &pack), STRIDEC_NO_MEMORY);
    assert_null(pack);
    vault.empty = false;
    pack = pack_of(loaded);
    stridec_free(nothing);
    stridec_pack_free(pack);
    close_vault(&vault);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_sealed_pack_everything_is_the_same),
        cmocka_unit_test(what_one_adds_the_others_do_not_see),
        cmocka_unit_test(a_pack_stays_as_long_as_somebody_has_it),
        cmocka_unit_test(a_pack_may_rest_on_another),
        cmocka_unit_test(mistakes_in_rules_are_said_where_they_are_loaded),
        cmocka_unit_test(what_is_no_pack_is_refused),
        cmocka_unit_test(without_memory_there_is_no_pack),
    };
    return cmocka_run_group_tests_name("shared_pack", tests, NULL, NULL) != 0;
}
