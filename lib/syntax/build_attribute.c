/* One check for each type of value, chosen by the attribute table. */
// SPDX-License-Identifier: MIT
#include "syntax/build_state.h"

#include "syntax/form.h"
#include "syntax/hints.h"

static bool begins_word(char c) {
    return is_letter(c) || c == '_';
}

bool is_id(struct slice id, bool digit_first) {
    if (!id.length || !(begins_word(id.at[0]) || (digit_first && is_digit(id.at[0]))))
        return false;
    for (size_t i = 0; i < id.length; i++)
        if (!begins_word(id.at[i]) && !is_digit(id.at[i]) && id.at[i] != '-')
            return false;
    return true;
}

/* An id, after the aliases of imports. */
static bool is_chain(struct slice chain, bool digit_first) {
    struct slice part;
    while (slice_has(chain, '.'))
        if (!slice_cut(&chain, '.', &part) || !is_id(part, false))
            return false;
    return is_id(chain, digit_first);
}

bool is_row_id(struct slice id, bool pattern) {
    struct slice letter, part;
    if (!slice_has(id, '@') || !slice_cut(&id, '@', &letter) || !slice_cut(&id, '/', &part))
        return false;
    if (!is_id(letter, false) || letter.length > 3 || !is_chain(part, false))
        return false;
    if (!id.length)
        return true;
    if (!pattern || !slice_cut(&id, '/', &part) || !is_id(part, false))
        return false;
    return !id.length || is_chain(id, false);
}

