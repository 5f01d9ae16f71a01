/* From what stands in a cell to a value: spreadsheets write dates as their country does, and people
 * write words with blanks and capitals. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "project/answering.h"

/* ---- dates ------------------------------------------------------------------------------- */

/* "31.01.2027", "1/31/2027", "2027/01/31": three numbers and what parts them. */
struct written_date {
    int numbers[3];
    bool year_first;
    char between;
};

static bool read_date(struct slice cell, struct written_date *date) {
    static const char separators[] = {'.', '/', '-'};
    struct slice rest = cell, part;
    *date = (struct written_date){0};
    for (size_t i = 0; i < sizeof separators && !date->between; i++)
        if (slice_has(cell, separators[i]))
            date->between = separators[i];
    for (size_t i = 0; i < 3; i++)
        if (!slice_cut(&rest, date->between, &part) ||
            !slice_number(slice_trim(part), &date->numbers[i]))
            return false;
    date->year_first = date->numbers[0] > 999;
    return !rest.length && date->between;
}

static struct slice day_text(struct arena *arena, int year, int month, int day) {
    if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return SLICE("");
    return text_format(arena, "%d-%d%d-%d%d", year, month / 10, month % 10, day / 10, day % 10);
}

/* The day that a cell means, and another one that it may mean; "": none. */
struct days {
    struct slice first, other;
};

/* Points stand between day and month everywhere; slashes and dashes between either. */
static struct days days_of(struct arena *arena, struct slice cell) {
    struct days days = {SLICE(""), SLICE("")};
    struct written_date date;
    if (!read_date(cell, &date))
        return days;
    const int *at = date.numbers;
    days.first = date.year_first ? day_text(arena, at[0], at[1], at[2])
                                 : day_text(arena, at[2], at[1], at[0]);
    if (!date.year_first && date.between != '.' && at[0] != at[1])
        days.other = day_text(arena, at[2], at[0], at[1]);
    return days.first.length ? days : (struct days){days.other, SLICE("")};
}

static bool take_day(struct decider *decider, struct slice cell, struct slice *value) {
    struct days days = days_of(decider->arena, cell);
    if (days.other.length)
        return refuse_request(decider, diag_kind(DIAG_wrong_type)->code,
                              "'%.*s' may be %.*s or %.*s: write the one that is meant",
                              SLICE_ARGS(cell), SLICE_ARGS(days.first), SLICE_ARGS(days.other));
    if (days.first.length)
        *value = days.first;
    return true;
}

/* ---- words ------------------------------------------------------------------------------- */

/* "Not plausible" -> "not_plausible"; what is no known word stays, to be refused as it is. */
static struct slice take_word(struct arena *arena, enum attribute_id id, struct slice cell) {
    char *word = arena_copy(arena, cell.at, cell.length);
    bool safe;
    for (size_t i = 0; i < cell.length; i++)
        word[i] = word[i] == ' ' ? '_' : lower_letter(word[i]);
    struct slice spelled = {word, cell.length};
    if (attribute_rows[id].type == TYPE_SCORE)
        return spelled;
    struct slice known = attribute_meaning(id, spelled, &safe);
    return known.length ? known : cell;
}

/* Whoever writes words may import into a file that has numbers, and the other way round; only that
 * 1 is no word. */
static struct slice take_level(struct decider *decider, struct slice cell) {
    int level;
    if (!score_level(cell, &level))
        return cell;
    struct slice text = level_text(decider, level);
    return slice_is(cell, "1") ? cell : text;
}

/* A title is one line. */
static struct slice take_title(struct arena *arena, struct slice cell) {
    char *title = arena_copy(arena, cell.at, cell.length);
    for (size_t i = 0; i < cell.length; i++)
        title[i] = title[i] == '\n' || title[i] == '\t' ? ' ' : title[i];
    return (struct slice){title, cell.length};
}

/* A question, or a threat; the words of others would be missed only where all is compiled. */
static bool take_reference(struct decider *decider, struct slice cell) {
    struct targets targets = {0};
    const struct decl *decl = table_get(&decider->ids, cell);
    if (slice_has(cell, '@'))
        return read_question_id(decider, cell, &targets);
    return (decl && decl->kind == KIND_THREAT) || table_get(&decider->made, cell) ||
           refuse_unknown(decider, "question or threat", cell);
}

/* ---- both -------------------------------------------------------------------------------- */

static bool takes_words(int attribute) {
    return attribute < ATTRIBUTE_COUNT &&
           (attribute_rows[attribute].type == TYPE_SCORE ||
            (attribute_rows[attribute].type == TYPE_WORD && *attribute_rows[attribute].values));
}

static bool is_level(int attribute) {
    return attribute < ATTRIBUTE_COUNT && attribute_rows[attribute].type == TYPE_SCORE;
}

static bool is_day(int attribute) {
    return attribute < ATTRIBUTE_COUNT && attribute_rows[attribute].type == TYPE_DATE;
}

bool cell_value(struct decider *decider, int attribute, struct slice cell, struct slice *value) {
    *value = cell_meant(decider->arena, cell);
    if (takes_words(attribute))
        *value = take_word(decider->arena, (enum attribute_id)attribute, *value);
    if (is_level(attribute))
        *value = take_level(decider, *value);
    else if (attribute == ATTRIBUTE_LABEL)
        *value = take_title(decider->arena, *value);
    if (attribute == ATTRIBUTE_see)
        return take_reference(decider, *value);
    return !is_day(attribute) || take_day(decider, *value, value);
}

bool cell_says(struct arena *arena, int attribute, struct slice cell, struct slice text) {
    struct slice typed = slice_trim(cell);
    if (slice_equal(typed, slice_trim(text)) || slice_equal(typed, cell_shown(arena, text)))
        return true;
    if (takes_words(attribute)) {
        struct slice word = take_word(arena, (enum attribute_id)attribute, typed);
        int level, other;
        return slice_equal(word, text) || (is_level(attribute) && score_level(word, &level) &&
                                           score_level(text, &other) && level == other);
    }
    if (attribute == ATTRIBUTE_LABEL)
        return slice_equal(take_title(arena, cell_meant(arena, cell)), slice_trim(text));
    if (!is_day(attribute))
        return slice_equal(cell_meant(arena, cell), slice_trim(text));
    struct days days = days_of(arena, typed);
    return text.length && (slice_equal(days.first, text) || slice_equal(days.other, text));
}
