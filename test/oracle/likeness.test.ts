import { isDeepStrictEqual } from 'node:util';
import { List, Map, Record, Set, is } from 'immutable';
import { language, type Spec } from 'everystate';
import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';
import type { Outcome } from './outcome';

/** Untyped on purpose: many a question is one that a type would forbid. */
const { action, spec } = language<any>();
const ALL = { keepGoing: true, deadlock: false };

/** What all searches find; fails where they differ. */
async function found(parts: object): Promise<Outcome> {
  const of = spec({ name: 'likeness', ...parts } as never) as Spec;
  const plain = await outcomeOf(of, searchByReference, ALL);
  expect(difference(searchNaively(of, ALL).outcome, plain)).toBeNull();
  for (const explore of Object.values({ ...WAYS_ASKED, ...WAYS_TAKEN }))
    expect(difference(plain, await outcomeOf(of, explore, ALL))).toBeNull();
  return plain;
}

const Edge = Record({ from: '', to: '' }, 'Edge');
const Tuple = Record({ 0: 'x', 1: 'y' }, 'Tuple');
class Cart extends Record({ items: Set(['i', 'j']) }, 'Cart') {
  override remove(item: string) {
    return this.set('items', this.items.delete(item));
  }
}

const INIT = {
  n: 0,
  set: Set(['a']),
  numbers: Set([1, 2, 3, 4, 5]),
  map: Map({ a: 1 }),
  empty: Map(),
  list: List(['a', 'b']),
  nested: Set([Set(['a']), List([0, 1])]),
  words: Set(['a', 'b']),
  edge: Edge(),
  edges: Set([Edge()]),
  cart: new Cart(),
  tuple: Tuple(),
};

/** Questions asked once in six states; true among real values, unless they are refused. */
const QUESTIONS: { readonly [name: string]: (s: any) => unknown } = {
  'a predicate that catches what it meets': (s) =>
    s.set.some((w: string) => {
      try {
        return s.map.get(w) === 1;
      } catch {
        return false;
      }
    }),
  'the order of an intersection': (s) =>
    s.numbers.delete(1).intersect([2, 3, 4]).size === 3 && s.numbers.intersect([5, 4, 2]).first() !== 0,
  'the first of an intersection': (s) => s.numbers.intersect([2, 3, 4, 5]).first() === 5,
  'the first of a difference': (s) => s.numbers.subtract([2, 1]).first() === 5,
  'the order of a difference of a changed set': (s) =>
    s.numbers.add(0).subtract([2, 1]).join() === Set([1, 2, 3, 4, 5]).add(0).subtract([2, 1]).join(),
  'a method of a Record class named like one of Immutable’s': (s) => s.cart.remove('i').items.size === 1,
  'an updater that builds an equal default': (s) =>
    s.empty.update('k', s.map, (m: any) => m.filter((v: number) => v > 0)).has('k'),
  'an updater that gives a default back': (s) =>
    !s.empty.update('k', s.words, (w: any) => w.add('b')).has('k'),
  'an updater of what is missing below a path': (s) =>
    !s.empty.updateIn(['k', 'l'], s.words, (w: any) => w.add('b')).has('k'),
  'an array with a collection inside': (s) => s.edges.isSubset([s.edge]),
  'a Record field set to undefined': (s) => s.edge.set('from', undefined).from === '',
  'a Record field merged to undefined': (s) => s.edge.merge({ from: undefined }).from === '',
  'a Record with numbered fields': (s) => s.tuple.get(0) === 'x' && s.tuple.set(0, 'z').getIn([0]) === 'z',
  'a Seq that equals a member': (s) => s.nested.has(s.words.toSeq().filter((w: string) => w === 'a')),
  'a path through plain objects': (s) => s.empty.set('o', { b: { c: 1 } }).getIn(['o', 'b', 'c']) === 1,
  'a path that ends inside a plain object': (s) => !s.empty.set('o', { b: { c: 1 } }).hasIn(['o', 'b', 'd']),
  'the descriptor of a variable': (s) => Object.getOwnPropertyDescriptor(s, 'n')?.value === 5,
  'a deep comparison by somebody else': (s) => !isDeepStrictEqual(s.map, Map({ a: 2 })),
  'two collections compared by somebody else': (s) => !isDeepStrictEqual(s.words, s.numbers.map(String)),
  'a spread collection': (s) => ({ ...s.map }).size === 1,
  'the rest of a Record': (s) => {
    const { from, ...rest } = s.edge;
    return (
      from === '' &&
      Object.keys(rest).length === Object.keys((({ from: _, ...others }) => others)(Edge() as any)).length
    );
  },
  'a map in place of a set': (s) =>
    s.numbers.withMutations((m: any) => void m.map((x: number) => x * 10)).has(1),
  'a string united in place': (s) =>
    Set().withMutations((m: any) => void m.union('zz')).size ===
    s.set.clear().withMutations((m: any) => void m.union('zz')).size,
  'a change while iterating in place': (s) => {
    let met = 0;
    Map({ a: 1 }).withMutations(
      (m: any) => void m.some((_: any, k: string) => (m.set(`${k}b`, 1), ++met > 3)),
    );
    let own = 0;
    s.map.withMutations((m: any) => void m.some((_: any, k: string) => (m.set(`${k}b`, 1), ++own > 3)));
    return met === own;
  },
  'a change of the very entry that is updated': (s) =>
    Map({ a: s.map })
      .withMutations((m: any) => m.updateIn(['a', 'a'], (v: number) => (m.set('a', Map({ a: 7 })), v)))
      .getIn(['a', 'a']) === 7,
  'what was changed in place, used after': (s) => {
    let kept: any;
    s.map.withMutations((m: any) => void (kept = m));
    return kept.set('q', 1).has('q');
  },
  'a key that changes while it is one': (s) => {
    const key = List<number>().asMutable();
    key.push(0);
    const before = s.nested.has(key);
    key.push(1);
    return !before && s.nested.has(key);
  },
};

