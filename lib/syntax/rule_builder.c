/* First the method, as rules name its letters; then the rules. */
// SPDX-License-Identifier: MIT
#include "syntax/rule_builder.h"

#include "syntax/bands.h"
#include "syntax/bind.h"
#include "syntax/builder.h"
#include "syntax/consistent.h"
#include "syntax/rule_ids.h"
#include "syntax/rule_references.h"

#include <string.h>

struct rule_builder {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    struct vocabulary *vocabulary;
    struct rule_pack *pack;
    struct model *decls; /* the declarations of this pack */
    bool checks; /* whether conditions can hold; the built-in ones do, by tests/consistent.c */
};

static struct diagnostic *report(struct rule_builder *builder, enum diag_code code,
                                 struct span span, const struct slice *args) {
    return diag_add(builder->diagnostics, code, builder->source, span, args);
}

/* SUBJECT_COUNT, and reported, when it is no kind of subject. */
static enum subject_kind find_subject(struct rule_builder *builder, struct slice word,
                                      struct span span) {
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        if (slice_is(word, subject_rows[i].word))
            return (enum subject_kind)i;
    struct slice names[SUBJECT_COUNT];
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        names[i] = slice_of(subject_rows[i].word);
    diag_suggest(builder->diagnostics, report(builder, DIAG_wrong_subject, span, ARGS(word)), word,
                 names, SUBJECT_COUNT);
    return SUBJECT_COUNT;
}

static unsigned subject_set(enum subject_kind subject) {
    static const unsigned sets[] = {ON_EXTERNALS, ON_PROCESS, ON_STORE, ON_FLOW, ON_CROSSING};
    return sets[subject];
}

/* NULL, and reported, when the method has no such letter. */
static const struct letter *find_letter(struct rule_builder *builder, const struct method *method,
                                        const struct word *word) {
    const struct letter *letter = method_letter(method, word_text(word));
    if (letter) {
        keep_use(builder->arena, builder->decls->uses, word, letter->decl);
        return letter;
    }
    struct diagnostic *added =
        report(builder, DIAG_unknown_letter, word_span(word), ARGS(word_text(word)));
    struct memory_writer codes;
    memory_writer_open(&codes, builder->arena);
    for (size_t i = 0; i < method->letter_count; i++) {
        const struct letter *known = &method->letters[i];
        write_format(&codes.writer, "%s%.*s", i ? ", " : "", SLICE_ARGS(known->code));
        struct slice text = word_text(word);
        if (text.length > 2 && slice_equal_letters(text, slice_part(known->name, 0, text.length))) {
            diag_hint(builder->diagnostics, added, "did you mean '%.*s'?", SLICE_ARGS(known->code));
            return NULL;
        }
    }
    diag_hint(builder->diagnostics, added, "it declares %.*s",
              SLICE_ARGS(memory_writer_close(&codes)));
    return NULL;
}

/* The set of letters that an attribute lists. */
static unsigned letter_set(struct rule_builder *builder, struct method *method,
                           const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    unsigned set = 0;
    for (const struct value *value = stated_values(attribute); value;
         value = next_stated(attribute, value)) {
        const struct letter *letter = find_letter(builder, method, &value->word);
        set |= letter ? 1u << letter->index : 0;
    }
    return set;
}

static const char *const ratings[] = {"confidentiality", "integrity", "availability"};

/* The place of the rating that `stake` names; -1 where it names none. */
static int find_stake(const struct decl *decl, int otherwise) {
    const struct attribute *stake = decl_attribute(decl, ATTRIBUTE_stake);
    if (!stake || !stake->stated)
        return otherwise;
    int rating = 2;
    while (rating >= 0 && !slice_is(word_text(&stake->item->value->word), ratings[rating]))
        rating--;
    return rating;
}

