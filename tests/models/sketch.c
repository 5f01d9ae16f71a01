/* A model as a list of parts. Whatever is written of it is flat: `in:` says where something lies.
 */
// SPDX-License-Identifier: MIT
#include "models/sketch.h"

#include "base/writer.h"

/* Words that the rules look for in attributes without known values, by family. */
#define WORDS_LIMIT 64
static struct {
    struct slice words[WORDS_LIMIT];
    size_t count;
} asked_for[ATTRIBUTE_COUNT];

/* ---- chance ------------------------------------------------------------------------------ */

struct dice dice_new(uint64_t number) {
    struct dice dice = {(number + 1) * UINT64_C(0x9e3779b97f4a7c15)};
    dice_below(&dice, 1);
    return dice;
}

/* Of Knuth's MMIX; the high bits are the good ones. */
uint32_t dice_below(struct dice *dice, uint32_t limit) {
    dice->seed = dice->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((dice->seed >> 33) % limit);
}

static bool one_in(struct dice *dice, uint32_t count) {
    return dice_below(dice, count) == 0;
}

/* ---- what can be stated ------------------------------------------------------------------ */

static void note_words(const struct condition *condition, const struct vocabulary *vocabulary) {
    for (const struct condition *part = condition ? condition->parts : NULL; part;
         part = part->next)
        note_words(part, vocabulary);
    if (!condition || condition->kind != CONDITION_VALUE)
        return;
    for (size_t i = 0; i < condition->word_count; i++)
        if (asked_for[condition->family].count < WORDS_LIMIT)
            asked_for[condition->family].words[asked_for[condition->family].count++] =
                symbol_word(vocabulary, condition->words[i]);
}

static void note_all_words(const struct rule_pack *pack, const struct vocabulary *vocabulary) {
    static const struct rule_pack *noted;
    for (size_t i = 0; i < pack->rules.count && noted != pack; i++) {
        note_words(pack->rules.items[i]->when, vocabulary);
        note_words(pack->rules.items[i]->unless, vocabulary);
    }
    noted = pack;
}

static struct slice known_value(struct dice *dice, enum attribute_id id, enum wanted wanted) {
    const char *rest = attribute_rows[id].values;
    struct slice value, chosen = {"", 0};
    uint32_t seen = 0;
    bool safe;
    while (attribute_next_value(&rest, &value, &safe))
        if ((wanted == WANT_ANY || safe == (wanted == WANT_SAFE)) && one_in(dice, ++seen))
            chosen = value;
    return chosen;
}

static struct slice any_value(struct arena *arena, struct dice *dice, enum attribute_id id) {
    if (attribute_rows[id].type == TYPE_NUMBER)
        return text_format(arena, "%u", (unsigned)dice_below(dice, 10));
    if (*attribute_rows[id].values)
        return known_value(dice, id, WANT_ANY);
    return asked_for[id].count
               ? asked_for[id].words[dice_below(dice, (uint32_t)asked_for[id].count)]
               : SLICE("something");
}

struct slice random_value(struct arena *arena, struct dice *dice, enum attribute_id id,
                          enum wanted wanted) {
    if (wanted != WANT_ANY)
        return known_value(dice, id, wanted);
    struct slice value = any_value(arena, dice, id);
    if (attribute_rows[id].type != TYPE_WORDS)
        return value;
    if (one_in(dice, 3)) {
        struct slice other = any_value(arena, dice, id);
        return text_format(arena, "[%.*s, %.*s]", SLICE_ARGS(value), SLICE_ARGS(other));
    }
    return text_format(arena, "[%.*s]", SLICE_ARGS(value));
}

/* ---- changes ----------------------------------------------------------------------------- */

struct sketch sketch_copy(const struct sketch *sketch) {
    struct sketch copy = *sketch;
    copy.parts = ARENA_ARRAY(sketch->arena, struct part, sketch->count + 4);
    memcpy(copy.parts, sketch->parts, sketch->count * sizeof *copy.parts);
    return copy;
}

size_t sketch_add(struct sketch *sketch, struct part part) {
    struct part *parts = ARENA_ARRAY(sketch->arena, struct part, sketch->count + 1);
    if (sketch->count)
        memcpy(parts, sketch->parts, sketch->count * sizeof *parts);
    parts[sketch->count] = part;
    sketch->parts = parts;
    return sketch->count++;
}

const struct statement *sketch_stated(const struct sketch *sketch, size_t part,
                                      enum attribute_id id) {
    for (size_t i = 0; i < sketch->parts[part].count; i++)
        if (sketch->parts[part].stated[i].id == id)
            return &sketch->parts[part].stated[i];
    return NULL;
}

