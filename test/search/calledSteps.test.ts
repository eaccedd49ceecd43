import { language, type Spec } from 'everystate';
import type { Explore } from '../../checker/exploration';
import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf } from '../oracle/compare';

/**
 * The kernel judges the states that called actions lead to, by what the properties say of two truths; a cell that comes to
 * have more values than a byte has room for stands before them.
 */
const { action, spec } = language<{ readonly n: number; readonly odd: boolean; readonly late: boolean }>();
const counting = spec({
  name: 'counting',
  init: [0, 7].map((n) => ({ n, odd: n % 2 === 1, late: false })),
  actions: {
    count: action({
      guard: ({ n }) => n < 600,
      effect: ({ n, odd }) => ({ n: n + 1, odd: !odd, late: n > 400 }),
    }),
    skip: action({ guard: ({ n }) => n % 50 === 0 && n < 600, effect: ({ n }) => ({ n: n + 2 }) }),
  },
  invariants: { isBoolean: ({ odd }) => typeof odd === 'boolean', isEarly: ({ late }) => !late },
  actionProperties: { changes: (before, after) => before.odd !== after.odd || before.n % 50 === 0 },
  reachable: { isOdd: ({ odd }) => odd },
  constraint: ({ odd, late }) => odd || !late,
}) as Spec;

test.each([
  ['all of it', {}],
  ['a bound on states', { maxStates: 255 }],
  ['a bound on states that is reached at once', { maxStates: 1 }],
  ['whole states', { exact: true }],
])('states that called actions lead to are judged as in the plain search: %s', async (_name, options) => {
  const all = { keepGoing: true, deadlock: true, ...options };
  const plain = await outcomeOf(counting, searchByReference, all);
  for (const whole of [false, true]) {
    const calling: Explore = (evaluator, it) =>
      searchBreadthFirst(evaluator, { ...it, plainly: true, whole });
    expect(difference(plain, await outcomeOf(counting, calling, all))).toBeNull();
  }
});