static void build_letter(struct rule_builder *builder, struct method *method,
                         const struct decl *decl) {
    if (method->letter_count == LETTER_LIMIT || decl_id(decl).length > LETTER_LENGTH) {
        struct diagnostic *added =
            report(builder, DIAG_malformed_id, decl_span(decl), ARGS(decl_id(decl)));
        if (decl_id(decl).length > LETTER_LENGTH)
            diag_hint(builder->diagnostics, added,
                      "a letter has one to three characters; the name stands in quotes after it");
        else
            diag_hint(builder->diagnostics, added, "a method has at most %d letters", LETTER_LIMIT);
        return;
    }
    if (method_letter(method, decl_id(decl))) {
        report(builder, DIAG_duplicate_id, decl_span(decl), ARGS(decl_id(decl)));
        return;
    }
    const struct method *before = builder->pack->method;
    struct letter *letter = &method->letters[method->letter_count];
    *letter = (struct letter){.code = decl_id(decl),
                              .name = decl_title(decl),
                              .about = decl_text(decl, ATTRIBUTE_about),
                              .stake = find_stake(decl, -1),
                              .ease = decl_number(decl, ATTRIBUTE_ease, 1),
                              .harm = decl_number(decl, ATTRIBUTE_harm, 0),
                              .decl = decl,
                              .replaces = before && method_letter(before, decl_id(decl)),
                              .index = (unsigned)method->letter_count++};
    const struct attribute *impact = decl_attribute(decl, ATTRIBUTE_impact);
    for (const struct value *value = stated_values(impact); value;
         value = next_stated(impact, value))
        for (size_t i = 0; i < 3; i++)
            letter->impact[i] |= slice_is(word_text(&value->word), ratings[i]);
}

static const struct item *find_condition(const struct decl *decl, const char *word) {
    const struct item *item = items_inside(decl->item);
    while (item && !(item->kind == ITEM_CONDITION && slice_is(word_text(&item->word), word)))
        item = item->next;
    return item;
}

static struct consistency consistency_of(const struct rule_builder *builder, unsigned subject) {
    return (struct consistency){.arena = builder->arena,
                                .diagnostics = builder->diagnostics,
                                .source = builder->source,
                                .vocabulary = builder->vocabulary,
                                .subject = subject};
}

/* NULL, and reported, when it is not there, means nothing or never holds. */
static struct condition *build_condition(struct rule_builder *builder, const struct decl *decl,
                                         const char *word, unsigned subject, bool judges) {
    const struct item *item = find_condition(decl, word);
    if (!item) {
        if (!item_block(decl->item) || !item_block(decl->item)->damaged)
            report(builder, DIAG_missing_condition, decl_span(decl),
                   ARGS(decl_id(decl), slice_of(word)));
        return NULL;
    }
    struct binder binder = {.arena = builder->arena,
                            .diagnostics = builder->diagnostics,
                            .source = builder->source,
                            .vocabulary = builder->vocabulary,
                            .uses = builder->decls->uses,
                            .decl = decl,
                            .subject = subject,
                            .here = subject,
                            .judges = judges};
    struct consistency consistency = consistency_of(builder, subject);
    struct condition *condition = bind_condition(&binder, item->expr);
    bool fine = condition && (!builder->checks || check_holds(&consistency, condition));
    return fine ? condition : NULL;
}

/* What `never` says holds for every subject of the kind, or where its `when` holds. */
static void build_never(struct rule_builder *builder, struct method *method,
                        const struct decl *decl) {
    enum subject_kind subject = find_subject(builder, decl_id(decl), decl_span(decl));
    unsigned letters = letter_set(builder, method, decl, ATTRIBUTE_letters);
    struct slice reason = decl_text(decl, ATTRIBUTE_reason);
    if (subject == SUBJECT_COUNT)
        return;
    if (find_condition(decl, "when")) {
        struct condition *when =
            build_condition(builder, decl, "when", subject_set(subject), false);
        if (when && method->exemptions.count < EXEMPTION_LIMIT)
            *ARRAY_ADD(builder->arena, &method->exemptions) =
                (struct exemption){subject, letters, when, reason};
        return;
    }
    for (size_t i = 0; i < method->letter_count; i++)
        if (letters >> i & 1)
            method->never[subject][i] = reason;
}

