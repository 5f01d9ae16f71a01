/* Attributes in the order of their table, whatever order they were stated in. */
// SPDX-License-Identifier: MIT
#include "emit/json_parts.h"

void write_id(struct json *json, const char *name, const struct decl *decl) {
    json_key(json, name);
    if (decl)
        json_string(json, decl_id(decl));
    else
        json_null(json);
}

static void write_list(struct json *json, const struct value *value) {
    json_open(json, '[');
    if (value->word.kind != VALUE_LIST)
        json_string(json, word_text(&value->word));
    else
        for (const struct value *item = value_items(value); item; item = item->next)
            json_string(json, word_text(&item->word));
    json_close(json, ']');
}

/* [["critical", 16]] */
static void write_pairs(struct json *json, const struct value *list) {
    json_open(json, '[');
    for (const struct value *pair = value_items(list); pair; pair = pair->next) {
        const struct value *name = value_items(pair), *lowest = name ? name->next : NULL;
        int number = 0;
        if (!lowest)
            continue;
        slice_number(word_text(&lowest->word), &number);
        json_open(json, '[');
        json_string(json, word_text(&name->word));
        json_number(json, (size_t)number);
        json_close(json, ']');
    }
    json_close(json, ']');
}

static void write_words(struct json *json, const struct model *model,
                        const struct attribute *attribute) {
    json_open(json, '[');
    for (size_t i = 0; i < attribute->word_count; i++)
        json_string(json, symbol_word(model->vocabulary, attribute_words(attribute)[i]));
    json_close(json, ']');
}

static void write_value(struct json *json, const struct model *model,
                        const struct attribute *attribute) {
    switch (attribute_rows[attribute->id].type) {
    case TYPE_NUMBER:
    case TYPE_SCORE:
        json_number(json, (size_t)attribute->number);
        break;
    case TYPE_WORDS:
        write_words(json, model, attribute);
        break;
    case TYPE_PAIRS:
        write_pairs(json, attribute->item->value);
        break;
    case TYPE_STRINGS:
    case TYPE_SCORES:
    case TYPE_IDS:
    case TYPE_ROWS:
    case TYPE_ASSETS:
    case TYPE_PLACES:
        write_list(json, attribute->item->value);
        break;
    default:
        json_string(json, word_text(&attribute->item->value->word));
        break;
    }
}

/* Attributes for the place of something or for what it joins, for which JSON has members of their
 * own, and for names of files, which it never holds. */
static bool is_structure(enum attribute_id id) {
    return id == ATTRIBUTE_in || id == ATTRIBUTE_at || id == ATTRIBUTE_into ||
           id == ATTRIBUTE_model_rules;
}

/* The stated attribute that follows `last` in the table. */
static const struct attribute *next_attribute(const struct attribute *list,
                                              const struct attribute *last) {
    const struct attribute *next = NULL;
    for (; list; list = list->next)
        if (list->stated && !is_structure(list->id) && (!last || list->id > last->id) &&
            (!next || list->id < next->id))
            next = list;
    return next;
}

static void write_attribute_list(struct json *json, const struct model *model, const char *name,
                                 const struct attribute *list) {
    json_key(json, name);
    json_open(json, '{');
    for (const struct attribute *at = NULL; (at = next_attribute(list, at));) {
        json_key(json, attribute_rows[at->id].name);
        write_value(json, model, at);
    }
    json_close(json, '}');
}

/* The places that `evidence` names; its values are texts whatever the type of the fact. */
static void write_evidence(struct json *json, const struct decl *decl) {
    if (!more_of(decl)->evidence)
        return;
    json_key(json, "evidence");
    json_open(json, '{');
    for (const struct attribute *at = NULL; (at = next_attribute(more_of(decl)->evidence, at));)
        json_member(json, attribute_rows[at->id].name, word_text(&at->item->value->word));
    json_close(json, '}');
}

void write_attributes(struct json *json, const struct model *model, const struct decl *decl) {
    write_attribute_list(json, model, "attributes", decl->attributes);
    write_evidence(json, decl);
}

void write_name(struct json *json, const struct decl *decl) {
    json_member(json, "id", decl_id(decl));
    json_member(json, "label", decl_label(decl));
}

void write_steps(struct json *json, const struct decl *subject, size_t count) {
    json_key(json, "boundaries");
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        struct boundary_step step = find_step(subject, i);
        json_open(json, '{');
        json_member(json, "id", decl_id(step.boundary));
        json_member_word(json, "direction", step.entered ? "entered" : "left");
        json_close(json, '}');
    }
    json_close(json, ']');
}
