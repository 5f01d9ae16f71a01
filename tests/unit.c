/* The ground that the rest stands on: text, tables, writers and the arena. */
// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "base/sha256.h"
#include "base/table.h"
#include "base/text.h"
#include "base/writer.h"
#include "emit/picture.h"
#include "model/kind.h"
#include "support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static int open_arena(void **state) {
    static struct arena arena;
    arena_open(&arena, NULL, 0);
    *state = &arena;
    return 0;
}

static int close_arena(void **state) {
    arena_close(*state);
    return 0;
}

/* ---- text -------------------------------------------------------------------------------- */

static void utf8_refuses_what_is_not_shortest_or_no_character(void **state) {
    static const struct {
        const char *bytes;
        int32_t character;
        size_t moved;
    } cases[] = {
        {"a", 'a', 1},
        {"\xc3\xa9", 0xe9, 2},
        {"\xe2\x86\x92", 0x2192, 3},
        {"\xf0\x9f\x94\x92", 0x1f512, 4},
        {"\xc0\xaf", -1, 1},
        {"\xe0\x80\x80", -1, 1},
        {"\xed\xa0\x80", -1, 1},
        {"\xf4\x90\x80\x80", -1, 1},
        {"\xff", -1, 1},
        {"\xe2\x86", -1, 1},
        {"\x80", -1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *at = cases[i].bytes;
        assert_int_equal(utf8_next(&at, at + strlen(at)), cases[i].character);
        assert_int_equal(at - cases[i].bytes, cases[i].moved);
    }
}

static void utf8_put_writes_what_utf8_next_reads(void **state) {
    static const int32_t characters[] = {0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff};
    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        char bytes[4];
        size_t length = utf8_put(bytes, characters[i]);
        const char *at = bytes;
        assert_int_equal(utf8_next(&at, bytes + length), characters[i]);
        assert_ptr_equal(at, bytes + length);
    }
}

static void width_is_that_of_a_terminal(void **state) {
    (void)state;
    assert_int_equal(utf8_width(SLICE("abc")), 3);
    assert_int_equal(utf8_width(SLICE("\xe4\xb8\xad\xe6\x96\x87")), 4);
    assert_int_equal(utf8_width(SLICE("e\xcc\x81")), 1);
    assert_int_equal(utf8_width(SLICE("\xf0\x9f\x94\x92")), 2);
    assert_int_equal(utf8_count(SLICE("\xe4\xb8\xad\xe6\x96\x87")), 2);
}

/* Properties that Unicode gives, as far as utf8proc knows them: White_Space;
 * Default_Ignorable_Code_Point, Bidi_Control, controls. */
static bool unicode_blank(int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || (c >= 0x09 && c <= 0x0d) || c == 0x85;
}

static bool unicode_hidden(int32_t c) {
    const utf8proc_property_t *property = utf8proc_get_property(c);
    int bidi = (int)property->bidi_class;
    bool turns = bidi == UTF8PROC_BIDI_CLASS_LRE || bidi == UTF8PROC_BIDI_CLASS_LRO ||
                 bidi == UTF8PROC_BIDI_CLASS_RLE || bidi == UTF8PROC_BIDI_CLASS_RLO ||
                 bidi == UTF8PROC_BIDI_CLASS_PDF || bidi >= UTF8PROC_BIDI_CLASS_LRI;
    return property->ignorable || turns || c == 0x200e || c == 0x200f || c == 0x61c ||
           (property->category == UTF8PROC_CATEGORY_CC && !unicode_blank(c));
}

static void blank_and_hidden_are_what_unicode_says(void **state) {
    (void)state;
    for (int32_t c = 0; c <= 0x10ffff; c++) {
        if (unicode_blank(c) && !character_is_blank(c))
            fail_msg("U+%04X is a blank", (unsigned)c);
        if (unicode_hidden(c) && !character_is_hidden(c))
            fail_msg("U+%04X cannot be seen", (unsigned)c);
        bool known = unicode_blank(c) || unicode_hidden(c) || c == 0x2800 || c == 0x1d159 ||
                     utf8proc_category(c) == UTF8PROC_CATEGORY_CN || (c >= 0xfff9 && c <= 0xfffb);
        if (!known && (character_is_blank(c) || character_is_hidden(c)))
            fail_msg("U+%04X can be seen", (unsigned)c);
    }
}