static void build_tier(struct rule_builder *builder, struct method *method,
                       const struct decl *decl) {
    const struct attribute *on = decl_attribute(decl, ATTRIBUTE_rule_on);
    bool is_limit = decl_attribute(decl, ATTRIBUTE_at_best) != NULL;
    struct tier_rule tier = {
        .id = decl_id(decl),
        .tier = decl_number(decl, is_limit ? ATTRIBUTE_at_best : ATTRIBUTE_tier_number, 3),
        .is_limit = is_limit,
        .since = decl_number(decl, ATTRIBUTE_since, 1),
        .subjects = ~0u,
        .letters = ~0u};
    unsigned kinds = ON_SUBJECT;
    if (on && on->stated) {
        const struct word *word = &on->item->value->word;
        enum subject_kind subject = find_subject(builder, word_text(word), word_span(word));
        if (subject == SUBJECT_COUNT)
            return;
        tier.subjects = 1u << subject;
        kinds = subject_set(subject);
    }
    if (decl_attribute(decl, ATTRIBUTE_letters))
        tier.letters = letter_set(builder, method, decl, ATTRIBUTE_letters);
    tier.when = build_condition(builder, decl, is_limit ? "unless" : "when", kinds, true);
    if (tier.when)
        *ARRAY_ADD(builder->arena, &method->tiers) = tier;
}

/* A pack that states no bands leaves those of the method as they are. */
static void build_bands(struct rule_builder *builder, const struct decl *decl) {
    const struct attribute *bands = decl_attribute(decl, ATTRIBUTE_bands);
    if (bands && bands->stated && builder->pack->method)
        read_bands(builder->diagnostics, decl_source(decl), bands, &builder->pack->method->bands);
}

/* A pack that states no number leaves that of the method before. */
static void build_number(struct rule_builder *builder, const struct decl *decl) {
    const struct attribute *number = decl_attribute(decl, ATTRIBUTE_pack);
    if (number && number->stated && builder->pack->method)
        builder->pack->method->pack = number->number;
}

/* Rules of earlier packs name letters of the earlier method. A rule cannot ask about a letter that
 * the new method lacks, which is reported at the rule. */
static void rebind_rules(struct rule_builder *builder, const struct decl *method) {
    struct rule_pack *pack = builder->pack;
    for (size_t i = 0; i < pack->rules.count; i++) {
        struct rule *rule = pack->rules.items[i];
        const struct letter *letter = method_letter(pack->method, rule->letter->code);
        if (!letter && !rule->built_in && !rule->disabled)
            diag_note(builder->diagnostics,
                      report(builder, DIAG_dropped_rule, decl_span(method),
                             ARGS(decl_id(method), rule->letter->code, rule->id)),
                      decl_source(rule->decl), decl_span(rule->decl), "it is declared here");
        rule->disabled |= !letter;
        rule->letter = letter ? letter : rule->letter;
    }
}

/* Builds the parts of a method besides its letters. */
static void build_parts(struct rule_builder *builder, struct method *method) {
    const struct decl_list *of = builder->decls->of;
    for (size_t i = 0; i < of[KIND_APPLIES].count; i++) {
        const struct decl *applies = of[KIND_APPLIES].items[i];
        enum subject_kind subject = find_subject(builder, decl_id(applies), decl_span(applies));
        if (subject == SUBJECT_COUNT)
            continue;
        method->always[subject] = letter_set(builder, method, applies, ATTRIBUTE_always);
        method->by_rule[subject] = letter_set(builder, method, applies, ATTRIBUTE_by_rule);
    }
    for (size_t i = 0; i < of[KIND_NEVER].count; i++)
        build_never(builder, method, of[KIND_NEVER].items[i]);
    for (size_t i = 0; i < of[KIND_TIER].count; i++)
        build_tier(builder, method, of[KIND_TIER].items[i]);
}

