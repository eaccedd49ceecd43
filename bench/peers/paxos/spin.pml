/*
 * Paxos, the model of examples/paxos, for 3 acceptors, 2 values and ballots 0 .. BALLOTS with BALLOTS <= 2.
 *
 * One process and sets as bits, as in two-phase-commit/spin.pml; "states, stored" counts states of the model
 * alone. An acceptor promises a ballot at most once, so its promise is a number instead of a set: 0 none,
 * 1 without a vote, 2 + 2 * ballot + value with the last vote.
 */
#ifndef BALLOTS
#define BALLOTS 1
#endif

/* Six bits an acceptor: ballot + 1, votedBallot + 1, votedValue + 1; 0 is none. */
int acceptors;
int promises; /* three bits for each acceptor and ballot */
int sent2b;   /* a bit for each acceptor, ballot and value */
byte sent1a;  /* a bit for each ballot */
byte sent2a;  /* a bit for each ballot and value */

#define BALLOT(a) ((acceptors >> (6 * a)) & 3)
#define VOTED_BALLOT(a) ((acceptors >> (6 * a + 2)) & 3)
#define VOTED_VALUE(a) ((acceptors >> (6 * a + 4)) & 3)
#define PROMISE(a, b) ((promises >> (3 * (3 * a + b))) & 7)

#define PREPARE(b) :: d_step { true -> sent1a = sent1a | (1 << b) }

#define PROMISES(a, b) \
  :: d_step { (sent1a & (1 << b)) && b + 1 > BALLOT(a) -> \
       acceptors = (acceptors & ~(3 << (6 * a))) | ((b + 1) << (6 * a)); \
       promises = promises | \
         ((VOTED_BALLOT(a) == 0 -> 1 : 2 * VOTED_BALLOT(a) + VOTED_VALUE(a) - 1) << (3 * (3 * a + b))) }

/* Whether the vote that x told ballot b of is for v and at least as high as what y told. */
#define DECIDES(x, y, b, v) \
  (PROMISE(x, b) >= 2 && (PROMISE(x, b) & 1) == v && (PROMISE(x, b) >> 1) >= (PROMISE(y, b) >> 1))
#define SHOWS(x, y, b, v) \
  (PROMISE(x, b) && PROMISE(y, b) && \
    ((PROMISE(x, b) == 1 && PROMISE(y, b) == 1) || DECIDES(x, y, b, v) || DECIDES(y, x, b, v)))

#define PROPOSE(b, v) \
  :: d_step { !(sent2a & (3 << (2 * b))) && (SHOWS(0, 1, b, v) || SHOWS(0, 2, b, v) || SHOWS(1, 2, b, v)) -> \
       sent2a = sent2a | (1 << (2 * b + v)) }

/* The votes of acceptor a in the lowest six bits; the ballots and values that two acceptors voted for. */
#define VOTES(a) ((sent2b >> (6 * a)) & 63)
#define CHOSEN ((VOTES(0) & VOTES(1)) | (VOTES(0) & VOTES(2)) | (VOTES(1) & VOTES(2)))
/* 21 is 010101: the first value in any ballot. */
#define AGREEMENT !(CHOSEN & 21) || !(CHOSEN & 42)

#define VOTE(a, b, v) \
  :: d_step { (sent2a & (1 << (2 * b + v))) && b + 1 >= BALLOT(a) -> \
       acceptors = (acceptors & ~(63 << (6 * a))) | (((b + 1) | ((b + 1) << 2) | ((v + 1) << 4)) << (6 * a)); \
       sent2b = sent2b | (1 << (6 * a + 2 * b + v)); \
       assert(AGREEMENT) }

#define ACCEPTOR(a, b) PROMISES(a, b) VOTE(a, b, 0) VOTE(a, b, 1)
#define ONE_BALLOT(b) PREPARE(b) PROPOSE(b, 0) PROPOSE(b, 1) ACCEPTOR(0, b) ACCEPTOR(1, b) ACCEPTOR(2, b)

active proctype system() {
  do
  ONE_BALLOT(0)
#if BALLOTS > 0
  ONE_BALLOT(1)
#endif
#if BALLOTS > 1
  ONE_BALLOT(2)
#endif
  od
}
