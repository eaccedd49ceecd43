import { check, language, replay, type CheckOptions } from 'everystate';
import { reportJson, reportText } from '../../checker/report/index';

interface State {
  readonly x: number;
  readonly y: number;
}
const { action, invariant, spec } = language<State>();
const fails = (): never => {
  throw new Error('not written yet');
};
const INIT: State = { x: 0, y: 0 };
const good = action({ guard: (s) => s.x === 1, effect: () => ({ x: 2 }) });
const first = action({ guard: (s) => s.x === 0, effect: () => ({ x: 1 }) });

const WAYS: readonly [string, Omit<CheckOptions, 'properties' | 'constants'>][] = [
  ['', {}],
  ['going on', { keepGoing: true }],
  ['with two workers', { workers: 2 }],
  ['comparing whole states', { exact: true }],
  ['all at once', { exact: true, keepGoing: true, deadlock: false }],
];

/** Specs in which `small` falls at x = 2, and something else is at fault where that is found. */
const SPECS = {
  'an effect after it': { first, good, bad: action({ guard: (s) => s.x === 1, effect: fails }) },
  'an effect before it': { first, bad: action({ guard: (s) => s.x === 1, effect: fails }), good },
  'a guard': {
    first,
    good,
    bad: action({ guard: (s) => (s.x === 1 ? fails() : false), effect: () => ({}) }),
  },
  'a range': {
    first,
    good,
    bad: action({ p: (s: State) => (s.x === 1 ? fails() : [1]) }, { guard: () => false, effect: () => ({}) }),
  },
  'one of several parameters': {
    first,
    good,
    bad: action(
      { p: [1, 2, 3] },
      { guard: (s, { p }) => s.x === 1 && p !== 1, effect: (_s, { p }) => (p === 2 ? fails() : { y: p }) },
    ),
  },
  'a value that is none': {
    first,
    good,
    bad: action({ guard: (s) => s.x === 1, effect: () => ({ y: NaN }) }),
  },
};

describe.each(Object.entries(SPECS))('a violation is told beside %s that is at fault', (_name, actions) => {
  const tested = spec({
    name: 'beside',
    init: INIT,
    actions: actions as { first: typeof first },
    invariants: { small: (s) => s.x < 2 },
    final: () => true,
  });

  test.each(WAYS)('%s', async (_way, options) => {
    const result = await check(tested, options);
    expect(result).toMatchObject({
      verdict: 'broken',
      place: { name: 'bad' },
      violations: [{ property: 'small', trace: { length: 3 } }],
    });
    const labels = ['first', 'good'];
    expect(result.verdict === 'broken' && result.violations[0]?.trace?.steps.map((s) => s.label)).toEqual(
      labels,
    );
    expect(reportText(result)).toMatch(/violated {4}invariant small, after 2 steps[^]*broken {6}/);
    expect(reportJson(result)).toMatchObject({
      verdict: 'broken',
      place: { name: 'bad' },
      violations: [{ property: 'small' }],
    });
    expect(replay(tested, labels)).toMatchObject({
      verdict: 'replayed',
      violations: [{ property: 'small' }],
    });
  });
});

describe.each(WAYS)('%s', (_way, options) => {
  test('a violation is told beside a property that is at fault in the same state', async () => {
    const tested = spec({
      name: 'properties',
      init: INIT,
      actions: { first, good },
      invariants: { throws: (s) => (s.x === 2 ? fails() : true), small: (s) => s.x < 2 },
      actionProperties: { grows: (before, after) => after.x - before.x === 1 && after.x < 2 },
      final: () => true,
    });
    const result = await check(tested, options);
    expect(result).toMatchObject({ verdict: 'broken', place: { part: 'invariant', name: 'throws' } });
    const fallen = result.verdict === 'broken' ? result.violations.map(({ property }) => property) : [];
    expect([...fallen].sort()).toEqual(['grows', 'small']);
  });

  test('a violation is told beside one in a sibling state', async () => {
    const tested = spec({
      name: 'siblings',
      init: INIT,
      actions: {
        one: action({ effect: () => ({ x: 1 }) }),
        two: action({ effect: () => ({ x: 2 }) }),
      },
      invariants: {
        throws: invariant({ p: [1, 2] }, (s) => (s.x === 1 ? fails() : true)),
        small: (s) => s.x < 2,
      },
      final: () => true,
    });
    expect(await check(tested, options)).toMatchObject({
      verdict: 'broken',
      violations: [{ property: 'small', trace: { length: 2 } }],
    });
  });

  test('what fell before is told where a search goes on to a fault', async () => {
    const tested = spec({
      name: 'before',
      init: INIT,
      actions: { first, good, bad: action({ guard: (s) => s.x === 2, effect: fails }) },
      invariants: { notOne: (s) => s.x !== 1, never: () => true },
      final: () => true,
    });
    const verdict = options.keepGoing ? 'broken' : 'violated';
    expect(await check(tested, options)).toMatchObject({ verdict, violations: [{ property: 'notOne' }] });
  });

  test('nothing is told of steps out of a state outside the constraint: no run takes them', async () => {
    const tested = spec({
      name: 'outside',
      init: INIT,
      actions: { first, good, more: action({ guard: (s) => s.x === 2, effect: () => ({ x: 3 }) }) },
      constraint: (s) => s.x < 2,
      invariants: { throws: (s) => (s.x === 2 ? fails() : true), small: (s) => s.x < 3 },
      final: () => true,
    });
    expect(await check(tested, options)).toMatchObject({
      verdict: 'broken',
      place: { part: 'invariant', name: 'throws' },
      violations: [],
    });
  });

  test('no violation is told where there is none', async () => {
    const tested = spec({
      name: 'none',
      init: INIT,
      actions: { first, bad: action({ guard: (s) => s.x === 1, effect: fails }) },
      invariants: { small: (s) => s.x < 2 },
    });
    expect(await check(tested, options)).toMatchObject({ verdict: 'broken', violations: [] });
  });
});