static void build_method(struct rule_builder *builder, const struct decl *decl) {
    struct method *method = ARENA_NEW(builder->arena, struct method);
    method->id = decl_id(decl);
    method->pack = builder->pack->method ? builder->pack->method->pack : 1;
    method->title = decl_title(decl);
    const struct decl_list *letters = &builder->decls->of[KIND_LETTER];
    for (size_t i = 0; i < letters->count; i++)
        build_letter(builder, method, letters->items[i]);
    build_parts(builder, method);
    builder->pack->method = method;
    rebind_rules(builder, decl);
}

static const struct {
    const char *name;
    unsigned subjects;
} placeholders[] = {
    {"{subject}", ~0u},
    {"{asset}", ~0u},
    {"{flow}", 1u << SUBJECT_FLOW},
    {"{source}", 1u << SUBJECT_FLOW},
    {"{target}", 1u << SUBJECT_FLOW},
    {"{from}", 1u << SUBJECT_CROSSING},
    {"{to}", 1u << SUBJECT_CROSSING},
    {"{at}", 1u << SUBJECT_CROSSING},
};

static void report_placeholder(struct rule_builder *builder, const struct rule *rule,
                               struct slice name, struct span span) {
    struct diagnostic *added = report(builder, DIAG_unknown_placeholder, span, ARGS(name));
    struct memory_writer names;
    memory_writer_open(&names, builder->arena);
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (placeholders[i].subjects >> rule->on & 1)
            write_format(&names.writer, "%s%s", i ? ", " : "", placeholders[i].name);
    diag_hint(builder->diagnostics, added, "here are %.*s",
              SLICE_ARGS(memory_writer_close(&names)));
}

/* Each {name} of a text is one that can be filled in. */
static void check_placeholders(struct rule_builder *builder, const struct rule *rule,
                               struct slice text, struct span span) {
    struct slice part;
    while (slice_has(text, '{') && slice_cut(&text, '{', &part)) {
        struct slice rest = text;
        if (!slice_has(text, '}') || !slice_cut(&rest, '}', &part))
            break;
        struct slice name = text_format(builder->arena, "{%.*s}", SLICE_ARGS(part));
        bool known = false;
        for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
            known |=
                slice_is(name, placeholders[i].name) && (placeholders[i].subjects >> rule->on & 1);
        if (!known)
            report_placeholder(builder, rule, name, span);
        text = rest;
    }
}

static struct slice rule_text(struct rule_builder *builder, const struct rule *rule,
                              enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(rule->decl, id);
    struct slice text = decl_text(rule->decl, id);
    if (attribute)
        check_placeholders(builder, rule, text, word_span(&attribute->item->value->word));
    return text;
}

static void build_examples(struct rule_builder *builder, struct rule *rule) {
    ARRAY_OF(const struct item *) hits = {0}, misses = {0};
    const struct item *item = items_inside(rule->decl->item);
    for (; item; item = item->next) {
        if (item->kind != ITEM_DECLARATION || !item_block(item))
            continue;
        if (slice_is(word_text(&item->word), "hit"))
            *ARRAY_ADD(builder->arena, &hits) = item;
        else if (slice_is(word_text(&item->word), "miss"))
            *ARRAY_ADD(builder->arena, &misses) = item;
    }
    rule->hits = hits.items, rule->hit_count = hits.count;
    rule->misses = misses.items, rule->miss_count = misses.count;
}

/* A mistyped name has been reported already, with the right one. */
static bool is_mistyped(const struct rule_builder *builder, const struct decl *decl,
                        struct slice name) {
    const struct attribute_index *known = &builder->decls->vocabulary->attributes;
    const struct item *item = items_inside(decl->item);
    for (; item; item = item->next)
        if (item->kind == ITEM_ATTRIBUTE &&
            attribute_find(known, word_text(&item->word), KIND_RULE) == ATTRIBUTE_COUNT &&
            text_nearest(word_text(&item->word), &name, 1) == 0)
            return true;
    return false;
}

