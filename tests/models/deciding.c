/* Whatever does not compile afterwards is for the caller to take back. */
// SPDX-License-Identifier: MIT
#include "models/deciding.h"

#include "analysis/patterns.h"

static const struct rule_pack *rules;
static const struct vocabulary *words;

void deciding_rules(const struct rule_pack *pack, const struct vocabulary *vocabulary) {
    rules = pack;
    words = vocabulary;
}

static bool one_in(struct dice *dice, uint32_t count) {
    return dice_below(dice, count) == 0;
}

#define PICK(dice, array) ((array)[dice_below(dice, sizeof(array) / sizeof *(array))])

/* ---- a model ----------------------------------------------------------------------------- */

/* What names nothing but what is imported may be, too. */
static bool may_be_imported(const struct sketch *sketch, const struct part *part) {
    size_t named[] = {part->parent, part->from, part->to};
    for (size_t i = 0; i < 3; i++)
        if (named[i] != NO_PART && !sketch->parts[named[i]].imported)
            return false;
    return part->kind != KIND_ASSET;
}

static void import_some(struct sketch *sketch, struct dice *dice) {
    for (size_t i = 0; i < sketch->count; i++)
        if (may_be_imported(sketch, &sketch->parts[i]) && !one_in(dice, 3)) {
            sketch->parts[i].imported = true;
            sketch_state(sketch, i, ATTRIBUTE_data, SLICE(""));
        }
}

/* Two unnamed flows between the same ends would have one id. */
static void unname(struct sketch *sketch, size_t flow) {
    struct part *parts = sketch->parts;
    for (size_t i = 0; i < sketch->count; i++)
        if (parts[i].unnamed && parts[i].from == parts[flow].from && parts[i].to == parts[flow].to)
            return;
    parts[flow].unnamed = true;
}

struct world world_random(struct arena *arena, struct dice *dice) {
    struct world world = {.sketch = sketch_random(arena, rules, words, dice, 12)};
    if (one_in(dice, 3))
        import_some(&world.sketch, dice);
    for (size_t i = 0; i < world.sketch.count; i++)
        if (world.sketch.parts[i].kind == KIND_FLOW && one_in(dice, 4))
            unname(&world.sketch, i);
    return world;
}

/* ---- changes of a model ------------------------------------------------------------------ */

static size_t some_part(const struct sketch *sketch, struct dice *dice, unsigned kinds) {
    size_t chosen = NO_PART;
    uint32_t seen = 0;
    for (size_t i = 0; i < sketch->count; i++)
        if (!sketch->parts[i].gone && kind_in(sketch->parts[i].kind, kinds) && one_in(dice, ++seen))
            chosen = i;
    return chosen;
}

static void state_something(struct sketch *sketch, struct dice *dice, size_t part,
                            enum attribute_role role) {
    enum attribute_id chosen = ATTRIBUTE_COUNT, id;
    uint32_t seen = 0;
    for (size_t i = 0; (id = attribute_of_kind(sketch->parts[part].kind, i)) != ATTRIBUTE_COUNT;
         i++)
        if (attribute_rows[id].role == role && one_in(dice, ++seen))
            chosen = id;
    if (chosen == ATTRIBUTE_COUNT)
        return;
    static const enum wanted wanted[] = {WANT_ANY, WANT_SAFE, WANT_UNSAFE};
    struct slice value = one_in(dice, 4)
                             ? SLICE("")
                             : random_value(sketch->arena, dice, chosen,
                                            role == ROLE_FACT ? PICK(dice, wanted) : WANT_ANY);
    sketch_state(sketch, part, chosen, value);
}

/* A fact that something was decided by is more likely to matter than any. */
static void state_what_was_read(const struct plain *plain, struct world *world, struct dice *dice) {
    struct sketch *sketch = &world->sketch;
    if (!world->count)
        return;
    const struct decided *decided = &world->items[dice_below(dice, (uint32_t)world->count)];
    if (!decided->basis.count)
        return;
    struct slice line = decided->basis.items[dice_below(dice, (uint32_t)decided->basis.count)];
    struct slice name = {"", 0};
    slice_cut(&line, '=', &name);
    size_t dot = name.length;
    while (dot && name.at[dot - 1] != '.')
        dot--;
    for (size_t i = 0; dot && i < sketch->count; i++) {
        struct slice id = sketch_id(plain->arena, sketch, i, decided->imported);
        enum attribute_id row;
        if (sketch->parts[i].gone || !slice_equal(id, slice_part(name, 0, dot - 1)))
            continue;
        for (size_t j = 0; (row = attribute_of_kind(sketch->parts[i].kind, j)) != ATTRIBUTE_COUNT;
             j++)
            if (slice_is(slice_part(name, dot, name.length), attribute_rows[row].name))
                sketch_state(sketch, i, row,
                             one_in(dice, 4) ? SLICE("")
                                             : random_value(sketch->arena, dice, row, WANT_ANY));
    }
}