test.each(Object.entries(QUESTIONS))('%s', async (_name, question) => {
  const outcome = await found({
    init: INIT,
    actions: {
      go: action({ guard: (s) => s.n < 6, effect: (s) => ({ n: s.n + 1 }) }),
      alarm: action({ guard: (s) => s.n === 5 && question(s) === true, effect: () => ({ n: 100 }) }),
    },
  });
  expect(outcome).toMatchObject({ end: 'exhausted', distinct: 8 });
});

/** Where real values throw, so must what stands in for them. */
const REFUSED: { readonly [name: string]: (s: any) => unknown } = {
  'isSubset of nothing': (s) => s.set.isSubset(undefined),
  'isSuperset of nothing': (s) => s.set.isSuperset(undefined),
  'some without a predicate': (s) => s.set.some(undefined),
  'every without a predicate': (s) => s.map.every(null),
  'find without a predicate': (s) => s.set.find() !== undefined,
  'a predicate that is no function': (s) => s.map.some(0),
};

test.each(Object.entries(REFUSED))('%s is refused', async (_name, question) => {
  const asked = action({ guard: (s) => question(s) === true, effect: () => ({ n: 100 }) });
  expect(await found({ init: INIT, actions: { asked } })).toMatchObject({ end: 'fault' });
});

