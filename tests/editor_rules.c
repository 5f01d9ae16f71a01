/* The small editor in rule packs: from a word to the letter or rule that it means, and renames. */
// SPDX-License-Identifier: MIT
#include "buffers.h"

/* With rules that are added before the model. `more` may be NULL. */
static void open_with_rules(struct editor *editor, const char *model, const char *rules,
                            const char *more) {
    open_editor(editor, "main.dfd", model, "");
    editor->buffers[2].path = "team.dfd";
    set_text(&editor->buffers[2], rules);
    if (more) {
        editor->buffers[3].path = "ours.dfd";
        set_text(&editor->buffers[3], more);
    }
    compile(editor);
}

static const char team[] = "method team \"Team\" {\n"
                           "  letter T \"Tampering\"\n"
                           "  letter X \"Extra\"\n"
                           "  applies flow { always: [X, T]; by_rule: tampering }\n"
                           "  never store { letters: [X]; reason: \"none\" }\n"
                           "}\n"
                           "rule odd \"Odd\" {\n"
                           "  category: X\n"
                           "  on: flow\n"
                           "  ask: \"Why?\"\n"
                           "  when ( source in [external, store] and carries has file )\n"
                           "  unless ( target.authorizes or auth is mfa )\n"
                           "}\n";
static const char ours[] = "method ours \"Ours\" { disable: [odd, flood] }\n"
                           "rule even \"Even\" {\n"
                           "  category: tampering; on: flow; ask: \"Why?\"; was: [odd, older]\n"
                           "  when ( carries has file )\n"
                           "  unless ( signed )\n"
                           "}\n";

/* What is known of the word that `anchor` ends with, where that text stands in the file. */
struct known_word {
    const char *path, *anchor;
    stridec_role role;
    const char *of; /* kind, id, attribute */
    const char *declared_path;
    const char *declared; /* how the text goes on there */
};

static void check_word(const struct editor *editor, const struct known_word *known) {
    stridec_place place = {.size = sizeof place};
    struct editor *open = (struct editor *)editor;
    const char *text = find_buffer(open, known->path)->text.at, *at = strstr(text, known->anchor);
    assert_non_null(at);
    size_t offset = (size_t)(at - text) + strlen(known->anchor) - 1;
    if (!stridec_place_find(editor->compilation, known->path, offset, &place))
        fail_msg("%s is no place", known->anchor);
    char *of = format("%s %s %s", place.kind, place.id, place.attribute);
    assert_int_equal(place.role, known->role);
    assert_string_equal(of, known->of);
    assert_string_equal(place.declared_path, known->declared_path);
    if (*known->declared_path)
        assert_memory_equal(find_buffer(open, place.declared_path)->text.at + place.declared_start,
                            known->declared, strlen(known->declared));
    free(of);
}

static void words_of_rules_lead_to_what_they_mean(void **state) {
    static const struct known_word words[] = {
        {"team.dfd", "letter X", STRIDEC_DECLARATION, "letter X ", "team.dfd", "X \"Extra"},
        {"team.dfd", "always: [X", STRIDEC_REFERENCE, "letter X ", "team.dfd", "X \"Extra"},
        {"team.dfd", "[X, T", STRIDEC_REFERENCE, "letter T ", "team.dfd", "T \"Tampering"},
        {"team.dfd", "by_rule: tampering", STRIDEC_REFERENCE, "letter T ", "team.dfd", "T \"T"},
        {"team.dfd", "letters: [X", STRIDEC_REFERENCE, "letter X ", "team.dfd", "X \"Extra"},
        {"team.dfd", "category: X", STRIDEC_REFERENCE, "letter X ", "team.dfd", "X \"Extra"},
        {"team.dfd", "category", STRIDEC_ATTRIBUTE, "rule odd category", "team.dfd", "odd \"Odd"},
        {"team.dfd", "in [external", STRIDEC_VALUE, "rule odd ", "team.dfd", "odd \"Odd"},
        {"team.dfd", "carries", STRIDEC_ATTRIBUTE, "rule odd carries", "team.dfd", "odd"},
        {"team.dfd", "has file", STRIDEC_VALUE, "rule odd carries", "team.dfd", "odd"},
        {"team.dfd", "target.auth", STRIDEC_ATTRIBUTE, "rule odd authorizes", "team.dfd", "odd"},
        {"team.dfd", "auth is mfa", STRIDEC_VALUE, "rule odd auth", "team.dfd", "odd"},
        {"ours.dfd", "category: tampering", STRIDEC_REFERENCE, "letter T ", "team.dfd", "T \"T"},
        {"ours.dfd", "disable: [odd", STRIDEC_REFERENCE, "rule odd ", "team.dfd", "odd \"Odd"},
        {"ours.dfd", "odd, flood", STRIDEC_REFERENCE, "rule flood ", "", NULL},
        {"ours.dfd", "was: [odd", STRIDEC_REFERENCE, "rule odd ", "team.dfd", "odd \"Odd"},
        {"ours.dfd", "odd, older", STRIDEC_VALUE, "rule even was", "ours.dfd", "even \"Even"},
    };
    stridec_completion completion = {.size = sizeof completion};
    struct editor editor;
    (void)state;
    open_with_rules(&editor, "process p \"P\"\n", team, ours);
    assert_int_equal(editor.status, STRIDEC_OK);
    for (size_t i = 0; i < COUNT(words); i++)
        check_word(&editor, &words[i]);
    assert_false(stridec_completion_at(editor.compilation, "ours.dfd", 0, 0, &completion));
    close_editor(&editor);
}

