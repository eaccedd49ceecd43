/**
 * Lamport's bakery: whoever wants to enter draws a number higher than all the numbers there are; the lowest
 * number enters first, and of two equal numbers the lower process.
 *
 * The lock of "A new solution of Dijkstra's concurrent programming problem" (1974), where every look at
 * another process is a step of its own. Numbers grow without bound, so TICKETS says how far to look.
 */
import { Map, Record, type RecordOf } from 'immutable';
import { language, numbers, variant } from 'everystate';

interface ProcessFields {
  at: 'idle' | 'looking' | 'drawing' | 'drawn' | 'awaitingChoice' | 'awaitingTurn' | 'critical';
  /** True from before the first look until after the number is drawn. */
  choosing: boolean;
  /** 0: none. */
  ticket: number;
  /** The highest ticket seen while looking; 0 elsewhere. */
  highest: number;
  /** Whom the loops of looking and of awaiting have come to; 1 elsewhere. */
  other: number;
}
type Process = RecordOf<ProcessFields>;
const Process = Record<ProcessFields>(
  { at: 'idle', choosing: false, ticket: 0, highest: 0, other: 1 },
  'Process',
);

interface State {
  readonly process: Map<number, Process>;
}
const { action, invariant, spec } = language<State>();

/** Process p, which there always is. */
const of = (s: State, p: number): Process => s.process.get(p)!;

/** What changes when process p does. */
const become = (s: State, p: number, changes: Partial<ProcessFields>) => ({
  process: s.process.set(p, of(s, p).merge(changes)),
});

const bakery = spec({
  name: 'bakery',
  constants: { N: 2, TICKETS: 3 },

  init: ({ N }) => ({ process: Map(numbers(1, N).map((p) => [p, Process()])) }),

  actions: ({ N }) => {
    const p = numbers(1, N);
    return {
      want: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'idle',
          effect: (s, { p }) => become(s, p, { at: 'looking', choosing: true }),
          says: ({ p }) => `process ${p} wants to enter`,
        },
      ),
      look: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'looking',
          effect: (s, { p }) => {
            const { other, highest } = of(s, p);
            const seen = Math.max(highest, of(s, other).ticket);
            return become(
              s,
              p,
              other < N ? { other: other + 1, highest: seen } : { at: 'drawing', other: 1, highest: seen },
            );
          },
          says: ({ p }, before) => `process ${p} looks at the number of ${of(before, p).other}`,
        },
      ),
      draw: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'drawing',
          effect: (s, { p }) => become(s, p, { at: 'drawn', ticket: of(s, p).highest + 1, highest: 0 }),
          says: ({ p }, _before, after) => `process ${p} draws number ${of(after, p).ticket}`,
        },
      ),
      stopChoosing: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'drawn',
          effect: (s, { p }) => become(s, p, { at: 'awaitingChoice', choosing: false }),
          says: ({ p }) => `process ${p} lets it be known that it has a number`,
        },
      ),
      awaitChoice: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'awaitingChoice' && !of(s, of(s, p).other).choosing,
          effect: (s, { p }) => become(s, p, { at: 'awaitingTurn' }),
          says: ({ p }, before) => `process ${p} sees that ${of(before, p).other} isn't choosing`,
        },
      ),
      awaitTurn: action(
        { p },
        {
          guard: (s, { p }) => {
            const { at, other, ticket } = of(s, p);
            if (at !== 'awaitingTurn') return false;
            const theirs = of(s, other).ticket;
            return theirs === 0 || ticket < theirs || (ticket === theirs && p <= other);
          },
          effect: (s, { p }) => {
            const { other } = of(s, p);
            return become(
              s,
              p,
              other < N ? { at: 'awaitingChoice', other: other + 1 } : { at: 'critical', other: 1 },
            );
          },
          says: ({ p }, before, after) =>
            `process ${p} goes before ${of(before, p).other}${of(after, p).at === 'critical' ? ' and enters' : ''}`,
        },
      ),
      leave: action(
        { p },
        {
          guard: (s, { p }) => of(s, p).at === 'critical',
          effect: (s, { p }) => become(s, p, { at: 'idle', ticket: 0 }),
          says: ({ p }) => `process ${p} leaves`,
        },
      ),
    };
  },

  invariants: ({ N }) => ({
    mutualExclusion: invariant(
      { p: numbers(1, N), other: numbers(1, N) },
      (s, { p, other }) => p >= other || of(s, p).at !== 'critical' || of(s, other).at !== 'critical',
      { says: (_, { p, other }) => `${p} and ${other} are both inside` },
    ),
  }),

  reachable: ({ N }) => ({
    twoDrawTheSame: (s) => numbers(1, N).every((p) => of(s, p).ticket === 1),
  }),

  constraint: (s, { TICKETS }) => s.process.every((p) => p.ticket <= TICKETS),
});
export default bakery;

/** Waits for no one who is still choosing: the reason why the algorithm has `choosing` at all. */
export const hasty = variant(bakery, 'hasty', {
  actions: (_constants, _definitions, base) => ({
    awaitChoice: {
      ...base.awaitChoice,
      guard: (s: State, { p }: { p: number }) => of(s, p).at === 'awaitingChoice',
    },
  }),
});
