/**
 * Peterson's lock for two processes: raise your flag, give way, enter when the other has no flag up or has
 * given way after you.
 *
 * With the program points of the TLA+ module Peterson, a0 … a4 there, so that the counts can be compared.
 */
import { Map, Set } from 'immutable';
import { language, variant } from 'everystate';

const P = [1, 2] as const;
type P = (typeof P)[number];
const other = (p: P): P => (p === 1 ? 2 : 1);

interface State {
  readonly at: Map<P, 'idle' | 'raise' | 'giveWay' | 'wait' | 'critical' | 'leave'>;
  /** Who has a flag up. */
  readonly flags: Set<P>;
  /** Whose turn it is if both want to enter. */
  readonly turn: P;
}
const { action, invariant, spec } = language<State>();

const peterson = spec({
  name: 'peterson',

  init: { at: Map(P.map((p) => [p, 'idle'])), flags: Set(), turn: 1 },

  actions: {
    want: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'idle',
        effect: (s, { p }) => ({ at: s.at.set(p, 'raise') }),
        says: ({ p }) => `process ${p} wants to enter`,
      },
    ),
    raise: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'raise',
        effect: (s, { p }) => ({ at: s.at.set(p, 'giveWay'), flags: s.flags.add(p) }),
        says: ({ p }) => `process ${p} raises its flag`,
      },
    ),
    giveWay: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'giveWay',
        effect: (s, { p }) => ({ at: s.at.set(p, 'wait'), turn: other(p) }),
        says: ({ p }) => `process ${p} gives way to ${other(p)}`,
      },
    ),
    enter: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'wait' && (!s.flags.has(other(p)) || s.turn === p),
        effect: (s, { p }) => ({ at: s.at.set(p, 'critical') }),
        says: ({ p }) => `process ${p} enters`,
      },
    ),
    finish: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'critical',
        effect: (s, { p }) => ({ at: s.at.set(p, 'leave') }),
        says: ({ p }) => `process ${p} is done`,
      },
    ),
    leave: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'leave',
        effect: (s, { p }) => ({ at: s.at.set(p, 'idle'), flags: s.flags.delete(p) }),
        says: ({ p }) => `process ${p} lowers its flag`,
      },
    ),
  },

  invariants: {
    mutualExclusion: (s) => !P.every((p) => s.at.get(p) === 'critical' || s.at.get(p) === 'leave'),
    flagsUpInside: invariant({ p: P }, (s, { p }) => s.at.get(p) !== 'critical' || s.flags.has(p)),
  },

  reachable: { bothWait: (s) => P.every((p) => s.at.get(p) === 'wait') },
});
export default peterson;

/** Gives way before it raises the flag: the order of two lines, and the lock is none. */
export const swapped = variant(peterson, 'give way first', {
  actions: {
    raise: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'raise',
        effect: (s, { p }) => ({ at: s.at.set(p, 'giveWay'), turn: other(p) }),
        says: ({ p }) => `process ${p} gives way to ${other(p)}`,
      },
    ),
    giveWay: action(
      { p: P },
      {
        guard: (s, { p }) => s.at.get(p) === 'giveWay',
        effect: (s, { p }) => ({ at: s.at.set(p, 'wait'), flags: s.flags.add(p) }),
        says: ({ p }) => `process ${p} raises its flag`,
      },
    ),
  },
});