/* Statements are shared with copies of the sketch, so they are made anew. */
static void state(struct arena *arena, struct part *part, enum attribute_id id,
                  struct slice value) {
    struct statement *stated = ARENA_ARRAY(arena, struct statement, part->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < part->count; i++)
        if (part->stated[i].id != id)
            stated[count++] = part->stated[i];
    if (value.length)
        stated[count++] = (struct statement){id, value};
    part->stated = stated;
    part->count = count;
}

void sketch_state(struct sketch *sketch, size_t part, enum attribute_id id, struct slice value) {
    state(sketch->arena, &sketch->parts[part], id, value);
}

void sketch_drop(struct sketch *sketch, size_t dropped) {
    struct part *parts = sketch->parts;
    parts[dropped].gone = true;
    for (size_t i = 0; i < sketch->count; i++) {
        bool hangs = parts[i].kind == KIND_FLOW || parts[i].kind == KIND_CROSSING;
        if (parts[i].parent == dropped)
            parts[i].parent = parts[dropped].parent;
        if (hangs &&
            (parts[i].from == dropped || (parts[i].to == dropped && parts[i].kind == KIND_FLOW)))
            parts[i].gone = true;
        else if (hangs && parts[i].to == dropped)
            parts[i].to = NO_PART;
    }
}

/* ---- text -------------------------------------------------------------------------------- */

/* FROM_to_TO as the flow's own file spells its ends. */
static struct slice derived(struct arena *arena, const struct sketch *sketch,
                            const struct part *flow) {
    struct slice id = text_join(arena, sketch_id(arena, sketch, flow->from, flow->imported),
                                SLICE("_to_"), sketch_id(arena, sketch, flow->to, flow->imported));
    char *at = arena_copy(arena, id.at, id.length);
    for (size_t i = 0; i < id.length; i++)
        at[i] = (char)(at[i] == '.' ? '_' : at[i]);
    return (struct slice){at, id.length};
}

struct slice sketch_id(struct arena *arena, const struct sketch *sketch, size_t part,
                       bool in_imported) {
    const struct part *named = &sketch->parts[part];
    struct slice id = named->unnamed ? derived(arena, sketch, named) : named->id;
    return named->imported && !in_imported ? text_join(arena, SLICE("lib."), SLICE(""), id) : id;
}

struct page {
    struct arena *arena;
    const struct sketch *sketch;
    struct writer *writer;
    bool imported;
};

static void write_name(const struct page *page, const char *before, size_t part) {
    struct slice id = sketch_id(page->arena, page->sketch, part, page->imported);
    write_format(page->writer, "%s%.*s", before, SLICE_ARGS(id));
}

static void write_head(const struct page *page, const struct part *part) {
    if (!part->unnamed)
        write_format(page->writer, "%s %.*s", kind_rows[part->kind].word, SLICE_ARGS(part->id));
    if (part->kind == KIND_FLOW) {
        write_name(page, part->unnamed ? "" : " = ", part->from);
        write_name(page, " -> ", part->to);
    }
    if (part->label.length)
        write_format(page->writer, "%s %.*s", part->kind == KIND_FLOW ? " :" : "",
                     SLICE_ARGS(part->label));
}

static void write_part(const struct page *page, const struct part *part) {
    struct writer *writer = page->writer;
    const char *before = " { ";
    write_head(page, part);
    if (part->parent != NO_PART) {
        write_string(writer, before), before = "; ";
        write_name(page, "in: ", part->parent);
    }
    if (part->kind == KIND_CROSSING) {
        write_string(writer, before), before = "; ";
        write_name(page, "at: ", part->from);
        if (part->to != NO_PART)
            write_name(page, "; into: ", part->to);
    }
    for (size_t i = 0; i < part->count; i++, before = "; ")
        write_format(writer, "%s%s: %.*s", before, attribute_rows[part->stated[i].id].name,
                     SLICE_ARGS(part->stated[i].value));
    write_string(writer, *before == ';' ? " }\n" : "\n");
}

struct slice sketch_text(struct arena *arena, const struct sketch *sketch) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    const struct page page = {arena, sketch, &text.writer, true};
    for (size_t i = 0; i < sketch->count; i++)
        if (!sketch->parts[i].gone)
            write_part(&page, &sketch->parts[i]);
    return memory_writer_close(&text);
}