/* False, and reported, when an attribute that every rule needs is not there. */
static bool needs(struct rule_builder *builder, const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    bool damaged = item_block(decl->item) && item_block(decl->item)->damaged;
    if (!attribute && !damaged && !is_mistyped(builder, decl, slice_of(attribute_rows[id].name)))
        report(builder, DIAG_missing_attribute, decl_span(decl),
               ARGS(SLICE("a rule"), slice_of(attribute_rows[id].name)));
    return attribute && attribute->stated;
}

/* False where a part of it is not known; other mistakes of the rule are still reported. */
static bool build_place(struct rule_builder *builder, struct rule *rule) {
    const struct attribute *on = decl_attribute(rule->decl, ATTRIBUTE_rule_on);
    const struct attribute *category = decl_attribute(rule->decl, ATTRIBUTE_category);
    struct slice row = decl_text(rule->decl, ATTRIBUTE_row);
    rule->row = slice_is(row, "source") ? OF_FROM : slice_is(row, "target") ? OF_TO : OF_SUBJECT;
    rule->on = SUBJECT_COUNT;
    if (on && on->stated)
        rule->on = find_subject(builder, word_text(&on->item->value->word),
                                word_span(&on->item->value->word));
    if (category && category->stated)
        rule->letter = find_letter(builder, builder->pack->method, &category->item->value->word);
    if (rule->on == SUBJECT_COUNT || !rule->letter)
        return false;
    if (row.length && rule->on != SUBJECT_FLOW) {
        report(builder, DIAG_wrong_row, attribute_span(decl_attribute(rule->decl, ATTRIBUTE_row)),
               ARGS(slice_of(subject_rows[rule->on].word), row));
        return false;
    }
    return true;
}

static bool has_row(const struct method *method, enum subject_kind subject,
                    const struct letter *letter) {
    return (method->always[subject] | method->by_rule[subject]) >> letter->index & 1;
}

/* A rule whose row the method never has would be silent for ever. At the end of a flow some kind of
 * element must have it. */
static bool can_ask(struct rule_builder *builder, const struct rule *rule) {
    const struct method *method = builder->pack->method;
    bool found = rule->row == OF_SUBJECT ? has_row(method, rule->on, rule->letter)
                                         : has_row(method, SUBJECT_EXTERNAL, rule->letter) ||
                                               has_row(method, SUBJECT_PROCESS, rule->letter) ||
                                               has_row(method, SUBJECT_STORE, rule->letter);
    if (!found)
        report(builder, DIAG_dead_rule, decl_span(rule->decl),
               ARGS(rule->row == OF_SUBJECT ? slice_of(subject_rows[rule->on].word)
                                            : SLICE("no kind of element"),
                    rule->letter->code, rule->id));
    return found;
}

static struct rule *build_rule(struct rule_builder *builder, const struct decl *decl) {
    struct rule *rule = ARENA_NEW(builder->arena, struct rule);
    rule->decl = decl;
    rule->id = decl_id(decl);
    rule->title = decl_title(decl);
    rule->built_in = !builder->checks;
    bool whole = needs(builder, decl, ATTRIBUTE_category);
    whole &= needs(builder, decl, ATTRIBUTE_rule_on);
    whole &= needs(builder, decl, ATTRIBUTE_ask);
    whole &= build_place(builder, rule);
    if (rule->on == SUBJECT_COUNT)
        return NULL;
    rule->stake = find_stake(decl, rule->letter ? rule->letter->stake : -1);
    rule->ease = decl_number(decl, ATTRIBUTE_ease, rule->letter ? rule->letter->ease : 1);
    rule->harm = decl_number(decl, ATTRIBUTE_harm, rule->letter ? rule->letter->harm : 0);
    rule->when = build_condition(builder, decl, "when", subject_set(rule->on), false);
    rule->unless = build_condition(builder, decl, "unless", subject_set(rule->on), false);
    if (rule->when && rule->unless && builder->checks) {
        struct consistency consistency = consistency_of(builder, subject_set(rule->on));
        check_together(&consistency, rule->when, rule->unless);
    }
    check_placeholders(builder, rule, rule->title, decl_span(decl));
    rule->ask = rule_text(builder, rule, ATTRIBUTE_ask);
    rule->scenario = rule_text(builder, rule, ATTRIBUTE_rule_scenario);
    rule->mitigation = rule_text(builder, rule, ATTRIBUTE_rule_mitigation);
    build_references(builder->diagnostics, rule);
    build_history(builder->diagnostics, builder->pack, rule);
    build_examples(builder, rule);
    return whole && rule->when && rule->unless && can_ask(builder, rule) ? rule : NULL;
}

