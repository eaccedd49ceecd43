/*
 * Two-phase commit, the model of examples/two-phase-commit, as C written by hand for this one model: what is
 * left for a checker to reach. A state is 64 bits, the seen ones an open-addressing table of them, the search
 * breadth-first and one thread. It keeps no predecessors, so it could say that a promise is broken, not how.
 *
 *   gcc -O3 -march=native -DRMS=8 tight.c -o tight && ./tight
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifndef RMS
#define RMS 3
#endif
#if RMS > 12
#error "at most 12 managers: a set of them has 12 bits"
#endif

typedef uint64_t state;

/* Sets of managers, a bit each. (HIGH, LOW): working 00, prepared 01, committed 10, aborted 11. */
enum { LOW = 0, HIGH = 12, HEARD = 24, SENT = 36, TM = 48, COMMIT = 50, ABORT = 51 };
#define ALL ((UINT64_C(1) << RMS) - 1)
#define BIT(at) (UINT64_C(1) << (at))
/* Set in every state, so that 0 is none. */
#define PRESENT BIT(63)

static state *table;    /* seen states; 0: free */
static uint64_t mask;   /* capacity - 1 */
static state *queue;    /* seen states, in the order they were found */
static uint64_t queued, room;
static uint64_t generated;

static void *allocate(uint64_t count) {
  void *memory = calloc(count, sizeof(state));
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

static uint64_t place(state s) {
  s ^= s >> 32;
  s *= UINT64_C(0x9e3779b97f4a7c15);
  s ^= s >> 29;
  s *= UINT64_C(0xbf58476d1ce4e5b9);
  return s ^ (s >> 32);
}

static void put(state s) {
  uint64_t at = place(s) & mask;
  while (table[at] != 0) at = (at + 1) & mask;
  table[at] = s;
}

static void grow(void) {
  free(table);
  mask = 2 * mask + 1;
  table = allocate(mask + 1);
  for (uint64_t i = 0; i < queued; i++) put(queue[i]);
  room = (mask + 1) / 2;
  queue = realloc(queue, (room + 1) * sizeof(state));
  if (queue == NULL) exit(1);
}

static void step(state s) {
  generated++;
  uint64_t at = place(s) & mask;
  while (table[at] != 0) {
    if (table[at] == s) return;
    at = (at + 1) & mask;
  }
  uint64_t high = s >> HIGH & ALL, low = s >> LOW & ALL;
  if ((high & ~low) != 0 && (high & low) != 0) {
    puts("violated: consistent");
    exit(1);
  }
  table[at] = s;
  queue[queued++] = s;
  if (queued == room) grow();
}

static void expand(state s) {
  if ((s >> TM & 3) == 0) {
    if ((s >> HEARD & ALL) == ALL) step(s | BIT(TM) | BIT(COMMIT));
    step(s | BIT(TM + 1) | BIT(ABORT));
  }
  for (int r = 0; r < RMS; r++) {
    state low = BIT(LOW + r), high = BIT(HIGH + r);
    if ((s & (low | high)) == 0) {
      step(s | low | BIT(SENT + r));
      step(s | low | high);
    }
    if ((s >> TM & 3) == 0 && (s & BIT(SENT + r)) != 0) step(s | BIT(HEARD + r));
    if ((s & BIT(COMMIT)) != 0) step((s & ~low) | high);
    if ((s & BIT(ABORT)) != 0) step(s | low | high);
  }
}

int main(void) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  mask = (UINT64_C(1) << 20) - 1;
  table = allocate(mask + 1);
  room = (mask + 1) / 2;
  queue = allocate(room + 1);
  step(PRESENT);
  for (uint64_t i = 0; i < queued; i++) expand(queue[i]);
  clock_gettime(CLOCK_MONOTONIC, &end);
  double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
  printf("%" PRIu64 " distinct, %" PRIu64 " generated, %.3f seconds\n", queued, generated, seconds);
  return 0;
}