static void the_table_of_characters_is_in_order(void **state) {
    static const struct {
        int32_t first, last;
    } ranges[] = {
#define RANGE(first, last, class) {first, last},
#include "base/characters.def"
#undef RANGE
    };
    (void)state;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        assert_true(ranges[i].first <= ranges[i].last);
        assert_true(i == 0 || ranges[i].first > ranges[i - 1].last);
    }
}

static void no_two_light_colors_are_equal(void **state) {
    (void)state;
    for (size_t i = 0; i < palette_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(palette[i].light, palette[j].light) == 0)
                fail_msg("%s and %s are one color in DOT", palette[i].name, palette[j].name);
}

static void check_values(enum attribute_id id) {
    const struct attribute_row *row = &attribute_rows[id];
    struct slice rest = slice_of(row->values), low, high;
    int number;
    bool is_range = slice_cut(&rest, ' ', &low) && slice_cut(&rest, ' ', &high) &&
                    slice_integer(low, &number) && slice_integer(high, &number) && !rest.length;
    if (row->type == TYPE_NUMBER && !is_range)
        fail_msg("%s: \"%s\" is not \"lowest highest\"", row->name, row->values);
}

/* Name and kind decide which row is meant. */
static void each_attribute_is_one_row_for_a_kind(void **state) {
    (void)state;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        check_values((enum attribute_id)i);
        for (size_t j = 0; j < i; j++)
            if (strcmp(row->name, attribute_rows[j].name) == 0 &&
                (row->kinds & attribute_rows[j].kinds))
                fail_msg("%s stands twice for one kind", row->name);
    }
}

static void words_of_other_tools_lead_to_ours(void **state) {
    static const char *const in_heads[] = {"label", "ends", "request", "inside", "evidence"};
    static const char *const ours[] = {
#define KIND_SYNONYM(theirs, ours)
#define ATTRIBUTE_SYNONYM(theirs, ours, yes, no) ours,
#include "syntax/synonyms.def"
#undef KIND_SYNONYM
#undef ATTRIBUTE_SYNONYM
    };
    struct attribute_index index;
    attribute_index_open(*state, &index);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        bool known = attribute_family(&index, slice_of(ours[i])) != ATTRIBUTE_COUNT;
        for (size_t j = 0; j < sizeof in_heads / sizeof *in_heads; j++)
            known |= strcmp(ours[i], in_heads[j]) == 0;
        if (!known)
            fail_msg("synonyms.def: there is no attribute %s", ours[i]);
    }
}

/* Emoji and scripts that need them keep them; between other letters they would hide a difference.
 */
