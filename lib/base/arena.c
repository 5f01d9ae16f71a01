/* Hands out memory of a phase, from the front of blocks that grow up to 16 MiB. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* madvise() */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifndef STRIDEC_NO_SPAWN /* see layout/spawn.c */
#include <sys/mman.h>
#endif

#ifndef FIRST_BLOCK /* a test has small ones: more of its allocations may fail */
#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)16 << 20)
#endif

struct arena_block {
    struct arena_block *older;
    size_t size;  /* of which the next one is a multiple */
    size_t bytes; /* all of it */
    max_align_t memory[];
};

#define HUGE_PAGE ((size_t)2 << 20)

/* A large model is walked in no order that a cache would like: with huge pages it takes a third
 * less time. To a small one they save several hundred page faults, which on a virtual machine are
 * half of its time. Where the kernel has none to give, the block is as good as any. */
static void *allocate_huge(size_t size) {
    void *memory = aligned_alloc(HUGE_PAGE, size);
#ifdef MADV_HUGEPAGE
    if (memory)
        (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

static void *allocate_by_malloc(void *context, size_t size) {
    (void)context;
    return size % HUGE_PAGE ? malloc(size) : allocate_huge(size);
}

static void release_by_free(void *context, void *memory) {
    (void)context;
    free(memory);
}

void arena_open(struct arena *arena, const struct arena_source *source, size_t limit) {
    *arena = (struct arena){
        .source = {.allocate = allocate_by_malloc, .release = release_by_free},
        .limit = limit,
    };
    if (source)
        arena->source = *source;
}

void arena_close(struct arena *arena) {
    while (arena->blocks) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->older;
        arena->source.release(arena->source.context, block);
    }
    if (arena->spare)
        arena->source.release(arena->source.context, arena->spare);
    arena->spare = NULL;
    arena->next = arena->end = NULL;
}

struct arena_mark arena_mark(const struct arena *arena) {
    return (struct arena_mark){arena->blocks, arena->next, arena->end, arena->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark) {
    while (arena->blocks != mark.block) {
        struct arena_block *block = arena->blocks;
        arena->blocks = block->older;
        if (arena->spare || block->bytes > LARGEST_BLOCK)
            arena->source.release(arena->source.context, block);
        else
            arena->spare = block;
    }
    arena->next = mark.next;
    arena->end = mark.end;
    arena->used = mark.used;
}

void arena_defer(struct arena *arena, struct arena_cleanup *cleanup) {
    cleanup->older = arena->cleanups;
    arena->cleanups = cleanup;
}

void arena_run_deferred(struct arena *arena, struct arena_cleanup *cleanup) {
    struct arena_cleanup *last = cleanup->older;
    while (arena->cleanups && arena->cleanups != last) {
        struct arena_cleanup *now = arena->cleanups;
        arena->cleanups = now->older;
        now->run(now->context);
    }
}

static _Noreturn void fail(struct arena *arena, enum arena_end reason) {
    arena->end_reason = reason;
    if (!arena->failure)
        abort(); /* a call into the library that did not go through the API */
    while (arena->cleanups) {
        struct arena_cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->older;
        cleanup->run(cleanup->context);
    }
    longjmp(*arena->failure, 1);
}

void arena_fail_again(struct arena *arena) {
    fail(arena, arena->end_reason);
}

void arena_fail(struct arena *arena) {
    fail(arena, ENDED_NO_MEMORY);
}

void arena_ask(struct arena *arena) {
    arena->steps_left = STEPS_FOR_A_QUESTION - 1;
    if (arena->is_cancelled && arena->is_cancelled(arena->cancel_context))
        fail(arena, ENDED_CANCELLED);
}

/* A host's own blocks double from the first. */
static size_t usual_size(const struct arena *arena) {
    if (!arena->blocks)
        return FIRST_BLOCK;
    bool is_ours = arena->source.allocate == allocate_by_malloc;
    return is_ours && arena->blocks->size < HUGE_PAGE ? HUGE_PAGE : arena->blocks->size * 2;
}

/* The size of the next block, with its head. */
static size_t next_size(struct arena *arena, size_t least) {
    size_t size = usual_size(arena);
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (least > SIZE_MAX - sizeof(struct arena_block) - HUGE_PAGE)
        fail(arena, ENDED_NO_MEMORY);
    least += sizeof(struct arena_block);
    if (size >= least)
        return size;
    return least < HUGE_PAGE ? least : (least + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

/* The block that was taken back last, if it has that size; any other is given back, so that it does
 * not count beside the limit. */
static struct arena_block *take_spare(struct arena *arena, size_t size) {
    struct arena_block *spare = arena->spare;
    arena->spare = NULL;
    if (spare && spare->bytes != size) {
        arena->source.release(arena->source.context, spare);
        return NULL;
    }
    return spare;
}

static void add_block(struct arena *arena, size_t least) {
    size_t size = next_size(arena, least);
    if (arena->limit && size > arena->limit - arena->used) { /* all that is left, if it is enough */
        size = arena->limit - arena->used;
        if (size < sizeof(struct arena_block) || size - sizeof(struct arena_block) < least)
            fail(arena, ENDED_OVER_LIMIT);
    }
    struct arena_block *block = take_spare(arena, size);
    if (!block)
        block = arena->source.allocate(arena->source.context, size);
    if (!block)
        fail(arena, ENDED_NO_MEMORY);
    block->older = arena->blocks;
    block->bytes = size;
    block->size = size > LARGEST_BLOCK ? LARGEST_BLOCK : size;
    arena->blocks = block;
    arena->used += size;
    arena->next = (char *)block->memory;
    arena->end = (char *)block + size;
}

static size_t round_up(size_t size) {
    return (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
}

static void *take(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - ARENA_ALIGN)
        fail(arena, ENDED_NO_MEMORY);
    size = round_up(size);
    if (!arena->next || (size_t)(arena->end - arena->next) < size)
        add_block(arena, size);
    void *memory = arena->next;
    arena->next += size;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size) {
    return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        fail(arena, ENDED_NO_MEMORY);
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *at, size_t length) {
    char *copy = take(arena, length + 1);
    if (length)
        memcpy(copy, at, length);
    copy[length] = '\0';
    return copy;
}

void *arena_enlarge(struct arena *arena, void *items, size_t *capacity, size_t count, size_t size) {
    size_t larger = *capacity ? *capacity * 2 : 8;
    if (larger > SIZE_MAX / size)
        fail(arena, ENDED_NO_MEMORY);
    /* The last thing that was handed out grows where it is. */
    size_t old = round_up(*capacity * size), more = round_up(larger * size) - old;
    if (items && (char *)items + old == arena->next && (size_t)(arena->end - arena->next) >= more) {
        arena->next += more;
        *capacity = larger;
        return items;
    }
    void *copy = take(arena, larger * size);
    if (items)
        memcpy(copy, items, count * size);
    *capacity = larger;
    return copy;
}
