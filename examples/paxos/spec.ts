/**
 * Paxos, the consensus of a single value among acceptors of which a minority may be slow, lost or down.
 *
 * After Lamport's TLA+ module Paxos (of "The Paxos algorithm, or how to win a Turing award"), variable by
 * variable and action by action. Each ballot has a leader of its own, which has no state: what it knows is
 * what it was sent. Messages stay in `messages` for good, so a slow one and a repeated one need no action.
 */
import { Map, Record, Set, type RecordOf } from 'immutable';
import { ids, language, numbers, variant } from 'everystate';

type Acceptor = `a${number}`;
type Value = `v${number}`;

/** No vote yet: below every ballot. */
const NEVER = -1;

type Prepare = RecordOf<{ type: '1a'; ballot: number }>;
const Prepare = Record<{ type: '1a'; ballot: number }>({ type: '1a', ballot: 0 }, 'Prepare');

/** "I'll take part in no lower ballot, and this is my last vote." */
interface PromiseFields {
  type: '1b';
  ballot: number;
  acceptor: Acceptor;
  votedBallot: number;
  votedValue: Value | null;
}
type Promise = RecordOf<PromiseFields>;
const Promise = Record<PromiseFields>(
  { type: '1b', ballot: 0, acceptor: 'a1', votedBallot: NEVER, votedValue: null },
  'Promise',
);

type Propose = RecordOf<{ type: '2a'; ballot: number; value: Value }>;
const Propose = Record<{ type: '2a'; ballot: number; value: Value }>(
  { type: '2a', ballot: 0, value: 'v1' },
  'Propose',
);

type Vote = RecordOf<{ type: '2b'; ballot: number; acceptor: Acceptor; value: Value }>;
const Vote = Record<{ type: '2b'; ballot: number; acceptor: Acceptor; value: Value }>(
  { type: '2b', ballot: 0, acceptor: 'a1', value: 'v1' },
  'Vote',
);

type Message = Prepare | Promise | Propose | Vote;
const isPrepare = (m: Message): m is Prepare => m.type === '1a';
const isProposal = (m: Message): m is Propose => m.type === '2a';

interface State {
  /** The highest ballot each acceptor has taken part in. */
  readonly ballot: Map<Acceptor, number>;
  /** The ballot and the value of each acceptor's last vote. */
  readonly votedBallot: Map<Acceptor, number>;
  readonly votedValue: Map<Acceptor, Value | null>;
  readonly messages: Set<Message>;
}
const { action, invariant, spec } = language<State>();

/** Every choice of `size` among `all`. */
const choices = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  size === 0
    ? [[]]
    : all.flatMap((first, index) => choices(all.slice(index + 1), size - 1).map((rest) => [first, ...rest]));

