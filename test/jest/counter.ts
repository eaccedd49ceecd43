import { language, variant } from 'everystate';

interface State {
  readonly n: number;
}
const { action, spec } = language<State>();

/** Counts to N and rests there; keeps every promise. */
export const counter = spec({
  name: 'counter',
  constants: { N: 3 },
  environments: { large: { N: 6 } },
  init: { n: 0 },
  actions: ({ N }) => ({ up: action({ guard: (s) => s.n < N, effect: (s) => ({ n: s.n + 1 }) }) }),
  invariants: ({ N }) => ({ small: (s) => s.n <= N }),
  actionProperties: { rises: (before, after) => after.n > before.n },
  reachable: ({ N }) => ({ top: (s) => s.n === N }),
  final: (s) => s.n >= 3,
});

/** Takes a step too many. */
export const overshoots = variant(counter, 'overshoots', {
  actions: ({ N }) => ({ up: action({ guard: (s) => s.n <= N, effect: (s) => ({ n: s.n + 1 }) }) }),
});

/** Never gets there. */
export const stuck = variant(counter, 'stuck', {
  actions: () => ({ up: action({ guard: (s) => s.n < 1, effect: (s) => ({ n: s.n + 1 }) }) }),
});

/** Throws on the way. */
export const throwing = variant(counter, 'throwing', {
  actions: () => ({
    up: action({
      effect: (s) => {
        if (s.n === 2) throw new Error('no further');
        return { n: s.n + 1 };
      },
    }),
  }),
});
