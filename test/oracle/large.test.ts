import { List, Map, Record, Set } from 'immutable';
import { check, language } from 'everystate';
import { Memory } from '../../checker/kernel/memory';

const allocate = jest.spyOn(Memory.prototype, 'allocate');
beforeEach(() => allocate.mockClear());
afterAll(() => allocate.mockRestore());

/** The highest address that a test's searches were given for tables. */
const topOfTables = (): number => Math.max(...allocate.mock.results.map(({ value }) => value as number));

/** A narrow row holds 16 bits a cell: beyond that the search begins anew with wide ones. */
test('a variable with more than 65,536 values', async () => {
  const { action, spec } = language<{ readonly n: number; readonly seen: Map<string, number> }>();
  const MOST = 66_000;
  const result = await check(
    spec({
      name: 'counter',
      init: { n: 0, seen: Map() },
      actions: {
        count: action({
          guard: (s) => s.n < MOST,
          effect: (s) => ({ n: s.n + 1, seen: s.seen.set('last', s.n) }),
        }),
      },
      invariants: { follows: (s) => s.n === 0 || s.seen.get('last') === s.n - 1 },
      final: (s) => s.n === MOST,
    }),
  );
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct: MOST + 1, depth: MOST + 1 } });
});

test('an action property that asks for far more keys than states have cells', async () => {
  const { action, spec } = language<{ readonly n: number; readonly seen: Map<number, number> }>();
  const keys = Array.from({ length: 2000 }, (_, key) => key);
  const result = await check(
    spec({
      name: 'sparse',
      init: { n: 0, seen: Map() },
      actions: {
        put: action({ guard: (s) => s.n < 4, effect: (s) => ({ n: s.n + 1, seen: s.seen.set(s.n, s.n) }) }),
      },
      actionProperties: {
        keeps: (before, after) => keys.every((key) => !before.seen.has(key) || after.seen.has(key)),
      },
      final: (s) => s.n === 4,
    }),
  );
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct: 5 } });
});

/** Every step that replaces the list as a whole must come to clear each place that is ever added to it. */
test('a list that grows under steps that replace it does not fill the tables', async () => {
  const { action, spec } = language<{ readonly lists: Map<string, List<number>>; readonly n: number }>();
  const result = await check(
    spec({
      name: 'pushes',
      init: { lists: Map<string, List<number>>(), n: 0 },
      actions: {
        push: action({
          guard: ({ n }) => n < 250,
          effect: ({ lists, n }) => ({
            lists: lists.update('a', List<number>(), (list) => list.push(n)),
            n: n + 1,
          }),
        }),
        // A step of its own for each n.
        empty: action({
          guard: ({ n }) => n < 1000,
          effect: ({ lists, n }) => ({ lists: lists.set('a', List<number>()), n: n + 1000 }),
        }),
      },
      final: ({ n }) => n >= 1000,
    }),
  );
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct: 251 * 2 } });
  expect(topOfTables()).toBeLessThan(16e6);
});

/** Two to the power of the matching members are the masks there could be; few of those are ever met. */
test('a filter that many members match, one at a time, does not fill the tables', async () => {
  const Message = Record({ kind: 'reply', n: 0 });
  type Message = ReturnType<typeof Message>;
  interface Mail {
    readonly tick: number;
    readonly messages: Set<Message>;
    readonly best: number;
  }
  const { action, spec } = language<Mail>();
  const result = await check(
    spec({
      name: 'mail',
      init: { tick: 0, messages: Set<Message>(), best: 0 },
      actions: {
        send: action({
          guard: ({ tick }) => tick < 60,
          effect: ({ tick }) => ({ tick: tick + 1, messages: Set([Message({ n: tick + 1 })]) }),
        }),
        // Asked for the first time when all messages are known, and in between.
        look: action({
          guard: ({ tick }) => tick % 10 === 0,
          effect: ({ messages }) => {
            let best = 0;
            for (const { n } of messages.filter(({ kind }) => kind === 'reply')) best = Math.max(best, n);
            return { best };
          },
        }),
      },
      final: () => true,
    }),
  );
  // At tick t the best is that of t, or of an earlier tick that is a multiple of ten.
  const distinct =
    1 + Array.from({ length: 60 }, (_, k) => Math.floor((k + 1) / 10) + 1).reduce((a, b) => a + b);
  expect(result).toMatchObject({ verdict: 'holds', statistics: { distinct } });
  expect(result.statistics.learning?.actions.map(({ plainly }) => plainly)).toEqual([null, null]);
  expect(topOfTables()).toBeLessThan(16e6);
});
