import { List, Map, Record, Set } from 'immutable';
import { check, ids, language, numbers, variant, type Changes } from 'everystate';

type RM = `rm${number}`;
interface State {
  readonly rm: Map<RM, 'working' | 'prepared' | 'aborted'>;
  readonly tm: 'init' | 'committed';
  readonly n: number;
  readonly seen: Set<number>;
}
const { action, invariant, actionProperty, spec } = language<State>();

const step = action({ effect: (s) => ({ n: s.n + 1 }) });

export const good = spec({
  name: 'good',
  constants: { RMS: 3, LOSSY: false },
  environments: { lossy: { LOSSY: true } },
  definitions: ({ RMS }) => ({ next: (n: number) => (n + 1) % RMS }),
  init: ({ RMS }) => ({
    rm: Map(ids('rm', RMS).map((r) => [r, 'working' as const])),
    tm: 'init',
    n: 0,
    seen: Set(),
  }),
  actions: ({ RMS }, { next }) => ({
    prepare: action(
      { rm: ids('rm', RMS) },
      {
        guard: (s, { rm }) => s.rm.get(rm) === 'working',
        effect: (s, { rm }) => ({ rm: s.rm.set(rm, 'prepared'), tm: 'committed' }),
        says: ({ rm }) => `${rm.toUpperCase()} prepares`,
      },
    ),
    pick: action(
      { m: (s) => s.seen, how: ['up', 'down'] },
      {
        effect: (s, { m, how }) => ({
          n: how === 'up' ? m + 1 : m - 1,
          tm: how === 'up' ? 'init' : 'committed',
        }),
      },
    ),
    branch: action({ effect: (s) => (s.n > 1 ? { n: next(s.n) } : { tm: 'init' }) }),
    choose: action({ effect: (s) => [{ n: s.n + 1 }, { tm: 'init' }] }),
    generate: action({
      *effect(s) {
        yield { n: s.n };
        yield { tm: 'init' };
      },
    }),
    step,
  }),
  invariants: {
    small: (s) => s.n < 3,
    each: invariant({ k: numbers(0, 2) }, (s, { k }) => !s.seen.has(k), {
      says: (s, { k }) => `${k} in ${s.seen}`,
    }),
  },
  actionProperties: {
    up: (before, after) => before.n <= after.n,
    up2: actionProperty((a, b) => a.n <= b.n),
    each: actionProperty({ k: numbers(0, 2) }, (a, b, { k }) => a.n + k <= b.n + k, {
      says: (a, b, { k }) => `${k}: ${a.n} ${b.n}`,
    }),
    ofState: actionProperty({ k: (s) => s.seen }, (_a, b, { k }) => b.seen.has(k)),
  },
  reachable: { committed: (s) => s.tm === 'committed' },
  constraint: (s, { RMS }, { next }) => next(s.n) <= RMS,
  final: (s) => s.tm === 'committed',
});

export const fixed = variant(good, 'fixed', {
  definitions: () => ({ next: (n: number) => n }),
  actions: (_c, _d, base) => ({ step: { ...base.step, guard: () => false } }),
});

export const plainParts = spec({
  name: 'no constants',
  init: { rm: Map(), tm: 'init', n: 0, seen: Set() },
  actions: { step },
});

