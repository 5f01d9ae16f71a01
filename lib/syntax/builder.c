/* Walks the items once and declares them; then the references are resolved (resolve.c). An error
 * that only follows from a damaged declaration is withheld. */
// SPDX-License-Identifier: MIT
#include "syntax/builder.h"

#include "base/limits.h"
#include "syntax/build_state.h"
#include "syntax/form.h"
#include "syntax/synonyms.h"

#define LANGUAGE 1

enum file_kind file_kind_of(const struct tree *tree) {
    for (const struct item *item = tree->file.items; item; item = item->next) {
        enum kind kind =
            item->kind == ITEM_DECLARATION ? kind_find(word_text(&item->word)) : KIND_COUNT;
        if (item->arrow)
            return IN_MODEL;
        if (kind != KIND_COUNT)
            return (enum file_kind)kind_rows[kind].files;
    }
    return IN_MODEL;
}

static const char *file_words(enum file_kind file) {
    return file == IN_MODEL   ? "in a model"
           : file == IN_RULES ? "in a rule pack"
                              : "in a triage file";
}

/* `kind api`: an attribute without its colon. Inside of a declaration it is one of its attributes,
 * elsewhere a word that names only an attribute. */
static bool hint_colon(struct builder *builder, struct diagnostic *added, const struct item *item,
                       const struct decl *parent) {
    const struct attribute_index *attributes = &builder->model->vocabulary->attributes;
    bool here = parent &&
                attribute_find(attributes, word_text(&item->word), parent->kind) != ATTRIBUTE_COUNT;
    if (!here && (attribute_family(attributes, word_text(&item->word)) == ATTRIBUTE_COUNT ||
                  kind_meant(word_text(&item->word))))
        return false;
    if (word_text(&item->head->name).length && !item_block(item))
        diag_hint(builder->diagnostics, added, "an attribute is written '%.*s: %.*s'",
                  SLICE_ARGS(word_text(&item->word)), SLICE_ARGS(word_text(&item->head->name)));
    else if (word_text(&item->head->label).length)
        diag_hint(builder->diagnostics, added, "an attribute is written '%.*s: \"...\"'",
                  SLICE_ARGS(word_text(&item->word)));
    else
        return false;
    return true;
}

/* include "other.dfd" */
static bool is_other_import(const struct item *item) {
    static const char *const words[] = {"include", "use", "using", "require", "load"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(word_text(&item->word), words[i]))
            return slice_has(word_text(&item->head->label), '.');
    return false;
}

static void report_unknown_kind(struct builder *builder, const struct item *item,
                                const struct decl *parent) {
    struct diagnostic *added =
        report(builder, DIAG_unknown_kind, word_span(&item->word), ARGS(word_text(&item->word)));
    if (is_other_import(item)) {
        diag_hint(builder->diagnostics, added, "write: import \"%.*s\" as NAME",
                  SLICE_ARGS(slice_part(word_text(&item->head->label), 0, 60)));
        return;
    }
    if (hint_colon(builder, added, item, parent))
        return;
    const char *meant = kind_meant(word_text(&item->word));
    if (meant) {
        diag_replace(builder->diagnostics, added, meant);
        return;
    }
    if (!word_text(&item->head->name).length && word_text(&item->head->label).length) {
        diag_hint(builder->diagnostics, added, "say what it is, such as: process %.*s \"%.*s\"",
                  SLICE_ARGS(word_text(&item->word)),
                  SLICE_ARGS(slice_part(word_text(&item->head->label), 0, 60)));
        return;
    }
    struct slice words[KIND_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kind_rows[i].files & (unsigned)builder->file)
            words[count++] = slice_of(kind_rows[i].word);
    suggest(builder, added, word_text(&item->word), words, count);
}

/* The kind that a mistyped word is taken for, so that references to the declaration hold; or
 * KIND_COUNT. A word without a name after it is rather an id whose kind is missing. */
static enum kind guess_kind(const struct builder *builder, const struct item *item) {
    struct slice words[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++)
        words[i] =
            kind_rows[i].files & (unsigned)builder->file ? slice_of(kind_rows[i].word) : SLICE("");
    bool whole = word_text(&item->head->name).length &&
                 (item_block(item) || word_text(&item->head->label).length);
    int nearest = whole ? text_nearest(word_text(&item->word), words, KIND_COUNT) : -1;
    return nearest < 0 ? KIND_COUNT : (enum kind)nearest;
}