test('a predicate that follows a graph, and remembers where it has been', async () => {
  const next: { [n: string]: string } = { a: 'b', b: 'c', c: 'd', d: 'a' };
  const reaches = (edges: any, from: string, goal: string): boolean => {
    const seen = new globalThis.Set<string>();
    const go = (n: string): boolean => {
      if (seen.has(n)) return false;
      seen.add(n);
      return edges.some((e: any) => e.from === n && (e.to === goal || go(e.to)));
    };
    return go(from);
  };
  const grow = action(
    { n: ['a', 'b', 'c', 'd'] },
    { effect: (s, { n }) => ({ edges: s.edges.add(Edge({ from: n, to: next[n] as string })) }) },
  );
  const alarm = action({ guard: (s) => reaches(s.edges, 'a', 'c'), effect: () => ({ hit: true }) });
  const cyclic = await found({
    init: { edges: Set(), hit: false },
    actions: { grow, alarm },
    invariants: { acyclic: (s: any) => !reaches(s.edges, 'a', 'a') },
    reachable: { far: (s: any) => reaches(s.edges, 'b', 'a') },
  });
  expect(cyclic).toMatchObject({ findings: { acyclic: 5 }, reached: { far: 4 } });
});

test.each<[string, () => (s: any) => unknown]>([
  [
    'counts its calls',
    () => (s) => {
      let calls = 0;
      const tick = () => ++calls;
      return s.set.some(() => tick() > 2);
    },
  ],
  [
    'assigns a variable whose name an inner block takes',
    () => (s) => {
      let met = 0;
      s.set.some((w: string) => {
        if (w > 'z') {
          let met = 5;
          met++;
          return met > 9;
        }
        for (let k = 0; k < 2; k++) met = met + 1;
        return false;
      });
      return met > 3;
    },
  ],
  [
    'uses an expression that remembers',
    () => (s) => {
      const expression = /[abc]/g;
      return s.set.count((w: string) => expression.test(w)) === 1;
    },
  ],
])('a predicate that %s', async (_what, make) => {
  const question = make();
  const words = ['a', 'b', 'c'];
  await found({
    init: { set: Set(), hits: Set() },
    actions: {
      add: action({ w: words }, { effect: (s, { w }) => ({ set: s.set.add(w) }) }),
      remove: action({ w: words }, { effect: (s, { w }) => ({ set: s.set.delete(w) }) }),
      ask: action({ guard: (s) => question(s) === true, effect: (s) => ({ hits: s.hits.add(s.set.size) }) }),
    },
  });
});

test('classes of one Record are told apart', async () => {
  class Message extends Record({ n: 0 }, 'Message') {}
  class Ping extends Message {}
  class Pong extends Message {}
  const classes = await found({
    init: { box: new Ping({ n: 1 }) },
    actions: { pong: action({ effect: () => ({ box: new Pong({ n: 2 }) }) }) },
    invariants: { ping: (s: any) => s.box instanceof Ping && is(s.box, s.box) },
  });
  expect(classes).toMatchObject({ distinct: 2, findings: { ping: 2 } });
});

test('a deep comparison of two states by somebody else', async () => {
  const compared = await found({
    init: { rows: Map([['a', 0]]) },
    actions: {
      up: action({
        guard: (s) => s.rows.get('a') < 3,
        effect: (s) => ({ rows: s.rows.update('a', (n: number) => n + 1) }),
      }),
    },
    actionProperties: { unchanged: (before: any, after: any) => isDeepStrictEqual(before.rows, after.rows) },
  });
  expect(compared).toMatchObject({ findings: { unchanged: 2 } });
});

/** What views can't do right is told, and not got wrong. */
test('an action property that compares by ===', async () => {
  const of = spec({
    name: 'likeness',
    init: { log: Map({ x: 0 }), n: 0 },
    actions: { inc: action({ guard: (s) => s.n < 5, effect: (s) => ({ n: s.n + 1 }) }) },
    actionProperties: { frozen: (before: any, after: any) => before.log === after.log },
  } as never) as Spec;
  expect(await outcomeOf(of, searchByReference, ALL)).toMatchObject({ end: 'exhausted' });
  for (const explore of Object.values(WAYS_ASKED))
    expect(await outcomeOf(of, explore, ALL)).toMatchObject({
      end: 'fault',
      fault: { what: expect.stringContaining('tells equal collections apart') },
    });
});
