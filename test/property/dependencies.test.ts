import { Record, Set } from 'immutable';
import { language, numbers, type Spec } from 'everystate';
import { check } from '../../checker/check';
import { Dependencies } from '../../checker/property/dependencies';
import { Properties } from '../../checker/property/properties';
import { RootTables } from '../../checker/actions/rootTables';
import { HEADER } from '../../checker/kernel/layout';
import { Memory } from '../../checker/kernel/memory';

/** What the search is quick by, counted: take one of these away, and the search asks too often. */
afterEach(() => jest.restoreAllMocks());

const { action, actionProperty, invariant, spec } = language<{ readonly a: number; readonly b: number }>();
const SIDE = 40;
const STATES = SIDE * SIDE;

/** Moves right or up: the one reads a alone, the other b alone. `more` says what else there is. */
const square = (more: object = {}, calls = { right: 0, up: 0 }): Spec =>
  spec({
    name: 'square',
    init: { a: 0, b: 0 },
    actions: {
      right: action({
        guard: (s) => (calls.right++, s.a < SIDE - 1),
        effect: (s) => ({ a: s.a + 1 }),
      }),
      up: action({ guard: (s) => (calls.up++, s.b < SIDE - 1), effect: (s) => ({ b: s.b + 1 }) }),
    },
    final: () => true,
    ...more,
  } as never) as Spec;

test('a function is called for each value that it reads, not for each state', async () => {
  const calls = { right: 0, up: 0 };
  const { statistics } = await check(square({}, calls));
  expect(statistics.distinct).toBe(STATES);
  for (const count of Object.values(calls)) {
    expect(count).toBeGreaterThanOrEqual(SIDE);
    expect(count).toBeLessThan(STATES / 4);
  }
});

test('a property is asked about each value that it reads, not about each state', async () => {
  let [states, steps] = [0, 0];
  await check(
    square({
      invariants: { inside: invariant((s) => (states++, s.a < SIDE)) },
      actionProperties: { onwards: actionProperty((before, after) => (steps++, after.a >= before.a)) },
    }),
  );
  expect(states).toBeLessThan(STATES / 4);
  expect(steps).toBeLessThan(STATES / 4);
});

describe('of the members of a set, those that a predicate says yes to decide', () => {
  const Message = Record({ kind: 'noise', n: 0 });
  type Message = ReturnType<typeof Message>;
  interface Mail {
    readonly messages: Set<Message>;
    readonly done: boolean;
  }
  const ofMail = language<Mail>();
  const NOISE = 9;
  /** Any noise at all, and an action that looks for something else. */
  const mail = (ask: (messages: Set<Message>) => boolean): Spec =>
    ofMail.spec({
      name: 'mail',
      init: { messages: Set<Message>(), done: false },
      actions: {
        rustle: ofMail.action(
          { n: numbers(1, NOISE) },
          { effect: ({ messages }, { n }) => ({ messages: messages.add(Message({ n })) }) },
        ),
        send: ofMail.action({
          guard: ({ messages }) => messages.size === 0,
          effect: ({ messages }) => ({ messages: messages.add(Message({ kind: 'call' })) }),
        }),
        hear: ofMail.action({ guard: ({ messages }) => ask(messages), effect: () => ({ done: true }) }),
      },
      final: () => true,
    }) as Spec;

  test.each<[string, (messages: Set<Message>) => boolean]>([
    ['some', (messages) => messages.some(({ kind }) => kind === 'call')],
    ['every', (messages) => !messages.every(({ kind }) => kind !== 'call')],
    ['count', (messages) => messages.count(({ kind }) => kind === 'call') > 0],
    ['filter', (messages) => messages.filter(({ kind }) => kind === 'call').size > 0],
    ['find', (messages) => messages.find(({ kind }) => kind === 'call') !== undefined],
  ])('%s', async (_name, ask) => {
    let calls = 0;
    const { statistics } = await check(mail((messages) => (calls++, ask(messages))));
    expect(statistics.distinct).toBeGreaterThan(2 ** NOISE);
    expect(calls).toBeLessThan(2 ** NOISE / 4);
  });
});

test('a fixed range is not walked for each state', async () => {
  let walks = 0;
  const range = {
    *[Symbol.iterator]() {
      walks++;
      yield* [1, 2];
    },
  };
  await check(
    square({ invariants: { sound: invariant({ k: range }, (s, { k }) => s.a + (k as number) > 0) } }),
  );
  expect(walks).toBeLessThanOrEqual(2);
});

test('a range that depends on the state is asked for each value that it reads', async () => {
  let calls = 0;
  const jump = action(
    { k: (s) => (calls++, s.a === 7 ? [1, 2] : []) },
    { effect: (_, { k }) => ({ b: k as number }) },
  );
  await check(square({ actions: { ...square().parts.actions, jump } }));
  expect(calls).toBeGreaterThanOrEqual(SIDE);
  expect(calls).toBeLessThan(STATES / 4);
});

