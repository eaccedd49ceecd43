/*
 * Two-phase commit, the model of examples/two-phase-commit: every variable one to one.
 *
 * One process and sets as bits: the fastest form for spin that we found. A process a manager with arrays of
 * mtype and bit stores the same states in 92 bytes instead of 20, and takes a third longer. Every step is a
 * d_step that leads back to the head of the loop, so "states, stored" counts states of the model and nothing
 * else, and "transitions" its steps and the one initial state.
 */
#ifndef RMS
#define RMS 3
#endif

/* Of a manager, in two bits of `rm`. */
#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

int rm;
short tmPrepared;
short sentPrepared;
byte tm; /* 0 undecided, 1 committed, 2 aborted */
bit sentCommit;
bit sentAbort;

#define STATE(r) ((rm >> (2 * r)) & 3)
#define BECOMES(r, state) rm = (rm & ~(3 << (2 * r))) | (state << (2 * r))

/* Not one committed and another aborted. Only the steps to these two states can break it. */
#define CONSISTENT !((rm >> 1) & ~rm & 349525) || !((rm >> 1) & rm & 349525) /* 0x55555 */

#define MANAGER(r) \
  :: d_step { STATE(r) == WORKING -> BECOMES(r, PREPARED); sentPrepared = sentPrepared | (1 << r) } \
  :: d_step { STATE(r) == WORKING -> BECOMES(r, ABORTED); assert(CONSISTENT) } \
  :: d_step { tm == 0 && (sentPrepared & (1 << r)) -> tmPrepared = tmPrepared | (1 << r) } \
  :: d_step { sentCommit -> BECOMES(r, COMMITTED); assert(CONSISTENT) } \
  :: d_step { sentAbort -> BECOMES(r, ABORTED); assert(CONSISTENT) }

active proctype system() {
  do
  :: d_step { tm == 0 && tmPrepared == (1 << RMS) - 1 -> tm = 1; sentCommit = 1 }
  :: d_step { tm == 0 -> tm = 2; sentAbort = 1 }
  MANAGER(0)
  MANAGER(1)
  MANAGER(2)
#if RMS > 3
  MANAGER(3)
#endif
#if RMS > 4
  MANAGER(4)
#endif
#if RMS > 5
  MANAGER(5)
#endif
#if RMS > 6
  MANAGER(6)
#endif
#if RMS > 7
  MANAGER(7)
#endif
#if RMS > 8
  MANAGER(8)
#endif
  od
}