static void joiners_are_seen_where_they_join(void **state) {
    static const struct {
        int32_t before, character, after;
        bool hidden;
    } cases[] = {
        {0x1f468, 0x200d, 0x1f469, false},                                /* a family */
        {0x2764, 0xfe0f, 0x200d, false},                                  /* a red heart on fire: */
        {0xfe0f, 0x200d, 0x1f525, false},  {0x31, 0xfe0f, 0x20e3, false}, /* a keycap */
        {0x645, 0x200c, 0x62e, false},                                    /* Persian */
        {0x94d, 0x200d, 0x937, false},                                    /* Hindi */
        {0x845b, 0xe0100, -1, false}, /* a form of an ideograph */
        {'a', 0x200d, 'p', true},          {'a', 0xfe0f, 'p', true},
        {0x1f468, 0x200d, 'p', true},      {0x1f468, 0x200d, -1, true},
        {-1, 0x200d, 0x1f469, true},       {0xfe0f, 0xfe0e, -1, true},
        {0x200d, 0x200d, 0x1f469, true},   {0x1f3f4, 0xe0067, 0xe0062, true},
        {0x645, 0x202e, 0x62e, true},      {0x1f468, 0x200b, 0x1f469, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (character_is_hidden_between(cases[i].before, cases[i].character, cases[i].after) !=
            cases[i].hidden)
            fail_msg("U+%04X in case %zu", (unsigned)cases[i].character, i);
}

static void blanks_of_all_kinds_are_trimmed(void **state) {
    (void)state;
    assert_true(slice_is(slice_trim(SLICE("\v\f \xc2\xa0\u3000a b\u2028\xc2\x85\t")), "a b"));
    assert_int_equal(slice_trim(SLICE(" \u2003\u1680")).length, 0);
    assert_true(slice_is(slice_trim(SLICE("\xa0")), "\xa0")); /* half a character is none */
    assert_false(slice_is_visible(SLICE(" \u200b\u2060\ufe0f\u3164\u2800\n")));
    assert_false(slice_is_visible(SLICE("")));
    assert_true(slice_is_visible(SLICE("\xc2\xa0.")));
}

static void the_nearest_name_is_near(void **state) {
    const struct slice names[] = {SLICE("payment_api"), SLICE("gateway"), SLICE("db")};
    (void)state;
    assert_int_equal(text_nearest(SLICE("payment_ap"), names, 3), 0);
    assert_int_equal(text_nearest(SLICE("gatewya"), names, 3), 1);
    assert_int_equal(text_nearest(SLICE("browser"), names, 3), -1);
    assert_int_equal(text_nearest(SLICE("x"), names, 0), -1);
}

/* A hint never makes of what was typed something safer or less safe. */
static void check_hint(enum attribute_id id, struct slice typed, struct slice meant, bool safe) {
    struct slice found = attribute_nearest_value(id, typed);
    bool known, found_safe;
    known = value_is_known(id, typed, &found_safe);
    if (known || !found.length)
        return;
    assert_true(value_is_known(id, found, &found_safe));
    if (found_safe != safe)
        fail_msg("%s: '%.*s' may be '%.*s', but '%.*s' is suggested", attribute_rows[id].name,
                 SLICE_ARGS(typed), SLICE_ARGS(meant), SLICE_ARGS(found));
}

/* Every text with one letter more, less or other than a known value. */
static void check_slips(enum attribute_id id, struct slice value, bool safe) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char typed[64];
    for (size_t at = 0; at <= value.length; at++) {
        for (const char *letter = letters; *letter; letter++) {
            memcpy(typed, value.at, at);
            typed[at] = *letter;
            memcpy(typed + at + 1, value.at + at, value.length - at);
            check_hint(id, (struct slice){typed, value.length + 1}, value, safe);
            if (at == value.length)
                continue;
            memcpy(typed + at + 1, value.at + at + 1, value.length - at - 1);
            check_hint(id, (struct slice){typed, value.length}, value, safe);
        }
        memcpy(typed, value.at, at);
        if (at < value.length) {
            memcpy(typed + at, value.at + at + 1, value.length - at - 1);
            check_hint(id, (struct slice){typed, value.length - 1}, value, safe);
        }
    }
}

static void no_hint_changes_what_is_safe(void **state) {
    (void)state;
    static const char *const others[] = {
        "http2", "http3", "sqls",   "mtls1",    "tls13", "dtls1",     "ftps", "noauth", "nonce",
        "imap",  "htps",  "oauth2", "unsigned", "nojwt", "anonymous", "md5",  "smtpx"};
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        const char *rest = attribute_rows[id].values;
        struct slice value;
        bool safe;
        if (!attribute_answers((enum attribute_id)id))
            continue;
        while (attribute_next_value(&rest, &value, &safe))
            check_slips((enum attribute_id)id, value, safe);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            assert_int_equal(
                attribute_nearest_value((enum attribute_id)id, slice_of(others[i])).length, 0);
    }
    assert_true(slice_is(attribute_nearest_value(ATTRIBUTE_protocol, SLICE("HTTPS")), "https"));
    assert_true(slice_is(attribute_nearest_value(ATTRIBUTE_auth, SLICE("ouath")), "oauth"));
    assert_true(slice_is(attribute_nearest_value(ATTRIBUTE_auth, SLICE("ApiKey")), "api_key"));
}