static enum kind find_kind(struct builder *builder, const struct item *item,
                           const struct decl *parent) {
    if (item->arrow && !word_text(&item->word).length)
        return KIND_FLOW;
    enum kind kind = kind_find(word_text(&item->word));
    if (kind != KIND_COUNT)
        return kind;
    report_unknown_kind(builder, item, parent);
    kind = guess_kind(builder, item);
    if (kind == KIND_COUNT) {
        table_intern(builder->arena, &builder->damaged, word_text(&item->head->name), builder);
        table_intern(builder->arena, &builder->damaged, word_text(&item->word), builder);
        builder->nameless++;
    }
    return kind;
}

static bool check_place(struct builder *builder, const struct item *item, enum kind kind,
                        const struct decl *parent) {
    const struct kind_row *row = &kind_rows[kind];
    struct slice where;
    if (!(row->files & (unsigned)builder->file))
        where = slice_of(file_words(builder->file));
    else if (parent && !kind_in(parent->kind, row->parents))
        where = text_format(builder->arena, "inside %s", kind_rows[parent->kind].article);
    else if (!parent && !(row->parents & ON_FILE))
        where = SLICE("on the outermost level");
    else
        return true;
    struct diagnostic *added = report(builder, DIAG_misplaced, word_span(&item->word),
                                      ARGS(slice_of(row->article), where));
    if (parent && row->parents & ON_FILE && row->files & (unsigned)builder->file)
        diag_hint(builder->diagnostics, added, "write the '}' of the %s%s%.*s before it",
                  kind_rows[parent->kind].word, decl_id(parent).length ? " " : "",
                  SLICE_ARGS(decl_id(parent)));
    else if (!parent && row->files & (unsigned)builder->file)
        diag_hint(builder->diagnostics, added, "it stands inside %s",
                  kind_rows[first_kind(row->parents)].article);
    return false;
}

/* An id made from a label, for the hint. */
static struct slice id_from_label(struct builder *builder, struct slice label) {
    char *id = arena_alloc(builder->arena, label.length + 2), *to = id;
    for (size_t i = 0; i < label.length && to - id < 20; i++) {
        char c = label.at[i];
        if (is_letter(c) || (to != id && is_digit(c)))
            *to++ = lower_letter(c);
        else if (to != id && to[-1] != '_')
            *to++ = '_';
    }
    while (to != id && to[-1] == '_')
        to--;
    return (struct slice){id, (size_t)(to - id)};
}

static void report_missing_id(struct builder *builder, const struct item *item,
                              const struct decl *decl) {
    struct diagnostic *added = report(builder, DIAG_missing_id, word_span(&item->word),
                                      ARGS(slice_of(kind_rows[decl->kind].article)));
    struct slice id = word_text(alias_of(item->head)).length
                          ? word_text(alias_of(item->head))
                          : id_from_label(builder, word_text(&item->head->label));
    if (id.length)
        diag_hint(builder->diagnostics, added, "such as: %s %.*s \"%.*s\"",
                  kind_rows[decl->kind].word, SLICE_ARGS(id),
                  SLICE_ARGS(word_text(&item->head->label)));
    builder->nameless++;
}

/* Ids stand in every row and at every flow. */
static void check_length(struct builder *builder, struct slice id, struct span span) {
    if (id.length > ID_LIMIT)
        report(builder, DIAG_long_id, span,
               ARGS(text_format(builder->arena, "%zu", id.length),
                    text_format(builder->arena, "%d", ID_LIMIT)));
}

/* `for:` in the block of a dismissal: then its id is any, or none. */
static bool names_in_block(const struct item *item) {
    for (const struct item *line = items_inside(item); line; line = line->next)
        if (line->kind == ITEM_ATTRIBUTE && slice_is(word_text(&line->word), "for"))
            return true;
    return false;
}

static bool check_id(struct builder *builder, const struct item *item, const struct decl *decl) {
    enum id_rule rule = kind_rows[decl->kind].id_rule;
    if (rule == ROW_ID && names_in_block(item) && !slice_has(decl_id(decl), '@'))
        rule = EITHER;
    if (!decl_id(decl).length) {
        if (rule == NAMED || rule == ROW_ID)
            report_missing_id(builder, item, decl);
        return false;
    }
    if (rule == ANONYMOUS) {
        report(builder, DIAG_unexpected_id, decl_span(decl),
               ARGS(slice_of(kind_rows[decl->kind].article)));
        return false;
    }
    if (rule == ROW_ID) {
        if (!is_row_id(decl_id(decl), true))
            report(builder, DIAG_malformed_row, decl_span(decl), ARGS(decl_id(decl)));
        return true;
    }
    if (!is_id(decl_id(decl), decl->kind == KIND_THREAT)) {
        struct diagnostic *added =
            report(builder, DIAG_malformed_id, decl_span(decl), ARGS(decl_id(decl)));
        diag_hint(builder->diagnostics, added,
                  "a letter or _, then letters, digits, _ and -; any text goes into the label");
        builder->nameless++;
    } else if (decl->kind != KIND_FLOW || word_text(&item->head->name).length) {
        check_length(builder, decl_id(decl),
                     decl_span(decl)); /* an unnamed flow's comes from its ends */
    }
    return true;
}

