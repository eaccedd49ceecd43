/*
 * Termination detection on a ring (EWD 840), the model of examples/termination-detection, for N <= 8.
 *
 * One process and sets as bits, as in two-phase-commit/spin.pml. The choice of the initial state is a step,
 * so "states, stored" is one more than the states of the model.
 */
#ifndef N
#define N 3
#endif

byte active_;
byte black;
byte token;
bit tokenBlack;

/* Nodes up to where the token is, as bits. */
#define UP_TO_TOKEN ((2 << token) - 1)
#define DETECTED (token == 0 && !tokenBlack && !(black & 1) && !(active_ & 1))
#define RIGHT (tokenBlack || (black & UP_TO_TOKEN) || !(active_ & ~UP_TO_TOKEN)) && (!DETECTED || active_ == 0)

#define PASS(n) \
  :: d_step { token == n && (!(active_ & (1 << n)) || (black & (1 << n)) || tokenBlack) -> \
       token = n - 1; \
       tokenBlack = tokenBlack || (black & (1 << n)); \
       black = black & ~(1 << n); \
       assert(RIGHT) }

#define WAKE(n, m) \
  :: d_step { (active_ & (1 << n)) -> \
       active_ = active_ | (1 << m); black = (m > n -> black | (1 << n) : black); assert(RIGHT) }

#define FINISH(n) :: d_step { (active_ & (1 << n)) -> active_ = active_ & ~(1 << n); assert(RIGHT) }

/* Both directions of each pair, so that no node wakes itself. */
#define PAIR(n, m) WAKE(n, m) WAKE(m, n)

#define CHOOSE(n) \
  if :: active_ = active_ | (1 << n) :: skip fi; \
  if :: black = black | (1 << n) :: skip fi; \
  if :: token = n :: skip fi;

active proctype system() {
  atomic {
    tokenBlack = 1;
    CHOOSE(0) CHOOSE(1) CHOOSE(2)
#if N > 3
    CHOOSE(3)
#endif
#if N > 4
    CHOOSE(4)
#endif
#if N > 5
    CHOOSE(5)
#endif
#if N > 6
    CHOOSE(6)
#endif
#if N > 7
    CHOOSE(7)
#endif
    skip
  }
  do
  :: d_step { token == 0 && (tokenBlack || (black & 1)) ->
       token = N - 1; tokenBlack = 0; black = black & ~1; assert(RIGHT) }
  FINISH(0)
  PASS(1) FINISH(1) PAIR(0, 1)
  PASS(2) FINISH(2) PAIR(0, 2) PAIR(1, 2)
#if N > 3
  PASS(3) FINISH(3) PAIR(0, 3) PAIR(1, 3) PAIR(2, 3)
#endif
#if N > 4
  PASS(4) FINISH(4) PAIR(0, 4) PAIR(1, 4) PAIR(2, 4) PAIR(3, 4)
#endif
#if N > 5
  PASS(5) FINISH(5) PAIR(0, 5) PAIR(1, 5) PAIR(2, 5) PAIR(3, 5) PAIR(4, 5)
#endif
#if N > 6
  PASS(6) FINISH(6) PAIR(0, 6) PAIR(1, 6) PAIR(2, 6) PAIR(3, 6) PAIR(4, 6) PAIR(5, 6)
#endif
#if N > 7
  PASS(7) FINISH(7) PAIR(0, 7) PAIR(1, 7) PAIR(2, 7) PAIR(3, 7) PAIR(4, 7) PAIR(5, 7) PAIR(6, 7)
#endif
  od
}