struct slice sketch_file(struct arena *arena, const struct sketch *sketch, bool imported) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    const struct page page = {arena, sketch, &text.writer, imported};
    for (size_t i = 0; i < sketch->count; i++)
        if (!sketch->parts[i].gone && sketch->parts[i].imported == imported)
            write_part(&page, &sketch->parts[i]);
    return memory_writer_close(&text);
}

/* ---- from a model ------------------------------------------------------------------------ */

static bool is_looked_at(const struct attribute *attribute) {
    static const enum attribute_id notes[] = {
        ATTRIBUTE_data,      ATTRIBUTE_surface,      ATTRIBUTE_confidentiality,
        ATTRIBUTE_integrity, ATTRIBUTE_availability, ATTRIBUTE_out_of_scope};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (attribute->id == notes[i])
            return true;
    return attribute_rows[attribute->id].role != ROLE_NOTE;
}

static struct part part_of(struct arena *arena, const struct decl *decl) {
    struct part part = {
        .kind = decl->kind, .id = decl_id(decl), .parent = NO_PART, .from = NO_PART, .to = NO_PART};
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        const char *text = decl_source(decl)->text.at;
        struct span span = attribute_span(at);
        size_t value = span.start + strlen(attribute_rows[at->id].name);
        while (text[value] == ' ' || text[value] == ':')
            value++;
        if (is_looked_at(at))
            state(arena, &part, at->id, (struct slice){text + value, span.end - value});
    }
    return part;
}

struct places {
    const struct decl **decls;
    size_t count;
};

static size_t place_of(const struct places *places, const struct decl *decl) {
    for (size_t i = 0; decl && i < places->count; i++)
        if (places->decls[i] == decl)
            return i;
    return NO_PART;
}

bool sketch_of_model(struct arena *arena, const struct model *model, struct sketch *sketch) {
    static const enum kind kinds[] = {KIND_ASSET,   KIND_BOUNDARY, KIND_EXTERNAL, KIND_ACTOR,
                                      KIND_PROCESS, KIND_STORE,    KIND_FLOW,     KIND_CROSSING};
    struct places places = {0};
    size_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        count += model->of[kinds[i]].count;
    places.decls = ARENA_ARRAY(arena, const struct decl *, count + 1);
    *sketch = (struct sketch){.arena = arena, .parts = ARENA_ARRAY(arena, struct part, count + 1)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < model->of[kinds[i]].count; j++) {
            const struct decl *decl = model->of[kinds[i]].items[j];
            if (more_of(decl)->origin)
                return false;
            places.decls[places.count++] = decl;
            sketch->parts[sketch->count++] = part_of(arena, decl);
        }
    for (size_t i = 0; i < count; i++) {
        const struct decl *decl = places.decls[i];
        bool flow = decl->kind == KIND_FLOW;
        sketch->parts[i].parent = place_of(&places, decl->parent);
        sketch->parts[i].from = place_of(&places, flow ? decl->from : more_of(decl)->at);
        sketch->parts[i].to = place_of(&places, flow ? decl->to : more_of(decl)->into);
    }
    return true;
}

/* ---- at random --------------------------------------------------------------------------- */

/* One of these kinds, or NO_PART. */
static size_t random_part(const struct sketch *sketch, struct dice *dice, unsigned kinds) {
    size_t chosen = NO_PART;
    uint32_t seen = 0;
    for (size_t i = 0; i < sketch->count; i++)
        if (!sketch->parts[i].gone && kind_in(sketch->parts[i].kind, kinds) && one_in(dice, ++seen))
            chosen = i;
    return chosen;
}

static void state_at_random(struct sketch *sketch, struct dice *dice, struct part *part) {
    uint32_t traits = 2 + dice_below(dice, 4), facts = 3 + dice_below(dice, 20);
    enum attribute_id id;
    for (size_t i = 0; (id = attribute_of_kind(part->kind, i)) != ATTRIBUTE_COUNT; i++) {
        enum attribute_role role = attribute_rows[id].role;
        if (role != ROLE_NOTE && one_in(dice, role == ROLE_TRAIT ? traits : facts))
            state(sketch->arena, part, id, random_value(sketch->arena, dice, id, WANT_ANY));
    }
    size_t asset = random_part(sketch, dice, ON_ASSET);
    if (kind_in(part->kind, attribute_rows[ATTRIBUTE_data].kinds) && asset != NO_PART &&
        one_in(dice, 3))
        state(sketch->arena, part, ATTRIBUTE_data,
              text_format(sketch->arena, "[%.*s]", SLICE_ARGS(sketch->parts[asset].id)));
}

