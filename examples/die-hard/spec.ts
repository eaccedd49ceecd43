/**
 * The jugs of "Die Hard 3": four gallons, exactly, from a jug of five, a jug of three and a tap.
 *
 * After Lamport's TLA+ module DieHard. A model checker solves the riddle when it is told that there is no
 * solution: the counterexample to `notFour` is the way.
 */
import { language, variant } from 'everystate';

interface State {
  readonly big: number;
  readonly small: number;
}
const { action, spec } = language<State>();

const jugs = spec({
  name: 'die hard',
  constants: { BIG: 5, SMALL: 3, GOAL: 4 },

  init: { big: 0, small: 0 },

  actions: ({ BIG, SMALL }) => ({
    fillBig: action({ effect: () => ({ big: BIG }), says: 'fill the big jug' }),
    fillSmall: action({ effect: () => ({ small: SMALL }), says: 'fill the small jug' }),
    emptyBig: action({ effect: () => ({ big: 0 }), says: 'empty the big jug' }),
    emptySmall: action({ effect: () => ({ small: 0 }), says: 'empty the small jug' }),
    smallToBig: action({
      effect: (s) => {
        const poured = Math.min(s.small, BIG - s.big);
        return { big: s.big + poured, small: s.small - poured };
      },
      says: 'pour the small jug into the big one',
    }),
    bigToSmall: action({
      effect: (s) => {
        const poured = Math.min(s.big, SMALL - s.small);
        return { big: s.big - poured, small: s.small + poured };
      },
      says: 'pour the big jug into the small one',
    }),
  }),

  invariants: ({ BIG, SMALL }) => ({
    neverOverflows: (s) => s.big >= 0 && s.big <= BIG && s.small >= 0 && s.small <= SMALL,
  }),

  reachable: ({ GOAL }) => ({ goal: (s) => s.big === GOAL }),
});
export default jugs;

/** Claims that the riddle has no solution. */
export const unsolvable = variant(jugs, 'unsolvable', {
  newInvariants: ({ GOAL }) => ({ notFour: (s: State) => s.big !== GOAL }),
});
