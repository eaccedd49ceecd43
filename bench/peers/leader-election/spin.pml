/*
 * Chang and Roberts' election, the model of examples/leader-election. Nodes count from 0 here, up to N <= 8.
 *
 * One process and sets as bits, as in two-phase-commit/spin.pml. A model of spin's starts in one state, so
 * the choice of initiators is a step, one of 2^N: "states, stored" is one more than the states of the model.
 */
#ifndef N
#define N 3
#endif

#define LOST 0
#define CANDIDATE 1
#define WON 2

byte initiators;
byte started;
int nodes;        /* two bits each */
byte messages[N]; /* messages[n]: the numbers on their way to n, a bit each */

#define NEXT(n) ((n + 1) % N)
#define STATE(n) ((nodes >> (2 * n)) & 3)
/* The smallest initiator, as a bit. */
#define SMALLEST (initiators & -initiators)

#define START(n) \
  :: d_step { !(started & (1 << n)) -> \
       started = started | (1 << n); \
       messages[NEXT(n)] = messages[NEXT(n)] | (initiators & (1 << n)) }

/* The winner must be the smallest initiator and all the others must have lost. */
#define RECEIVE(n, m) \
  :: d_step { (started & (1 << n)) && (messages[n] & (1 << m)) -> \
       messages[n] = messages[n] & ~(1 << m); \
       if \
       :: STATE(n) == LOST -> messages[NEXT(n)] = messages[NEXT(n)] | (1 << m) \
       :: STATE(n) != LOST && m < n -> \
            nodes = nodes & ~(3 << (2 * n)); \
            messages[NEXT(n)] = messages[NEXT(n)] | (1 << m) \
       :: STATE(n) != LOST && m == n -> \
            nodes = (nodes & ~(3 << (2 * n))) | (WON << (2 * n)); \
            assert(SMALLEST == (1 << n) && nodes == (WON << (2 * n))) \
       :: STATE(n) != LOST && m > n -> skip \
       fi }

/* A bit of the set of initiators, as the state of that node: CANDIDATE, which is 1, in two bits. */
#define SPREAD(k, n) ((k & (1 << n)) << n)
#define CHOOSE(k) \
  :: d_step { initiators = k; \
       nodes = SPREAD(k, 0) | SPREAD(k, 1) | SPREAD(k, 2) | SPREAD(k, 3) | \
               SPREAD(k, 4) | SPREAD(k, 5) | SPREAD(k, 6) | SPREAD(k, 7) }
#define CHOOSE2(k) CHOOSE((k)) CHOOSE((k + 1))
#define CHOOSE4(k) CHOOSE2(k) CHOOSE2(k + 2)
#define CHOOSE8(k) CHOOSE4(k) CHOOSE4(k + 4)
#define CHOOSE16(k) CHOOSE8(k) CHOOSE8(k + 8)
#define CHOOSE32(k) CHOOSE16(k) CHOOSE16(k + 16)
#define CHOOSE64(k) CHOOSE32(k) CHOOSE32(k + 32)
#define CHOOSE128(k) CHOOSE64(k) CHOOSE64(k + 64)

/* The unused numbers of a ring smaller than eight never arrive: they only cost a look. So leave them out. */
#if N == 3
#define FROM_ALL(n) RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2)
#elif N == 4
#define FROM_ALL(n) RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2) RECEIVE(n, 3)
#elif N == 5
#define FROM_ALL(n) RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2) RECEIVE(n, 3) RECEIVE(n, 4)
#elif N == 6
#define FROM_ALL(n) RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2) RECEIVE(n, 3) RECEIVE(n, 4) RECEIVE(n, 5)
#elif N == 7
#define FROM_ALL(n) \
  RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2) RECEIVE(n, 3) RECEIVE(n, 4) RECEIVE(n, 5) RECEIVE(n, 6)
#else
#define FROM_ALL(n) \
  RECEIVE(n, 0) RECEIVE(n, 1) RECEIVE(n, 2) RECEIVE(n, 3) RECEIVE(n, 4) RECEIVE(n, 5) RECEIVE(n, 6) RECEIVE(n, 7)
#endif

#define NODE(n) START(n) FROM_ALL(n)

active proctype system() {
  if
  CHOOSE8(0)
#if N > 3
  CHOOSE8(8)
#endif
#if N > 4
  CHOOSE16(16)
#endif
#if N > 5
  CHOOSE32(32)
#endif
#if N > 6
  CHOOSE64(64)
#endif
#if N > 7
  CHOOSE128(128)
#endif
  fi
  do
  NODE(0)
  NODE(1)
  NODE(2)
#if N > 3
  NODE(3)
#endif
#if N > 4
  NODE(4)
#endif
#if N > 5
  NODE(5)
#endif
#if N > 6
  NODE(6)
#endif
#if N > 7
  NODE(7)
#endif
  od
}
