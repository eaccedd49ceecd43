import { Worker } from 'node:worker_threads';
import { language, type Spec } from 'everystate';
import { check } from '../../checker/check';
import { Audit } from '../../checker/audit/audit';
import { searchBreadthFirst } from '../../checker/search/search';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import leaderElection from '../../examples/leader-election/spec';
import twoPhaseCommit from '../../examples/two-phase-commit/spec';
import { lengthOf } from '../../checker/trace/run';

/** A search in which threads help each other from the first state on. */
async function together(spec: Spec, workers: number, options = {}) {
  return searchBreadthFirst(new Evaluator(bind(spec)), {
    deadlock: true,
    keepGoing: false,
    now: () => performance.now(),
    workers,
    togetherFrom: 1,
    ...options,
  });
}

test.each([2, 3, 4])('%i threads count what one counts, action by action', async (workers) => {
  for (const spec of [twoPhaseCommit, leaderElection] as Spec[]) {
    const one = await together(spec, 1);
    const many = await together(spec, workers);
    expect(many.end).toBe(one.end);
    const { distinct, generated, outside, depth, frontier } = one.statistics;
    expect(many.statistics).toMatchObject({ distinct, generated, outside, depth, frontier });
    const stepsBy = ({ statistics }: typeof one) =>
      statistics.actions.map(({ action, generated: steps }) => [action, steps]);
    expect(stepsBy(many)).toEqual(stepsBy(one));
    expect(many.statistics.learning?.shared).toBeGreaterThan(0);
  }
});

const { action, invariant, spec } = language<{ readonly a: number; readonly b: number }>();
const grid = spec({
  name: 'grid',
  constants: { N: 400 },
  init: { a: 0, b: 0 },
  actions: ({ N }) => ({
    right: action({ guard: ({ a }) => a < N, effect: ({ a }) => ({ a: a + 1 }) }),
    up: action({ guard: ({ b }) => b < N, effect: ({ b }) => ({ b: b + 1 }) }),
  }),
  invariants: { inside: invariant(({ a, b }) => a + b < 700) },
});

test('cells that outgrow a byte while threads are at work lose nothing', async () => {
  const { statistics, findings } = await together(grid as Spec, 2, { keepGoing: true });
  expect(statistics.distinct).toBe(401 * 401);
  expect(findings.map(({ property, run }) => [property, lengthOf(run)])).toEqual([
    ['inside', 701],
    ['deadlock', 801],
  ]);
});

test('a bound on states is kept to the state', async () => {
  const { end, statistics } = await together(grid as Spec, 2, { maxStates: 5000 });
  expect(end).toBe('states');
  expect(statistics.distinct).toBe(5000);
});

test('what is audited while others are at work is told when they are through', async () => {
  const asked = new Set<number>();
  const lies = (n: number) => n > 100 && n < 300 && asked.size === asked.add(n).size;
  const forgetful = spec({
    name: 'forgetful',
    init: { a: 0, b: 0 },
    actions: {
      right: action({ guard: ({ a }) => a < 400, effect: ({ a }) => ({ a: a + 1 }) }),
      up: action({ guard: ({ b }) => b < 400 && !lies(b), effect: ({ b }) => ({ b: b + 1 }) }),
    },
  });
  const beside = jest.spyOn(Audit.prototype, 'compareBeside');
  const { end, fault, statistics } = await together(forgetful as Spec, 2);
  expect(end).toBe('fault');
  expect(fault).toMatchObject({ details: { place: { part: 'guard', name: 'up' } } });
  expect(fault?.run?.steps.length).toBeGreaterThan(100);
  expect(statistics.distinct).toBeLessThan(401 * 401);
  expect(beside).toHaveBeenCalled();
  beside.mockRestore();
});

test('a worker that dies ends the search with an error', async () => {
  const killed: Promise<number>[] = [];
  const post = jest.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker) {
    killed.push(this.terminate());
  });
  await expect(together(grid as Spec, 2)).rejects.toThrow(
    /a worker of the search died .*nothing can be said/,
  );
  post.mockRestore();
  await Promise.all(killed);
  // And the next search finds workers that live.
  expect((await together(grid as Spec, 2, { maxStates: 5000 })).end).toBe('states');
});

test.each([
  [0, 'workers must be'],
  [1.5, 'workers must be'],
  [65, 'from 1 to 64'],
])('%d workers are refused', async (workers, message) => {
  await expect(check(grid, { workers })).rejects.toThrow(message);
});

test('exact with several workers is refused, and with as many as pay is one', async () => {
  await expect(check(grid, { workers: 2, exact: true })).rejects.toThrow('leave workers out');
  const { verdict } = await check(grid, {
    constants: { N: 3 },
    workers: 'auto',
    exact: true,
    deadlock: false,
  });
  expect(verdict).toBe('holds');
});