const paxos = spec({
  name: 'paxos',
  // BALLOTS is the highest ballot; the lowest is 0.
  constants: { ACCEPTORS: 3, VALUES: 2, BALLOTS: 1 },

  definitions: ({ ACCEPTORS }) => ({
    /** Sets of acceptors any two of which must have a member in common. */
    quorums: () => choices(ids('a', ACCEPTORS), Math.floor(ACCEPTORS / 2) + 1),
  }),

  init: ({ ACCEPTORS }) => ({
    ballot: Map(ids('a', ACCEPTORS).map((a) => [a, NEVER])),
    votedBallot: Map(ids('a', ACCEPTORS).map((a) => [a, NEVER])),
    votedValue: Map(ids('a', ACCEPTORS).map((a) => [a, null])),
    messages: Set(),
  }),

  actions: ({ ACCEPTORS, VALUES, BALLOTS }, { quorums }) => {
    const acceptor = ids('a', ACCEPTORS);
    const ballot = numbers(0, BALLOTS);
    const value = ids('v', VALUES);
    return {
      prepare: action(
        { ballot },
        {
          effect: (s, { ballot }) => ({ messages: s.messages.add(Prepare({ ballot })) }),
          says: ({ ballot }) => `ballot ${ballot} begins`,
        },
      ),

      promise: action(
        { acceptor, m: (s) => s.messages.filter(isPrepare) },
        {
          guard: (s, { acceptor, m }) => m.ballot > s.ballot.get(acceptor)!,
          effect: (s, { acceptor, m: { ballot } }) => ({
            ballot: s.ballot.set(acceptor, ballot),
            messages: s.messages.add(
              Promise({
                ballot,
                acceptor,
                votedBallot: s.votedBallot.get(acceptor)!,
                votedValue: s.votedValue.get(acceptor)!,
              }),
            ),
          }),
          says: ({ acceptor, m }) => `${acceptor} joins ballot ${m.ballot}`,
        },
      ),

      // The heart of it: the leader is free to choose a value only if no acceptor of the quorum has voted;
      // else it must take the one of the highest ballot voted in, for that may have been chosen already.
      propose: action(
        { ballot, value },
        {
          guard: (s, { ballot, value }) => {
            if (s.messages.some((m) => m.type === '2a' && m.ballot === ballot)) return false;
            return quorums().some((quorum) => {
              const promises = s.messages.filter(
                (m): m is Promise => m.type === '1b' && m.ballot === ballot && quorum.includes(m.acceptor),
              );
              if (!quorum.every((a) => promises.some((m) => m.acceptor === a))) return false;
              const voted = promises.filter((m) => m.votedBallot !== NEVER);
              return (
                voted.isEmpty() ||
                voted.some(
                  (m) => m.votedValue === value && voted.every((other) => m.votedBallot >= other.votedBallot),
                )
              );
            });
          },
          effect: (s, { ballot, value }) => ({ messages: s.messages.add(Propose({ ballot, value })) }),
          says: ({ ballot, value }) => `ballot ${ballot} proposes ${value}`,
        },
      ),

      vote: action(
        { acceptor, m: (s) => s.messages.filter(isProposal) },
        {
          guard: (s, { acceptor, m }) => m.ballot >= s.ballot.get(acceptor)!,
          effect: (s, { acceptor, m: { ballot, value } }) => ({
            ballot: s.ballot.set(acceptor, ballot),
            votedBallot: s.votedBallot.set(acceptor, ballot),
            votedValue: s.votedValue.set(acceptor, value),
            messages: s.messages.add(Vote({ ballot, acceptor, value })),
          }),
          says: ({ acceptor, m }) => `${acceptor} votes for ${m.value} in ballot ${m.ballot}`,
        },
      ),
    };
  },

  invariants: ({ ACCEPTORS, VALUES, BALLOTS }, { quorums }) => {
    const acceptor = ids('a', ACCEPTORS);
    const ballot = numbers(0, BALLOTS);
    const value = ids('v', VALUES);
    const chosen = (s: State, value: Value): boolean =>
      ballot.some((ballot) =>
        quorums().some((quorum) =>
          quorum.every((acceptor) => s.messages.has(Vote({ ballot, acceptor, value }))),
        ),
      );
    return {
      agreement: invariant(
        (s) => value.every((v, i) => value.slice(i + 1).every((w) => !chosen(s, v) || !chosen(s, w))),
        {
          says: (s) => `${value.filter((v) => chosen(s, v)).join(' and ')} are both chosen`,
        },
      ),
      oneProposalPerBallot: invariant(
        { ballot },
        (s, { ballot }) => value.filter((value) => s.messages.has(Propose({ ballot, value }))).length <= 1,
      ),
      votesWereProposed: invariant(
        { ballot, acceptor, value },
        (s, { ballot, acceptor, value }) =>
          !s.messages.has(Vote({ ballot, acceptor, value })) || s.messages.has(Propose({ ballot, value })),
      ),
    };
  },

  reachable: ({ ACCEPTORS, BALLOTS }) => ({
    everyoneVotesInTheLastBallot: (s) => ids('a', ACCEPTORS).every((a) => s.votedBallot.get(a) === BALLOTS),
  }),
});
export default paxos;

/** Quorums that need not meet: two ballots choose two values. */
export const minority = variant(paxos, 'minority', {
  definitions: ({ ACCEPTORS }) => ({ quorums: () => choices(ids('a', ACCEPTORS), 1) }),
});