static bool is_within(const struct sketch *sketch, size_t part, size_t boundary) {
    while (part != NO_PART && part != boundary)
        part = sketch->parts[part].parent;
    return part == boundary;
}

static void move(struct sketch *sketch, struct dice *dice) {
    size_t part = some_part(sketch, dice, ON_ELEMENT | ON_BOUNDARY);
    size_t boundary = one_in(dice, 3) ? NO_PART : some_part(sketch, dice, ON_BOUNDARY);
    if (part == NO_PART || is_within(sketch, boundary, part))
        return;
    if (boundary == NO_PART || !sketch->parts[part].imported || sketch->parts[boundary].imported)
        sketch->parts[part].parent = boundary;
}

static void draw(struct sketch *sketch, struct dice *dice) {
    struct part part;
    bool drawn = true;
    switch (dice_below(dice, 4)) {
    case 0:
        part = random_element(sketch, dice);
        break;
    case 1:
        part = random_boundary(sketch, dice);
        break;
    default:
        drawn = random_flow(sketch, dice, &part);
        break;
    }
    if (!drawn)
        return;
    size_t place = sketch_add(sketch, part);
    if (may_be_imported(sketch, &part) && one_in(dice, 3))
        for (size_t i = 0; i < place; i++)
            if (sketch->parts[i].imported && !sketch->parts[i].gone) {
                sketch->parts[place].imported = true;
                sketch_state(sketch, place, ATTRIBUTE_data, SLICE(""));
            }
}

/* A caller from outside: what it calls is nearer then. */
static void draw_caller(struct sketch *sketch, struct dice *dice) {
    size_t callee = some_part(sketch, dice, ON_PROCESS | ON_STORE);
    if (callee == NO_PART)
        return;
    struct part caller = {.kind = KIND_EXTERNAL, .parent = NO_PART, .from = NO_PART, .to = NO_PART};
    struct part call = {.kind = KIND_FLOW, .parent = NO_PART, .from = sketch->count, .to = callee};
    caller.id = text_format(sketch->arena, "caller%zu", sketch->count);
    call.id = text_format(sketch->arena, "call%zu", sketch->count);
    sketch_add(sketch, caller);
    sketch_add(sketch, call);
}

static bool is_former(const struct sketch *sketch, struct slice id) {
    for (size_t i = 0; i < sketch->count; i++) {
        const struct statement *was = sketch_stated(sketch, i, ATTRIBUTE_was);
        struct slice rest = was ? slice_part(was->value, 1, was->value.length - 2) : SLICE("");
        struct slice one;
        while (!sketch->parts[i].gone && rest.length && slice_cut(&rest, ',', &one))
            if (slice_equal(slice_trim(one), id))
                return true;
    }
    return false;
}

static void rename_part(struct sketch *sketch, struct dice *dice) {
    size_t part = some_part(sketch, dice, ON_SUBJECT | ON_BOUNDARY);
    if (part == NO_PART)
        return;
    struct part *renamed = &sketch->parts[part];
    struct slice old = sketch_id(sketch->arena, sketch, part, renamed->imported);
    const struct statement *was = sketch_stated(sketch, part, ATTRIBUTE_was);
    bool forgets = one_in(dice, 5);
    if (!forgets && is_former(sketch, old))
        return; /* it would be the former id of two */
    renamed->id = text_format(sketch->arena, "r%u_%zu", (unsigned)dice_below(dice, 1000), part);
    renamed->unnamed = false;
    if (!forgets)
        sketch_state(sketch, part, ATTRIBUTE_was,
                     was ? text_format(sketch->arena, "%.*s, %.*s]", (int)was->value.length - 1,
                                       was->value.at, SLICE_ARGS(old))
                         : text_format(sketch->arena, "[%.*s]", SLICE_ARGS(old)));
}

