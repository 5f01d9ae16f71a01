/* A small editor on the public header alone: it loads a buffer with mistakes in it that nobody has
 * saved, knows what stands where, mends, states, renames, and sees the new rows. Nothing but the
 * touched words differs, in bytes. */
// SPDX-License-Identifier: MIT
#include "buffers.h"

/* ---- what is where ----------------------------------------------------------------------- */

static struct text list_places(struct editor *editor) {
    static const char *const roles[] = {"declares", "means", "attribute", "value", "unread"};
    struct text list = {0};
    stridec_place place = {.size = sizeof place};
    text_add(&list, "", 0);
    for (size_t i = 0; stridec_place_at(editor->compilation, i, &place); i++) {
        const struct buffer *buffer = find_buffer(editor, place.path);
        char *line = format("%s:%zu %.*s %s %s %s%s%s%s%s\n", place.path, place.start,
                            (int)(place.end - place.start), buffer->text.at + place.start,
                            roles[place.role], place.kind, place.id, *place.parent ? " in " : "",
                            place.parent, *place.attribute ? " of " : "", place.attribute);
        text_add(&list, line, strlen(line));
        free(line);
    }
    return list;
}

static size_t offset_in(const struct editor *editor, const char *word) {
    const char *at = strstr(editor->buffers[0].text.at, word);
    assert_non_null(at);
    return (size_t)(at - editor->buffers[0].text.at);
}

static const char library[] = "boundary theirs \"Theirs\" {\n"
                              "  process mail \"Mail service\" # outside\n"
                              "}\n";

static void places_are_known_in_a_text_with_a_mistake(void **state) {
    static const char model[] = "import \"lib.dfd\" as x\n"
                                "boundary ours \"Ours\" {\n"
                                "  process api \"API\" { knd: api; parses: [json, xml]; kind: }\n"
                                "}\n"
                                "flow send = api -> x.mail : \"mail\"\n";
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd", model, library);
    assert_int_equal(editor.status, STRIDEC_INVALID);
    struct text list = list_places(&editor);
    assert_string_equal(list.at, "main.dfd:31 ours declares boundary ours\n"
                                 "main.dfd:55 api declares process api in ours\n"
                                 "main.dfd:67 knd: api unread process api in ours\n"
                                 "main.dfd:77 parses attribute process api in ours of parses\n"
                                 "main.dfd:86 json value process api in ours of parses\n"
                                 "main.dfd:92 xml value process api in ours of parses\n"
                                 "main.dfd:98 kind: unread process api in ours\n"
                                 "main.dfd:113 send declares flow send\n"
                                 "main.dfd:120 api means process api in ours\n"
                                 "main.dfd:127 x.mail means process x.mail in theirs\n"
                                 "lib.dfd:9 theirs declares boundary theirs\n"
                                 "lib.dfd:37 mail declares process mail in theirs\n");
    free(list.at);
    stridec_place place = {.size = sizeof place};
    assert_true(
        stridec_place_find(editor.compilation, "main.dfd", offset_in(&editor, "mail :"), &place));
    assert_int_equal(place.role, STRIDEC_REFERENCE);
    assert_string_equal(place.declared_path, "lib.dfd");
    assert_memory_equal(library + place.declared_start, "mail", 4);
    assert_false(stridec_place_find(editor.compilation, "main.dfd", 0, &place));
    assert_false(stridec_place_find(editor.compilation, "main.dfd", 100000, &place));
    assert_false(stridec_place_find(editor.compilation, "other.dfd", 0, &place));
    close_editor(&editor);
}

/* The innermost place at an offset, from all of them; at the border of two, the one that begins
 * there. */
static bool scan(const struct editor *editor, const char *path, size_t offset,
                 stridec_place *found) {
    bool any = false;
    stridec_place place = {.size = sizeof place};
    for (size_t i = 0; stridec_place_at(editor->compilation, i, &place); i++) {
        bool inside = strcmp(place.path, path) == 0 && place.start <= offset && offset <= place.end;
        if (inside && (!any || offset < place.end || found->end <= offset)) {
            *found = place;
            any = true;
        }
    }
    return any;
}

