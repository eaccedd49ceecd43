import * as fc from 'fast-check';
import { language, type Spec } from 'everystate';
import { check } from '../../checker/check';
import type { Exploration, ExploreOptions } from '../../checker/exploration';
import { searchBreadthFirst } from '../../checker/search/search';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { compileSpec, RandomSpecs } from '../oracle/randomSpec';
import { specSource } from '../oracle/source';
import { lengthOf } from '../../checker/trace/run';

/** A search by so many threads, which help each other from the first state on. */
const by = (workers: number, spec: Spec, options: Partial<ExploreOptions>): Promise<Exploration> =>
  searchBreadthFirst(new Evaluator(bind(spec)), {
    deadlock: true,
    keepGoing: false,
    now: () => performance.now(),
    togetherFrom: 1,
    workers,
    ...options,
  });

/** What is the same for any number of threads: all but which of several shortest runs are shown, and which action is first. */
function told({ end, findings, reached, statistics, fault }: Exploration): object {
  const { initial, distinct, generated, outside, depth, frontier, actions } = statistics;
  return {
    ...{ end, initial, distinct, generated, outside, depth, frontier },
    steps: actions.map((count) => count.generated),
    findings: Object.fromEntries(findings.map(({ property, run }) => [property, lengthOf(run)])),
    reached: Object.fromEntries([...reached].map(([property, run]) => [property, lengthOf(run)])),
    // As text: each search has a spec of its own, and that its own factories of Records.
    fault: fault && {
      place: JSON.stringify(fault.details.place),
      what: fault.details.what,
      length: fault.run ? lengthOf(fault.run) : 0,
    },
  };
}

type Grid = { readonly [name in 'a' | 'b' | 'c']: number };
const { action, spec } = language<Grid>();
const grid = (more: object, guard = (_: Grid): boolean => true): Spec =>
  spec({
    name: 'grid',
    init: { a: 0, b: 0, c: 0 },
    actions: {
      up: action(
        { k: ['a', 'b', 'c'] as const },
        {
          guard: (s, { k }) => s[k] < 15 && guard(s),
          effect: (s, { k }) => ({ [k]: s[k] + 1 }) as Partial<Grid>,
        },
      ),
    },
    ...more,
  }) as Spec;
const falls = { invariants: { corner: (s: Grid) => !(s.a === 15 && s.b === 3 && s.c === 0) } };

test.each([1, 50, 1500, 1700, 1900, 2100, 4000])(
  'a bound of %d states is reached the same way by any number of threads',
  async (maxStates) => {
    const [one, ...others] = await Promise.all([1, 2, 3, 2].map((n) => by(n, grid(falls), { maxStates })));
    for (const other of others) expect(told(other)).toEqual(told(one as Exploration));
  },
);

test('whether a fall is found before the bound is does not hang on who finds it', async () => {
  const ends = new Set<string>();
  for (let maxStates = 1_060; maxStates < 1_180; maxStates += 20) {
    const results = [];
    for (const workers of [1, 2, 3]) results.push(await by(workers, grid(falls), { maxStates }));
    const [one, ...others] = results.map(told);
    for (const other of others) expect(other).toEqual(one);
    ends.add(JSON.stringify((one as { findings: object }).findings));
  }
  expect(ends.size).toBe(2);
}, 60_000);

test.each<[string, Spec, Partial<ExploreOptions>]>([
  ['the first violation', grid(falls), {}],
  ['each violation', grid(falls), { keepGoing: true }],
  ['a bound on depth', grid(falls), { maxDepth: 12 }],
  [
    'a guard that throws',
    grid({}, (s) => {
      if (s.a === 7 && s.b === 2) throw new Error('no');
      return true;
    }),
    {},
  ],
  [
    'an invariant that throws where another falls',
    grid({
      invariants: {
        ...{ low: (s: Grid) => s.a + s.b < 20 },
        throws: (s: Grid) => {
          if (s.c === 13 && s.a === 7) throw new Error('no');
          return true;
        },
      },
    }),
    {},
  ],
])('%s is found the same way by any number of threads', async (_name, given, options) => {
  const results = [];
  for (const workers of [1, 2, 3]) results.push(told(await by(workers, given, options)));
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('what several threads found is not lost where the time is over before one has found it again', async () => {
  // One bound on states is reached; time runs from then on, while one thread makes the search again.
  let searches = 0;
  let most = 0;
  let now = 0;
  const late = await by(2, grid({ invariants: { low: (s: Grid) => s.a + s.b + s.c < 16 } }), {
    ...{ keepGoing: true, maxStates: 2_000, maxSeconds: 1e6 },
    now: () => (now += searches === 0 ? 60 : 1e9),
    onProgress: ({ distinct }) => {
      if (distinct < most) searches++;
      most = Math.max(most, distinct);
    },
  });
  expect(searches).toBeGreaterThan(0);
  expect(late).toMatchObject({
    end: 'states',
    findings: [{ property: 'low' }],
    statistics: { distinct: 2_000 },
  });
});

test('a function that is not pure, and was found out by several threads, does not get away with it', async () => {
  let thrown = 0; // in a tracked run, and when it is called to see
  const once = grid({
    invariants: {
      once: (s: Grid) => {
        if (s.a < 9 || thrown === 2) return true;
        thrown++;
        throw new Error('only once');
      },
    },
  });
  expect(await by(2, once, { deadlock: false })).toMatchObject({
    end: 'fault',
    fault: { details: { what: 'it threw Error: only once' } },
  });
});

const SPECS = 100;
const LIMITS = fc.record(
  {
    maxStates: fc.integer({ min: 1, max: 60 }),
    maxDepth: fc.integer({ min: 1, max: 8 }),
  },
  { requiredKeys: [] },
);

test(`${SPECS} random specs: two and three threads tell what one does, under each limit`, async () => {
  await fc.assert(
    fc.asyncProperty(new RandomSpecs(), LIMITS, fc.boolean(), async (description, limits, keepGoing) => {
      const source = specSource(description);
      const { deadlock } = description.options;
      const options: Partial<ExploreOptions> = { deadlock, maxStates: 400, ...limits, keepGoing };
      const results = [];
      for (const workers of [1, 2, 3])
        results.push(told(await by(workers, compileSpec(source), options).catch(faultOf)));
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    }),
    { numRuns: SPECS, seed: 20261128 },
  );
}, 600_000);

/** A spec whose first state is at fault has no search. */
function faultOf(error: unknown): Exploration {
  const { details } = error as { details: NonNullable<Exploration['fault']>['details'] };
  const none = { initial: 0, distinct: 0, generated: 0, outside: 0, depth: 0, frontier: 0, seconds: 0 };
  return {
    ...{ end: 'fault', findings: [], reached: new Map(), statistics: { ...none, actions: [] } },
    fault: { details },
  };
}

test('check says the same with two workers as with one, each time', async () => {
  const options = { maxStates: 3000, deadlock: false } as const;
  const counts = async (workers: number) => {
    const { verdict, statistics } = await check(grid(falls), { ...options, workers });
    return [verdict, statistics.distinct, statistics.generated];
  };
  const one = await counts(1);
  for (let k = 0; k < 3; k++) expect(await counts(2)).toEqual(one);
});