/* What is new may take an id that something else once had: then it is the one that is meant. */
static void take_a_former_id(struct sketch *sketch, struct dice *dice) {
    size_t part = some_part(sketch, dice, ON_SUBJECT), other = some_part(sketch, dice, ON_SUBJECT);
    const struct statement *was =
        other == NO_PART ? NULL : sketch_stated(sketch, other, ATTRIBUTE_was);
    struct slice id;
    if (!was || sketch->parts[part].imported != sketch->parts[other].imported)
        return;
    struct slice rest = slice_part(was->value, 1, was->value.length - 2);
    slice_cut(&rest, ',', &id);
    for (size_t i = 0; i < sketch->count; i++)
        if (slice_equal(sketch->parts[i].id, id) || sketch->parts[i].unnamed)
            return;
    sketch->parts[part].id = id;
    sketch->parts[part].unnamed = false;
}

static void leave_out(struct sketch *sketch, struct dice *dice, size_t part) {
    bool out = sketch_stated(sketch, part, ATTRIBUTE_out_of_scope) != NULL;
    if (out || one_in(dice, 3))
        sketch_state(sketch, part, ATTRIBUTE_out_of_scope, out ? SLICE("") : SLICE("\"later\""));
}

static void change_model(const struct plain *plain, struct world *world, struct dice *dice) {
    struct sketch *sketch = &world->sketch;
    size_t subject = some_part(sketch, dice, ON_SUBJECT);
    size_t any = some_part(sketch, dice, ON_SUBJECT | ON_BOUNDARY);
    switch (subject == NO_PART ? 12 : dice_below(dice, 16)) {
    case 0:
    case 1:
        state_something(sketch, dice, subject, ROLE_FACT);
        break;
    case 2:
        state_something(sketch, dice, any, ROLE_TRAIT);
        break;
    case 3:
    case 4:
        move(sketch, dice);
        break;
    case 5:
    case 6:
        rename_part(sketch, dice);
        break;
    case 7:
        take_a_former_id(sketch, dice);
        break;
    case 8:
        if (sketch->count > 4)
            sketch_drop(sketch, any);
        break;
    case 9:
        leave_out(sketch, dice, any);
        break;
    case 10:
        draw_caller(sketch, dice);
        break;
    case 11:
    case 12:
        draw(sketch, dice);
        break;
    default:
        state_what_was_read(plain, world, dice);
        break;
    }
}

/* ---- decisions --------------------------------------------------------------------------- */

static struct slice without_alias(struct slice id) {
    return slice_starts(id, "lib.") ? slice_part(id, 4, id.length) : id;
}

/* As a person names it: also by an id of the past. */
static struct slice word_for(struct arena *arena, struct dice *dice, const struct row *row,
                             const struct pattern *pattern, bool imported) {
    struct slice subject = decl_id(row->subject);
    if (imported)
        subject = without_alias(subject);
    struct slice word = text_join(arena, row->letter->code, SLICE("@"), subject);
    if (!pattern)
        return word;
    struct slice rule =
        pattern->rule->was_count && one_in(dice, 4)
            ? pattern->rule->was[dice_below(dice, (uint32_t)pattern->rule->was_count)]
            : pattern->rule->id;
    word = text_join(arena, word, SLICE("/"), rule);
    struct slice spot = decl_id(pattern->subject);
    if (imported)
        spot = without_alias(spot);
    return pattern->rule->row == OF_SUBJECT ? word : text_join(arena, word, SLICE("/"), spot);
}

static const struct pattern *some_pattern(const struct row *row, struct dice *dice) {
    const struct pattern *chosen = NULL;
    uint32_t seen = 0;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (one_in(dice, ++seen))
            chosen = at;
    return chosen;
}

/* Empty where nothing is found: most often something that is asked. */
static struct slice some_word(const struct plain *plain, struct dice *dice, bool imported) {
    static const char *const wrong[] = {"S@nobody", "S@nobody/forged_caller", "S@p1_/nothing",
                                        "T@e2_/nothing/f3_"};
    bool folds = one_in(dice, 6); /* few rows do, and what is decided there counts elsewhere */
    if (one_in(dice, 30))
        return slice_of(PICK(dice, wrong));
    for (int left = 40; left && plain->rows->cell_count; left--) {
        const struct row *row =
            &plain->rows->cells[dice_below(dice, (uint32_t)plain->rows->cell_count)];
        const struct pattern *pattern = some_pattern(row, dice);
        if ((imported && !more_of(row->subject)->origin) ||
            (imported && pattern && !more_of(pattern->subject)->origin) ||
            (folds ? row->state != ROW_FOLDED : row->state != ROW_OPEN && !one_in(dice, 5)))
            continue;
        return word_for(plain->arena, dice, row, one_in(dice, 15) ? NULL : pattern, imported);
    }
    return SLICE("");
}

