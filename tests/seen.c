/* What a review has seen, against a model and decisions that go on: what is added, changed or gone
 * is named, and nothing is that only looks different. */
// SPDX-License-Identifier: MIT
#include "analysis/seen.h"
#include "project/project.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static const char model[] = "asset records \"Records\" { integrity: high }\n"
                            "external user \"User\"\n"
                            "boundary inside { process api \"API\" { kind: api; logs: local } }\n"
                            "flow send = user -> api : \"request\" { data: [records] }\n";

static const char decisions[] =
    "threat T-1 \"Changed\" { candidate: T@send/altered_on_way; likelihood: 3; impact: 4 }\n"
    "mitigation m \"TLS\" { for: [T-1]; state: not_started }\n"
    "dismiss R@api { reason: \"Nobody asks\"; code: not_plausible }\n";

/* The text of the triage file beside the model. */
static enum diag_code load(void *context, const char *path, writer_sink *take, void *taker) {
    const char *text = context;
    (void)path;
    return take(taker, text, strlen(text)) ? DIAG_COUNT : DIAG_import_too_large;
}

static void open_with(struct project *project, jmp_buf *failure, const char *path, const char *text,
                      const char *triage) {
    struct named_text input = {path, {text, strlen(text)}};
    project_open(project, NULL, 0);
    project->arena.failure = failure;
    project->load = load;
    project->load_context = (void *)(uintptr_t)triage;
    project->reads_decisions = true;
    assert_true(load_builtin_rules(project) && project_compile(project, &input));
    assert_non_null(project_rows(project));
}

#define REVIEW "review first { by: \"R\"; on: 2026-11-20; verdict: passed; seen: ["

/* A review that has seen all of it. */
static char *review_of(const char *text, const char *triage) {
    struct project project;
    struct text review = {0};
    jmp_buf failure;
    if (setjmp(failure))
        fail_msg("no memory");
    open_with(&project, &failure, "model.dfd", text, triage);
    struct seen_list list = things_to_see(&project.arena, project.model, project.decisions);
    text_add(&review, REVIEW, sizeof REVIEW - 1);
    for (size_t i = 0; i < list.count; i++) {
        struct slice sight =
            sight_of(&project.arena, project.model, project.decisions, list.items[i]);
        char *entry = format("\"%.*s\", ", SLICE_ARGS(sight));
        text_add(&review, entry, strlen(entry));
        free(entry);
    }
    text_add(&review, "] }\n", 4);
    project_close(&project);
    return review.at;
}

/* "new store db, changed process api", of what came after the review. */
static char *newer_than(const char *review, const char *path, const char *text,
                        const char *triage) {
    struct project project;
    struct text told = {0};
    jmp_buf failure;
    char *decided = format("%s%s", triage, review);
    if (setjmp(failure))
        fail_msg("no memory");
    open_with(&project, &failure, path, text, decided);
    struct seen_changes changes = changes_since(&project.arena, project.model, project.decisions,
                                                latest_review(project.decisions));
    assert_true(changes.known);
    text_add(&told, "", 0);
    for (size_t i = 0; i < changes.count; i++) {
        const struct seen_change *change = &changes.items[i];
        char *line = format("%s%s %.*s %.*s", i ? ", " : "",
                            !change->decl    ? "gone"
                            : change->is_new ? "new"
                                             : "changed",
                            SLICE_ARGS(change->kind), SLICE_ARGS(change->id));
        text_add(&told, line, strlen(line));
        free(line);
    }
    project_close(&project);
    free(decided);
    return told.at;
}

static void check_newer(const char *text, const char *triage, const char *expected) {
    char *review = review_of(model, decisions);
    char *newer = newer_than(review, "model.dfd", text, triage);
    assert_string_equal(newer, expected);
    free(newer);
    free(review);
}

static void what_is_newer_is_named(void **state) {
    (void)state;
    check_newer("asset records \"Records\" { integrity: low }\n"
                "external user \"User\"\n"
                "boundary inside { process api \"API\" { kind: api; logs: central }; store db }\n"
                "flow send = user -> api : \"request\" { data: [records] }\n",
                decisions, "changed asset records, changed process api, new store db");
    check_newer("external user \"User\"\n"
                "boundary inside { process api \"API\" { kind: api; logs: local } }\n"
                "flow send = user -> api : \"request\"\n",
                decisions, "changed flow send, gone asset records");
    check_newer("asset records \"Records\" { integrity: high }\n"
                "external user \"User\"\n"
                "process api \"API\" { kind: api; logs: local }\n"
                "boundary inside {}\n"
                "flow send = api -> user : \"request\" { data: [records] }\n",
                decisions, "changed process api, changed flow send");
}