/* What is built in has no file; a pack alone names its letters all the same. */
static void a_letter_that_is_built_in_has_no_place(void **state) {
    static const struct known_word word = {
        "team.dfd", "category: S", STRIDEC_REFERENCE, "letter S ", "", NULL};
    struct editor editor;
    (void)state;
    open_with_rules(
        &editor, "process p \"P\"\n",
        "rule r \"R\" { category: S; on: flow; ask: \"Why?\"; when ( carries has file )\n"
        "  unless ( signed ) }\nmethod m { disable: [odd_one, fload] }\n",
        NULL);
    check_word(&editor, &word);
    stridec_change fix = {.size = sizeof fix};
    bool mended = false;
    for (size_t i = 0; i < stridec_diagnostic_count(editor.compilation); i++)
        mended |= stridec_fix_at(editor.compilation, i, &fix);
    assert_true(mended);
    change(&editor, &fix);
    assert_non_null(strstr(editor.buffers[2].text.at, "disable: [odd_one, flood]"));
    close_editor(&editor);
}

/* The model names the pack itself. */
static void a_pack_that_the_model_names_has_places(void **state) {
    static const struct known_word word = {"lib.dfd",   "category: X", STRIDEC_REFERENCE,
                                           "letter X ", "lib.dfd",     "X \"Extra"};
    struct editor editor;
    (void)state;
    open_editor(&editor, "main.dfd", "model m \"M\" { rules: [\"lib.dfd\"] }\nprocess p \"P\"\n",
                team);
    assert_int_equal(editor.status, STRIDEC_OK);
    check_word(&editor, &word);
    close_editor(&editor);
}

static size_t end_of(struct editor *editor, const char *path, const char *word) {
    const char *text = find_buffer(editor, path)->text.at, *at = strstr(text, word);
    assert_non_null(at);
    return (size_t)(at - text) + strlen(word);
}

static stridec_status rename_word(struct editor *editor, const char *path, const char *word,
                                  const char *to) {
    return stridec_rename_at(editor->compilation, path, end_of(editor, path, word) - 1, to);
}

static void letters_and_rules_are_renamed_wherever_they_are_named(void **state) {
    static const char more[] = "method ours \"Ours\" { disable: [odd] }\n"
                               "rule forged_caller \"F\" {\n"
                               "  category: extra; on: flow; ask: \"Why?\"\n"
                               "  when ( carries has file )\n"
                               "  unless ( signed )\n"
                               "}\n";
    struct editor editor;
    (void)state;
    open_with_rules(&editor, "process X \"P\"\n", team, more);
    assert_int_equal(rename_word(&editor, "team.dfd", "category: X", "Z"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(rename_word(&editor, "ours.dfd", "disable: [odd", "strange"), STRIDEC_OK);
    make_changes(&editor);
    assert_int_equal(editor.status, STRIDEC_OK);
    assert_string_equal(editor.buffers[0].text.at, "process X \"P\"\n");
    const char *rules = editor.buffers[2].text.at;
    assert_null(strchr(rules, 'X'));
    assert_non_null(strstr(rules, "letter Z \"Extra\"\n"));
    assert_non_null(strstr(rules, "{ always: [Z, T]; by_rule: tampering }"));
    assert_non_null(strstr(rules, "letters: [Z]"));
    assert_non_null(strstr(rules, "rule strange \"Odd\" {\n  category: Z\n"));
    assert_non_null(strstr(editor.buffers[3].text.at, "disable: [strange] }"));
    assert_non_null(strstr(editor.buffers[3].text.at, "category: extra;"));
    static const struct {
        const char *path, *word, *to;
    } refused[] = {
        {"team.dfd", "letter T", "Y"},           /* the built-in method has it */
        {"team.dfd", "letter Z", "S"},           /* that one does */
        {"team.dfd", "letter Z", "LONG"},        /* no code */
        {"team.dfd", "rule strange", "flood"},   /* taken by a built-in rule */
        {"team.dfd", "method team", "other"},    /* nothing names it */
        {"ours.dfd", "rule forged_caller", "f"}, /* it replaces a built-in one */
        {"ours.dfd", "ask", "f"},
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_int_equal(rename_word(&editor, refused[i].path, refused[i].word, refused[i].to),
                         STRIDEC_MISUSE);
    close_editor(&editor);
}

static void the_past_of_a_rule_keeps_its_id(void **state) {
    struct editor editor;
    (void)state;
    open_with_rules(&editor, "process p \"P\"\n", team, ours);
    assert_int_equal(rename_word(&editor, "team.dfd", "rule odd", "strange"), STRIDEC_MISUSE);
    assert_int_equal(rename_word(&editor, "ours.dfd", "rule even", "older"), STRIDEC_OK);
    assert_int_equal(rename_word(&editor, "ours.dfd", "rule even", "plain"), STRIDEC_OK);
    close_editor(&editor);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_rules_lead_to_what_they_mean),
        cmocka_unit_test(a_letter_that_is_built_in_has_no_place),
        cmocka_unit_test(a_pack_that_the_model_names_has_places),
        cmocka_unit_test(letters_and_rules_are_renamed_wherever_they_are_named),
        cmocka_unit_test(the_past_of_a_rule_keeps_its_id),
    };
    return cmocka_run_group_tests_name("editor_rules", tests, NULL, NULL) != 0;
}