static void add_lines(const struct plain *plain, struct decided *decided, struct slice word,
                      bool keeps_reach) {
    struct words lines = plain_basis(plain, word, decided->imported, keeps_reach);
    for (size_t i = 0; i < lines.count; i++)
        *ARRAY_ADD(plain->arena, &decided->basis) = lines.items[i];
}

/* Of a risk, that of what its threats are about. */
static void confirm(const struct plain *plain, const struct world *world, struct decided *decided) {
    bool keeps_reach = decided->kind != KIND_THREAT;
    decided->basis = (struct words){0};
    for (size_t i = 0; i < decided->named_count; i++) {
        if (decided->kind != KIND_RISK)
            add_lines(plain, decided, decided->named[i], keeps_reach);
        for (size_t j = 0; decided->kind == KIND_RISK && j < world->count; j++)
            for (size_t k = 0; !world->items[j].gone && world->items[j].kind == KIND_THREAT &&
                               slice_equal(world->items[j].id, decided->named[i]) &&
                               k < world->items[j].named_count;
                 k++)
                add_lines(plain, decided, world->items[j].named[k], keeps_reach);
    }
}

static void name_rows(const struct plain *plain, struct dice *dice, struct decided *decided) {
    size_t wanted = 1 + dice_below(dice, one_in(dice, 3) ? 3 : 1);
    while (decided->named_count < wanted) {
        struct slice word = some_word(plain, dice, decided->imported);
        if (!word.length)
            return;
        decided->named[decided->named_count++] = word;
    }
}

/* A threat beside the same model, or NULL. */
static const struct decided *some_threat(const struct world *world, struct dice *dice,
                                         bool imported) {
    const struct decided *chosen = NULL;
    uint32_t seen = 0;
    for (size_t i = 0; i < world->count; i++)
        if (!world->items[i].gone && world->items[i].kind == KIND_THREAT &&
            world->items[i].imported == imported && one_in(dice, ++seen))
            chosen = &world->items[i];
    return chosen;
}

static void name_threats(const struct world *world, struct dice *dice, struct decided *decided) {
    for (uint32_t left = 1 + dice_below(dice, 2); left; left--) {
        const struct decided *threat = some_threat(world, dice, decided->imported);
        bool twice = false;
        for (size_t i = 0; threat && i < decided->named_count; i++)
            twice |= slice_equal(decided->named[i], threat->id);
        if (threat && !twice)
            decided->named[decided->named_count++] = threat->id;
    }
}

static void rate(struct decided *threat, struct dice *dice, struct arena *arena) {
    static const char *const numbers[] = {"1", "2", "3", "4", "5"};
    static const char *const priorities[] = {"low", "medium", "high", "critical"};
    if (!one_in(dice, 3)) {
        decided_say(threat, "likelihood", slice_of(PICK(dice, numbers)));
        decided_say(threat, "impact", slice_of(PICK(dice, numbers)));
    }
    if (one_in(dice, 6)) {
        decided_say(threat, "priority", slice_of(PICK(dice, priorities)));
        decided_say(threat, "priority_reason", SLICE("\"so it is\""));
    }
    if (one_in(dice, 6))
        decided_say(threat, "residual",
                    text_format(arena, "[%s, %s]", PICK(dice, numbers), PICK(dice, numbers)));
}

static void say_what_it_needs(const struct plain *plain, struct dice *dice,
                              struct decided *decided) {
    static const char *const states[] = {"not_started", "in_progress", "partial",
                                         "complete",    "deferred",    "dropped"};
    static const char *const decisions[] = {"accepted", "compensated", "transferred", "deferred",
                                            "avoided"};
    switch (decided->kind) {
    case KIND_DISMISS:
        decided_say(decided, "reason", SLICE("\"no\""));
        break;
    case KIND_MITIGATION:
        decided_say(decided, "state", slice_of(PICK(dice, states)));
        if (one_in(dice, 4))
            decided_say(decided, "extra", SLICE("yes"));
        break;
    case KIND_RISK:
        decided_say(decided, "decision", slice_of(PICK(dice, decisions)));
        break;
    case KIND_POLICY:
        if (one_in(dice, 2))
            decided_say(decided, "rules", text_format(plain->arena, "%u", 1 + dice_below(dice, 3)));
        if (one_in(dice, 2))
            decided_say(decided, "bands", SLICE("[[critical, 20], [medium, 7]]"));
        break;
    default:
        break;
    }
}