static struct slice row_in_words(const struct rule *rule) {
    return rule->row == OF_FROM ? SLICE("the source of a flow")
           : rule->row == OF_TO ? SLICE("the target of a flow")
                                : slice_of(kind_rows[first_kind(subject_set(rule->on))].article);
}

static void report_moved(struct rule_builder *builder, const struct rule *rule,
                         const struct rule *before) {
    struct diagnostic *added = report(builder, DIAG_moved_rule, decl_span(rule->decl),
                                      ARGS(rule->id, row_in_words(before), row_in_words(rule)));
    if (before->built_in)
        diag_hint(builder->diagnostics, added, "a built-in rule has that id");
    else
        diag_note(builder->diagnostics, added, decl_source(before->decl), decl_span(before->decl),
                  "the rule that it replaces");
}

static void add_rule(struct rule_builder *builder, struct rule *rule) {
    struct rule_pack *pack = builder->pack;
    struct rule *before = table_intern(builder->arena, &pack->by_id, rule->id, rule);
    if (before == rule) {
        rule->number = pack->rules.count;
        *ARRAY_ADD(builder->arena, &pack->rules) = rule;
        return;
    }
    if (decl_source(before->decl) == decl_source(rule->decl)) {
        struct diagnostic *added =
            report(builder, DIAG_duplicate_id, decl_span(rule->decl), ARGS(rule->id));
        diag_note(builder->diagnostics, added, builder->source, decl_span(before->decl),
                  "it is declared here first");
        return;
    }
    if (before->on != rule->on || before->row != rule->row)
        report_moved(builder, rule, before);
    rule->number = before->number;
    rule->replaces = true;
    *before = *rule;
}

void build_rules(struct diagnostics *diagnostics, struct model *decls, struct rule_pack *pack,
                 const struct tree *tree) {
    struct rule_builder builder = {.arena = diagnostics->arena,
                                   .diagnostics = diagnostics,
                                   .source = tree->source,
                                   .vocabulary = decls->vocabulary,
                                   .pack = pack,
                                   .checks = pack->method != NULL,
                                   .decls = decls};
    build_model(diagnostics, builder.decls, tree, IN_RULES);
    const struct decl_list *methods = &builder.decls->of[KIND_METHOD];
    bool own = builder.decls->of[KIND_LETTER].count > 0;
    /* A method without letters changes only the parts that it states. */
    if (!own && pack->method)
        build_parts(&builder, pack->method);
    for (size_t i = 0; i < methods->count; i++) {
        if (own)
            build_method(&builder, methods->items[i]);
        build_bands(&builder, methods->items[i]);
        build_number(&builder, methods->items[i]);
        disable_rules(diagnostics, pack, methods->items[i], decls->uses);
    }
    const struct decl_list *rules = &builder.decls->of[KIND_RULE];
    if (!pack->method) {
        if (!tree->damaged)
            report(&builder, DIAG_no_method, (struct span){0, 0}, NULL);
        return;
    }
    for (size_t i = 0; i < rules->count; i++) {
        struct rule *rule = build_rule(&builder, rules->items[i]);
        if (rule)
            add_rule(&builder, rule);
    }
    check_rule_ids(diagnostics, pack, tree->source);
    look_up_past_ids(diagnostics->arena, pack, decls);
}