static void newer_decisions_are_named(void **state) {
    (void)state;
    check_newer(
        model,
        "threat T-1 \"Changed\" { candidate: T@send/altered_on_way; likelihood: 5; impact: 4 }\n"
        "mitigation m \"TLS\" { for: [T-1]; state: complete }\n"
        "dismiss { for: [S@user]; reason: \"No\"; code: not_plausible }\n",
        "changed threat T-1, new dismiss S@user, changed mitigation m, gone dismiss R@api");
}

static void what_only_looks_different_is_not_newer(void **state) {
    (void)state;
    check_newer(
        "# order, comments, the place by `in`\n"
        "external user \"User\"\n"
        "boundary inside {}\n"
        "process api \"API\" { logs: local; kind: api; in: inside }\n"
        "flow send = user -> api : \"request\" { data: [records]; allow: [W0402] }\n"
        "asset records \"Records\" {\n  integrity: high\n}\n",
        "dismiss R@api { code: not_plausible; reason: \"Nobody asks\"; basis: [\"x.y=z\"] }\n"
        "mitigation m \"TLS\" { state: not_started; for: [T-1] }\n"
        "threat T-1 \"Changed\" { impact: 4; likelihood: 3; candidate: T@send/altered_on_way }\n",
        "");
}

static void a_new_id_is_not_newer(void **state) {
    (void)state;
    check_newer(
        "asset papers \"Records\" { integrity: high; was: [records] }\n"
        "external user \"User\"\n"
        "boundary zone { was: [inside]; process server \"API\" { kind: api; logs: local; was: "
        "[api] } }\n"
        "flow order = user -> server : \"request\" { data: [papers]; was: [send] }\n",
        "threat T-1 \"Changed\" { candidate: T@order/altered_on_way; likelihood: 3; impact: 4 }\n"
        "mitigation m \"TLS\" { for: [T-1]; state: not_started }\n"
        "dismiss R@server { reason: \"Nobody asks\"; code: not_plausible }\n",
        "");
}

static const char decisions_about_user[] =
    "threat T-1 \"Denied\" { candidate: R@user; component: api }\n"
    "risk r { for: [T-1]; decision: deferred }\n"
    "dismiss D@user_to_api { reason: \"No\"; code: not_plausible; see: T-1 }\n";
static const char renamed_decisions_about_user[] =
    "threat T-10 \"Denied\" { candidate: R@user; component: front; was: T-1 }\n"
    "risk r { for: [T-10]; decision: deferred }\n"
    "dismiss D@user_to_front { reason: \"No\"; code: not_plausible; see: T-10 }\n";

/* Its flows have ids that come from it. */
static void what_a_new_id_brings_along_is_not_newer(void **state) {
    static const char before[] = "external user\nprocess api\nuser -> api : \"asks\"\n",
                      after[] = "external user\nprocess front { was: [api, web] }\n"
                                "user -> front : \"asks\"\n";
    (void)state;
    char *review = review_of(before, decisions_about_user);
    char *newer = newer_than(review, "model.dfd", after, renamed_decisions_about_user);
    assert_string_equal(newer, "");
    free(newer);
    free(review);
}

static void the_other_form_is_the_same(void **state) {
    (void)state;
    char *review = review_of(model, decisions);
    char *newer =
        newer_than(review, "model.yaml",
                   "assets: {records: {label: Records, integrity: high}}\n"
                   "externals: {user: {label: User}}\n"
                   "boundaries: {inside: {}}\n"
                   "processes: {api: {label: API, in: inside, kind: api, logs: local}}\n"
                   "flows: {send: {from: user, to: api, label: request, data: [records]}}\n",
                   decisions);
    assert_string_equal(newer, "");
    free(newer);
    free(review);
}

static void the_latest_review_counts(void **state) {
    (void)state;
    struct project project;
    jmp_buf failure;
    if (setjmp(failure))
        fail_msg("no memory");
    open_with(&project, &failure, "model.dfd", model,
              "review b { by: \"B\"; on: 2027-02-01; verdict: failed }\n"
              "review c { by: \"C\"; on: 2027-02-01; verdict: passed }\n"
              "review a { by: \"A\"; on: 2026-02-01; verdict: passed }\n");
    const struct decl *latest = latest_review(project.decisions);
    assert_true(latest && slice_is(decl_id(latest), "c"));
    assert_false(changes_since(&project.arena, project.model, project.decisions, latest).known);
    project_close(&project);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_newer_is_named),
        cmocka_unit_test(newer_decisions_are_named),
        cmocka_unit_test(what_only_looks_different_is_not_newer),
        cmocka_unit_test(a_new_id_is_not_newer),
        cmocka_unit_test(what_a_new_id_brings_along_is_not_newer),
        cmocka_unit_test(the_other_form_is_the_same),
        cmocka_unit_test(the_latest_review_counts),
    };
    return cmocka_run_group_tests_name("seen", tests, NULL, NULL) != 0;
}