/* A threat about a row as such answers none of its questions. */
static void make_loose(const struct plain *plain, struct dice *dice, struct decided *threat) {
    struct slice word = some_word(plain, dice, threat->imported), letter, id;
    if (!word.length || !slice_cut(&word, '@', &letter) || !slice_cut(&word, '/', &id))
        return;
    threat->named_count = 0;
    decided_say(threat, "category", letter);
    decided_say(threat, "on", id);
}

static void decide(const struct plain *plain, struct world *world, struct dice *dice) {
    static const enum kind kinds[] = {KIND_THREAT,     KIND_THREAT,     KIND_THREAT,  KIND_THREAT,
                                      KIND_DISMISS,    KIND_DISMISS,    KIND_DISMISS, KIND_BASELINE,
                                      KIND_MITIGATION, KIND_MITIGATION, KIND_RISK,    KIND_RISK,
                                      KIND_POLICY};
    struct decided decided = {.kind = PICK(dice, kinds), .file = dice_below(dice, TRIAGE_FILES)};
    decided.imported = world_imports(world) && one_in(dice, 4);
    decided.id = text_format(plain->arena, "%c%zu", "tdmrpb"[dice_below(dice, 6)], world -> count);
    if (decided.kind == KIND_MITIGATION || decided.kind == KIND_RISK)
        name_threats(world, dice, &decided);
    else if (decided.kind != KIND_POLICY)
        name_rows(plain, dice, &decided);
    if (decided.kind == KIND_THREAT)
        rate(&decided, dice, plain->arena);
    if (decided.kind == KIND_THREAT && one_in(dice, 12))
        make_loose(plain, dice, &decided);
    if (decided.kind == KIND_DISMISS && decided.named_count == 1 && one_in(dice, 2))
        decided.id = SLICE("");
    say_what_it_needs(plain, dice, &decided);
    bool says_something = decided.named_count || decided_says(&decided, "on").length;
    if (!says_something && decided.kind != KIND_POLICY)
        return;
    if (!one_in(dice, 6) && decided.kind != KIND_MITIGATION)
        confirm(plain, world, &decided);
    world_add(world, decided);
}

/* What is about it names it by either id. */
static void rename_threat(struct arena *arena, struct dice *dice, struct decided *threat) {
    struct slice was = decided_says(threat, "was");
    if (threat->kind != KIND_THREAT)
        return;
    decided_say(threat, "was",
                was.length ? text_format(arena, "%.*s, %.*s]", (int)was.length - 1, was.at,
                                         SLICE_ARGS(threat->id))
                           : text_format(arena, "[%.*s]", SLICE_ARGS(threat->id)));
    threat->id = text_format(arena, "n%u", (unsigned)dice_below(dice, 100000));
}

/* Lines are lost, or somebody adds a pattern and no lines for it. */
static void spoil(const struct plain *plain, struct dice *dice, struct decided *decided) {
    if (one_in(dice, 2) && decided->basis.count) {
        size_t lost = dice_below(dice, (uint32_t)decided->basis.count);
        decided->basis.items[lost] = decided->basis.items[--decided->basis.count];
        return;
    }
    bool names_rows = decided->kind == KIND_THREAT || decided->kind == KIND_BASELINE ||
                      (decided->kind == KIND_DISMISS && decided->id.length);
    struct slice word = some_word(plain, dice, decided->imported);
    if (names_rows && decided->named_count && decided->named_count < MOST_NAMED && word.length)
        decided->named[decided->named_count++] = word;
}

static void change_decisions(const struct plain *plain, struct world *world, struct dice *dice) {
    struct decided *decided =
        world->count ? &world->items[dice_below(dice, (uint32_t)world->count)] : NULL;
    switch (decided ? dice_below(dice, 12) : 0) {
    case 7:
        rename_threat(plain->arena, dice, decided);
        break;
    case 8:
        confirm(plain, world, decided);
        break;
    case 9:
        spoil(plain, dice, decided);
        break;
    case 10:
        say_what_it_needs(plain, dice, decided);
        decided->file = dice_below(dice, TRIAGE_FILES);
        break;
    case 11:
        decided->gone = decided->kind != KIND_THREAT;
        break;
    default:
        decide(plain, world, dice);
        break;
    }
}

struct world world_changed(const struct plain *plain, struct dice *dice) {
    struct world changed = world_copy(plain->world);
    if (one_in(dice, 2))
        change_model(plain, &changed, dice);
    else
        change_decisions(plain, &changed, dice);
    return changed;
}
