import { Map, Record, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { searchBreadthFirst } from '../../checker/search/search';
import type { Statistics } from '../../checker/exploration';
import { searchByReference } from '../../checker/search/reference';
import { Leaves } from '../../checker/learn/leaves';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { compareSearches } from '../oracle/compare';

const { action, invariant, spec } = language<{ readonly n: number; readonly pending: Set<string> }>();

/** Each step replaces a Set by one with ids that there never were. */
const replaced = (states: number, each = 1) =>
  spec({
    name: 'replaced',
    init: { n: 0, pending: Set<string>() },
    actions: {
      send: action({
        guard: (s) => s.n < states - 1,
        effect: (s) => ({
          n: s.n + 1,
          pending: Set(Array.from({ length: each }, (_, i) => `${s.n}.${i}`)),
        }),
      }),
    },
    invariants: { few: invariant((s) => s.pending.size <= each) },
  }) as Spec;

/** Records in Records, one deeper each step. */
const Link = Record({ head: 0, tail: null as unknown }, 'Link');
const links = language<{ readonly n: number; readonly top: any }>();
const linked = (states: number) =>
  links.spec({
    name: 'linked',
    init: { n: 0, top: null },
    actions: {
      push: links.action({
        guard: (s) => s.n < states - 1,
        effect: (s) => ({ n: s.n + 1, top: Link({ head: s.n % 3, tail: s.top }) }),
      }),
      pop: links.action({
        guard: (s) => s.top !== null && s.n === states - 1,
        effect: (s) => ({ top: s.top.tail }),
      }),
    },
  }) as Spec;

/** A light that goes round, a Set of fresh ids beside it: what the light does can be learned. */
const lights = language<{
  readonly light: 'green' | 'yellow' | 'red';
  readonly inbox: Map<string, Set<number>>;
  readonly n: number;
}>();
const light = lights.spec({
  name: 'light',
  init: { light: 'green', inbox: Map({ here: Set<number>(), there: Set<number>() }), n: 0 },
  actions: {
    turn: lights.action({
      effect: (s) => ({ light: ({ green: 'yellow', yellow: 'red', red: 'green' } as const)[s.light] }),
    }),
    receive: lights.action({
      guard: (s) => s.n < 400,
      effect: (s) => ({ n: s.n + 1, inbox: s.inbox.set(s.n % 2 ? 'here' : 'there', Set([s.n])) }),
    }),
  },
  invariants: { known: lights.invariant((s) => s.inbox.has('here')) },
}) as Spec;

/** Two Sets that take up ids of two counters: as many cells as counts, and as many states as pairs of them. */
const pairs = language<{ readonly left: Set<number>; readonly right: Set<number> }>();
const paired = pairs.spec({
  name: 'pairs',
  init: { left: Set<number>(), right: Set<number>() },
  actions: {
    left: pairs.action(
      { id: [...Array(40).keys()] },
      {
        guard: (s, { id }) => id === 0 || s.left.has(id - 1),
        effect: (s, { id }) => ({ left: s.left.add(id) }),
      },
    ),
    right: pairs.action(
      { id: [...Array(40).keys()] },
      {
        guard: (s, { id }) => id === 0 || s.right.has(id - 1),
        effect: (s, { id }) => ({ right: s.right.add(id) }),
      },
    ),
  },
}) as Spec;

async function statisticsOf(spec: Spec): Promise<Statistics> {
  const options = { deadlock: false, keepGoing: false, now: () => 0 };
  return (await searchBreadthFirst(new Evaluator(bind(spec)), options)).statistics;
}

test.each([
  ['a Set is replaced by a fresh id', replaced(700)],
  ['a Set is replaced by five fresh ids', replaced(300, 5)],
  ['a Record is put around another', linked(150)],
])('%s, over and over: it is kept whole, and cells do not grow with states', async (_name, growing) => {
  const { learning } = await statisticsOf(growing);
  expect(learning?.cells).toBe(2);
  expect(await compareSearches(growing, searchByReference, searchBreadthFirst)).toBeNull();
});

test('what every action does is new each time: all are called from then on', async () => {
  const { learning } = await statisticsOf(replaced(300));
  expect(learning).toMatchObject({
    whole: true,
    actions: [{ action: 'send', plainly: expect.stringContaining('parts that there never were') }],
  });
});

test('only what grows is kept whole: an action that does not look at it is learned', async () => {
  const { distinct, learning } = await statisticsOf(light);
  expect(distinct).toBe(3 * 401);
  expect(learning).toMatchObject({ whole: false, actions: [{ action: 'turn', plainly: null }, {}] });
  expect(learning?.actions[0]?.runs).toBe(3);
  // light, n, inbox, and the two Sets.
  expect(learning?.cells).toBe(5);
});

test('places kept whole, and no others: the same is found as by the plain search', async () => {
  expect(await compareSearches(light, searchByReference, searchBreadthFirst)).toBeNull();
});

test('where many states share the cells that appear, they are kept', async () => {
  const { distinct, learning } = await statisticsOf(paired);
  expect(distinct).toBe(41 * 41);
  expect(learning?.cells).toBe(82);
});

test('a cell that appears costs a step that clears its place one write more, however many it has', async () => {
  const wrote: number[] = [];
  const store = jest.spyOn(Leaves.prototype as any, 'store');
  const patches = jest.spyOn(Leaves.prototype as any, 'alsoClear');
  try {
    const options = { deadlock: false, keepGoing: false, now: () => 0, whole: false };
    const { statistics } = await searchBreadthFirst(new Evaluator(bind(replaced(200))), options);
    wrote.push(store.mock.calls.length, patches.mock.calls.length, statistics.distinct);
  } finally {
    jest.restoreAllMocks();
  }
  const [stored, patched, distinct] = wrote as [number, number, number];
  expect(distinct).toBe(200);
  expect(stored).toBe(199);
  expect(patched).toBeLessThanOrEqual((stored * (stored - 1)) / 2);
});
