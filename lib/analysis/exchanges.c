/* An answer is data that its target fetches, from one that it also sends requests to: what proves
 * the caller and protects the channel is the same for both, and need not be stated twice. */
// SPDX-License-Identifier: MIT
#include "analysis/exchanges.h"

struct pair {
    const struct decl *caller, *callee;
};

static struct slice pair_key(const struct pair *pair) {
    return (struct slice){(const char *)pair, sizeof *pair};
}

static struct pair pair_of(const struct analysis *analysis, const struct decl *flow) {
    const struct passage *passage = flow_passage(analysis, flow);
    struct decl *const *subjects = analysis->model->subjects.items;
    return (struct pair){subjects[passage->caller], subjects[passage->callee]};
}

static bool is_fetched(const struct analysis *analysis, const struct decl *flow) {
    return flow_passage(analysis, flow)->caller == flow->to->number && flow->from != flow->to;
}

/* The safety of what is stated: 0 for an unsafe value, 1 for none, 2 for a safe one. */
static int safety_of(const struct attribute *attribute) {
    return !attribute || !attribute->stated ? 1 : attribute->safe ? 2 : 0;
}

static bool states_same(const struct attribute *one, const struct attribute *other) {
    bool stated = one && one->stated;
    if (stated != (other && other->stated))
        return false;
    return !stated || (one->word_count == 1 && other->word_count == 1 && one->only == other->only);
}

/* Of several requests the least safe one counts, and of equal ones the first. */
static void count_request(struct request *least, const struct decl *flow, enum attribute_id name) {
    const struct attribute *attribute = decl_attribute(flow, name);
    least->mixed |= least->flow && !states_same(attribute, least->stated);
    if (!least->flow || safety_of(attribute) < safety_of(least->stated)) {
        least->flow = flow;
        least->stated = attribute;
    }
}

static void add_answer(struct arena *arena, struct analysis *analysis, struct table *by_pair,
                       const struct decl *flow) {
    struct pair *pair = ARENA_NEW(arena, struct pair);
    *pair = pair_of(analysis, flow);
    struct exchange *exchange = table_get(by_pair, pair_key(pair));
    if (!exchange) {
        exchange = ARENA_NEW(arena, struct exchange);
        table_intern(arena, by_pair, pair_key(pair), exchange);
    }
    analysis->exchanges[flow->index] = exchange;
}

static void add_request(struct arena *arena, const struct analysis *analysis,
                        const struct table *by_pair, const struct decl *flow) {
    struct pair pair = pair_of(analysis, flow);
    struct exchange *exchange = table_get(by_pair, pair_key(&pair));
    if (!exchange)
        return;
    count_request(&exchange->auth, flow, ATTRIBUTE_auth);
    count_request(&exchange->protocol, flow, ATTRIBUTE_protocol);
    count_request(&exchange->rotated, flow, ATTRIBUTE_rotated);
    if (exchange->requests.count < REQUEST_LIMIT)
        *ARRAY_ADD(arena, &exchange->requests) = flow;
}

void find_exchanges(struct arena *arena, struct analysis *analysis) {
    const struct decl_list *flows = &analysis->model->of[KIND_FLOW];
    struct table by_pair = {0};
    for (size_t i = 0; i < flows->count; i++) {
        if (!is_fetched(analysis, flows->items[i]))
            continue;
        if (!analysis->exchanges)
            analysis->exchanges = ARENA_ARRAY(arena, struct exchange *, flows->count);
        add_answer(arena, analysis, &by_pair, flows->items[i]);
    }
    for (size_t i = 0; i < flows->count && analysis->exchanges; i++)
        if (!is_fetched(analysis, flows->items[i]))
            add_request(arena, analysis, &by_pair, flows->items[i]);
}
