/* One pass over the text; the character decides. Newcomers' habits (smart quotes, other arrows) get
 * their own messages here and become the token that was meant. */
// SPDX-License-Identifier: MIT
#include "syntax/lexer.h"

#include "syntax/braces.h"

#include <string.h>

/* The number of tokens that are in memory at a time, and of lines of items after them. */
#define WINDOW 4096
#define LINES_AHEAD 4
/* The most tokens in memory: reached only when one item, or one line, has them all. */
#define TOKEN_LIMIT 1000000

struct lexer {
    struct diagnostics *diagnostics;
    struct source *source;
    struct tokens *tokens;
    const char *text;
    uint32_t at, end, line;
    bool line_is_new; /* no token on this line yet */
    bool blank;       /* an empty line since the last token or comment */
    struct comment *comments, **comments_end;
    size_t window;        /* tokens wanted */
    unsigned lines_ahead; /* begun after those */
    unsigned brackets;    /* ( and [ that are open: items go on after the end of the line */
    unsigned braces;
};

/* All but the dash, with which an arrow may begin. */
static const bool word_characters[256] = {
    ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true,
    ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true, ['k'] = true, ['l'] = true,
    ['m'] = true, ['n'] = true, ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true,
    ['s'] = true, ['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true,
    ['y'] = true, ['z'] = true, ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true,
    ['E'] = true, ['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true,
    ['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true,
    ['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true, ['U'] = true, ['V'] = true,
    ['W'] = true, ['X'] = true, ['Y'] = true, ['Z'] = true, ['0'] = true, ['1'] = true,
    ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true,
    ['8'] = true, ['9'] = true, ['_'] = true, ['.'] = true, ['@'] = true, ['/'] = true};

bool is_word_character(char c) {
    return word_characters[(unsigned char)c] || c == '-';
}

bool is_word(struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        if (!is_word_character(text.at[i]))
            return false;
    return text.length > 0;
}

/* NULL where the line has a reported mistake already. */
static struct diagnostic *report(struct lexer *lexer, enum diag_code code, uint32_t start,
                                 uint32_t end, const struct slice *args) {
    size_t count = lexer->tokens->bad_lines.count;
    if (count && lexer->tokens->bad_lines.items[count - 1] == lexer->line)
        return NULL;
    *ARRAY_ADD(lexer->diagnostics->arena, &lexer->tokens->bad_lines) = lexer->line;
    return diag_add(lexer->diagnostics, code, lexer->source, (struct span){start, end}, args);
}

static void count_brackets(struct lexer *lexer, enum token_kind kind) {
    if (kind == TOKEN_OPEN_LIST || kind == TOKEN_OPEN_GROUP)
        lexer->brackets++;
    else if (kind == TOKEN_CLOSE_LIST || kind == TOKEN_CLOSE_GROUP)
        lexer->brackets -= lexer->brackets > 0;
    else if (kind == TOKEN_OPEN_BRACE)
        lexer->braces++;
    else if (kind == TOKEN_CLOSE_BRACE && lexer->braces)
        lexer->braces--;
    else if (kind == TOKEN_CLOSE_BRACE || (kind == TOKEN_END && lexer->braces))
        lexer->tokens->unbalanced = true;
}

static void add_token(struct lexer *lexer, enum token_kind kind, uint32_t start) {
    struct tokens *tokens = lexer->tokens;
    if (tokens->list.count >= lexer->window && lexer->line_is_new && !lexer->brackets &&
        !lexer->lines_ahead++)
        tokens->ready = tokens->list.count;
    struct token *token = ARRAY_ADD(lexer->diagnostics->arena, &tokens->list);
    *token = (struct token){.kind = (unsigned char)kind,
                            .starts_line = lexer->line_is_new,
                            .blank_before = lexer->blank,
                            .start = start,
                            .end = lexer->at,
                            .line = lexer->line,
                            .comments = lexer->comments};
    lexer->comments = NULL;
    lexer->comments_end = &lexer->comments;
    lexer->line_is_new = false;
    lexer->blank = false;
    if (kind != TOKEN_WORD)
        count_brackets(lexer, kind);
}

static char peek(const struct lexer *lexer, uint32_t ahead) {
    return lexer->end - lexer->at > ahead ? lexer->text[lexer->at + ahead] : '\0';
}

static bool looking_at(const struct lexer *lexer, const char *text) {
    size_t length = strlen(text);
    return lexer->end - lexer->at >= length && memcmp(lexer->text + lexer->at, text, length) == 0;
}

static void lex_newline(struct lexer *lexer) {
    lexer->blank |= lexer->line_is_new;
    lexer->line_is_new = true;
    lexer->line++;
    lexer->at++;
}

static void lex_comment(struct lexer *lexer) {
    struct comment *comment = ARENA_NEW(lexer->diagnostics->arena, struct comment);
    const char *start = lexer->text + lexer->at;
    const char *newline = memchr(start, '\n', lexer->end - lexer->at);
    size_t length = newline ? (size_t)(newline - start) : lexer->end - lexer->at;
    lexer->at += (uint32_t)length;
    while (length && strchr(" \t\r", start[length - 1]))
        length--;
    comment->text = (struct slice){start, length};
    comment->blank_before = lexer->blank;
    comment->same_line = !lexer->line_is_new;
    *lexer->comments_end = comment;
    lexer->comments_end = &comment->next;
    /* The line of a comment is not empty, but it has no token yet either. */
    if (lexer->line_is_new && newline) {
        lexer->line++;
        lexer->at++;
    }
    lexer->blank = false;
}

static void check_escape(struct lexer *lexer) {
    uint32_t start = lexer->at++;
    char c = peek(lexer, 0);
    if (c == 'u' && peek(lexer, 1) == '{') {
        int32_t value = 0, digits = 0;
        lexer->at += 2;
        for (; hex_digit(peek(lexer, 0)) >= 0; lexer->at++, digits++)
            value = (value & 0xffffff) << 4 | hex_digit(peek(lexer, 0));
        bool character = value > 0 && value < 0x110000 && (value < 0xd800 || value > 0xdfff);
        if (peek(lexer, 0) == '}' && digits && digits <= 6 && character) {
            lexer->at++;
            return;
        }
    } else if (c && strchr("\"\\ntr", c)) {
        lexer->at++;
        return;
    } else if (!c || c == '\n') {
        return; /* the string has no end, which is reported */
    } else {
        const char *at = lexer->text + lexer->at;
        utf8_next(&at, lexer->text + lexer->end);
        lexer->at = (uint32_t)(at - lexer->text);
    }
    struct span span = {start, lexer->at};
    report(lexer, DIAG_unknown_escape, span.start, span.end,
           ARGS(source_slice(lexer->source, span)));
}

static void lex_string(struct lexer *lexer) {
    const char *text = lexer->text;
    uint32_t start = lexer->at++;
    for (;;) {
        uint32_t at = lexer->at;
        while (at < lexer->end && text[at] != '"' && text[at] != '\n' && text[at] != '\\')
            at++;
        lexer->at = at;
        if (at == lexer->end || text[at] != '\\')
            break;
        check_escape(lexer);
    }
    if (peek(lexer, 0) == '"') {
        lexer->at++;
    } else {
        if (lexer->text[lexer->at - 1] == '\r')
            lexer->at--;
        report(lexer, DIAG_unterminated_string, start, start + 1, NULL);
    }
    add_token(lexer, TOKEN_STRING, start);
}

static void lex_text(struct lexer *lexer) {
    uint32_t start = lexer->at, line = lexer->line;
    lexer->at += 3;
    while (lexer->at < lexer->end && !looking_at(lexer, "\"\"\"")) {
        line += peek(lexer, 0) == '\n';
        lexer->at++;
    }
    bool closed = lexer->at < lexer->end;
    lexer->at += closed ? 3 : 0;
    lexer->tokens->swallowed |= !closed;
    if (!closed)
        report(lexer, DIAG_unterminated_text, start, start + 3, NULL);
    add_token(lexer, TOKEN_TEXT, start);
    lexer->line = line;
}

/* A backslash would mean something else, or nothing, between plain quotes. */
static void quote_plainly(struct lexer *lexer, struct diagnostic *added, struct span inside) {
    struct slice text = source_slice(lexer->source, inside);
    if (slice_has(text, '"') || slice_has(text, '\\') || text.length > 60)
        return;
    struct slice plain = text_join(lexer->diagnostics->arena, SLICE("\""), text, SLICE("\""));
    diag_hint(lexer->diagnostics, added, "write %.*s", SLICE_ARGS(plain));
    diag_fix(lexer->diagnostics, added, plain);
}

/* Typographic quotes: the string goes up to the closing one, or the end of the line. */
static void lex_smart_string(struct lexer *lexer) {
    static const char *const closing[] = {"\u201d", "\u201c", "\u201e", "\""};
    uint32_t start = lexer->at, inside = start + 3, end = 0;
    lexer->at = inside;
    while (!end && lexer->at < lexer->end && peek(lexer, 0) != '\n') {
        for (size_t i = 0; !end && i < sizeof closing / sizeof *closing; i++)
            if (looking_at(lexer, closing[i])) {
                end = lexer->at;
                lexer->at += (uint32_t)strlen(closing[i]) - 1;
            }
        lexer->at++;
    }
    struct diagnostic *added =
        report(lexer, DIAG_smart_quotes, start, end ? lexer->at : inside, NULL);
    if (added && end)
        quote_plainly(lexer, added, (struct span){inside, end});
    add_token(lexer, TOKEN_STRING, start);
}

static bool is_arrow_character(int32_t c, bool *left, bool *right) {
    static const char *const arrows[] = {"\u2190\u21d0\u27f5\u27f8\u21a4\u21e6",
                                         "\u2192\u21d2\u27f6\u27f9\u21a6\u21e8\u27a1\u2794\u279c",
                                         "\u2194\u21d4\u27f7\u27fa\u21c4\u21c6"};
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows && c >= 0x80; i++)
        for (const char *at = arrows[i], *end = at + strlen(at); at < end;)
            if (utf8_next(&at, end) == c) {
                *left |= i != 1;
                *right |= i != 0;
                return true;
            }
    return false;
}

/* Heads and shafts of arrows as people draw them. */
struct arrow_run {
    bool left, right, shaft;
    uint32_t length;
};

static struct arrow_run find_arrow(const struct lexer *lexer) {
    struct arrow_run run = {false, false, false, 0};
    const char *start = lexer->text + lexer->at, *at = start, *end = lexer->text + lexer->end;
    while (at < end) {
        const char *next = at;
        int32_t c = utf8_next(&next, end);
        bool dotted = c == '.' && at > start && at[-1] == '-' && next < end && *next == '-';
        if (c == '<' && !run.shaft && !run.right)
            run.left = true;
        else if (c == '>')
            run.right = true;
        else if (!run.right && (dotted || c == '-' || c == '=' || c == '~' || c == 0x2013 ||
                                c == 0x2014 || is_arrow_character(c, &run.left, &run.right)))
            run.shaft = true;
        else if (c != 0xfe0f || at == start)
            break;
        at = next;
    }
    run.length = (uint32_t)(at - start);
    return run;
}

/* Two dashes or more after a word, which are no word of their own. */
static bool is_line(const struct lexer *lexer, const struct arrow_run *run) {
    const struct tokens *tokens = lexer->tokens;
    char next = peek(lexer, run->length);
    for (uint32_t i = 0; i < run->length; i++)
        if (peek(lexer, i) != '-')
            return false;
    return run->length >= 2 && strchr(" \t\r\n{};:\"[]()#", next) && !lexer->line_is_new &&
           tokens->list.count && tokens->list.items[tokens->list.count - 1].kind == TOKEN_WORD;
}

/* False when what stands here is no arrow at all. */
static bool lex_arrow(struct lexer *lexer) {
    struct arrow_run run = find_arrow(lexer);
    bool right = run.length == 2 && looking_at(lexer, "->"), line = is_line(lexer, &run);
    if (!right && (lexer->brackets || !run.shaft || !(run.left || run.right || line)))
        return false;
    uint32_t start = lexer->at;
    lexer->at += run.length;
    add_token(lexer, TOKEN_ARROW, start);
    lexer->tokens->list.items[lexer->tokens->list.count - 1].arrow = right ? ARROW_RIGHT
                                                                     : run.left && run.right
                                                                         ? ARROW_BOTH
                                                                     : run.left  ? ARROW_LEFT
                                                                     : run.right ? ARROW_ODD
                                                                                 : ARROW_LINE;
    return true;
}

/* Skips the line after a sign that begins a comment in other languages. */
static bool lex_foreign_comment(struct lexer *lexer) {
    static const char *const marks[] = {"//", "/*", "<!--", "--"};
    char before = lexer->at ? lexer->text[lexer->at - 1] : '\n';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool dashes = marks[i][0] == '-';
        if (!looking_at(lexer, marks[i]) || !strchr(" \t\n", before) ||
            (dashes && (!lexer->line_is_new || peek(lexer, 2) != ' ')))
            continue;
        uint32_t start = lexer->at, length = (uint32_t)strlen(marks[i]);
        struct diagnostic *added =
            report(lexer, DIAG_foreign_comment, start, start + length, ARGS(slice_of(marks[i])));
        if (added)
            diag_hint(lexer->diagnostics, added, "write '#'");
        while (lexer->at < lexer->end && peek(lexer, 0) != '\n')
            lexer->at++;
        return true;
    }
    return false;
}

/* Signs that are words in a condition, on a line that begins one. */
static void hint_sign(const struct lexer *lexer, struct diagnostic *added, uint32_t at) {
    static const char *const hints[] = {
        "! conditions have the words not and is not", "& conditions have the word and",
        "| conditions have the word or", "< numbers are listed: calls in [0, 1, 2]",
        "> numbers are listed: calls in [0, 1, 2]"};
    uint32_t line = at;
    while (line && lexer->text[line - 1] != '\n')
        line--;
    struct slice before = slice_trim((struct slice){lexer->text + line, at - line});
    bool condition = slice_starts(before, "when") || slice_starts(before, "unless");
    for (size_t i = 0; i < sizeof hints / sizeof *hints && condition; i++)
        if (lexer->text[at] == *hints[i])
            diag_hint(lexer->diagnostics, added, "%s", hints[i] + 2);
}

/* Quotes of other languages, of people and of programs; some typographic ones are read as meant. */
static bool is_other_quote(int32_t character) {
    static const int32_t quotes[] = {'\'',   '`',    0xb4,   0xab,   0xbb,   0x2018, 0x2019,
                                     0x201a, 0x2032, 0x2033, 0x2039, 0x203a, 0x300c, 0x300e};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (character == quotes[i])
            return true;
    return false;
}

static void lex_unknown(struct lexer *lexer) {
    uint32_t start = lexer->at;
    if (looking_at(lexer, "\u201c") || looking_at(lexer, "\u201d") || looking_at(lexer, "\u201e")) {
        lex_smart_string(lexer);
        return;
    }
    const char *at = lexer->text + lexer->at;
    int32_t character = utf8_next(&at, lexer->text + lexer->end);
    lexer->at = (uint32_t)(at - lexer->text);
    struct slice found = source_slice(lexer->source, (struct span){start, lexer->at});
    if (character_is_hidden(character) || character_is_blank(character) ||
        character_width(character) == 0)
        found = text_format(lexer->diagnostics->arena, "U+%04X", (unsigned)character);
    struct diagnostic *added =
        report(lexer, DIAG_unexpected_character, start, lexer->at, ARGS(found));
    if (added && is_other_quote(character))
        diag_hint(lexer->diagnostics, added, "a string stands in double quotes");
    else if (added && character == 0xa0)
        diag_hint(lexer->diagnostics, added, "this is a no-break space: type a plain one");
    else if (added)
        hint_sign(lexer, added, start);
}

/* Letters of other alphabets make words too: later checks decide whether they are allowed there.
 * Arrows, quotes, blanks and what cannot be seen do not. */
static bool is_foreign_letter(int32_t c) {
    bool mark = (c >= 0x2018 && c <= 0x201f) || c == 0xab || c == 0xbb;
    bool arrow = (c >= 0x2190 && c <= 0x21ff) || (c >= 0x27f0 && c <= 0x27ff);
    return c >= 0x80 && !mark && !arrow && !character_is_blank(c) && !character_is_hidden(c);
}

/* The end of the word character at the cursor, or the cursor where there is none. */
static uint32_t word_character_end(const struct lexer *lexer) {
    char c = peek(lexer, 0);
    const char *at = lexer->text + lexer->at;
    if (lexer->at == lexer->end || (c == '-' && peek(lexer, 1) == '>'))
        return lexer->at;
    if ((unsigned char)c < 0x80)
        return lexer->at + is_word_character(c);
    return is_foreign_letter(utf8_next(&at, lexer->text + lexer->end))
               ? (uint32_t)(at - lexer->text)
               : lexer->at;
}

static void lex_word(struct lexer *lexer) {
    const char *text = lexer->text;
    uint32_t start = lexer->at, at = start, end = lexer->end;
    for (;;) {
        while (at < end && word_characters[(unsigned char)text[at]])
            at++;
        lexer->at = at;
        if (at == end || (text[at] != '-' && (unsigned char)text[at] < 0x80))
            break;
        at = word_character_end(lexer);
        if (at == lexer->at)
            break;
    }
    if (at < end && text[at] == '-') /* a-->b */
        while (lexer->at > start + 1 && lexer->text[lexer->at - 1] == '-')
            lexer->at--;
    add_token(lexer, TOKEN_WORD, start);
}

static void lex_mark(struct lexer *lexer, uint32_t length, enum token_kind kind) {
    uint32_t start = lexer->at;
    lexer->at += length;
    add_token(lexer, kind, start);
}

static void lex_word_or_unknown(struct lexer *lexer) {
    char c = peek(lexer, 0);
    if ((strchr("<-=~", c) || (unsigned char)c >= 0x80) && lex_arrow(lexer))
        return;
    if (word_character_end(lexer) > lexer->at) /* not at a `->`, which would be a word of nothing */
        lex_word(lexer);
    else
        lex_unknown(lexer);
}

static void lex_next(struct lexer *lexer) {
    char c = lexer->text[lexer->at];
    switch (c) {
    case '\n':
        lex_newline(lexer);
        break;
    case '{':
    case '}':
    case '[':
    case ']':
    case '(':
    case ')':
    case ':':
    case ';':
    case ',':
        lex_mark(lexer, 1, (enum token_kind)c);
        break;
    case '#':
        lex_comment(lexer);
        break;
    case '"':
        if (looking_at(lexer, "\"\"\""))
            lex_text(lexer);
        else
            lex_string(lexer);
        break;
    case '=':
        if (peek(lexer, 1) == ' ' || !lex_arrow(lexer))
            lex_mark(lexer, 1, TOKEN_EQUALS);
        break;
    case '-':
    case '/':
    case '<':
        if (looking_at(lexer, "-> ")) /* as nearly always */
            lex_mark(lexer, 2, TOKEN_ARROW);
        else if (!lex_foreign_comment(lexer))
            lex_word_or_unknown(lexer);
        break;
    default:
        if (word_characters[(unsigned char)c])
            lex_word(lexer);
        else if ((unsigned char)c <= ' ' || c == 0x7f)
            lexer->at++;
        else
            lex_word_or_unknown(lexer);
    }
}

static bool is_too_long(const struct lexer *lexer) {
    return lexer->window != SIZE_MAX && lexer->tokens->list.count > TOKEN_LIMIT;
}

static bool may_go_on(struct lexer *lexer) {
    struct tokens *tokens = lexer->tokens;
    struct diagnostics *diagnostics = lexer->diagnostics;
    if (is_too_long(lexer)) {
        struct slice why = text_format(diagnostics->arena,
                                       "more than %d words and marks in one item", TOKEN_LIMIT);
        diag_add(diagnostics, DIAG_not_read_on, lexer->source, (struct span){lexer->at, lexer->at},
                 ARGS(why));
        tokens->stopped = true;
    }
    if (diag_is_full(diagnostics))
        tokens->stopped = true;
    return !tokens->stopped;
}

/* Stands on a character afterwards, if only on the last one. */
static void skip_blanks(struct lexer *lexer) {
    const char *at = lexer->text + lexer->at, *last = lexer->text + lexer->end - 1;
    while (*at == ' ' && at < last)
        at++;
    lexer->at = (uint32_t)(at - lexer->text);
}

/* Up to the end of the source, or of the lines ahead. */
static void fill_window(struct lexer *lexer) {
    struct tokens *tokens = lexer->tokens;
    bool ended = tokens->list.count && tokens->list.items[tokens->list.count - 1].kind == TOKEN_END;
    tokens->ready = SIZE_MAX;
    lexer->lines_ahead = 0;
    while (lexer->at < lexer->end && lexer->lines_ahead <= LINES_AHEAD && may_go_on(lexer)) {
        skip_blanks(lexer);
        lex_next(lexer);
    }
    if ((lexer->at < lexer->end && !tokens->stopped) || ended)
        return;
    lexer->line_is_new = true;
    add_token(lexer, TOKEN_END, lexer->at);
}

void lex(struct diagnostics *diagnostics, struct source *source, struct tokens *tokens,
         bool whole) {
    struct lexer *lexer = ARENA_NEW(diagnostics->arena, struct lexer);
    *lexer = (struct lexer){.diagnostics = diagnostics,
                            .source = source,
                            .tokens = tokens,
                            .text = source->text.at,
                            .line = 1,
                            .line_is_new = true,
                            .window = whole ? SIZE_MAX : WINDOW};
    lexer->comments_end = &lexer->comments;
    *tokens = (struct tokens){.source = source, .lexer = lexer};
    tokens->unreadable = !check_source(diagnostics, source);
    if (!tokens->unreadable)
        lexer->end = (uint32_t)source->text.length;
    fill_window(lexer);
    if (whole && tokens->unbalanced)
        match_braces(diagnostics->arena, tokens);
}

struct token *lex_on(struct tokens *tokens, const struct token *next) {
    struct token *first = tokens->list.items;
    size_t dropped = next > first ? (size_t)(next - first) - 1 : 0;
    tokens->list.count -= dropped;
    memmove(first, first + dropped, tokens->list.count * sizeof *first);
    size_t place = (size_t)(next - first) - dropped;
    fill_window(tokens->lexer);
    return tokens->list.items + place;
}
