/*
 * Dining philosophers, the model of examples/dining-philosophers. Philosophers and forks count from 0 here;
 * LEFT_HANDED=1 makes the last philosopher take the right fork first.
 *
 * One process and sets as bits, as in two-phase-commit/spin.pml; "states, stored" counts states of the model
 * alone. Where all are right-handed run it with -E, or it ends at the deadlock.
 */
#ifndef N
#define N 5
#endif
#ifndef LEFT_HANDED
#define LEFT_HANDED 0
#endif

#define THINKING 0
#define WAITING 1
#define EATING 2
#define LEAVING 3

int philosophers;                /* two bits each */
short taken; /* a bit for each fork that is not on the table */

#define RIGHT(p) ((p + 1) % N)
#define FIRST(p) (LEFT_HANDED && p == N - 1 -> RIGHT(p) : p)
#define SECOND(p) (LEFT_HANDED && p == N - 1 -> p : RIGHT(p))
#define STATE(p) ((philosophers >> (2 * (p))) & 3)
#define BECOMES(p, state) philosophers = (philosophers & ~(3 << (2 * p))) | (state << (2 * p))

#define PHILOSOPHER(p) \
  :: d_step { STATE(p) == THINKING && !(taken & (1 << FIRST(p))) -> \
       BECOMES(p, WAITING); taken = taken | (1 << FIRST(p)) } \
  :: d_step { STATE(p) == WAITING && !(taken & (1 << SECOND(p))) -> \
       BECOMES(p, EATING); taken = taken | (1 << SECOND(p)); \
       assert(STATE(RIGHT(p)) != EATING && STATE((p + N - 1) % N) != EATING) } \
  :: d_step { STATE(p) == EATING -> BECOMES(p, LEAVING); taken = taken & ~(1 << FIRST(p)) } \
  :: d_step { STATE(p) == LEAVING -> BECOMES(p, THINKING); taken = taken & ~(1 << SECOND(p)) }

active proctype system() {
  do
  PHILOSOPHER(0)
  PHILOSOPHER(1)
  PHILOSOPHER(2)
#if N > 3
  PHILOSOPHER(3)
#endif
#if N > 4
  PHILOSOPHER(4)
#endif
#if N > 5
  PHILOSOPHER(5)
#endif
#if N > 6
  PHILOSOPHER(6)
#endif
#if N > 7
  PHILOSOPHER(7)
#endif
#if N > 8
  PHILOSOPHER(8)
#endif
#if N > 9
  PHILOSOPHER(9)
#endif
#if N > 10
  PHILOSOPHER(10)
#endif
#if N > 11
  PHILOSOPHER(11)
#endif
  od
}
