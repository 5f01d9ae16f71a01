/* The model as a whole and the decisions beside it, as data: in order, with what they come to and
 * what they state; and what a careless host gets. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static const char model_text[] =
    "model pay \"Payments\" { owner: \"Payments team\"; authors: [\"Ana Ruiz\", \"Li Wei\"] }\n"
    "external user \"User\"\n"
    "boundary net \"Network\" { process api \"API\" { kind: api } }\n"
    "flow order = user -> api : \"order\" { protocol: http; auth: session }\n";
static const char triage_text[] =
    "review r { by: \"Somebody\"; on: 2026-05-01; verdict: passed }\n"
    "policy { bands: [[critical, 16], [high, 8], [medium, 4]] }\n"
    "dismiss R@user { code: not_ours; reason: \"x\"; owner: \"y\"; review: 2027-06-01 }\n"
    "mitigation tls \"TLS\" { for: [T-1]; state: not_started; due: 2026-12-24 }\n"
    "mitigation hsts { for: [T-1]; state: in_progress; refs: [\"A-1\", \"A-2\"] }\n"
    "threat T-1 \"Changed\" { candidate: T@order/altered_on_way; likelihood: 4; impact: 5; "
    "basis: [\"order.protocol=https\", \"order.crosses=net\"] }\n"
    "threat S-1 { candidate: S@gone }\n"
    "risk later { for: [S-1]; decision: deferred }\n";

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    (void)context;
    if (strcmp(path, "pay.triage.dfd") != 0)
        return STRIDEC_NOT_THERE;
    take(taker, triage_text, sizeof triage_text - 1);
    return STRIDEC_LOADED;
}

static stridec *compile(bool decisions) {
    const stridec_config config = {.size = sizeof config, .load = load, .decisions = decisions};
    stridec *compilation = stridec_new(&config);
    assert_int_equal(stridec_compile(compilation, "pay.dfd", model_text, sizeof model_text - 1),
                     STRIDEC_OK);
    return compilation;
}

static void the_model_as_a_whole(void **state) {
    (void)state;
    stridec *compilation = compile(false);
    stridec_model model = {.size = sizeof model};
    assert_true(stridec_describe(compilation, &model));
    assert_string_equal(model.id, "pay");
    assert_string_equal(model.label, "Payments");
    assert_string_equal(model.owner, "Payments team");
    assert_int_equal(model.author_count, 2);
    assert_string_equal(model.authors[1], "Li Wei");
    assert_int_equal(model.elements, 2);
    assert_int_equal(model.flows, 1);
    assert_int_equal(model.crossings, 1);
    stridec_decision decision = {.size = sizeof decision};
    assert_false(stridec_decision_at(compilation, 0, &decision)); /* nobody asked for them */
    stridec_free(compilation);
}

static bool has_standing(const stridec_decision *decision, const char *word) {
    for (size_t i = 0; i < decision->standing_count; i++)
        if (strcmp(decision->standing[i], word) == 0)
            return true;
    return false;
}

static void decisions_in_their_order(void **state) {
    static const struct {
        const char *kind, *id, *state, *priority;
    } expected[] = {
        {"threat", "T-1", "in_progress", "critical"},
        {"threat", "S-1", "orphan", ""},
        {"mitigation", "tls", "not_started", ""},
        {"mitigation", "hsts", "in_progress", ""},
        {"risk", "later", "deferred", ""},
        {"dismiss", "R@user", "not_ours", ""},
        {"review", "r", "passed", ""},
        {"policy", "", "", ""},
    };
    (void)state;
    stridec *compilation = compile(true);
    stridec_decision decision = {.size = sizeof decision};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_true(stridec_decision_at(compilation, i, &decision));
        assert_string_equal(decision.kind, expected[i].kind);
        assert_string_equal(decision.id, expected[i].id);

        assert_string_equal(decision.state, expected[i].state);
        assert_string_equal(decision.priority, expected[i].priority);
    }
    assert_false(stridec_decision_at(compilation, sizeof expected / sizeof *expected, &decision));
    assert_true(stridec_decision_at(compilation, 0, &decision));
    assert_string_equal(decision.label, "Changed");
    assert_true(has_standing(&decision, "stale")); /* the protocol was https */
    assert_true(stridec_decision_at(compilation, 1, &decision));
    assert_true(has_standing(&decision, "orphan"));
    stridec_free(compilation);
}

static void what_decisions_state(void **state) {
    (void)state;
    stridec *compilation = compile(true);
    assert_string_equal(stridec_decision_text(compilation, 2, "due"), "2026-12-24");
    assert_string_equal(stridec_decision_text(compilation, 3, "refs"), "A-1");
    assert_null(stridec_decision_text(compilation, 3, "due"));
    assert_null(stridec_decision_text(compilation, 3, "protocol"));
    assert_null(stridec_decision_text(compilation, 3, NULL));
    assert_null(stridec_decision_text(compilation, 99, "due"));
    assert_null(stridec_decision_text(NULL, 0, "due"));
    stridec_decision none = {.size = 0};
    assert_false(stridec_decision_at(compilation, 0, &none));
    assert_false(stridec_decision_at(compilation, 0, NULL));
    assert_false(stridec_describe(compilation, NULL));
    stridec *empty = stridec_new(NULL);
    stridec_model model = {.size = sizeof model};
    assert_false(stridec_describe(empty, &model));
    assert_false(stridec_decision_at(empty, 0, &(stridec_decision){.size = sizeof none}));
    stridec_free(empty);
    stridec_free(compilation);
}

/* An older host knows less of the struct, and what is behind it stays as it was. */
static void older_hosts_get_what_they_know(void **state) {
    (void)state;
    stridec *compilation = compile(true);
    stridec_decision decision = {.size = offsetof(stridec_decision, label), .label = "mine"};
    assert_true(stridec_decision_at(compilation, 0, &decision));
    assert_string_equal(decision.id, "T-1");
    assert_string_equal(decision.label, "mine");
    stridec_free(compilation);
}

static void states_of_threats(void **state) {
    (void)state;
    size_t count = 0;
    bool mitigated = false;
    for (const char *word; (word = stridec_threat_state_at(count)); count++)
        mitigated |= strcmp(word, "mitigated") == 0;
    assert_true(mitigated);
    assert_null(stridec_threat_state_at(count + 100));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_as_a_whole), cmocka_unit_test(decisions_in_their_order),
        cmocka_unit_test(what_decisions_state), cmocka_unit_test(older_hosts_get_what_they_know),
        cmocka_unit_test(states_of_threats),
    };
    return cmocka_run_group_tests_name("decision_data", tests, NULL, NULL) != 0;
}
