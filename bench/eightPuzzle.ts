/**
 * A system that learning can't help with: the eight puzzle. What a move does depends on where the gap is and on the
 * tile beside it, so that nearly every board is asked about for the first time. It is here to see what that costs.
 */
import { List } from 'immutable';
import { language } from 'everystate';

const SIDE = 3;
const GAP = 0;

interface Puzzle {
  /** The tiles, row after row. */
  readonly board: List<number>;
}

/** Half of all 9! orders of the tiles can be reached (W. W. Johnson and W. E. Story, Am. J. Math. 2, 1879). */
export const REACHABLE = 181_440;

const { action, invariant, spec } = language<Puzzle>();

export default spec({
  name: 'eight puzzle',
  init: { board: List([1, 2, 3, 4, 5, 6, 7, 8, GAP]) },
  actions: {
    slide: action(
      { from: ['left', 'right', 'above', 'below'] as const },
      {
        guard: ({ board }, { from }) => neighbor(board.indexOf(GAP), from) !== null,
        effect: ({ board }, { from }) => {
          const gap = board.indexOf(GAP);
          const tile = neighbor(gap, from) as number;
          return { board: board.set(gap, board.get(tile) as number).set(tile, GAP) };
        },
      },
    ),
  },
  invariants: {
    noTileIsLost: invariant(({ board }) => board.toSet().size === SIDE * SIDE),
  },
});

/** The place beside another, or null at the edge. */
function neighbor(place: number, where: 'left' | 'right' | 'above' | 'below'): number | null {
  const column = place % SIDE;
  switch (where) {
    case 'left':
      return column > 0 ? place - 1 : null;
    case 'right':
      return column < SIDE - 1 ? place + 1 : null;
    case 'above':
      return place >= SIDE ? place - SIDE : null;
    case 'below':
      return place < SIDE * (SIDE - 1) ? place + SIDE : null;
  }
}