// A misspelt variable.
// @ts-expect-error
action({ effect: (s) => ({ n: 1, nn: s.n }) });
// @ts-expect-error
action({ effect: (s) => ({ nn: s.n }) });
// @ts-expect-error
action({ effect: (s) => [{ n: s.n }, { tmm: 'init' }] });
// @ts-expect-error
action({ guard: (s) => s.nn > 1, effect: () => ({ n: 1 }) });
// In a change that a generator yields as well, be it the only one, one among others, or one branch.
action({
  // @ts-expect-error
  effect: function* () {
    yield { n: 1 };
    yield { m: 2 };
  },
});
action({
  // @ts-expect-error
  effect: function* () {
    yield { m: 2 };
  },
});
action({
  // @ts-expect-error
  effect: function* (s) {
    for (const k of s.seen) yield { n: k, nn: k };
  },
});
action(
  { k: [1, 2] },
  {
    // @ts-expect-error
    effect: function* (s, { k }) {
      if (s.n > k) yield { n: 2, nn: 2 };
      yield { n: k };
    },
  },
);
action({
  // @ts-expect-error
  effect: function* () {
    yield* [{ n: 1 }, { nn: 1 }];
  },
});
action({
  // @ts-expect-error
  effect: function* () {
    yield { tm: 'inti' };
  },
});
// @ts-expect-error
action({ effect: (s) => (s.n > 1 ? { n: 1 } : { nn: 2 }) });
// @ts-expect-error
action({ effect: (s) => s.seen.map((k) => ({ n: k, nn: 1 })) });
// What generators may do.
function* shared(s: State): Generator<Changes<State>, void, undefined> {
  yield { n: s.n };
}
action({ effect: shared });
action({
  *effect(s) {
    yield* shared(s);
    yield { seen: Set() };
    yield s.n > 1 ? { n: 0 } : {};
    if (s.n > 3) return;
    const change: Changes<State> = { n: 1 };
    yield { ...change, tm: 'committed' };
  },
});
action({ *effect() {} });
// An observed event is made of branches, as a change is.
action({
  effect: (s) => (s.n > 1 ? { n: 0 } : {}),
  observed: (b) => (b.n > 1 ? { event: 'error', code: 400 } : { event: 'ok' }),
});
action({ effect: () => ({}), observed: (b) => (b.n > 1 ? { event: 'error' } : undefined) });
// @ts-expect-error
action({ effect: () => ({}), observed: (b) => (b.n > 1 ? { event: [1] } : { event: 'ok' }) });
// @ts-expect-error
action({ effect: () => ({}), observed: () => 'text' });
// A wrong value.
// @ts-expect-error
action({ effect: () => ({ tm: 'inti' }) });
// @ts-expect-error
action({ effect: (s) => ({ tm: 'init', rm: s.rm.set('rm1', 'prepard') }) });
const yieldsText = function* () {
  yield { n: 'one' };
};
// @ts-expect-error
action({ effect: yieldsText });
// @ts-expect-error
action({ effect: () => ({ n: undefined }) });
// A wrong parameter.
// @ts-expect-error
actionProperty({ k: ['a', 'b'] }, (_a, _b, { j }) => j === 'a');
// @ts-expect-error
actionProperty({ k: ['a', 'b'] }, (_a, _b, { k }) => k === 'c');
// @ts-expect-error
action({ rm: ids('rm', 3) }, { effect: (s, { rn }) => ({ n: 1 }) });
// @ts-expect-error
action({ how: ['up', 'down'] }, { effect: (s, { how }) => ({ n: how === 'left' ? 1 : 2 }) });
// @ts-expect-error
action({ word: 'abc' }, { effect: () => ({ n: 2 }) });
// @ts-expect-error
action({ effect: (s, { rm }) => ({ n: rm }) });
// A state that can be none.
// @ts-expect-error
language<{ readonly at: Date }>();
// @ts-expect-error
language<{ readonly list: number[] }>();
// @ts-expect-error
language<{ readonly f: () => void }>();
// @ts-expect-error
language<{ readonly maybe: number | undefined }>();
language<{ readonly ok: List<number>; readonly r: Record<{ a: number }> }>();
// Wrong names.
spec({
  name: 'x',
  constants: { N: 1 },
  // @ts-expect-error
  environments: { big: { M: 2 } },
  init: { rm: Map(), tm: 'init', n: 0, seen: Set() },
  actions: { step },
});
spec({
  name: 'x',
  constants: { N: 1 },
  init: { rm: Map(), tm: 'init', n: 0, seen: Set() },
  // @ts-expect-error
  actions: ({ M }) => ({ step }),
});
spec({
  name: 'x',
  // @ts-expect-error
  init: { rm: Map(), tm: 'init', n: 0 },
  actions: { step },
});
// @ts-expect-error
variant(good, 'x', { actions: { stepp: step } });
// @ts-expect-error
variant(good, 'x', { actions: () => ({ stepp: step }) });
// @ts-expect-error
variant(good, 'x', { definitions: () => ({ nxt: (n: number) => n }) });
// @ts-expect-error
variant(good, 'x', { withoutActions: ['stepp'] });
// @ts-expect-error
variant(good, 'x', { constants: { RMS: 'three' } });

// What a variant replaces and adds beside actions and invariants.
export const wider = variant(good, 'wider', {
  environments: { huge: { RMS: 30 } },
  actionProperties: { up: (before: State, after: State) => before.n < after.n },
  newActionProperties: ({ RMS }) => ({ stays: (_before, after) => after.n < RMS }),
  reachable: { committed: (s: State) => s.n > 1 },
  newReachable: { prepared: (s) => s.tm === 'init' },
});
void check(wider, { environment: 'huge', properties: ['stays', 'prepared', 'small', 'deadlock'] });
// @ts-expect-error
void check(wider, { properties: ['stay'] });
// @ts-expect-error
variant(good, 'x', { environments: { huge: { RSM: 30 } } });
// @ts-expect-error
variant(good, 'x', { actionProperties: { upp: () => true } });
// @ts-expect-error
variant(good, 'x', { newReachable: { prepared: (s) => s.tmm === 'init' } });
// @ts-expect-error
variant(good, 'x', { newActionProperty: { stays: () => true } });

// Definitions of a variant are typed by what they replace.
variant(good, 'inline', { definitions: (_, was) => ({ next: (n) => was.next(n.valueOf()) }) });