/* A word of words.def means the value that its row says, in whatever case, and nothing else. */
static void check_synonyms(enum attribute_id id, struct slice value, bool safe) {
    const char *rest = value_synonyms(id, value);
    struct slice word;
    bool as_safe;
    while (next_synonym(&rest, &word)) {
        char capitals[64];
        for (size_t i = 0; i < word.length; i++)
            capitals[i] = (char)toupper((unsigned char)word.at[i]);
        struct slice meaning =
            attribute_meaning(id, (struct slice){capitals, word.length}, &as_safe);
        if (!slice_equal(meaning, value) || as_safe != safe)
            fail_msg("%s: '%.*s' means '%.*s'", attribute_rows[id].name, SLICE_ARGS(word),
                     SLICE_ARGS(meaning));
    }
}

static void a_synonym_means_one_value(void **state) {
    /* What may be safe or not, and what stands for no value as a whole. */
    static const char *const nobody_knows[] = {"http2",  "ssl", "sslv3", "tls1.0",
                                               "tls1.1", "vpn", "secure"};
    bool safe;
    (void)state;
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        const char *rest = attribute_rows[id].values;
        struct slice value;
        while (attribute_next_value(&rest, &value, &safe))
            check_synonyms((enum attribute_id)id, value, safe);
    }
    for (size_t i = 0; i < sizeof nobody_knows / sizeof *nobody_knows; i++)
        assert_false(value_is_known(ATTRIBUTE_protocol, slice_of(nobody_knows[i]), &safe));
    assert_true(slice_is(attribute_meaning(ATTRIBUTE_protocol, SLICE("http3"), &safe), "quic"));
    assert_true(slice_is(attribute_meaning(ATTRIBUTE_auth, SLICE("API-Key"), &safe), "api_key"));
    assert_true(slice_is(attribute_meaning(ATTRIBUTE_to, SLICE("Administrator"), &safe), "admin"));
    assert_true(slice_is(attribute_meaning(ATTRIBUTE_to, SLICE("visitor"), &safe), "visitor"));
}

static void slices_are_cut_and_trimmed(void **state) {
    struct slice rest = SLICE("a,,b"), part;
    (void)state;
    assert_true(slice_cut(&rest, ',', &part) && slice_is(part, "a"));
    assert_true(slice_cut(&rest, ',', &part) && slice_is(part, ""));
    assert_true(slice_cut(&rest, ',', &part) && slice_is(part, "b"));
    assert_false(slice_cut(&rest, ',', &part));
    assert_true(slice_is(slice_trim(SLICE(" \tx y\n")), "x y"));
    assert_true(slice_compare(SLICE("ab"), SLICE("abc")) < 0);
}

static void what_stands_after_a_mark_is_found(void **state) {
    (void)state;
    assert_true(slice_is(slice_after(SLICE("a <-<--b<--c"), "<--"), "b<--c"));
    struct slice end = slice_after(SLICE("ab<--"), "<--");
    assert_non_null(end.at);
    assert_int_equal(end.length, 0);
    assert_null(slice_after(SLICE("ab<-"), "<--").at);
    assert_null(slice_after((struct slice){0}, "<").at);
}

static void a_number_has_at_most_nine_digits(void **state) {
    int number = 0;
    (void)state;
    assert_true(slice_number(SLICE("999999999"), &number));
    assert_int_equal(number, 999999999);
    assert_false(slice_number(SLICE("1000000000"), &number));
    assert_false(slice_number(SLICE("-1"), &number));
    assert_false(slice_number(SLICE(""), &number));
    assert_true(slice_integer(SLICE("-12"), &number));
    assert_int_equal(number, -12);
    assert_false(slice_integer(SLICE("--1"), &number));
    assert_false(slice_integer(SLICE("-"), &number));
}

/* ---- tables ------------------------------------------------------------------------------ */

static void a_table_finds_each_of_many_keys(void **state) {
    struct arena *arena = *state;
    struct table table = {0};
    int values[1000];
    for (int i = 0; i < 1000; i++)
        assert_ptr_equal(table_intern(arena, &table, text_format(arena, "key %d", i), &values[i]),
                         &values[i]);
    for (int i = 0; i < 1000; i++)
        assert_ptr_equal(table_get(&table, text_format(arena, "key %d", i)), &values[i]);
    assert_null(table_get(&table, SLICE("key 1000")));
}

static void a_table_keeps_the_first_value(void **state) {
    struct table table = {0};
    int first, second;
    assert_ptr_equal(table_intern(*state, &table, SLICE("a"), &first), &first);
    assert_ptr_equal(table_intern(*state, &table, SLICE("a"), &second), &first);
}

