import { Map, Record, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';

/**
 * Predicates that leave traces, by what they call: whoever is asked about members that are not there would spoil what
 * they keep on the side. All searches find what the plain one finds.
 */
const { action, spec } = language<any>();

const ALL = { keepGoing: true, deadlock: false };

async function agree(of: Spec) {
  const plain = await outcomeOf(of, searchByReference, ALL);
  expect(difference(searchNaively(of, ALL).outcome, plain)).toBeNull();
  for (const [name, explore] of Object.entries({ ...WAYS_ASKED, ...WAYS_TAKEN }))
    expect([name, difference(plain, await outcomeOf(of, explore, ALL))]).toEqual([name, null]);
  return plain;
}

const Item = Record({ size: 0 }, 'Item');

/** A Set and a Map that grow and shrink, as far as an invariant over what is in them is concerned. */
function collecting(invariants: object, more: object = {}): Spec {
  return spec({
    name: 'collecting',
    init: { set: Set(), map: Map(), items: Set() },
    actions: {
      add: action(
        { k: [1, 2, 3, 4] },
        {
          effect: (s, { k }) => ({
            set: s.set.add(k),
            map: s.map.set(`k${k}`, k),
            items: s.items.add(Item({ size: k })),
          }),
        },
      ),
      remove: action({ k: [2, 3] }, { effect: (s, { k }) => ({ set: s.set.delete(k) }) }),
    },
    invariants,
    ...more,
  } as never) as Spec;
}

type Walk = (collection: any, visit: (x: any) => boolean) => unknown;

/** Ways to have all members visited; `visit` answers true. */
const WALKS: { [name: string]: Walk } = {
  every: (c, visit) => c.every((x: any) => visit(x)),
  some: (c, visit) => c.some((x: any) => !visit(x)),
  count: (c, visit) => c.count((x: any) => visit(x)),
  filter: (c, visit) => c.filter((x: any) => visit(x)).size,
  'filter that is not looked at': (c, visit) => c.filter((x: any) => visit(x)),
  filterNot: (c, visit) => c.filterNot((x: any) => visit(x)).size,
  find: (c, visit) => c.find((x: any) => !visit(x)),
  'every, by the name of the function': (c, visit) => c.every(visit),
};

/** Ways to keep a sum on the side. */
const SUMS: { [name: string]: () => { add(x: number): boolean; sum(): number } } = {
  'a local variable': () => {
    let sum = 0;
    return { add: (x) => ((sum += x), true), sum: () => sum };
  },
  'a list': () => {
    const list: number[] = [];
    return { add: (x) => list.push(x) > 0, sum: () => list.reduce((a, b) => a + b, 0) };
  },
  'a field of an object': () => {
    const kept = { sum: 0 };
    return { add: (x) => (kept.sum += x) >= 0, sum: () => kept.sum };
  },
  'a set of what was visited': () => {
    const visited = new globalThis.Set<number>();
    return { add: (x) => visited.add(x).size > 0, sum: () => [...visited].reduce((a, b) => a + b, 0) };
  },
  'a class': () => {
    class Meter {
      total = 0;
      add(x: number) {
        this.total += x;
        return true;
      }
    }
    const meter = new Meter();
    return { add: (x) => meter.add(x), sum: () => meter.total };
  },
};

describe.each(Object.entries(WALKS))('a sum over the members visited by %s', (_walk, walk) => {
  test.each(Object.entries(SUMS))('in %s', async (_sum, make) => {
    const below = (limit: number, collection: (s: any) => any, size: (x: any) => number) => (s: any) => {
      const { add, sum } = make();
      walk(collection(s), (x) => add(size(x)));
      return sum() < limit;
    };
    const found = await agree(
      collecting({
        ofSet: below(
          10,
          (s) => s.set,
          (x) => x,
        ),
        ofMap: below(
          9,
          (s) => s.map,
          (x) => x,
        ),
        ofItems: below(
          8,
          (s) => s.items,
          (x) => x.size,
        ),
      }),
    );
    expect(found.findings).toEqual({ ofSet: 5, ofMap: 4, ofItems: 4 });
  });
});

test('a predicate whose helper is called like a method of collections', async () => {
  const budget = (s: any) => {
    let sum = 0;
    const count = (x: number) => ((sum += x), true);
    s.set.every((x: number) => count(x));
    return sum < 10;
  };
  expect((await agree(collecting({ budget }))).findings).toEqual({ budget: 5 });
});

test('guards, ranges, constraints, final states and properties of steps that sum up through a helper', async () => {
  const total = (set: any): number => {
    let sum = 0;
    const visit = (x: number) => ((sum += x), true);
    set.every((x: number) => visit(x));
    return sum;
  };
  const of = spec({
    name: 'everywhere',
    init: { set: Set(), full: false },
    actions: {
      add: action({ k: [1, 2, 3, 4] }, { effect: (s, { k }) => ({ set: s.set.add(k) }) }),
      fill: action({ guard: (s) => total(s.set) > 6 && !s.full, effect: () => ({ full: true }) }),
      take: action(
        { k: (s) => s.set.filter((x: number) => total(s.set.remove(x)) > 3) },
        { effect: (s, { k }) => ({ set: s.set.delete(k) }) },
      ),
    },
    actionProperties: { slowly: (before: any, after: any) => total(after.set) - total(before.set) < 4 },
    reachable: { much: (s: any) => total(s.set) === 9 },
    constraint: (s: any) => total(s.set) < 10,
    final: (s: any) => total(s.set) > 8,
  } as never) as Spec;
  const found = await agree(of);
  expect(found).toMatchObject({ findings: { slowly: 2 }, reached: { much: 4 } });
});

test('which function a predicate calls may change from state to state', async () => {
  const pure = (x: number) => x > 0;
  const budget = (s: any) => {
    let sum = 0;
    const adding = (x: number) => ((sum += x), true);
    const visit = s.set.has(1) ? adding : pure;
    s.set.every((x: number) => visit(x));
    return sum < 10;
  };
  expect((await agree(collecting({ budget }))).findings).toEqual({ budget: 5 });
});

test('two predicates of one text in one function, of which one leaves traces', async () => {
  const asking = (visit: (x: number) => boolean) => (x: number) => visit(x);
  const budget = (s: any) => {
    let sum = 0;
    s.set.filter(asking((x) => x > 0));
    s.set.filter(asking((x) => ((sum += x), true)));
    return sum < 10;
  };
  expect((await agree(collecting({ budget }))).findings).toEqual({ budget: 5 });
});

test('one that was there before another of the same text was made', async () => {
  const visits = (visit: (x: number) => boolean) => (x: number) => visit(x);
  const positive = visits((x) => x > 0);
  const harmless = (s: any) => s.set.every(positive);
  const budget = (s: any) => {
    let sum = 0;
    s.set.every(visits((x) => ((sum += x), true)));
    return sum < 10;
  };
  expect((await agree(collecting({ harmless, budget }))).findings).toEqual({ budget: 5 });
});

/** A walk along a chain whose end is not met from all members that the Set ever has. */
const walking = (length: number, step: number) =>
  spec({
    name: 'walking',
    init: { length, set: Set([length - 1]) },
    actions: {
      next: action({
        guard: (s) => s.length !== 8 - length,
        effect: (s) => ({ length: s.length + step, set: Set([s.length + step - 1]) }),
      }),
    },
    invariants: {
      ends: (s: any) => {
        const { length } = s;
        return s.set.every((x: number) => {
          let at = x;
          while (at !== length) at++;
          return at === length;
        });
      },
    },
  } as never) as Spec;

test.each([
  ['grows', 2, 1],
  ['shrinks', 6, -1],
])(
  'a predicate that would run for ever for what is not there, where a chain %s',
  async (_how, length, step) => {
    expect(await agree(walking(length, step))).toMatchObject({ end: 'exhausted', distinct: 5 });
  },
);

test('what a collection is compared with may keep something on the side', async () => {
  const compared = (s: any) => {
    let asked = 0;
    const odd = { valueOf: () => (asked++, -1) };
    s.map.includes(odd);
    return asked < 3;
  };
  const within = (s: any) => {
    let asked = 0;
    s.set.isSubset({ includes: () => ++asked > 0, [Symbol.iterator]: () => [][Symbol.iterator]() });
    return asked < 3;
  };
  const found = await agree(collecting({ compared, within }));
  expect(found.findings).toEqual({ compared: 4, within: 4 });
});