static void report_same_ends(struct builder *builder, const struct decl *flow,
                             const struct decl *first) {
    const struct item *item = flow->item;
    struct diagnostic *added =
        report(builder, DIAG_same_ends, decl_span(flow),
               ARGS(word_text(&ends_of(item->head)->from), word_text(&ends_of(item->head)->to)));
    diag_note(builder->diagnostics, added, decl_source(first), decl_span(first),
              "the first one; name both, and keep the decisions of this one by: was: [%.*s]",
              SLICE_ARGS(decl_id(first)));
}

/* Ids of parts of a method name a kind of subject or a place in a list, nothing to refer to. */
static bool has_own_id(enum kind kind) {
    return !kind_in(kind,
                    ON_APPLIES | ON_NEVER | ON_LETTER | ON_TIER | ON_MODEL | ON_METHOD | ON_RULE);
}

/* Two unnamed flows between the same two. */
static bool has_same_ends(const struct decl *flow, const struct decl *first) {
    if (flow->kind != KIND_FLOW || first->kind != KIND_FLOW)
        return false;
    const struct head *a = flow->item->head, *b = first->item->head;
    return !word_text(&a->name).length && !word_text(&b->name).length &&
           slice_equal(word_text(&ends_of(a)->from), word_text(&ends_of(b)->from)) &&
           slice_equal(word_text(&ends_of(a)->to), word_text(&ends_of(b)->to));
}

static void declare_id(struct builder *builder, struct decl *decl) {
    if (!has_own_id(decl->kind) || !decl_id(decl).length)
        return;
    const struct decl *first =
        table_intern(builder->arena, &builder->model->ids, decl_id(decl), decl);
    if (first == decl)
        return;
    if (has_same_ends(decl, first)) {
        report_same_ends(builder, decl, first);
        return;
    }
    struct diagnostic *added =
        report(builder, DIAG_duplicate_id, decl_span(decl), ARGS(decl_id(decl)));
    diag_note(builder->diagnostics, added, decl_source(first), decl_span(first),
              "it is declared here first");
}

struct slice derived_id(struct arena *arena, struct slice from, struct slice to) {
    struct slice ends = text_join(arena, from, SLICE("_to_"), to);
    if (!slice_has(ends, '.'))
        return ends;
    char *at = arena_copy(arena, ends.at, ends.length);
    for (size_t i = 0; i < ends.length; i++)
        if (at[i] == '.')
            at[i] = '_';
    return (struct slice){at, ends.length};
}

struct slice derived_flow_id(struct arena *arena, const struct item *item) {
    const struct ends *ends = ends_of(item->head);
    return derived_id(arena, word_text(&ends->from), word_text(&ends->to));
}

static void build_items(struct builder *builder, const struct block *block, struct decl *parent);

/* `from: a` in the block of a flow without an arrow. */
static bool is_end(const struct builder *builder, const struct item *item) {
    const struct attribute_synonym *meant =
        item->kind != ITEM_ATTRIBUTE || item->value->word.kind == VALUE_LIST
            ? NULL
            : attribute_meant(&builder->model->vocabulary->attributes, word_text(&item->word),
                              KIND_FLOW);
    return meant && slice_is(slice_of(meant->ours), "ends");
}

static void build_inside(struct builder *builder, struct decl *decl, const struct item *item) {
    if (!item_block(item) || kind_in(decl->kind, ON_HIT | ON_MISS))
        return; /* models of their own, built when they are tried */
    for (const struct item *inner = item_block(item)->items; inner; inner = inner->next)
        if (inner->kind == ITEM_ATTRIBUTE && !item->arrow && decl->kind == KIND_FLOW &&
            is_end(builder, inner))
            continue; /* reported with the missing ends */
        else if (inner->kind == ITEM_ATTRIBUTE)
            build_attribute(builder, decl, inner);
        else if (inner->kind == ITEM_CONDITION &&
                 !kind_in(decl->kind, ON_RULE | ON_TIER | ON_NEVER))
            report(builder, DIAG_misplaced, word_span(&inner->word),
                   ARGS(SLICE("a condition"),
                        text_format(builder->arena, "inside %s", kind_rows[decl->kind].article)));
    build_items(builder, item_block(item), decl);
}