static struct part new_part(struct sketch *sketch, struct dice *dice, enum kind kind,
                            unsigned around) {
    struct part part = {.kind = kind, .parent = NO_PART, .from = NO_PART, .to = NO_PART};
    part.id = text_format(sketch->arena, "%c%zu_", *kind_rows[kind].word, sketch->count);
    if (around && !one_in(dice, around))
        part.parent = random_part(sketch, dice, ON_BOUNDARY);
    return part;
}

struct part random_element(struct sketch *sketch, struct dice *dice) {
    static const enum kind kinds[] = {KIND_PROCESS, KIND_PROCESS,  KIND_PROCESS,
                                      KIND_STORE,   KIND_EXTERNAL, KIND_ACTOR};
    enum kind kind = kinds[dice_below(dice, sizeof kinds / sizeof *kinds)];
    struct part part =
        new_part(sketch, dice, kind, kind == KIND_EXTERNAL || kind == KIND_ACTOR ? 2 : 8);
    state_at_random(sketch, dice, &part);
    if (one_in(dice, 30))
        state(sketch->arena, &part, ATTRIBUTE_surface, SLICE("\"open\""));
    return part;
}

struct part random_boundary(struct sketch *sketch, struct dice *dice) {
    struct part part = new_part(sketch, dice, KIND_BOUNDARY, 2);
    if (one_in(dice, 3))
        state(sketch->arena, &part, ATTRIBUTE_boundary_kind,
              random_value(sketch->arena, dice, ATTRIBUTE_boundary_kind, WANT_ANY));
    if (one_in(dice, 4))
        state(sketch->arena, &part, ATTRIBUTE_trust,
              random_value(sketch->arena, dice, ATTRIBUTE_trust, WANT_ANY));
    return part;
}

bool random_flow(struct sketch *sketch, struct dice *dice, struct part *flow) {
    *flow = new_part(sketch, dice, KIND_FLOW, 0);
    flow->from = random_part(sketch, dice, ON_ELEMENT);
    flow->to = random_part(sketch, dice, ON_ELEMENT);
    if (flow->from == NO_PART || flow->from == flow->to)
        return false;
    state_at_random(sketch, dice, flow);
    return true;
}

static struct part random_asset(struct sketch *sketch, struct dice *dice) {
    static const enum attribute_id ratings[] = {ATTRIBUTE_confidentiality, ATTRIBUTE_integrity,
                                                ATTRIBUTE_availability};
    struct part asset = new_part(sketch, dice, KIND_ASSET, 0);
    for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++)
        if (!one_in(dice, 3))
            state(sketch->arena, &asset, ratings[i],
                  random_value(sketch->arena, dice, ratings[i], WANT_ANY));
    return asset;
}

static void add_flows(struct sketch *sketch, struct dice *dice, uint32_t count) {
    struct part flow;
    while (count--)
        if (random_flow(sketch, dice, &flow)) {
            sketch_add(sketch, flow);
            if (!one_in(dice, 4))
                continue;
            /* Its answer. */
            struct part answer = new_part(sketch, dice, KIND_FLOW, 0);
            answer.from = flow.to;
            answer.to = flow.from;
            state_at_random(sketch, dice, &answer);
            state(sketch->arena, &answer, ATTRIBUTE_initiator, SLICE("target"));
            sketch_add(sketch, answer);
        }
}

struct sketch sketch_random(struct arena *arena, const struct rule_pack *pack,
                            const struct vocabulary *vocabulary, struct dice *dice,
                            uint32_t limit) {
    struct sketch sketch = {.arena = arena};
    uint32_t elements = 2 + dice_below(dice, one_in(dice, 4) ? limit - 1 : 8);
    note_all_words(pack, vocabulary);
    for (uint32_t left = dice_below(dice, 3); left; left--)
        sketch_add(&sketch, random_asset(&sketch, dice));
    for (uint32_t left = dice_below(dice, 2 + elements / 4); left; left--)
        sketch_add(&sketch, random_boundary(&sketch, dice));
    for (uint32_t left = elements; left; left--)
        sketch_add(&sketch, random_element(&sketch, dice));
    add_flows(&sketch, dice, 1 + elements / 2 + dice_below(dice, elements));
    size_t at = random_part(&sketch, dice, ON_PROCESS);
    if (at != NO_PART && one_in(dice, 3)) {
        struct part crossing = new_part(&sketch, dice, KIND_CROSSING, 0);
        crossing.from = at;
        crossing.to = random_part(&sketch, dice, ON_BOUNDARY);
        state_at_random(&sketch, dice, &crossing);
        sketch_add(&sketch, crossing);
    }
    return sketch;
}
