import { Worker } from 'node:worker_threads';
import { List, Set } from 'immutable';
import { check, language, type Result, type Spec } from 'everystate';
import { reportText } from '../../checker/report/index';
import paxos from '../../examples/paxos/spec';

/** A set that is learned, and a hash of a history, which is not worth it after a while. */
interface Mixed {
  readonly history: List<number>;
  readonly hash: number;
  readonly seen: Set<number>;
}
const { action, actionProperty, spec } = language<Mixed>();
const mixed = spec({
  name: 'mixed',
  constants: { LENGTH: 9 },
  init: [0, 1].map((hash) => ({ history: List<number>(), hash, seen: Set<number>() })),
  actions: ({ LENGTH }) => ({
    add: action(
      { digit: [0, 1] },
      {
        guard: ({ history }) => history.size < LENGTH,
        effect: ({ history, hash }, { digit }) => ({
          history: history.push(digit),
          hash: (hash * 31 + history.reduce((sum, k) => sum * 2 + k, 1) + digit) % 10_007,
        }),
      },
    ),
    see: action({ guard: ({ seen }) => !seen.has(1), effect: ({ seen }) => ({ seen: seen.add(1) }) }),
  }),
  invariants: { smallHash: ({ hash }) => hash < 10_007 },
  actionProperties: { grows: actionProperty((before, after) => after.history.size >= before.history.size) },
}) as Spec;

/** What --stats says, but for seconds. */
const told = (result: Result): string =>
  reportText(result, { stats: true }).replace(/\d+(\.\d+)? s\b/g, '… s');

/** Threads that use up whatever processor there is. */
async function underLoad<R>(run: () => Promise<R>): Promise<R> {
  const burning = Array.from({ length: 2 }, () => new Worker('for (;;);', { eval: true }));
  try {
    return await run();
  } finally {
    await Promise.all(burning.map((worker) => worker.terminate()));
  }
}

/** A clock that stands still, runs away, or anything between. */
function erratic(): () => number {
  let now = 0;
  return () => (now += Math.random() < 0.5 ? 0 : Math.random() * 300);
}

describe.each([
  ['what is learned and what is called', mixed, {}],
  ['the same, of whole states', mixed, { exact: true }],
  ['what is learned', paxos as Spec, { maxStates: 3000 }],
])('a run does the same each time, and says so: %s', (_name, given, options) => {
  test('ten times, some of them beside others', async () => {
    const first = await check(given, options);
    expect(first.statistics.learning?.audits).toBeGreaterThan(0);
    const idle = told(first);
    const others = [
      ...(await inTurn(3, () => check(given, options))),
      ...(await underLoad(() => inTurn(3, () => check(given, options)))),
      ...(await inTurn(3, () => check(given, { ...options, now: erratic() }))),
    ];
    for (const other of others) expect(told(other)).toBe(idle);
  });
});

test('one of the actions is given up, and why is said in numbers', async () => {
  const { learning } = (await check(mixed)).statistics;
  expect(learning?.actions).toMatchObject([
    {
      action: 'add',
      plainly: expect.stringMatching(/^most of its answers are new \(512 new ones in \d+ states\)$/),
    },
    { action: 'see' },
  ]);
});

async function inTurn<R>(times: number, run: () => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let k = 0; k < times; k++) results.push(await run());
  return results;
}