/* The Gregorian calendar. */
static bool is_date(struct slice text) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (text.length != 10 || text.at[4] != '-' || text.at[7] != '-' ||
        !slice_number(slice_part(text, 0, 4), &year) ||
        !slice_number(slice_part(text, 5, 2), &month) ||
        !slice_number(slice_part(text, 8, 2), &day) || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

/* A list of two. */
static bool is_pair(const struct value *list) {
    const struct value *first = list->word.kind == VALUE_LIST ? value_items(list) : NULL;
    return first && first->next && !first->next->next;
}

static bool is_pairs(const struct value *list) {
    if (list->word.kind != VALUE_LIST)
        return false;
    for (const struct value *pair = value_items(list); pair; pair = pair->next) {
        const struct value *word = pair->word.kind == VALUE_LIST ? value_items(pair) : NULL;
        int number;
        if (!word || word->word.kind != VALUE_WORD || !word->next || word->next->next ||
            !slice_number(word_text(&word->next->word), &number))
            return false;
    }
    return true;
}

/* Whether each value of the attribute's list, or its only value, has the right form. */
static bool has_form(const struct attribute_row *row, const struct value *value, int *number) {
    struct slice text = word_text(&value->word);
    bool word = value->word.kind == VALUE_WORD;
    switch (row->type) {
    case TYPE_YESNO:
        return word && (slice_is(text, "yes") || slice_is(text, "no"));
    case TYPE_NUMBER: {
        enum attribute_id id = (enum attribute_id)(row - attribute_rows);
        int least = 0, most = 0;
        return word && slice_integer(text, number) && attribute_range(id, &least, &most) &&
               *number >= least && *number <= most;
    }
    case TYPE_SCORE:
    case TYPE_SCORES:
        return word && score_level(text, number);
    case TYPE_DATE:
        return word && is_date(text);
    case TYPE_ID:
    case TYPE_IDS:
        return word && is_chain(text, true);
    case TYPE_ROW:
    case TYPE_ROWS:
        return word && is_row_id(text, true);
    case TYPE_BOUNDARY:
    case TYPE_PROCESS:
    case TYPE_ASSETS:
    case TYPE_PLACES:
        return word;
    default:
        return true;
    }
}

static void report_type(struct builder *builder, const struct attribute *attribute,
                        const struct value *value) {
    const struct attribute_row *row = &attribute_rows[attribute->id];
    struct slice takes = slice_of(attribute_type_words[row->type]);
    int lowest, highest;
    if (row->type == TYPE_NUMBER && attribute_range(attribute->id, &lowest, &highest))
        takes = text_format(builder->arena, "a whole number from %d to %d", lowest, highest);
    enum diag_code code =
        row->type == TYPE_ROW || row->type == TYPE_ROWS ? DIAG_malformed_row : DIAG_wrong_type;
    struct slice shown = code == DIAG_malformed_row
                             ? source_slice(builder->source, word_span(&value->word))
                             : slice_of(row->name);
    struct diagnostic *added = report(builder, code, word_span(&value->word), ARGS(shown, takes));
    if (row->type == TYPE_YESNO)
        hint_yes_or_no(builder->diagnostics, added, word_text(&value->word));
}

/* `allow:` in the block of an item. */
static bool item_allows(const struct item *item, const char *code) {
    for (const struct item *line = item ? items_inside(item) : NULL; line; line = line->next) {
        if (line->kind != ITEM_ATTRIBUTE || !slice_is(word_text(&line->word), "allow"))
            continue;
        bool list = line->value->word.kind == VALUE_LIST;
        for (const struct value *value = list ? value_items(line->value) : line->value; value;
             value = list ? value->next : NULL)
            if (slice_is(word_text(&value->word), code))
                return true;
    }
    return false;
}

static bool allows(const struct builder *builder, const struct decl *decl, enum diag_code code) {
    return item_allows(decl->item, diag_kind(code)->code) ||
           item_allows(builder->system, diag_kind(code)->code);
}

bool check_visible(struct builder *builder, const struct decl *decl, const struct word *text,
                   const char *attribute) {
    if (slice_is_visible(word_text(text)))
        return true;
    struct slice what =
        attribute ? text_format(builder->arena, "'%s'", attribute) : SLICE("the label");
    if (!allows(builder, decl, DIAG_blank_text))
        report(builder, DIAG_blank_text, word_span(text), ARGS(what));
    return false;
}

/* Whether any of the attribute's texts can be read. An empty list counts: it states that there is
 * nothing. */
static bool says_something(struct builder *builder, const struct decl *decl,
                           const struct attribute *attribute) {
    const char *name = attribute_rows[attribute->id].name;
    const struct value *value = attribute->item->value;
    if (value->word.kind != VALUE_LIST)
        return check_visible(builder, decl, &value->word, name);
    bool any = !value_items(value);
    for (const struct value *item = value_items(value); item; item = item->next)
        any |= check_visible(builder, decl, &item->word, name);
    return any;
}

/* Checks a value where known ones are listed. An unknown one does not count. In a model that is a
 * warning, as another tool may know it; a rule or a decision would mean something else. */
static bool check_known(struct builder *builder, const struct decl *decl,
                        const struct attribute *attribute, struct word *word, bool *safe) {
    const struct attribute_row *row = &attribute_rows[attribute->id];
    *safe = false;
    if (row->type == TYPE_NUMBER || !*row->values)
        return true;
    struct slice value = attribute_meaning(attribute->id, word_text(word), safe);
    if (value.length) {
        if (!slice_equal(value, word_text(word)))
            word_say(builder->arena, word, value); /* from here on, only ours */
        return true;
    }
    bool model = builder->file == IN_MODEL;
    if (model && allows(builder, decl, DIAG_unknown_value))
        return false;
    struct diagnostic *added = report(builder, model ? DIAG_unknown_value : DIAG_unknown_keyword,
                                      word_span(word), ARGS(word_text(word), slice_of(row->name)));
    hint_values(builder->diagnostics, added, attribute->id, word_text(word));
    return false;
}

/* What the word means, where conditions may compare it. False for an unknown one. Most words come
 * again and again: their values and synonyms are gone through once. */
static bool find_meaning(struct builder *builder, const struct decl *decl,
                         const struct attribute *attribute, struct word *word,
                         struct meaning *meaning) {
    struct slice written = word_text(word);
    struct table *meanings = &builder->meanings[attribute->id];
    const struct meaning *known = table_get(meanings, written);
    if (known) {
        *meaning = *known;
        if (!slice_equal(known->value, written))
            word_say(builder->arena, word, known->value);
        return true;
    }
    if (!check_known(builder, decl, attribute, word, &meaning->safe))
        return false;
    meaning->value = word_text(word);
    meaning->symbol = value_symbol(builder->arena, builder->model->vocabulary,
                                   (enum attribute_id)attribute->id, meaning->value);
    if (*attribute_rows[attribute->id].values) {
        struct meaning *kept = ARENA_NEW(builder->arena, struct meaning);
        *kept = *meaning;
        table_intern(builder->arena, meanings, written, kept);
    }
    return true;
}

/* allow: [CODES], of warnings and suggestions */
static void check_codes(struct builder *builder, const struct attribute *attribute) {
    bool list = attribute->item->value->word.kind == VALUE_LIST;
    for (const struct value *value = list ? value_items(attribute->item->value)
                                          : attribute->item->value;
         value; value = list ? value->next : NULL) {
        enum diag_code code = diag_find(word_text(&value->word));
        bool silent = code != DIAG_COUNT &&
                      (code == DIAG_unknown_value || slice_starts(word_text(&value->word), "N08") ||
                       slice_starts(word_text(&value->word), "W04"));
        if (!silent) {
            struct diagnostic *added = report(builder, DIAG_unknown_value, word_span(&value->word),
                                              ARGS(word_text(&value->word), SLICE("allow")));
            diag_hint(builder->diagnostics, added,
                      "the code of a warning about the model, such as W0405");
        }
    }
}

static bool is_compared(enum attribute_type type) {
    return type == TYPE_WORD || type == TYPE_WORDS || type == TYPE_YESNO || type == TYPE_NUMBER;
}

static bool has_symbol(const symbol *words, size_t count, symbol word) {
    for (size_t i = 0; i < count; i++)
        if (words[i] == word)
            return true;
    return false;
}

/* Finds the words that conditions compare with, and whether they are safe. An empty list is stated;
 * a list of unknown words only is not. Known words that mean the same count once. */
static void find_words(struct builder *builder, const struct decl *decl,
                       struct attribute *attribute, size_t count) {
    struct value *value = attribute->item->value;
    struct value *at = value->word.kind == VALUE_LIST ? value_items(value) : value;
    symbol one = 0, *words = count > 1 ? ARENA_ARRAY(builder->arena, symbol, count) : &one;
    bool known_only = *attribute_rows[attribute->id].values;
    attribute->safe = count > 0;
    for (; at && count; at = at->next) {
        struct meaning meaning;
        if (!find_meaning(builder, decl, attribute, &at->word, &meaning)) {
            attribute->partial = true;
            continue;
        }
        attribute->safe &= meaning.safe;
        if (!known_only || !has_symbol(words, attribute->word_count, meaning.symbol))
            words[attribute->word_count++] = meaning.symbol;
        if (value->word.kind != VALUE_LIST)
            break;
    }
    if (attribute->word_count > 1)
        attribute->several = words;
    else
        attribute->only = words[0];
    attribute->stated = !attribute->partial || attribute->word_count > 0;
    attribute->safe &= attribute->stated;
}

/* False, and reported, when a value has the wrong form. */
static bool check_values(struct builder *builder, struct attribute *attribute, size_t *count) {
    const struct attribute_row *row = &attribute_rows[attribute->id];
    const struct value *value = attribute->item->value;
    *count = 1;
    bool list = value->word.kind == VALUE_LIST;
    if (row->type == TYPE_PAIRS    ? !is_pairs(value)
        : row->type == TYPE_SCORES ? !is_pair(value)
                                   : list && !attribute_takes_list(row->type)) {
        report_type(builder, attribute, value);
        return false;
    }
    if (row->type == TYPE_PAIRS)
        return true;
    *count = 0;
    for (const struct value *item = value->word.kind == VALUE_LIST ? value_items(value) : value;
         item; item = item->next) {
        if (item->word.kind == VALUE_LIST || !has_form(row, item, &attribute->number)) {
            report_type(builder, attribute, item);
            return false;
        }
        ++*count;
        if (value->word.kind != VALUE_LIST)
            break;
    }
    return true;
}

static void report_unknown_attribute(struct builder *builder, const struct decl *decl,
                                     const struct item *item) {
    struct diagnostic *added =
        report(builder, DIAG_unknown_attribute, word_span(&item->word),
               ARGS(slice_of(kind_rows[decl->kind].article), word_text(&item->word)));
    hint_attribute(builder->diagnostics, added, &builder->model->vocabulary->attributes, decl->kind,
                   item, is_yaml_path(builder->source->path));
}

static const struct attribute *find_same(const struct attribute *list, enum attribute_id id) {
    while (list && list->id != id)
        list = list->next;
    return list;
}

/* NULL, and reported, when it is stated twice. */
static struct attribute *add_attribute(struct builder *builder, struct attribute **list,
                                       enum attribute_id id, const struct item *item) {
    const struct attribute *before = find_same(*list, id);
    if (before) {
        struct diagnostic *added = report(builder, DIAG_duplicate_attribute, word_span(&item->word),
                                          ARGS(word_text(&item->word)));
        diag_note(builder->diagnostics, added, builder->source, attribute_span(before),
                  "it is stated here first");
        return NULL;
    }
    struct attribute *attribute = ARENA_NEW(builder->arena, struct attribute);
    attribute->id = (unsigned char)id;
    attribute->family = (unsigned char)builder->model->vocabulary->attributes.family[id];
    attribute->item = item;
    while (*list)
        list = &(*list)->next;
    return *list = attribute;
}

void build_attribute(struct builder *builder, struct decl *decl, const struct item *item) {
    enum attribute_id id =
        attribute_find(&builder->model->vocabulary->attributes, word_text(&item->word), decl->kind);
    if (id == ATTRIBUTE_COUNT) {
        report_unknown_attribute(builder, decl, item);
        return;
    }
    struct attribute *attribute = add_attribute(builder, &decl->attributes, id, item);
    size_t count;
    if (!attribute)
        return;
    decl->attribute_set |= attribute_bit(id) | attribute_bit(attribute->family);
    if (!check_values(builder, attribute, &count))
        return;
    enum attribute_type type = attribute_rows[id].type;
    attribute->stated =
        (type != TYPE_TEXT && type != TYPE_STRINGS) || says_something(builder, decl, attribute);
    if (id == ATTRIBUTE_allow)
        check_codes(builder, attribute);
    decl->refers |= attribute_refers(type);
    if (is_compared(type))
        find_words(builder, decl, attribute, count);
}

void build_evidence(struct builder *builder, struct decl *decl, const struct item *item) {
    for (const struct item *line = items_inside(item); line; line = line->next) {
        if (line->kind == ITEM_BROKEN)
            continue;
        enum attribute_id id = attribute_find(&builder->model->vocabulary->attributes,
                                              word_text(&line->word), decl->kind);
        bool fact = line->kind == ITEM_ATTRIBUTE && id != ATTRIBUTE_COUNT &&
                    attribute_rows[id].role != ROLE_NOTE;
        if (!fact) {
            report(builder, DIAG_unknown_fact, word_span(&line->word),
                   ARGS(slice_of(kind_rows[decl->kind].article), word_text(&line->word)));
            continue;
        }
        struct attribute *attribute =
            add_attribute(builder, &own_more(builder->arena, decl)->evidence, id, line);
        if (!attribute)
            continue;
        attribute->stated = line->value->word.kind != VALUE_LIST;
        if (!attribute->stated)
            report(builder, DIAG_wrong_type, word_span(&line->value->word),
                   ARGS(word_text(&line->word), SLICE("a place, such as \"src/audit.ts#record\"")));
    }
}