/* The distance of the farthest key from its own place. */
static size_t farthest_in(const struct table *table) {
    size_t farthest = 0;
    for (size_t i = 0; i < table->capacity; i++) {
        size_t own = table_place(table->capacity, table->entries[i].hash);
        size_t away = i < own ? i + table->capacity - own : i - own;
        if (table->entries[i].value && away > farthest)
            farthest = away;
    }
    return farthest;
}

/* Keys that all want one of the first places of a table of 8192; the hash is read off a table. */
static void names_made_up_to_crowd_do_not(void **state) {
    enum { TRIED = 300000, CROWD = 4000, WINDOW = 128, CAPACITY = 8192 };
    struct arena *arena = *state;
    struct table all = {0}, table = {0};
    struct slice crowd[CROWD];
    int value;
    size_t count = 0;
    for (int i = 0; i < TRIED; i++)
        table_intern(arena, &all, text_format(arena, "made_up_%d", i), &value);
    assert_true(farthest_in(&all) < TABLE_FAR / 2);
    for (size_t i = 0; i < all.capacity && count < CROWD; i++)
        if (all.entries[i].value && table_place(CAPACITY, all.entries[i].hash) < WINDOW)
            crowd[count++] = (struct slice){all.entries[i].at, all.entries[i].length};
    assert_int_equal(count, CROWD);
    for (size_t i = 0; i < CROWD; i++)
        table_intern(arena, &table, crowd[i], &crowd[i]);
    assert_int_equal(table.capacity, CAPACITY);
    assert_true(farthest_in(&table) <= TABLE_FAR);
    for (size_t i = 0; i < CROWD; i++)
        assert_ptr_equal(table_get(&table, crowd[i]), &crowd[i]);
    assert_null(table_get(&table, SLICE("made_up_no")));
}

/* ---- writers ----------------------------------------------------------------------------- */

static bool refuse(void *context, const char *at, size_t length) {
    (void)at;
    (void)length;
    ++*(int *)context;
    return false;
}

static void a_writer_calls_a_failed_sink_no_more(void **state) {
    struct writer writer;
    int calls = 0;
    (void)state;
    writer_open(&writer, refuse, &calls);
    write_repeated(&writer, 'x', 3 * sizeof writer.pending);
    assert_false(writer_close(&writer));
    assert_int_equal(calls, 1);
}

static void a_writer_keeps_order_over_its_buffer(void **state) {
    struct text text = {0};
    struct writer writer;
    (void)state;
    writer_open(&writer, text_take, &text);
    for (int i = 0; i < 2000; i++)
        write_format(&writer, "%d,%s;", i, "word");
    assert_true(writer_close(&writer));
    assert_non_null(strstr(text.at, "999,word;1000,word;"));
    assert_non_null(strstr(text.at, "1999,word;"));
    free(text.at);
}

static void memory_takes_what_is_written(void **state) {
    struct memory_writer memory;
    memory_writer_open(&memory, *state);
    write_string(&memory.writer, "one ");
    write_slice(&memory.writer, SLICE("two"));
    write_char(&memory.writer, '!');
    assert_true(slice_is(memory_writer_close(&memory), "one two!"));
}

/* ---- the arena --------------------------------------------------------------------------- */

