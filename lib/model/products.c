/* A label is cut into words; phrases of up to four of them are looked up, longer ones first. Of the
 * words that are no names of products only the noun of a label tells: `order worker` is a worker,
 * `worker for orders` too, `worker settings` are none. */
// SPDX-License-Identifier: MIT
#include "model/products.h"

#include "base/writer.h"

#define LONGEST_PHRASE 4
#define MOST_WORDS 48
#define ABOUT_AS_MANY 1200 /* phrases as there are */

enum effect { EFFECT_SUGGESTS, EFFECT_PASSES, EFFECT_SILENCES };

struct meaning {
    const struct meaning *next;
    unsigned kinds;
    enum attribute_id id;
    enum effect effect;
    struct slice value;
    bool safe; /* the value is; nothing states such a one by guessing */
};

struct phrase {
    const struct meaning *meanings;
    bool only_head, negates;
};

struct hearing {
    const struct phrases *phrases;
    struct slice text;
    struct slice words[MOST_WORDS]; /* of the text, as typed */
    struct slice small[MOST_WORDS]; /* in small letters */
    bool heads[MOST_WORDS];
    size_t count;
    bool negated;
};

/* ---- words of a text --------------------------------------------------------------------- */

static bool is_word_byte(char c) {
    c = lower_letter(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Cuts off the next word and what stands before it. */
static bool next_word(struct slice *rest, struct slice *gap, struct slice *word) {
    size_t start = 0, end;
    while (start < rest->length && !is_word_byte(rest->at[start]))
        start++;
    for (end = start; end < rest->length && is_word_byte(rest->at[end]);)
        end++;
    *gap = slice_part(*rest, 0, start);
    *word = slice_part(*rest, start, end - start);
    *rest = slice_part(*rest, end, rest->length);
    return word->length > 0;
}

static struct slice in_small(struct arena *arena, struct slice word) {
    char *copy = arena_copy(arena, word.at, word.length);
    for (size_t i = 0; i < word.length; i++)
        copy[i] = lower_letter(copy[i]);
    return (struct slice){copy, word.length};
}

static bool is_one_of(struct slice word, const char *words) {
    struct slice one;
    while (next_synonym(&words, &one))
        if (slice_equal(word, one))
            return true;
    return false;
}

/* ---- the table --------------------------------------------------------------------------- */

/* Nearly all phrases of the tables are one word in small letters. */
static bool is_small_word(struct slice phrase) {
    for (size_t i = 0; i < phrase.length; i++)
        if (!is_word_byte(phrase.at[i]) || phrase.at[i] != lower_letter(phrase.at[i]))
            return false;
    return true;
}

/* The words of a phrase with this between them. */
static struct slice spell(struct arena *arena, struct slice phrase, const char *between) {
    struct memory_writer text;
    struct slice gap, word;
    bool first = true;
    if (is_small_word(phrase))
        return phrase;
    memory_writer_open(&text, arena);
    for (; next_word(&phrase, &gap, &word); first = false) {
        write_string(&text.writer, first ? "" : between);
        write_slice(&text.writer, in_small(arena, word));
    }
    return memory_writer_close(&text);
}

static struct phrase *phrase_called(struct arena *arena, struct phrases *phrases,
                                    struct slice words) {
    struct phrase *known = table_get(&phrases->by_words, words);
    return known ? known
                 : table_intern(arena, &phrases->by_words, words, ARENA_NEW(arena, struct phrase));
}

/* `message_queue` stands for "message queue" and for "messagequeue". */
static void add_phrase(struct arena *arena, struct phrases *phrases, struct slice words,
                       const struct meaning *said) {
    for (int joined = 0; joined < 2; joined++) {
        struct phrase *phrase =
            phrase_called(arena, phrases, spell(arena, words, joined ? "" : " "));
        struct meaning *meaning = ARENA_NEW(arena, struct meaning);
        *meaning = *said;
        meaning->next = phrase->meanings;
        phrase->meanings = meaning;
        if (!slice_has(words, '_'))
            return;
    }
}

static void add_phrases(struct arena *arena, struct phrases *phrases, const char *words,
                        const struct meaning *said) {
    struct slice word;
    while (next_synonym(&words, &word))
        add_phrase(arena, phrases, word, said);
}

static void mark_phrases(struct arena *arena, struct phrases *phrases, const char *words,
                         bool negates) {
    struct slice word;
    while (next_synonym(&words, &word))
        for (int joined = 0; joined < 2; joined++) {
            struct phrase *phrase =
                phrase_called(arena, phrases, spell(arena, word, joined ? "" : " "));
            phrase->negates |= negates;
            phrase->only_head |= !negates;
        }
}

/* The attributes whose values and synonyms sound like themselves. */
static const enum attribute_id by_value[] = {ATTRIBUTE_store_kind,    ATTRIBUTE_process_kind,
                                             ATTRIBUTE_external_kind, ATTRIBUTE_boundary_kind,
                                             ATTRIBUTE_protocol,      ATTRIBUTE_carries};

/* An actor is a person unless it says otherwise, so nothing is suggested there. */
static unsigned kinds_of(enum attribute_id id) {
    return attribute_rows[id].kinds & ~(unsigned)ON_ACTOR;
}

static void add_values(struct arena *arena, struct phrases *phrases, enum attribute_id id) {
    const char *rest = attribute_rows[id].values;
    struct meaning said = {.kinds = kinds_of(id), .id = id};
    while (attribute_next_value(&rest, &said.value, &said.safe)) {
        add_phrase(arena, phrases, said.value, &said);
        add_phrases(arena, phrases, value_synonyms(id, said.value), &said);
    }
}

static const struct {
    unsigned kinds;
    enum attribute_id id;
    enum effect effect;
    const char *value, *words;
} rows[] = {
#define SOUNDS(kinds, attribute, value, words)                                                     \
    {kinds, ATTRIBUTE_##attribute, EFFECT_SUGGESTS, value, words},
#define UNCLEAR(kinds, attribute, words) {kinds, ATTRIBUTE_##attribute, EFFECT_PASSES, "", words},
#define SILENCES(kinds, attribute, words)                                                          \
    {kinds, ATTRIBUTE_##attribute, EFFECT_SILENCES, "", words},
#include "model/products.def"
};

static const struct {
    bool negates;
    const char *words;
} marks[] = {
#define HEADS(words) {false, words},
#define NEGATES(words) {true, words},
#include "model/products.def"
};

void open_phrases(struct arena *arena, struct phrases *phrases) {
    *phrases = (struct phrases){0};
    table_reserve(arena, &phrases->by_words, ABOUT_AS_MANY);
    for (size_t i = 0; i < sizeof by_value / sizeof *by_value; i++)
        add_values(arena, phrases, by_value[i]);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct meaning said = {.kinds = rows[i].kinds,
                                     .id = rows[i].id,
                                     .effect = rows[i].effect,
                                     .value = slice_of(rows[i].value)};
        add_phrases(arena, phrases, rows[i].words, &said);
        phrases->suggests[rows[i].id] |= rows[i].effect == EFFECT_SUGGESTS;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        mark_phrases(arena, phrases, marks[i].words, marks[i].negates);
}

/* ---- listening --------------------------------------------------------------------------- */

/* What begins after them describes the noun before. */
static bool is_preposition(struct slice word) {
    return is_one_of(word, "of for in on to from with at by and via per as or over under into "
                           "about that which near behind beside between inside outside against "
                           "around after before");
}

/* `Zone 1`, `worker B`: they count and name, and are no nouns. */
static bool is_number(struct slice word) {
    for (size_t i = 0; word.length > 1 && i < word.length; i++)
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    return true;
}

static bool gap_has(struct slice gap, const char *any) {
    for (size_t i = 0; i < gap.length; i++)
        if (strchr(any, gap.at[i]))
            return true;
    return false;
}

/* A noun stands last in its part: before a preposition, a comma, a bracket, a dash. What follows a
 * bracket is a part of its own. */
static void find_heads(struct hearing *hearing, const struct slice *gaps) {
    size_t last = MOST_WORDS;
    bool counts = true;
    for (size_t i = 0; i <= hearing->count; i++) {
        bool ends = i == hearing->count, opens = !ends && gap_has(gaps[i], "([");
        bool dash = !ends && gaps[i].length > 1 && gap_has(gaps[i], "-");
        bool closes = ends || opens || dash || gap_has(gaps[i], "),:;]|") ||
                      is_preposition(hearing->small[i]);
        if (closes && last < MOST_WORDS)
            hearing->heads[last] = true;
        if (ends)
            return;
        if (closes) {
            counts = opens;
            last = MOST_WORDS;
        }
        if (counts && !is_preposition(hearing->small[i]) && !is_number(hearing->small[i]))
            last = i;
    }
}

struct hearing *listen_to(struct arena *arena, const struct phrases *phrases, struct slice text) {
    struct hearing *hearing = ARENA_NEW(arena, struct hearing);
    struct slice rest = text, gaps[MOST_WORDS] = {{NULL, 0}};
    hearing->phrases = phrases;
    hearing->text = text;
    while (hearing->count < MOST_WORDS &&
           next_word(&rest, &gaps[hearing->count], &hearing->words[hearing->count])) {
        struct slice small = in_small(arena, hearing->words[hearing->count]);
        const struct phrase *phrase = table_get(&phrases->by_words, small);
        hearing->negated |= phrase && phrase->negates;
        hearing->small[hearing->count++] = small;
    }
    find_heads(hearing, gaps);
    return hearing;
}

static bool contains(const struct hearing *hearing, struct slice word) {
    for (size_t i = 0; i < hearing->count; i++)
        for (size_t at = 0; at + word.length <= hearing->small[i].length; at++)
            if (memcmp(hearing->small[i].at + at, word.at, word.length) == 0)
                return true;
    return false;
}

bool says_more(const struct hearing *hearing, const struct hearing *other) {
    for (size_t i = 0; i < hearing->count; i++)
        if (!contains(other, hearing->small[i]))
            return true;
    return false;
}

/* The phrase of `count` words; of a plural the singular too. */
static const struct phrase *phrase_at(const struct hearing *hearing, size_t first, size_t count) {
    char joined[128];
    size_t length = 0;
    for (size_t i = first; i < first + count; i++) {
        struct slice word = hearing->small[i];
        if (length + word.length + 1 > sizeof joined)
            return NULL;
        if (i > first)
            joined[length++] = ' ';
        memcpy(joined + length, word.at, word.length);
        length += word.length;
    }
    const struct phrase *found =
        table_get(&hearing->phrases->by_words, (struct slice){joined, length});
    if (!found && length > 3 && joined[length - 1] == 's')
        found = table_get(&hearing->phrases->by_words, (struct slice){joined, length - 1});
    return found;
}

/* NULL where the phrase says nothing about it. What passes it over wins. */
static const struct meaning *meaning_of(const struct phrase *phrase, enum kind kind,
                                        enum attribute_id id) {
    const struct meaning *found = NULL;
    for (const struct meaning *at = phrase ? phrase->meanings : NULL; at; at = at->next)
        if (at->id == id && kind_in(kind, at->kinds) && (!found || at->effect > found->effect))
            found = at;
    return found;
}

/* Adds a value once. */
static void take_value(struct heard *heard, struct slice value, struct slice words, bool several) {
    for (size_t i = 0; i < heard->count; i++)
        if (slice_equal(heard->values[i], value))
            return;
    heard->unclear |= heard->count && !several;
    if (heard->count < MOST_HEARD) {
        heard->values[heard->count] = value;
        heard->words[heard->count++] = words;
    }
}

/* From the first word to the last of these. */
static struct slice typed(const struct hearing *hearing, size_t first, size_t count) {
    const struct slice *last = &hearing->words[first + count - 1];
    const char *start = hearing->words[first].at;
    return (struct slice){start, (size_t)(last->at + last->length - start)};
}

/* `POST /orders/{id}`: what changes something is a command, and a path with a gap names an object.
 */
static void hear_requests(const struct hearing *hearing, struct heard *heard) {
    for (size_t i = 0; i < hearing->count; i++) {
        struct slice method = hearing->small[i];
        const char *end = hearing->text.at + hearing->text.length;
        const char *path = hearing->words[i].at + method.length, *at;
        bool changes = is_one_of(method, "post put patch delete");
        if (!changes && !slice_is(method, "get"))
            continue;
        while (path < end && *path == ' ')
            path++;
        if (path == end || *path != '/')
            continue;
        bool gap = false;
        for (at = path; at < end && *at != ' '; at++)
            gap |= *at == '{' || *at == '<' || (*at == ':' && at[-1] == '/');
        while (strchr(",.;:)", at[-1]))
            at--;
        struct slice words = {hearing->words[i].at, (size_t)(at - hearing->words[i].at)};
        if (changes)
            take_value(heard, SLICE("command"), words, true);
        if (gap)
            take_value(heard, SLICE("object_id"), words, true);
    }
}

/* The longest phrase from `first` on that says something about it. */
static const struct meaning *longest_at(const struct hearing *hearing, size_t first, enum kind kind,
                                        enum attribute_id id, size_t *count, bool *only_head) {
    size_t left = hearing->count - first;
    for (*count = left < LONGEST_PHRASE ? left : LONGEST_PHRASE; *count; --*count) {
        const struct phrase *phrase = phrase_at(hearing, first, *count);
        const struct meaning *meaning = meaning_of(phrase, kind, id);
        if (meaning) {
            *only_head = phrase->only_head;
            return meaning;
        }
    }
    return NULL;
}

static bool is_name(const struct hearing *hearing, size_t first, size_t count,
                    const struct table *names) {
    for (size_t i = first; names && i < first + count; i++)
        if (table_get(names, hearing->small[i]))
            return true;
    return false;
}

struct heard hear(const struct hearing *hearing, enum kind kind, enum attribute_id id,
                  const struct table *names) {
    static const struct heard nothing = {.unclear = true};
    struct heard heard = {.count = 0};
    bool unheard = false; /* a word that might tell, if it stood elsewhere */
    bool several = attribute_takes_list(attribute_rows[id].type);
    if (hearing->negated)
        return nothing;
    if (id == ATTRIBUTE_carries)
        hear_requests(hearing, &heard);
    for (size_t i = 0, count; i < hearing->count; i += count ? count : 1) {
        bool only_head = false;
        const struct meaning *meaning = longest_at(hearing, i, kind, id, &count, &only_head);
        bool is_noun =
            meaning && (!only_head || kind == KIND_FLOW || hearing->heads[i + count - 1]);
        unheard |= meaning != NULL;
        if (!meaning || meaning->effect == EFFECT_PASSES)
            continue;
        if (meaning->effect == EFFECT_SILENCES)
            return nothing;
        heard.unclear |= meaning->safe;
        if (is_noun && !is_name(hearing, i, count, names))
            take_value(&heard, meaning->value, typed(hearing, i, count), several);
    }
    return heard.unclear || (unheard && !heard.count) ? nothing : heard;
}

void note_names(struct arena *arena, struct table *names, struct slice text) {
    struct slice gap, word;
    while (next_word(&text, &gap, &word))
        table_intern(arena, names, in_small(arena, word), names);
}