static void the_place_at_each_offset_is_the_innermost(void **state) {
    static const char model[] =
        "import \"lib.dfd\" as x\n"
        "process api \"API\" { knd: [a, b, c]; parses: [json,xml]; kind:api }\n"
        "api -> x.mail : \"mail\" { carries:[file,html]; auth:jwt;auth:none }\n"
        "flow send=api->x.mail { kind }\n"
        "boundary ours { store s { data: [api] } }\n";
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd", model, library);
    size_t found = 0;
    for (size_t i = 0; i < 2; i++) {
        const char *path = i ? "lib.dfd" : "main.dfd";
        for (size_t offset = 0; offset <= (i ? sizeof library : sizeof model); offset++) {
            stridec_place place = {.size = sizeof place}, wanted = place;
            bool is_there = scan(&editor, path, offset, &wanted);
            assert_int_equal(stridec_place_find(editor.compilation, path, offset, &place),
                             is_there);
            if (!is_there)
                continue;
            assert_int_equal(place.start, wanted.start);
            assert_int_equal(place.end, wanted.end);
            assert_int_equal(place.role, wanted.role);
            found++;
        }
    }
    assert_true(found > 100);
    close_editor(&editor);
}

/* ---- changes ----------------------------------------------------------------------------- */

static void a_diagnostic_is_mended(void **state) {
    static const struct {
        const char *path, *before, *after;
    } cases[] = {
        {"a.dfd", "\xef\xbb\xbfprocess a \"A\" { knd: api }\r\n",
         "\xef\xbb\xbfprocess a \"A\" { kind: api }\r\n"},
        {"a.dfd", "proces a \"A\"\n", "process a \"A\"\n"},
        {"a.dfd", "process one \"A\"\none -> oen : \"x\"\n",
         "process one \"A\"\none -> one : \"x\"\n"},
        {"a.dfd", "database a \"A\"\n", "store a \"A\"\n"},
        {"a.dfd", "process a \"A\" { kind: \"gatewya\" } # why\n",
         "process a \"A\" { kind: gateway } # why\n"},
        {"a.dfd", "view v \"V\" { show: [] }\nprocess a \"A\"",
         "view v \"V\" { include: [] }\nprocess a \"A\""},
        {"a.yaml", "processes:\n  a: { label: A, 'knd': api }\n",
         "processes:\n  a: { label: A, kind: api }\n"},
        {"a.yaml", "proceses:\n  a: A\n", "processes:\n  a: A\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct editor editor;
        stridec_change fix = {.size = sizeof fix};
        stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
        open_editor(&editor, cases[i].path, cases[i].before, "");
        assert_true(stridec_diagnostic_at(editor.compilation, 0, &diagnostic));
        if (!stridec_fix_at(editor.compilation, 0, &fix))
            fail_msg("no fix for %s: %s (%s)", cases[i].before, diagnostic.message,
                     diagnostic.hint);
        assert_int_equal(fix.start, diagnostic.start);
        assert_int_equal(fix.end, diagnostic.end);
        change(&editor, &fix);
        assert_string_equal(editor.buffers[0].text.at, cases[i].after);
        close_editor(&editor);
    }
}

static void a_fact_that_is_stated_changes_the_rows(void **state) {
    static const char model[] = "# ours\nactor user \"User\"\nboundary ours \"Ours\" {\n"
                                "  process api \"API\" # the door\n}\n"
                                "flow ask = user -> api : \"GET /\" # ask\n";
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd", model, "");
    assert_int_equal(editor.status, STRIDEC_OK);
    size_t before = stridec_open_rows(editor.compilation, 0);
    assert_int_equal(stridec_state(editor.compilation, "ask", "protocol", "https"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_string_equal(editor.buffers[0].text.at,
                        "# ours\nactor user \"User\"\nboundary ours \"Ours\" {\n"
                        "  process api \"API\" # the door\n}\n"
                        "flow ask = user -> api : \"GET /\" { protocol: https } # ask\n");
    assert_true(stridec_open_rows(editor.compilation, 0) < before);
    assert_int_equal(stridec_state(editor.compilation, "nobody", "protocol", "https"),
                     STRIDEC_MISUSE);
    assert_int_equal(stridec_state(editor.compilation, "ask", "colour", "red"), STRIDEC_MISUSE);
    assert_int_equal(stridec_state(editor.compilation, "ask", "protocol", NULL), STRIDEC_MISUSE);
    stridec_change none = {.size = sizeof none};
    assert_false(stridec_change_at(editor.compilation, 0, &none));
    close_editor(&editor);
}

static void a_fact_of_an_import_is_stated_in_its_file(void **state) {
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.yaml",
                "imports: { x: lib.dfd }\nprocesses: { api: API }\n"
                "flows:\n  send: { from: api, to: x.mail, label: mail }\n",
                library);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_int_equal(stridec_state(editor.compilation, "x.mail", "kind", "web"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_string_equal(editor.buffers[1].text.at,
                        "boundary theirs \"Theirs\" {\n"
                        "  process mail \"Mail service\" { kind: web } # outside\n"
                        "}\n");
    close_editor(&editor);
}

static void what_is_declared_stands_beside_its_kind(void **state) {
    static const struct {
        const char *path, *before, *boundary, *after;
    } cases[] = {
        {"a.dfd", "store a \"A\" # why\nprocess p \"P\"\n", NULL,
         "store a \"A\" # why\nstore db \"DB\"\nprocess p \"P\"\n"},
        {"a.dfd", "process p \"P\"", "", "process p \"P\"\nstore db \"DB\"\n"},
        {"a.dfd", "boundary b \"B\" {\r\n    process p \"P\"\r\n    # end\r\n}\r\n", "b",
         "boundary b \"B\" {\r\n    process p \"P\"\r\n    # end\r\n    store db \"DB\"\r\n}\r\n"},
        {"a.dfd", "boundary b \"B\" { process p \"P\" }\n", "b",
         "boundary b \"B\" { process p \"P\"; store db \"DB\" }\n"},
        {"a.dfd", "boundary b \"B\"\nprocess p \"P\"\n", "b",
         "boundary b \"B\" { store db \"DB\" }\nprocess p \"P\"\n"},
        {"a.yaml", "processes:\n  p: P\nboundaries: { b: B }\n", "b",
         "processes:\n  p: P\nboundaries: { b: B }\nstores:\n  db: { label: DB, in: b }\n"},
        {"a.yaml", "stores:\n    a: A # why\n# end\nprocesses:\n  p: P\n", NULL,
         "stores:\n    a: A # why\n    db: { label: DB }\n# end\nprocesses:\n  p: P\n"},
        {"a.yaml", "stores: { a: A }\nprocesses: { p: P }", NULL,
         "stores: { a: A, db: { label: DB } }\nprocesses: { p: P }"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct editor editor;
        open_editor(&editor, cases[i].path, cases[i].before, "");
        assert_int_equal(editor.status, STRIDEC_OK);
        assert_int_equal(
            stridec_declare(editor.compilation, "store", "db", "DB", cases[i].boundary),
            STRIDEC_OK);
        make_changes(&editor);
        assert_string_equal(editor.buffers[0].text.at, cases[i].after);
        assert_int_equal(editor.status, STRIDEC_OK);
        assert_int_equal(stridec_declare(editor.compilation, "store", "db", "DB", NULL),
                         STRIDEC_MISUSE);
        assert_int_equal(stridec_declare(editor.compilation, "flow", "f", "F", NULL),
                         STRIDEC_MISUSE);
        assert_int_equal(stridec_declare(editor.compilation, "store", "c", "C", "p"),
                         STRIDEC_MISUSE);
        close_editor(&editor);
    }
}

static void an_element_is_renamed_wherever_it_is_named(void **state) {
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd",
                "import \"lib.dfd\" as x\nboundary ours \"mail\" { process api \"mail\" }\n"
                "flow mail = api -> x.mail : \"mail\" # mail\n"
                "view v \"V\" { include: [ours, x.mail] }\n",
                library);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_int_equal(stridec_rename(editor.compilation, "x.mail", "post"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_string_equal(editor.buffers[0].text.at,
                        "import \"lib.dfd\" as x\nboundary ours \"mail\" { process api \"mail\" }\n"
                        "flow mail = api -> x.post : \"mail\" # mail\n"
                        "view v \"V\" { include: [ours, x.post] }\n");
    assert_string_equal(editor.buffers[1].text.at, "boundary theirs \"Theirs\" {\n"
                                                   "  process post \"Mail service\" { was: mail } "
                                                   "# outside\n"
                                                   "}\n");
    /* back again: the oldest id stays the first */
    assert_int_equal(stridec_rename(editor.compilation, "x.post", "mail"), STRIDEC_OK);
    make_changes(&editor);
    assert_non_null(
        strstr(editor.buffers[1].text.at, "process mail \"Mail service\" { was: [mail, post] }"));
    close_editor(&editor);
}

static void what_cannot_be_renamed_is_refused_with_a_reason(void **state) {
    static const struct {
        const char *id, *to, *reason;
    } refused[] = {
        {"api", "ours", "'ours' is taken: main.dfd:2 declares it"},
        {"api", "a b", "'a b' is no id: a letter or _, then letters, digits, _ or -"},
        {"api", "", "'' is no id: a letter or _, then letters, digits, _ or -"},
        {"nobody", "b", "nothing is called 'nobody'"},
        {"ap", "b", "nothing is called 'ap'; did you mean 'api'?"},
        {"api", "old", "'db' had the id 'old' before, and decisions may still name it by that"},
        {"api", "web", "'web_to_db' is taken: main.dfd:5 declares it"},
        {"x.mail", "theirs", "'theirs' is taken: lib.dfd:1 declares it"},
    };
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd",
                "import \"lib.dfd\" as x\nboundary ours \"Ours\" { process api }\n"
                "store db { was: [older, old] }\napi -> db : \"reads\"\n"
                "flow web_to_db = x.mail -> db : \"fills\"\n",
                library);
    assert_string_equal(stridec_refusal(editor.compilation), "");
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_int_equal(stridec_rename(editor.compilation, refused[i].id, refused[i].to),
                         STRIDEC_MISUSE);
        assert_string_equal(stridec_refusal(editor.compilation), refused[i].reason);
    }
    assert_int_equal(stridec_state(editor.compilation, "api", "encrypted", "yes"), STRIDEC_MISUSE);
    assert_string_equal(stridec_refusal(editor.compilation), "a process has no 'encrypted'");
    assert_int_equal(stridec_state(editor.compilation, "db", "encrypted", "may be"),
                     STRIDEC_MISUSE);
    assert_string_equal(stridec_refusal(editor.compilation),
                        "'may be' is no known value of 'encrypted'");
    assert_int_equal(stridec_rename(editor.compilation, "db", "old"), STRIDEC_OK);
    assert_string_equal(stridec_refusal(editor.compilation), "");
    close_editor(&editor);
}

static void an_unnamed_flow_gets_a_name(void **state) {
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd", "process api\n  api -> db : \"reads\" # why\nstore db\n",
                library);
    assert_int_equal(stridec_rename(editor.compilation, "api_to_db", "read"), STRIDEC_OK);
    make_changes(&editor);
    assert_string_equal(
        editor.buffers[0].text.at,
        "process api\n  flow read = api -> db : \"reads\" { was: api_to_db } # why\n"
        "store db\n");
    assert_int_equal(editor.status, STRIDEC_OK);
    close_editor(&editor);
}

static void an_element_is_renamed_in_yaml(void **state) {
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.yaml",
                "\xef\xbb\xbfimports: { x: lib.dfd }\r\nboundaries: { ours: api }\r\n"
                "processes:\r\n  \"api\": { label: api, in: ours } # api\r\n"
                "flows:\r\n  send: { from: 'api', to: x.mail, label: mail }\r\n"
                "views: { v: { label: V, include: [ours, api] } }\r\n",
                library);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_int_equal(stridec_rename(editor.compilation, "api", "no"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(stridec_rename(editor.compilation, "no", "core"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_string_equal(editor.buffers[0].text.at,
                        "\xef\xbb\xbfimports: { x: lib.dfd }\r\nboundaries: { ours: api }\r\n"
                        "processes:\r\n  core: { label: api, in: ours, was: [api, no] } # api\r\n"
                        "flows:\r\n  send: { from: core, to: x.mail, label: mail }\r\n"
                        "views: { v: { label: V, include: [ours, core] } }\r\n");
    close_editor(&editor);
}

/* What is looked at for each use must not be all uses. */
static void renaming_takes_memory_by_the_number_of_uses(void **state) {
    const stridec_config config = {
        .size = sizeof config, .keep_places = true, .memory_limit = (size_t)64 << 20};
    struct text model = {0};
    (void)state;
    text_add(&model, "process hub\n", strlen("process hub\n"));
    for (int i = 0; i < 5000; i++) {
        char *lines = format("process p%d\nflow f%d = hub -> p%d\n", i, i, i);
        text_add(&model, lines, strlen(lines));
        free(lines);
    }
    stridec *compilation = stridec_new(&config);
    assert_non_null(compilation);
    stridec_compile(compilation, "main.dfd", model.at, model.length);
    assert_int_equal(stridec_rename(compilation, "hub", "core"), STRIDEC_OK);
    stridec_free(compilation);
    free(model.at);
}

/* ---- completion -------------------------------------------------------------------------- */

/* Whether, at the mark | in the text, the word is offered. */
static bool is_offered(const char *path, const char *marked, const char *word, size_t *count) {
    const char *mark = strchr(marked, '|');
    char *text = format("%.*s%s", (int)(mark - marked), marked, mark + 1);
    struct editor editor;
    stridec_completion completion = {.size = sizeof completion};
    bool found = false;
    open_editor(&editor, path, text, "");
    for (*count = 0; stridec_completion_at(editor.compilation, path, (size_t)(mark - marked),
                                           *count, &completion);
         ++*count) {
        found |= strcmp(completion.text, word) == 0;
        assert_true(completion.start <= (size_t)(mark - marked));
        assert_true(completion.end >= (size_t)(mark - marked));
    }
    close_editor(&editor);
    free(text);
    return found;
}

#define SHOP "process api \"API\" { kind: api }\nstore db \"DB\"\nasset cards \"Cards\"\n"
#define YAML_SHOP "processes:\n  api: { label: API }\nstores:\n  db: DB\nassets:\n  cards: Cards\n"

static void what_may_stand_at_a_place_is_offered(void **state) {
    static const struct {
        const char *path, *text, *offered; /* NULL: nothing is */
        const char *not_offered;
    } cases[] = {
        {"a.dfd", SHOP "pro|", "process", "kind"},
        {"a.dfd", SHOP "|", "api", "parses"},
        {"a.dfd", SHOP "process web {\n  ki|\n}\n", "kind", "process"},
        {"a.dfd", SHOP "process web {\n  kind: gate|", "gateway", "sql"},
        {"a.dfd", SHOP "process web { kind: api; pars|", "parses", "process"},
        {"a.dfd", SHOP "api -> db : \"x\" { carries: [query, x|", "html", "kind"},
        {"a.dfd", SHOP "api -> db : \"x\" { carries: [\n  query,\n  |", "html", "kind"},
        {"a.dfd", SHOP "boundary b {\n  process x {\n  }\n  |\n}\n", "store", "parses"},
        {"a.dfd", SHOP "api -> |", "db", "cards"},
        {"a.dfd", SHOP "flow f = a|", "api", "flow"},
        {"a.dfd", SHOP "api -> db : \"x\" { data: [c|", "cards", "api"},
        {"a.dfd", SHOP "api -> db : \"x\" { auth: |", "jwt", "api"},
        {"a.dfd", SHOP "process web \"A |", NULL, ""},
        {"a.dfd", SHOP "# a |", NULL, ""},
        {"a.dfd", SHOP "process |", NULL, ""},
        {"a.yaml", YAML_SHOP "|", "flows", "kind"},
        {"a.yaml", YAML_SHOP "flo|", "flows", "kind"},
        {"a.yaml", YAML_SHOP "flows:\n  f: { from: a|", "api", "cards"},
        {"a.yaml", YAML_SHOP "flows:\n  f:\n    to: |", "db", "cards"},
        {"a.yaml", YAML_SHOP "flows:\n  f:\n    from: api\n    |", "protocol", "process"},
        {"a.yaml", YAML_SHOP "flows:\n  f: { from: api, auth: |", "jwt", "api"},
        {"a.yaml", YAML_SHOP "flows:\n  f:\n    data: [c|", "cards", "api"},
        {"a.yaml", YAML_SHOP "flows:\n  f:\n    data:\n      - |", "cards", "api"},
        {"a.yaml", YAML_SHOP "model:\n  |", "authors", "protocol"},
        {"a.yaml", YAML_SHOP "# |", NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t count;
        bool offered = is_offered(cases[i].path, cases[i].text,
                                  cases[i].offered ? cases[i].offered : "", &count);
        if (cases[i].offered ? !offered : count > 0)
            fail_msg("%s\n%s is %soffered", cases[i].text,
                     cases[i].offered ? cases[i].offered : "something", count ? "" : "not ");
        if (is_offered(cases[i].path, cases[i].text, cases[i].not_offered, &count))
            fail_msg("%s\n%s is offered", cases[i].text, cases[i].not_offered);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_stand_at_a_place_is_offered),
        cmocka_unit_test(places_are_known_in_a_text_with_a_mistake),
        cmocka_unit_test(the_place_at_each_offset_is_the_innermost),
        cmocka_unit_test(a_diagnostic_is_mended),
        cmocka_unit_test(a_fact_that_is_stated_changes_the_rows),
        cmocka_unit_test(a_fact_of_an_import_is_stated_in_its_file),
        cmocka_unit_test(what_is_declared_stands_beside_its_kind),
        cmocka_unit_test(an_element_is_renamed_wherever_it_is_named),
        cmocka_unit_test(an_element_is_renamed_in_yaml),
        cmocka_unit_test(what_cannot_be_renamed_is_refused_with_a_reason),
        cmocka_unit_test(an_unnamed_flow_gets_a_name),
        cmocka_unit_test(renaming_takes_memory_by_the_number_of_uses),
    };
    return cmocka_run_group_tests_name("editor", tests, NULL, NULL) != 0;
}