static void memory_is_zeroed_and_aligned(void **state) {
    for (size_t size = 1; size < 100000; size = size * 3 + 1) {
        unsigned char *memory = arena_alloc(*state, size);
        assert_int_equal((uintptr_t)memory % sizeof(uint64_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, size);
    }
}

/* True when an arena of this limit gives `size` bytes in pieces of `piece`. */
static bool gives(size_t limit, size_t piece, size_t size) {
    struct arena arena;
    jmp_buf failure;
    volatile bool given = false;
    arena_open(&arena, NULL, limit);
    arena.failure = &failure;
    if (setjmp(failure) == 0) {
        for (size_t taken = 0; taken < size; taken += piece)
            arena_alloc(&arena, piece);
        given = true;
    }
    bool as_told = given || arena.end_reason == ENDED_OVER_LIMIT;
    arena_close(&arena);
    assert_true(as_told);
    return given;
}

static void the_limit_is_kept(void **state) {
    (void)state;
    assert_true(gives(0, 1000, 10000000));
    assert_true(gives((size_t)1 << 20, 100, 100000));
    assert_false(gives((size_t)1 << 20, 100, (size_t)1 << 20));
    assert_false(gives((size_t)1 << 20, (size_t)1 << 21, (size_t)1 << 21));
}

#define in_arena(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

static void *count_allocation(void *context, size_t size) {
    ++*(size_t *)context;
    return malloc(size);
}

static void release_counted(void *context, void *memory) {
    (void)context;
    free(memory);
}

/* Texts that are written and taken back at the border of a block. */
static void a_block_that_is_taken_back_is_used_again(void **state) {
    size_t allocations = 0;
    const struct arena_source source = {count_allocation, release_counted, &allocations};
    struct arena arena;
    (void)state;
    arena_open(&arena, &source, 0);
    arena_alloc(&arena, 1);
    for (int i = 0; i < 100; i++) {
        struct arena_mark mark = arena_mark(&arena);
        arena_alloc(&arena, (size_t)20 << 10);
        arena_rewind(&arena, mark);
    }
    assert_int_equal(allocations, 2);
    arena_close(&arena);
}

/* ---- digests ----------------------------------------------------------------------------- */

/* The examples of FIPS 180-4 with one block and two, and texts around the ends of blocks, whose
 * digests are those of coreutils' sha256sum. */
static void sha256_is_that_of_the_standard(void **state) {
    static const struct {
        const char *text;
        size_t times;
        const char *source;
    } cases[] = {{"", 1, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
                 {"abc", 1, "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="},
                 {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                  "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="},
                 {"a", 55, "sha256-n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg="},
                 {"a", 56, "sha256-s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o="},
                 {"a", 64, "sha256-/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs="},
                 {"a", 200, "sha256-wqkI2Y9d+Yet5BtfziEwZ++8wh7yJAISpB5UtefCiuU="}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct memory_writer text, source;
        memory_writer_open(&text, *state);
        for (size_t k = 0; k < cases[i].times; k++)
            write_string(&text.writer, cases[i].text);
        memory_writer_open(&source, *state);
        write_sha256_source(&source.writer, memory_writer_close(&text));
        assert_string_equal(slice_string(*state, memory_writer_close(&source)), cases[i].source);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_that_is_taken_back_is_used_again),
        cmocka_unit_test(utf8_refuses_what_is_not_shortest_or_no_character),
        cmocka_unit_test(utf8_put_writes_what_utf8_next_reads),
        cmocka_unit_test(width_is_that_of_a_terminal),
        cmocka_unit_test(blank_and_hidden_are_what_unicode_says),
        cmocka_unit_test(the_table_of_characters_is_in_order),
        cmocka_unit_test(no_two_light_colors_are_equal),
        cmocka_unit_test(each_attribute_is_one_row_for_a_kind),
        in_arena(words_of_other_tools_lead_to_ours),
        cmocka_unit_test(joiners_are_seen_where_they_join),
        cmocka_unit_test(blanks_of_all_kinds_are_trimmed),
        cmocka_unit_test(the_nearest_name_is_near),
        cmocka_unit_test(no_hint_changes_what_is_safe),
        cmocka_unit_test(a_synonym_means_one_value),
        cmocka_unit_test(slices_are_cut_and_trimmed),
        cmocka_unit_test(what_stands_after_a_mark_is_found),
        cmocka_unit_test(a_number_has_at_most_nine_digits),
        in_arena(a_table_finds_each_of_many_keys),
        in_arena(a_table_keeps_the_first_value),
        in_arena(names_made_up_to_crowd_do_not),
        cmocka_unit_test(a_writer_calls_a_failed_sink_no_more),
        cmocka_unit_test(a_writer_keeps_order_over_its_buffer),
        in_arena(memory_takes_what_is_written),
        in_arena(memory_is_zeroed_and_aligned),
        cmocka_unit_test_setup_teardown(sha256_is_that_of_the_standard, open_arena, close_arena),
        cmocka_unit_test(the_limit_is_kept),
    };
    return cmocka_run_group_tests_name("unit", tests, NULL, NULL) != 0;
}
