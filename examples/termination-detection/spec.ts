/**
 * Termination detection on a ring: node 0 sends a token round to learn whether everyone is done.
 *
 * Dijkstra, Feijen and van Gasteren, "Derivation of a termination detection algorithm for distributed
 * computations" (EWD 840), after Merz's TLA+ module EWD840. A node that wakes one the token has already left
 * paints itself black, and stains the token when it comes by; a black token means another round.
 */
import { Set } from 'immutable';
import { language, numbers, variant } from 'everystate';

interface State {
  readonly active: Set<number>;
  readonly black: Set<number>;
  /** Where the token is. It goes from node 0 to N - 1 and down to 0 again. */
  readonly token: number;
  readonly tokenBlack: boolean;
}
const { action, actionProperty, invariant, spec } = language<State>();

const subsets = (all: readonly number[]): readonly Set<number>[] =>
  all.reduce<readonly Set<number>[]>((some, one) => some.flatMap((s) => [s, s.add(one)]), [Set()]);

const detection = spec({
  name: 'termination detection',
  constants: { N: 3 },

  // It must work from wherever the nodes and the token are when node 0 gets curious.
  *init({ N }) {
    for (const active of subsets(numbers(0, N - 1)))
      for (const black of subsets(numbers(0, N - 1)))
        for (const token of numbers(0, N - 1)) yield { active, black, token, tokenBlack: true };
  },

  actions: ({ N }) => {
    const node = numbers(0, N - 1);
    return {
      initiateProbe: action({
        guard: (s) => s.token === 0 && (s.tokenBlack || s.black.has(0)),
        effect: (s) => ({ token: N - 1, tokenBlack: false, black: s.black.delete(0) }),
        says: 'node 0 sends a white token round',
      }),
      passToken: action(
        { node: numbers(1, N - 1) },
        {
          guard: (s, { node }) =>
            s.token === node && (!s.active.has(node) || s.black.has(node) || s.tokenBlack),
          effect: (s, { node }) => ({
            token: node - 1,
            tokenBlack: s.tokenBlack || s.black.has(node),
            black: s.black.delete(node),
          }),
          says: ({ node }, _before, after) =>
            `node ${node} passes on the token, ${after.tokenBlack ? 'black' : 'white'}`,
        },
      ),
      wake: action(
        { node, other: node },
        {
          guard: (s, { node, other }) => node !== other && s.active.has(node),
          effect: (s, { node, other }) => ({
            active: s.active.add(other),
            black: other > node ? s.black.add(node) : s.black,
          }),
          says: ({ node, other }) => `node ${node} gives node ${other} something to do`,
        },
      ),
      finish: action(
        { node },
        {
          guard: (s, { node }) => s.active.has(node),
          effect: (s, { node }) => ({ active: s.active.delete(node) }),
          says: ({ node }) => `node ${node} is done`,
        },
      ),
    };
  },

  invariants: ({ N }) => ({
    detectedMeansTerminated: invariant(
      (s) => !detected(s) || numbers(0, N - 1).every((node) => !s.active.has(node)),
      { says: (s) => `node 0 concludes that all are done, and ${s.active.join(', ')} are active` },
    ),
    // Dijkstra's: why the token can be believed.
    theTokenIsRight: (s) =>
      s.tokenBlack ||
      numbers(0, s.token).some((node) => s.black.has(node)) ||
      numbers(s.token + 1, N - 1).every((node) => !s.active.has(node)),
  }),

  // What makes detection final: nobody is woken by nobody.
  actionProperties: {
    detectionIsStable: actionProperty((before, after) => !detected(before) || detected(after)),
  },

  reachable: { detected },

  final: detected,
});
export default detection;

function detected(s: State): boolean {
  return s.token === 0 && !s.tokenBlack && !s.black.has(0) && !s.active.has(0);
}

/** Without the paint: a node that was woken behind the token's back goes unnoticed. */
export const unpainted = variant(detection, 'no paint', {
  actions: (_constants, _definitions, base) => ({
    wake: {
      ...base.wake,
      effect: (s: State, { other }: { other: number }) => ({ active: s.active.add(other) }),
    },
  }),
});