static void add_to_lists(struct builder *builder, struct decl *decl) {
    struct decl_list *list = &builder->model->of[decl->kind];
    decl->index = (uint32_t)list->count;
    *ARRAY_ADD(builder->arena, list) = decl;
}

static void check_model_block(struct builder *builder, struct decl *decl) {
    if (builder->model->system) {
        struct diagnostic *added = report(builder, DIAG_second_model, decl_span(decl), NULL);
        diag_note(builder->diagnostics, added, builder->source, decl_span(builder->model->system),
                  "the first one");
    } else {
        builder->model->system = decl;
    }
    const struct attribute *language = decl_attribute(decl, ATTRIBUTE_language);
    if (language && language->number > LANGUAGE)
        report(builder, DIAG_newer_language, attribute_span(language),
               ARGS(text_format(builder->arena, "%d", language->number),
                    text_format(builder->arena, "%d", LANGUAGE)));
}

static void *aligned_decls(struct arena *arena, size_t count) {
    char *at = arena_alloc(arena, count * sizeof(struct decl) + CACHE_LINE);
    return at + (CACHE_LINE - (uintptr_t)at % CACHE_LINE) % CACHE_LINE;
}

/* Declarations lie side by side, apart from their attributes: passes over a large model then touch
 * less memory. */
static struct decl *new_decl(struct builder *builder) {
    if (!builder->spare_count) {
        builder->spare_count = builder->taken_count < 256 ? builder->taken_count + 4 : 256;
        builder->spare = aligned_decls(builder->arena, builder->spare_count);
    }
    builder->spare_count--;
    builder->taken_count++;
    return builder->spare++;
}

/* flow f { from: a; to: b } */
static void report_no_ends(struct builder *builder, const struct item *item) {
    struct diagnostic *added =
        report(builder, DIAG_missing_end, word_span(&item->word), ARGS(SLICE("source and target")));
    struct slice name =
        word_text(&item->head->name).length ? word_text(&item->head->name) : SLICE("NAME");
    struct slice ends[2] = {SLICE("a"), SLICE("b")};
    size_t count = 0;
    for (const struct item *inner = items_inside(item); inner && count < 2; inner = inner->next)
        if (is_end(builder, inner))
            ends[count++] = word_text(&inner->value->word);
    diag_hint(builder->diagnostics, added, "write: flow %.*s = %.*s -> %.*s", SLICE_ARGS(name),
              SLICE_ARGS(ends[0]), SLICE_ARGS(ends[1]));
}

/* process "API" as api, as other languages have it */
static void report_alias(struct builder *builder, const struct item *item,
                         const struct decl *decl) {
    if (!decl_id(decl).length && kind_rows[decl->kind].id_rule == NAMED)
        return; /* the missing id is reported */
    struct diagnostic *added =
        report(builder, DIAG_misplaced_alias, word_span(alias_of(item->head)),
               ARGS(slice_of(kind_rows[decl->kind].article)));
    diag_hint(builder->diagnostics, added, "the id stands before the label");
}

static void build_declaration(struct builder *builder, const struct item *item,
                              struct decl *parent) {
    enum kind kind = find_kind(builder, item, parent);
    if (kind == KIND_COUNT) {
        bool lost = builder->lost;
        builder->lost = true;
        if (item_block(item))
            build_items(builder, item_block(item), parent);
        builder->lost = lost;
        return;
    }
    struct decl *decl = new_decl(builder);
    decl->kind = (unsigned char)kind;
    decl->item = item;
    if (item->arrow && !word_text(&item->head->name).length)
        own_more(builder->arena, decl)->id = derived_flow_id(builder->arena, item);
    decl->blank_label = word_text(&item->head->label).length &&
                        !check_visible(builder, decl, &item->head->label, NULL);
    decl->parent = parent && parent->kind == KIND_BOUNDARY && !parent->misplaced ? parent : NULL;
    decl->misplaced = !check_place(builder, item, kind, parent);
    if (check_id(builder, item, decl))
        declare_id(builder, decl);
    if (kind == KIND_FLOW && !item->arrow)
        report_no_ends(builder, item);
    if (word_text(alias_of(item->head)).length)
        report_alias(builder, item, decl);
    if (!decl->misplaced)
        add_to_lists(builder, decl);
    build_inside(builder, decl, item);
    if (kind == KIND_MODEL)
        check_model_block(builder, decl);
}

