import { language, check, replay, stateGraph, type Spec } from 'everystate';
import type { Explore, ExploreOptions, Progress } from '../../checker/exploration';
import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { lengthOf } from '../../checker/trace/run';

const { action, spec } = language<{ readonly n: number; readonly steps: number }>();
const from = (init: () => Iterable<{ readonly n: number }>, more: object = {}): Spec =>
  spec({
    name: 'from',
    init: () => {
      const states = init();
      return (function* () {
        for (const { n } of states) yield { n, steps: 0 };
      })();
    },
    actions: { step: action({ guard: (s) => s.steps < 1, effect: (s) => ({ steps: s.steps + 1 }) }) },
    ...more,
  }) as Spec;

function* numbers(end: number, of = (k: number) => k): Generator<{ n: number }> {
  for (let k = 0; k < end; k++) yield { n: of(k) };
}

/** Milliseconds that pass at each look at the clock. */
function clock(each: number): () => number {
  let now = 0;
  return () => (now += each);
}

const explored = (explore: Explore, given: Spec, options: Partial<ExploreOptions>) =>
  explore(new Evaluator(bind(given)), { deadlock: false, keepGoing: false, now: clock(0), ...options });

describe.each([
  ['learned', searchBreadthFirst],
  ['plain', searchByReference],
])('the %s search', (_name, explore) => {
  test('takes no more initial states than the bound on states lets it', async () => {
    const { end, statistics } = await explored(
      explore,
      from(() => numbers(Infinity)),
      { maxStates: 100 },
    );
    expect(end).toBe('states');
    expect(statistics).toMatchObject({
      initial: 101,
      distinct: 100,
      generated: 101,
      depth: 1,
      frontier: 100,
    });
  });

  test('looks at the clock between initial states', async () => {
    const seen: Progress[] = [];
    const { end, statistics } = await explored(
      explore,
      from(() => numbers(Infinity)),
      { maxSeconds: 1, now: clock(20), onProgress: (progress) => seen.push(progress) },
    );
    expect(end).toBe('seconds');
    expect(statistics.initial).toBeGreaterThan(10);
    expect(statistics.distinct).toBe(statistics.initial);
    expect(statistics.seconds).toBeGreaterThanOrEqual(1);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ depth }) => depth)).toEqual(seen.map(() => 0));
  });

  test('can be ended between initial states, of which there are ever the same', async () => {
    const aborting = new AbortController();
    const onProgress = () => aborting.abort();
    const { end, statistics } = await explored(
      explore,
      from(() => numbers(Infinity, (k) => k % 3)),
      { now: clock(60), signal: aborting.signal, onProgress },
    );
    expect(end).toBe('aborted');
    expect(statistics.distinct).toBe(3);
  });

  test('ends before memory does', async () => {
    const { end } = await explored(
      explore,
      from(() => numbers(Infinity)),
      { now: clock(60), maxMemory: 1 },
    );
    expect(end).toBe('memory');
  });

  test('counts each initial state, and those alike as one', async () => {
    const { end, statistics } = await explored(
      explore,
      from(() => numbers(10_000, (k) => k % 7)),
      {},
    );
    expect(end).toBe('exhausted');
    expect(statistics).toMatchObject({ initial: 10_000, distinct: 14, generated: 10_007 });
  });

  test('tells what fell before a bound was reached', async () => {
    const { end, findings } = await explored(
      explore,
      from(() => numbers(Infinity), { invariants: { small: (s: { n: number }) => s.n !== 70 } }),
      { maxStates: 100 },
    );
    expect([end, findings.map(({ property, run }) => [property, lengthOf(run)])]).toEqual([
      'states',
      [['small', 1]],
    ]);
  });

  test('ends at the state that is at fault, and tells no run to it', async () => {
    const faulty = function* () {
      yield* numbers(50);
      throw new RangeError('no more');
    };
    const { end, fault, statistics } = await explored(explore, from(faulty), {});
    expect(end).toBe('fault');
    expect(fault).toMatchObject({
      run: undefined,
      details: { place: { part: 'init', name: '' }, what: 'it threw RangeError: no more' },
    });
    expect(statistics.initial).toBe(50);
  });
});

test('there may be more than a million initial states', async () => {
  const { verdict, statistics } = await check(
    from(() => numbers(1_100_000, (k) => k % 5)),
    { deadlock: false },
  );
  expect(verdict).toBe('holds');
  expect(statistics.initial).toBe(1_100_000);
}, 300_000);

test('a bound leaves an endless init incomplete, and no initial state at all is at fault', async () => {
  const endless = from(() => numbers(Infinity));
  expect(await check(endless, { maxStates: 10 })).toMatchObject({ verdict: 'incomplete', limit: 'states' });
  expect(await check(from(() => []))).toMatchObject({ verdict: 'broken', what: 'it gave no initial state' });
});

test('a run tells which initial state it starts in, and is replayed from there', async () => {
  const late = from(() => numbers(Infinity), {
    invariants: { good: (s: { n: number; steps: number }) => s.n < 40 },
  });
  const result = await check(late, { maxStates: 60 });
  const [violation] = result.verdict === 'violated' ? result.violations : [];
  expect(violation).toMatchObject({ property: 'good', trace: { start: 41, initial: { n: 40, steps: 0 } } });
  expect(replay(late, ['step'], { start: 1000 })).toMatchObject({
    trace: { start: 1000, initial: { n: 999, steps: 0 } },
  });
});

test('a graph takes no more of an endless init than it draws', () => {
  const { initial, capped } = stateGraph(
    from(() => numbers(Infinity)),
    { maxStates: 20 },
  );
  expect([initial.length, capped]).toEqual([20, true]);
});
