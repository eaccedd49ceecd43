/**
 * Leader election on a one-way ring: the initiator with the smallest number becomes the leader.
 *
 * The algorithm of Chang and Roberts ("An improved algorithm for decentralized extrema-finding in circular
 * configurations of processes", 1979), with the variables of the TLA+ module ChangRoberts. The numbers rise
 * along the ring, which is the order that costs the most messages. Any set of nodes may be the initiators.
 */
import { Map, Record, Set, type RecordOf } from 'immutable';
import { language, numbers, variant } from 'everystate';

/** The number of a candidate on its way to node `to`. */
type Message = RecordOf<{ to: number; candidate: number }>;
const Message = Record<{ to: number; candidate: number }>({ to: 0, candidate: 0 }, 'Message');

interface State {
  readonly initiators: Set<number>;
  readonly node: Map<number, 'candidate' | 'lost' | 'won'>;
  /** The nodes that have made their first step. */
  readonly started: Set<number>;
  readonly messages: Set<Message>;
}
const { action, invariant, spec } = language<State>();

const subsets = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  all.reduce<readonly (readonly T[])[]>((some, one) => some.flatMap((s) => [s, [...s, one]]), [[]]);

const election = spec({
  name: 'leader election',
  constants: { N: 3 },

  definitions: ({ N }) => ({
    next: (node: number): number => (node % N) + 1,
    /** Whether a node that is still a candidate passes on the number of another. */
    passesOn: (node: number, candidate: number): boolean => candidate < node,
  }),

  init: ({ N }) =>
    subsets(numbers(1, N)).map((initiators) => ({
      initiators: Set(initiators),
      node: Map(numbers(1, N).map((n) => [n, initiators.includes(n) ? 'candidate' : 'lost'])),
      started: Set<number>(),
      messages: Set<Message>(),
    })),

  actions: ({ N }, { next, passesOn }) => {
    const node = numbers(1, N);
    return {
      start: action(
        { node },
        {
          guard: (s, { node }) => !s.started.has(node),
          effect: (s, { node }) => ({
            started: s.started.add(node),
            messages: s.initiators.has(node)
              ? s.messages.add(Message({ to: next(node), candidate: node }))
              : s.messages,
          }),
          says: ({ node }, before) =>
            before.initiators.has(node) ? `node ${node} stands for election` : `node ${node} only listens`,
        },
      ),
      receive: action(
        { node, candidate: node },
        {
          guard: (s, { node, candidate }) =>
            s.started.has(node) && s.messages.has(Message({ to: node, candidate })),
          effect: (s, { node, candidate }) => {
            const messages = s.messages.delete(Message({ to: node, candidate }));
            const passedOn = messages.add(Message({ to: next(node), candidate }));
            if (s.node.get(node) === 'lost') return { messages: passedOn };
            if (passesOn(node, candidate)) return { messages: passedOn, node: s.node.set(node, 'lost') };
            return candidate === node ? { messages, node: s.node.set(node, 'won') } : { messages };
          },
          says: ({ node, candidate }, _before, after) =>
            after.node.get(node) === 'won'
              ? `node ${node} gets its own number back: it has won`
              : `node ${node} receives ${candidate}`,
        },
      ),
    };
  },

  invariants: ({ N }) => ({
    theWinnerIsTheOnlyOne: invariant(
      { winner: numbers(1, N), other: numbers(1, N) },
      (s, { winner, other }) =>
        winner === other || s.node.get(winner) !== 'won' || s.node.get(other) === 'lost',
      { says: (s, { winner, other }) => `node ${winner} has won, node ${other} is ${s.node.get(other)}` },
    ),
    theSmallestWins: invariant(
      { winner: numbers(1, N) },
      (s, { winner }) => s.node.get(winner) !== 'won' || s.initiators.every((n) => n >= winner),
    ),
  }),

  reachable: { someoneWins: (s) => s.node.some((node) => node === 'won') },

  // Nothing under way and everyone has started.
  final: (s, { N }) => s.messages.isEmpty() && s.started.size === N,
});
export default election;

/** Passes on every number but its own: a candidate may outlive a smaller one. */
export const generous = variant(election, 'passes on everything', {
  definitions: () => ({ passesOn: (node: number, candidate: number) => candidate !== node }),
});