static void report_import_form(struct builder *builder, const struct item *item) {
    struct diagnostic *added = report(builder, DIAG_import_form, word_span(&item->word), NULL);
    diag_hint(builder->diagnostics, added, "%s",
              is_yaml_path(builder->source->path) ? "the alias is an id"
                                                  : "write: import \"PATH\" as NAME");
}

/* The imported file was read before (project/units.c). */
static void check_import(struct builder *builder, const struct item *item,
                         const struct decl *parent) {
    if (parent)
        report(builder, DIAG_misplaced, word_span(&item->word),
               ARGS(SLICE("an import"),
                    text_format(builder->arena, "inside %s", kind_rows[parent->kind].article)));
    else if (!word_text(&item->head->label).length ||
             !is_id(word_text(alias_of(item->head)), false))
        report_import_form(builder, item);
    else
        check_length(builder, word_text(alias_of(item->head)), word_span(alias_of(item->head)));
}

/* `process: api` and `api: process` outside of all declarations, or what the model should say. */
static void report_stray(struct builder *builder, const struct item *item) {
    struct diagnostic *added =
        report(builder, DIAG_stray_attribute, word_span(&item->word), ARGS(word_text(&item->word)));
    struct slice value = item->kind == ITEM_ATTRIBUTE && item->value->word.kind != VALUE_LIST
                             ? word_text(&item->value->word)
                             : SLICE("");
    const struct attribute_index *attributes = &builder->model->vocabulary->attributes;
    if (!is_id(value, false))
        value = SLICE("ID");
    if (kind_find(word_text(&item->word)) != KIND_COUNT)
        diag_hint(builder->diagnostics, added, "write: %.*s %.*s \"...\"",
                  SLICE_ARGS(word_text(&item->word)), SLICE_ARGS(value));
    else if (kind_find(value) != KIND_COUNT)
        diag_hint(builder->diagnostics, added, "write: %.*s %.*s \"...\"", SLICE_ARGS(value),
                  SLICE_ARGS(word_text(&item->word)));
    else if (attribute_find(attributes, word_text(&item->word), KIND_MODEL) != ATTRIBUTE_COUNT ||
             attribute_meant(attributes, word_text(&item->word), KIND_MODEL))
        diag_hint(builder->diagnostics, added,
                  "about the whole: model ID \"...\" { about: \"...\" }");
    else if (attribute_family(attributes, word_text(&item->word)) != ATTRIBUTE_COUNT)
        diag_hint(builder->diagnostics, added, "put it in { } after what it describes");
}

static void build_items(struct builder *builder, const struct block *block, struct decl *parent) {
    for (const struct item *item = block->items; item; item = item->next) {
        if (item->next && item->next->kind == ITEM_DECLARATION)
            table_prefetch(&builder->model->ids, word_text(&item->next->head->name));
        arena_step(builder->arena);
        if (item->kind != ITEM_DECLARATION) {
            if (!parent && !builder->lost && item->kind != ITEM_BROKEN)
                report_stray(builder, item);
        } else if (slice_is(word_text(&item->word), "evidence") && item_block(item) && parent) {
            build_evidence(builder, parent, item);
        } else if (slice_is(word_text(&item->word), "import")) {
            check_import(builder, item, parent);
        } else {
            build_declaration(builder, item, parent);
        }
    }
}

static void build(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                  const struct block *block, enum file_kind file) {
    struct builder builder = {.arena = diagnostics->arena,
                              .diagnostics = diagnostics,
                              .source = tree->source,
                              .tree = tree,
                              .model = model,
                              .file = file};
    for (const struct item *item = block->items; item && !builder.system; item = item->next)
        if (item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "model"))
            builder.system = item;
    for (const struct damage *damage = tree->damage; damage; damage = damage->next)
        table_intern(builder.arena, &builder.damaged, damage->word, &builder);
    build_items(&builder, block, NULL);
    resolve(&builder);
}

void build_model(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 enum file_kind file) {
    table_reserve(diagnostics->arena, &model->ids, tree->declarations);
    ARRAY_RESERVE(diagnostics->arena, &model->of[KIND_FLOW], tree->flows);
    build(diagnostics, model, tree, &tree->file, file);
}

void build_block(struct diagnostics *diagnostics, struct model *model, const struct tree *tree,
                 const struct block *block) {
    build(diagnostics, model, tree, block, IN_MODEL);
}
