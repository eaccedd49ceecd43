/**
 * Dijkstra's dining philosophers: N of them round a table, one fork between two neighbours, two to eat.
 *
 * Philosopher p sits between fork p, on the left, and fork p + 1, on the right; fork N + 1 is fork 1. A fork
 * is taken, and later put back, one at a time. When everybody takes the left fork first, all may end up
 * holding one fork and waiting for the other: the deadlock. One philosopher who is left-handed prevents it.
 */
import { Map, Set } from 'immutable';
import { language, numbers, variant } from 'everystate';

interface State {
  /** `waiting` holds the first fork, `eating` both, `leaving` only the second. */
  readonly philosopher: Map<number, 'thinking' | 'waiting' | 'eating' | 'leaving'>;
  /** The forks on the table. */
  readonly forks: Set<number>;
}
const { action, invariant, spec } = language<State>();

const philosophers = spec({
  name: 'dining philosophers',
  constants: { N: 5 },

  definitions: ({ N }) => ({
    /** The fork that philosopher p takes, and puts back, first. */
    first: (p: number): number => p,
    second: (p: number): number => (p % N) + 1,
  }),

  init: ({ N }) => ({
    philosopher: Map(numbers(1, N).map((p) => [p, 'thinking'])),
    forks: Set(numbers(1, N)),
  }),

  actions: ({ N }, { first, second }) => {
    const p = numbers(1, N);
    return {
      takeFirst: action(
        { p },
        {
          guard: (s, { p }) => s.philosopher.get(p) === 'thinking' && s.forks.has(first(p)),
          effect: (s, { p }) => ({
            philosopher: s.philosopher.set(p, 'waiting'),
            forks: s.forks.delete(first(p)),
          }),
          says: ({ p }) => `philosopher ${p} takes fork ${first(p)}`,
        },
      ),
      takeSecond: action(
        { p },
        {
          guard: (s, { p }) => s.philosopher.get(p) === 'waiting' && s.forks.has(second(p)),
          effect: (s, { p }) => ({
            philosopher: s.philosopher.set(p, 'eating'),
            forks: s.forks.delete(second(p)),
          }),
          says: ({ p }) => `philosopher ${p} takes fork ${second(p)} and eats`,
        },
      ),
      putFirst: action(
        { p },
        {
          guard: (s, { p }) => s.philosopher.get(p) === 'eating',
          effect: (s, { p }) => ({
            philosopher: s.philosopher.set(p, 'leaving'),
            forks: s.forks.add(first(p)),
          }),
          says: ({ p }) => `philosopher ${p} puts fork ${first(p)} back`,
        },
      ),
      putSecond: action(
        { p },
        {
          guard: (s, { p }) => s.philosopher.get(p) === 'leaving',
          effect: (s, { p }) => ({
            philosopher: s.philosopher.set(p, 'thinking'),
            forks: s.forks.add(second(p)),
          }),
          says: ({ p }) => `philosopher ${p} puts fork ${second(p)} back and thinks`,
        },
      ),
    };
  },

  invariants: ({ N }) => ({
    neighboursNeverEatTogether: invariant(
      { p: numbers(1, N) },
      (s, { p }) => !(s.philosopher.get(p) === 'eating' && s.philosopher.get((p % N) + 1) === 'eating'),
      { says: (_, { p }) => `${p} and the neighbour on the right eat at the same time` },
    ),
  }),

  reachable: ({ N }) => ({ theLastOneEats: (s) => s.philosopher.get(N) === 'eating' }),
});
export default philosophers;

/** The last philosopher takes the right fork first, so that there's no ring of people waiting. */
export const leftHanded = variant(philosophers, 'one left-handed', {
  definitions: ({ N }, { first, second }) => ({
    first: (p: number) => (p === N ? second(p) : first(p)),
    second: (p: number) => (p === N ? first(p) : second(p)),
  }),
});
