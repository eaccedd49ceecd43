import { language, numbers, type Spec } from 'everystate';
import { check } from '../../checker/check';

/**
 * Each of these functions lies once, in a state and at a call where one kind of audit alone looks at it: take that
 * audit out, and the spec holds.
 */
const { action, actionProperty, invariant, spec } = language<{ readonly n: number; readonly b: number }>();

/** A chain that ends before any state but its first ones is sampled, and in which b becomes 1 late. */
const LENGTH = 60;
const LATE = 40;
const go = action({
  guard: (s) => s.n < LENGTH,
  effect: (s) => (s.n + 1 === LATE ? { n: LATE, b: 1 } : { n: s.n + 1 }),
});

/** Whether it is the k-th call. */
function onCall(...those: number[]): () => boolean {
  let calls = 0;
  return () => those.includes(++calls);
}

/** A clock on which everything takes as long, on however busy a machine. */
function evenly() {
  let time = 0;
  return { deadlock: false, now: () => (time += 0.01) };
}

const chain = (parts: object): Spec =>
  spec({ name: 'chain', init: { n: 0, b: 0 }, actions: { go }, ...parts } as never) as Spec;

const brokenAt = (part: string, name: string) => ({
  verdict: 'broken',
  place: { part, name },
  what: expect.stringContaining('not pure'),
});

describe('what has just been learned is compared with what is said the next time', () => {
  test('a guard that says no', async () => {
    const lies = onCall(2);
    const jump = action({ guard: (s) => s.b === 1 && lies(), effect: () => ({ b: 2 }) });
    const result = await check(chain({ actions: { go, jump } }), evenly());
    expect(result).toMatchObject(brokenAt('guard', 'jump'));
  });

  test('an invariant', async () => {
    const lies = onCall(2);
    const sound = invariant((s) => s.b !== 1 || !lies());
    const result = await check(chain({ invariants: { sound } }), evenly());
    expect(result).toMatchObject(brokenAt('invariant', 'sound'));
  });

  test('an action property', async () => {
    const lies = onCall(2);
    const steady = actionProperty((_, after) => after.b !== 1 || !lies());
    const result = await check(chain({ actionProperties: { steady } }), evenly());
    expect(result).toMatchObject(brokenAt('action property', 'steady'));
  });

  test('a reachable property', async () => {
    const lies = onCall(2);
    const result = await check(
      chain({ reachable: { there: (s: { b: number }) => s.b === 1 && lies() } }),
      evenly(),
    );
    expect(result).toMatchObject(brokenAt('reachable', 'there'));
  });
});

// Not exhausted: where a search is, every leaf is compared at its end.
describe('the first hits of a leaf are compared', () => {
  test('an effect', async () => {
    const lies = onCall(2);
    // Learned in the first state in which b is 1, and led to in the next one.
    const jump = action({ guard: (s) => s.b === 1, effect: () => ({ b: lies() ? 3 : 2 }) });
    const result = await check(chain({ actions: { go, jump } }), { ...evenly(), maxDepth: LATE + 9 });
    expect(result).toMatchObject(brokenAt('effect', 'jump'));
  });

  test('a guard that says yes', async () => {
    const lies = onCall(2);
    const jump = action({ guard: (s) => s.b === 1 && !lies(), effect: () => ({ b: 2 }) });
    const result = await check(chain({ actions: { go, jump } }), { ...evenly(), maxDepth: LATE + 9 });
    expect(result).toMatchObject(brokenAt('guard', 'jump'));
  });
});

describe('the first states are compared whole', () => {
  test('an invariant whose answer has been compared once', async () => {
    // Learned, compared, and not asked again but for a sample.
    const lies = onCall(3);
    const result = await check(chain({ invariants: { sound: invariant(() => !lies()) } }), evenly());
    expect(result).toMatchObject(brokenAt('invariant', 'sound'));
  });

  test('a range', async () => {
    const lies = onCall(2);
    const jump = action(
      { k: (s) => (s.b === 0 && lies() ? [1, 2] : [1]) },
      { guard: (s) => s.n < 0, effect: (s) => ({ b: s.b }) },
    );
    const result = await check(chain({ actions: { go, jump } }), evenly());
    expect(result).toMatchObject(brokenAt('range', 'jump'));
  });
});

describe('where all states have been seen', () => {
  interface Box {
    readonly tick: number;
    readonly open: boolean;
    readonly inside: number;
  }
  const ofBox = language<Box>();
  const ACTIONS = 8;
  const KEYS = 500;

  /** So many leaves, each led to by three states, that there is nothing left for most of them before the end. */
  const box = (put: (k: number) => number): Spec =>
    ofBox.spec({
      name: 'box',
      init: { tick: 0, open: true, inside: 0 },
      actions: {
        ...Object.fromEntries(
          numbers(1, ACTIONS).map((a) => [
            `put${a}`,
            ofBox.action(
              { k: numbers(1, KEYS) },
              {
                guard: (s) => s.open,
                effect: (_, { k }) => ({ tick: 0, open: false, inside: put(a * KEYS + k) }),
              },
            ),
          ]),
        ),
        wait: ofBox.action({ guard: (s) => s.open && s.tick < 2, effect: (s) => ({ tick: s.tick + 1 }) }),
      },
    }) as Spec;

  test('every leaf has been compared at least once', async () => {
    const calls: number[] = [];
    const { statistics } = await check(
      box((k) => {
        calls[k] = (calls[k] ?? 0) + 1;
        return k;
      }),
      evenly(),
    );
    expect(statistics.distinct).toBe(ACTIONS * KEYS + 3);
    expect(statistics.learning?.actions.every(({ plainly }) => plainly === null)).toBe(true);
    expect(Object.keys(calls)).toHaveLength(ACTIONS * KEYS);
    expect(statistics.learning?.unaudited).toBe(0);
    expect(Object.values(calls).filter((count) => count < 2)).toEqual([]);
  });

  test('the last leaf that lies is found', async () => {
    const lies = onCall(2);
    const result = await check(
      box((k) => (k === (ACTIONS + 1) * KEYS && lies() ? -1 : k)),
      evenly(),
    );
    expect(result).toMatchObject(brokenAt('effect', `put${ACTIONS}`));
  });
});