describe('properties', () => {
  const properties = {
    invariants: { inA: invariant((s) => s.a < SIDE), inB: invariant((s) => s.b < SIDE) },
    actionProperties: {
      onA: actionProperty((before, after) => after.a >= before.a),
      onB: actionProperty((before, after) => after.b >= before.b),
    },
  };

  test('those alone are asked after a step that have read what it writes', async () => {
    const by = jest.spyOn(Dependencies.prototype, 'by');
    await check(square(properties));
    const asked = by.mock.results.map(({ value }) => value as ReturnType<Dependencies['by']>);
    expect(asked.length).toBeGreaterThan(0);
    // An invariant of two; of the action properties one, and whether it is kept where nothing moves.
    expect(Math.max(...asked.map(({ judges }) => judges.length))).toBeLessThanOrEqual(2);
    expect(Math.max(...asked.map(({ stepJudges }) => stepJudges.length))).toBe(1);
  });

  test('and none of them once what is known of the step tells what they say', async () => {
    const by = jest.spyOn(Dependencies.prototype, 'by');
    await check(square(properties));
    const dependencies = by.mock.contexts[0] as Dependencies;
    const steps = [...new globalThis.Set(by.mock.calls.map(([step]) => step))];
    const asked = steps.map((step) => dependencies.by(step));
    expect(asked.filter(({ judges }) => judges.length > 0)).toEqual([]);
    expect(asked.filter(({ stepJudges }) => stepJudges.length > 0)).toEqual([]);
  });

  test('are asked by the kernel: only what it can’t tell comes back', async () => {
    const states = jest.spyOn(Properties.prototype, 'state');
    const steps = jest.spyOn(Properties.prototype, 'steps');
    await check(square(properties));
    expect(states.mock.calls.length).toBeLessThan(STATES / 4);
    expect(steps.mock.calls.length).toBeLessThan(STATES / 4);
  });
});

test('of a hundred instances that read one cell first, a state looks at those its value leaves', async () => {
  const { sort } = RootTables.prototype;
  /** What the tables look like: entries and groups at the top, and how many entries each value of the first group leaves. */
  const made: { instances: number; top: number[]; left: number[] }[] = [];
  jest.spyOn(RootTables.prototype, 'sort').mockImplementation(function (this: RootTables, instances) {
    sort.call(this, instances);
    const { memory } = this as unknown as { memory: Memory };
    const words = (address: number, count: number) => [...memory.words(address, count)] as number[];
    const top = memory.get(HEADER.ROOTS);
    const [entries = 0, groups = 0] = words(top, 2);
    const [, values = 0, lists = 0] = groups > 0 ? words(top + 8 + entries * 16, 4) : [];
    const left = words(lists, values).map((list) => (list === 0 ? 0 : (words(list, 1)[0] as number)));
    made.push({ instances: instances.length, top: [entries, groups], left });
  });
  const sorted = spec({
    name: 'sorted',
    init: { a: 0, b: 0 },
    actions: {
      next: action(
        { k: numbers(0, 99) },
        { guard: (s, { k }) => s.a === k, effect: (s, { k }) => ({ a: (k + 1) % 100, b: (s.b + 1) % 7 }) },
      ),
    },
  }) as Spec;
  await check(sorted);
  const grouped = made.filter(({ instances, top }) => instances === 100 && top.join() === '0,1');
  expect(grouped.length).toBeGreaterThan(0);
  // A list for a value that has not been met leaves all of them.
  const { left } = grouped.at(-1) as (typeof made)[number];
  expect(left.filter((count) => count === 1).length).toBeGreaterThan(2);
});

describe('memory is what the frontier takes', () => {
  /** Pages that were taken for chunks by a search. */
  async function pagesOf(of: Spec): Promise<number> {
    const allocate = jest.spyOn(Memory.prototype, 'allocate');
    const { statistics } = await check(of);
    expect(statistics.frontier).toBe(0);
    const memory = allocate.mock.contexts.at(-1) as unknown as Memory;
    return new Memory().get(HEADER.TOP) - memory.get(HEADER.TOP);
  }

  test('a long run of narrow levels takes a few chunks', async () => {
    const long = language<{ readonly n: number; readonly left: boolean }>();
    const pages = await pagesOf(
      long.spec({
        name: 'long',
        init: { n: 0, left: false },
        actions: {
          step: long.action({ guard: ({ n }) => n < 2000, effect: ({ n }) => ({ n: n + 1 }) }),
          turn: long.action({ effect: ({ left }) => ({ left: !left }) }),
        },
      }) as Spec,
    );
    expect(pages).toBeLessThan(8);
  });

  test('the chunks of a wide level serve the next one while it is expanded', async () => {
    const wide = language<{ readonly [digit: string]: number }>();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const pages = await pagesOf(
      wide.spec({
        name: 'wide',
        init: Object.fromEntries(names.map((name) => [name, 0])),
        actions: {
          up: wide.action(
            { name: names },
            { guard: (s, { name }) => s[name]! < 6, effect: (s, { name }) => ({ [name]: s[name]! + 1 }) },
          ),
        },
        final: () => true,
      }) as Spec,
    );
    expect(pages).toBeLessThan(9);
  });
});
