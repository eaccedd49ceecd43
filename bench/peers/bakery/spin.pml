/*
 * Lamport's bakery, the model of examples/bakery, for N <= 4 and TICKETS <= 3. Processes count from 0 here.
 *
 * One process and arrays as bits, as in two-phase-commit/spin.pml; "states, stored" counts states of the
 * model alone. A number above TICKETS is not drawn, where the spec draws it and stops there. Run it with -E:
 * processes that can't draw may leave the others nothing to do.
 */
#ifndef N
#define N 2
#endif
#ifndef TICKETS
#define TICKETS 3
#endif

#define IDLE 0
#define LOOKING 1
#define DRAWING 2
#define DRAWN 3
#define AWAITING_CHOICE 4
#define AWAITING_TURN 5
#define CRITICAL 6

short ats;      /* three bits each */
byte choosing;  /* a bit each */
byte tickets;   /* two bits each */
byte highests;  /* two bits each */
byte others;    /* two bits each */

#define AT(p) ((ats >> (3 * (p))) & 7)
#define TWO(word, p) ((word >> (2 * (p))) & 3)
#define GO(p, at) ats = (ats & ~(7 << (3 * p))) | (at << (3 * p))
#define PUT(word, p, value) word = (word & ~(3 << (2 * p))) | ((value) << (2 * p))

#define OTHER(p) TWO(others, p)
#define TICKET(p) TWO(tickets, p)
#define THEIRS(p) TWO(tickets, OTHER(p))
#define HIGHEST(p) TWO(highests, p)

#define INSIDE(p) (p < N && AT(p) == CRITICAL)
#define EXCLUSIVE INSIDE(0) + INSIDE(1) + INSIDE(2) + INSIDE(3) == 1

#define PROCESS(p) \
  :: d_step { AT(p) == IDLE -> GO(p, LOOKING); choosing = choosing | (1 << p) } \
  :: d_step { AT(p) == LOOKING -> \
       if :: THEIRS(p) > HIGHEST(p) -> PUT(highests, p, THEIRS(p)) :: else fi; \
       if \
       :: OTHER(p) < N - 1 -> PUT(others, p, OTHER(p) + 1) \
       :: else -> PUT(others, p, 0); GO(p, DRAWING) \
       fi } \
  :: d_step { AT(p) == DRAWING && HIGHEST(p) < TICKETS -> \
       PUT(tickets, p, HIGHEST(p) + 1); PUT(highests, p, 0); GO(p, DRAWN) } \
  :: d_step { AT(p) == DRAWN -> GO(p, AWAITING_CHOICE); choosing = choosing & ~(1 << p) } \
  :: d_step { AT(p) == AWAITING_CHOICE && !(choosing & (1 << OTHER(p))) -> GO(p, AWAITING_TURN) } \
  :: d_step { AT(p) == AWAITING_TURN && \
       (THEIRS(p) == 0 || TICKET(p) < THEIRS(p) || (TICKET(p) == THEIRS(p) && p <= OTHER(p))) -> \
       if \
       :: OTHER(p) < N - 1 -> PUT(others, p, OTHER(p) + 1); GO(p, AWAITING_CHOICE) \
       :: else -> PUT(others, p, 0); GO(p, CRITICAL); assert(EXCLUSIVE) \
       fi } \
  :: d_step { AT(p) == CRITICAL -> GO(p, IDLE); PUT(tickets, p, 0) }

active proctype system() {
  do
  PROCESS(0)
  PROCESS(1)
#if N > 2
  PROCESS(2)
#endif
#if N > 3
  PROCESS(3)
#endif
  od
}
