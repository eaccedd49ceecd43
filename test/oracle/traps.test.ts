import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack, is } from 'immutable';
import { language, numbers, type Spec } from 'everystate';
import { searchBreadthFirst } from '../../checker/search/search';
import { searchByReference } from '../../checker/search/reference';
import { difference, exploreTogether, outcomeOf, WAYS_ASKED, WAYS_TAKEN } from './compare';
import { searchNaively } from './naive';
import type { Outcome, SearchOptions } from './outcome';

/** Untyped on purpose: many a trap is what a type would forbid. */
const { action, invariant, spec } = language<any>();

const ALL: SearchOptions = { keepGoing: true, deadlock: false };

const SEARCHES = Object.values({ ...WAYS_ASKED, ...WAYS_TAKEN });

/** What all searches find; fails where they differ. */
async function found(of: Spec, options = ALL): Promise<Outcome> {
  const plain = await outcomeOf(of, searchByReference, options);
  expect(difference(searchNaively(of, options).outcome, plain)).toBeNull();
  for (const explore of SEARCHES) expect(difference(plain, await outcomeOf(of, explore, options))).toBeNull();
  return plain;
}

/** What all searches but the learned one find; that one refuses the spec, and says what for. */
async function refusedByLearning(of: Spec, why = 'tells equal collections apart'): Promise<Outcome> {
  const plain = await outcomeOf(of, searchByReference, ALL);
  expect(difference(searchNaively(of, ALL).outcome, plain)).toBeNull();
  const learned = await outcomeOf(of, searchBreadthFirst, ALL);
  expect(learned).toMatchObject({
    end: 'fault',
    fault: { what: expect.stringContaining(why) },
  });
  return plain;
}

/** A spec with the parts that matter to a trap. */
function trap(parts: object): Spec {
  return spec({ name: 'trap', ...parts } as never) as Spec;
}

describe('equality', () => {
  test('−0 is 0, as a value, member, key and parameter', async () => {
    const zeros = trap({
      init: { n: 0, set: Set([0]), map: Map([[0, 'a']]), list: List([0]) },
      actions: {
        negate: action({
          effect: () => ({ n: -0, set: Set([-0]), map: Map([[-0, 'a']]), list: List([-0]) }),
        }),
        add: action(
          { k: [0, -0] },
          { effect: (s, { k }) => ({ set: s.set.add(k), map: s.map.set(k, 'a') }) },
        ),
        remove: action({ effect: (s) => ({ set: s.set.delete(-0) }) }),
      },
      invariants: { positive: (s: any) => !Object.is(s.n, -0) && 1 / s.list.get(0) === Infinity },
    });
    expect(await found(zeros)).toMatchObject({
      end: 'exhausted',
      distinct: 2,
      findings: {},
      generatedBy: { add: 2 },
    });
  });

  test('kinds of collection are never equal, whatever they hold', async () => {
    const kinds = [Map(), OrderedMap(), Set(), OrderedSet(), List(), Stack(), null, '', 0, false];
    const full = [
      Map([['a', 1]]),
      OrderedMap([['a', 1]]),
      Set([1]),
      OrderedSet([1]),
      List([1]),
      Stack([1]),
      1,
      '1',
      true,
      1n,
    ];
    const become = trap({
      init: { v: null },
      actions: Object.fromEntries(
        [...kinds, ...full].map((value, i) => [`become${i}`, action({ effect: () => ({ v: value }) })]),
      ),
    });
    expect(await found(become)).toMatchObject({ end: 'exhausted', distinct: 20 });
  });

  test('keys and members of different types stay apart', async () => {
    const keys = [1, '1', 1n, true, 'true', null, 'null', '', 0, Infinity];
    const odd = trap({
      init: { set: Set(), map: Map() },
      actions: {
        add: action(
          { k: keys },
          { guard: (s) => s.set.size < 2, effect: (s, { k }) => ({ set: s.set.add(k) }) },
        ),
        put: action(
          { k: keys },
          { guard: (s) => s.map.size < 1, effect: (s, { k }) => ({ map: s.map.set(k, k) }) },
        ),
      },
      invariants: {
        same: invariant({ k: keys }, (s, { k }) => !s.map.has(k) || s.map.get(k) === k),
        one: (s: any) => !(s.set.has(1) && s.set.has('1')),
      },
    });
    const pairs = 1 + 10 + (10 * 9) / 2;
    expect(await found(odd)).toMatchObject({ distinct: pairs * 11, findings: { one: 3 } });
  });

  test('values whose hashes collide are different, and iterate alike', async () => {
    const words = ['AaAa', 'BBBB', 'AaBB', 'BBAa'];
    const collide = trap({
      init: { set: Set(), map: Map(), first: null },
      actions: {
        add: action(
          { k: words },
          { effect: (s, { k }) => ({ set: s.set.add(k), map: s.map.set(k, s.map.size) }) },
        ),
        drop: action({ k: words }, { effect: (s, { k }) => ({ set: s.set.delete(k), map: Map() }) }),
        look: action({ effect: (s) => ({ first: s.set.first(null) }) }),
      },
      constraint: (s: any) => s.map.size < 3,
    });
    expect((await found(collide)).end).toBe('exhausted');
    const empties = trap({
      init: { v: Map() },
      actions: { swap: action({ effect: (s) => ({ v: Map.isMap(s.v) ? Set() : Map() }) }) },
    });
    expect(await found(empties)).toMatchObject({ distinct: 2 });
  });

  test.each([3, 9, 12])('a set of %i iterates alike however it came about', async (most) => {
    const members = numbers(1, most);
    const order = trap({
      init: { set: Set(), steps: 0, order: '' },
      actions: {
        // Up or down: equal sets built in opposite orders.
        up: action({
          guard: (s) => s.steps < most,
          effect: (s) => ({ set: s.set.add(members.find((m) => !s.set.has(m))), steps: s.steps + 1 }),
        }),
        down: action({
          guard: (s) => s.steps < most,
          effect: (s) => ({ set: s.set.add(members.findLast((m) => !s.set.has(m))), steps: s.steps + 1 }),
        }),
        tell: action({
          guard: (s) => s.steps === most && s.order === '',
          effect: (s) => ({ order: s.set.join(' ') }),
        }),
        keep: action({
          guard: (s) => s.steps === most && s.order === '',
          effect: (s) => ({ order: [...s.set.filter((m: number) => m % 2 === 1)].join(' ') }),
        }),
        firstOfMap: action({
          guard: (s) => s.steps === most && s.order === '',
          effect: (s) => ({ order: `${s.set.toMap().keySeq().first()} ${s.set.first()} ${s.set.last()}` }),
        }),
      },
    });
    // steps k: k + 1 sets; the last level has one set and three ways to tell it.
    expect(await found(order)).toMatchObject({ distinct: ((most + 1) * most) / 2 + 1 + 3 });
  });

  test.each([
    ['names', [Record({ at: 0 }, 'A'), Record({ at: 0 }, 'B')]],
    ['defaults', [Record({ at: 0 }, 'A'), Record({ at: 1 }, 'A')]],
    ['fields', [Record({ at: 0 }, 'A'), Record({ at: 0, to: 0 }, 'A')]],
  ])('Records of factories with other %s are different', async (_name, make) => {
    const records = trap({
      init: { v: null },
      actions: Object.fromEntries(
        make.map((factory, i) => [
          `make${i}`,
          action({ effect: () => ({ v: factory({ at: 0 } as never) }) }),
        ]),
      ),
    });
    expect(await found(records)).toMatchObject({ distinct: 1 + 2 });
  });

  const A = Record({ at: 0 }, 'A');
  const B = Record({ at: 0 }, 'B');
  test.each([
    ['Records of two names', [A(), B()]],
    ['a List and a Stack', [List([1]), Stack([1])]],
  ])('what Immutable takes for equal is one member, whichever came first: %s', async (_name, alike) => {
    const k = [0, 1];
    const one = trap({
      init: { set: Set(), map: Map(), log: '' },
      actions: {
        add: action({ k }, { effect: (s, { k }) => ({ set: s.set.add(alike[k]) }) }),
        put: action({ k }, { effect: (s, { k }) => ({ map: s.map.set(alike[k], k) }) }),
        ask: action(
          { k },
          {
            effect: (s, { k }) => ({
              log: `${s.set.has(alike[k])} ${s.map.get(alike[k], '-')} ${s.set.size}`,
            }),
          },
        ),
        drop: action({ k }, { effect: (s, { k }) => ({ set: s.set.delete(alike[k]), map: Map() }) }),
      },
      invariants: { one: (s: any) => s.set.size < 2 && s.map.size < 2 },
    });
    expect(await refusedByLearning(one, 'it mixes')).toMatchObject({ end: 'exhausted', findings: {} });
  });

  test('equal values are one object', async () => {
    const Row = Record({ at: 0 }, 'Row');
    const identity = trap({
      init: { a: Row(), b: null, rows: Map([['x', Row()]]), set: Set([Row()]) },
      actions: {
        copy: action({ effect: (s) => ({ b: s.rows.get('x') }) }),
        build: action({ effect: () => ({ b: Row({ at: 0 }) }) }),
        other: action({ effect: () => ({ b: Row({ at: 1 }) }) }),
      },
      reachable: {
        variables: (s: any) => s.a === s.b,
        inMap: (s: any) => s.rows.get('x') === s.b,
        inSet: (s: any) => [...s.set].includes(s.b),
        different: (s: any) => s.b !== null && s.a !== s.b,
      },
    });
    expect((await refusedByLearning(identity)).reached).toEqual({
      variables: 2,
      inMap: 2,
      inSet: 2,
      different: 2,
    });
  });
});

describe('predicates', () => {
  const words = ['a', 'b', 'c', 'd'];
  const grow = {
    add: action({ k: words }, { effect: (s, { k }) => ({ set: s.set.add(k) }) }),
    drop: action({ k: words }, { effect: (s, { k }) => ({ set: s.set.delete(k) }) }),
  };

  test('that close over a variable changed later', async () => {
    const later = trap({
      init: { set: Set(), log: '' },
      actions: {
        ...grow,
        tell: action({
          effect: (s) => {
            let limit = 'b';
            const above = (w: string) => w > limit;
            const first = s.set.count(above);
            limit = 'c';
            return { log: `${first} ${s.set.count(above)} ${s.set.some(above)}` };
          },
        }),
        lazy: action({
          effect: (s) => {
            let limit = 'a';
            const seq = s.set.toSeq().filter((w: string) => w > limit);
            limit = 'b';
            return { log: String(seq.count()) };
          },
        }),
      },
    });
    expect((await found(later)).end).toBe('exhausted');
  });

  test('that count, remember or stop', async () => {
    const effects = trap({
      init: { set: Set(), log: '' },
      actions: {
        ...grow,
        count: action({
          effect: (s) => {
            let n = 0;
            const any = s.set.some((w: string) => (n++, w === 'c'));
            return { log: `${n} ${any}` };
          },
        }),
        remember: action({
          effect: (s) => {
            let last = '';
            const rising = s.set.every((w: string) => {
              const up = w > last;
              last = w;
              return up;
            });
            return { log: `${rising} ${last}` };
          },
        }),
        collect: action({
          effect: (s) => {
            const seen: string[] = [];
            s.set.filter((w: string) => seen.push(w) > 1);
            return { log: seen.join('') };
          },
        }),
        counter: action({
          effect: (s) => {
            const box = { n: 0 };
            s.set.forEach((w: string) => {
              box.n += w.charCodeAt(0);
              return w !== 'b';
            });
            return { log: String(box.n) };
          },
        }),
      },
    });
    expect((await found(effects)).end).toBe('exhausted');
  });

  test('that throw for what is absent', async () => {
    const known = Map([
      ['a', 1],
      ['b', 2],
    ]);
    const need = (w: string) => {
      const n = known.get(w);
      if (n === undefined) throw new Error(`no ${w}`);
      return n;
    };
    const careful = trap({
      init: { set: Set(), n: 0 },
      actions: {
        add: action({ k: ['a', 'b'] }, { effect: (s, { k }) => ({ set: s.set.add(k) }) }),
        // Takes `c` in and out again, so that there is a member that the predicate must not be asked about.
        visit: action({ effect: (s) => ({ set: s.set.has('c') ? s.set.delete('c') : s.set.add('c') }) }),
        sum: action({
          guard: (s) => !s.set.has('c'),
          effect: (s) => ({
            n: s.set.filter((w: string) => need(w) > 1).size + s.set.count((w: string) => need(w) > 0),
          }),
        }),
      },
      invariants: { fine: (s: any) => s.set.has('c') || s.set.every((w: string) => need(w) > 0) },
    });
    expect(await found(careful)).toMatchObject({ end: 'exhausted', findings: {} });
    const careless = trap({
      init: { set: Set() },
      actions: grow,
      invariants: { fine: (s: any) => s.set.every((w: string) => need(w) > 0) },
    });
    expect(await found(careless)).toMatchObject({
      end: 'fault',
      fault: { place: 'invariant fine', what: 'it threw Error: no c', length: 2 },
    });
  });

  test('that read the state themselves', async () => {
    const nested = trap({
      init: { set: Set(), map: Map(), n: 0 },
      actions: {
        ...grow,
        put: action({ k: ['a', 'b'] }, { effect: (s, { k }) => ({ map: s.map.set(k, s.set.size) }) }),
        pick: action({
          guard: (s) => s.set.some((w: string) => s.map.get(w) === s.set.size),
          effect: (s) => ({
            n: s.set.count((w: string) => s.map.has(w) && s.set.every((x: string) => x <= w)),
          }),
        }),
      },
      constraint: (s: any) => s.set.size < 4,
    });
    expect((await found(nested)).end).toBe('exhausted');
  });

  test('on members that turn up only later', async () => {
    const late = trap({
      init: { set: Set([0]), log: 0 },
      actions: {
        next: action({ guard: (s) => s.set.size < 12, effect: (s) => ({ set: s.set.add(s.set.size * 7) }) }),
        forget: action({ guard: (s) => s.set.size > 6, effect: () => ({ set: Set([0, 1]) }) }),
        even: action({ effect: (s) => ({ log: s.set.count((m: number) => m % 2 === 0) }) }),
        big: action({ guard: (s) => s.set.some((m: number) => m > 50), effect: () => ({ log: -1 }) }),
        pick: action(
          { m: (s) => s.set.filter((m: number) => m > 60) },
          { effect: (_s, { m }) => ({ log: m }) },
        ),
      },
    });
    expect((await found(late)).end).toBe('exhausted');
  });

  test('filter: which members match, also of those that were keys of a Map there', async () => {
    const masks = trap({
      init: { v: Map([['a', 1]]), best: '' },
      actions: {
        turn: action({ guard: ({ v }) => Map.isMap(v), effect: () => ({ v: Set(['b']) }) }),
        put: action(
          { x: ['a', 'b', 'c', 'd'] },
          { guard: ({ v }) => Set.isSet(v), effect: ({ v }, { x }) => ({ v: v.add(x) }) },
        ),
        take: action(
          { x: ['a', 'b', 'c', 'd'] },
          { guard: ({ v }) => Set.isSet(v), effect: ({ v }, { x }) => ({ v: v.delete(x) }) },
        ),
        join: action({
          guard: ({ v }) => Set.isSet(v),
          effect: ({ v }) => ({
            best: v
              .filter((x: string) => x !== 'a')
              .toList()
              .sort()
              .join(''),
          }),
        }),
      },
    });
    expect(await found(masks)).toMatchObject({ end: 'exhausted', findings: {} });
  });
});

describe('collections', () => {
  test('keys deleted and written again', async () => {
    const keys = ['a', 'b', 'c'];
    const again = trap({
      init: { map: Map(), ordered: OrderedMap() },
      actions: {
        set: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.set(k, 1) }) }),
        unset: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.delete(k) }) }),
        both: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.delete(k).set(k, 1) }) }),
        neither: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.set(k, 2).delete(k) }) }),
      },
      invariants: {
        size: (s: any) => s.map.size === keys.filter((k) => s.map.has(k)).length,
        keys: (s: any) => is(s.map.keySeq().toSet(), Set(keys.filter((k) => s.map.get(k) !== undefined))),
      },
    });
    expect(await found(again)).toMatchObject({ distinct: 8, findings: {} });
    // An ordered map remembers: each of the 16 ways to line up some of three keys.
    const lined = trap({
      init: { map: OrderedMap() },
      actions: {
        set: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.set(k, 1) }) }),
        unset: action({ k: keys }, { effect: (s, { k }) => ({ map: s.map.delete(k) }) }),
      },
    });
    expect(await found(lined)).toMatchObject({ distinct: 16 });
  });

  test('an empty inner map is not an absent one', async () => {
    const inner = trap({
      init: { nest: Map(), sets: Map(), lists: Map() },
      actions: {
        put: action({ effect: (s) => ({ nest: s.nest.setIn(['a', 'x'], 1) }) }),
        take: action({ effect: (s) => ({ nest: s.nest.deleteIn(['a', 'x']) }) }),
        drop: action({ effect: (s) => ({ nest: s.nest.delete('a') }) }),
        add: action({ effect: (s) => ({ sets: s.sets.update('a', Set(), (x: any) => x.add(1)) }) }),
        remove: action({ effect: (s) => ({ sets: s.sets.update('a', Set(), (x: any) => x.delete(1)) }) }),
        // Immutable leaves a map alone where the updater gives back the value for what is absent.
        touch: action({ effect: (s) => ({ lists: s.lists.update('a', List(), (x: any) => x) }) }),
        make: action({ effect: (s) => ({ lists: s.lists.set('a', List()) }) }),
      },
      invariants: {
        told: (s: any) =>
          s.nest.has('a') === (s.nest.get('a') !== undefined) && s.nest.hasIn(['a']) === s.nest.has('a'),
        some: (s: any) =>
          s.nest.some((m: any) => m.isEmpty()) === (s.nest.has('a') && s.nest.get('a').size === 0),
      },
      reachable: { empty: (s: any) => is(s.nest, Map({ a: Map() })), none: (s: any) => s.nest.equals(Map()) },
    });
    expect(await found(inner)).toMatchObject({ findings: {}, reached: { empty: 3, none: 1 } });
  });

  test('collections that change in place', async () => {
    const k = [0, 1, 2];
    const few = (map: any) => map.filter((_: any, key: any) => k.includes(key));
    const mutated = trap({
      init: {
        map: Map([[0, 0]]),
        nest: Map(),
        set: Set([1]),
        list: List(),
        row: Record({ at: 0, who: 0 }, 'Row')(),
      },
      actions: {
        chained: action(
          { k },
          {
            effect: (s, { k }) => ({ map: s.map.withMutations((m: any) => m.set(k, 1).set(2, k).remove(k)) }),
          },
        ),
        conditional: action({
          effect: (s) => ({
            map: s.map.withMutations((m: any) => {
              if (m.has(0) && m.size < 3) m.set(1, m.get(0)).delete(0);
            }),
          }),
        }),
        // The inner change is there when the updater has answered.
        within: action({
          effect: (s) => ({
            map: s.map.withMutations((m: any) => {
              m.update(0, 0, (x: number) => (m.set(1, 2), (x + 1) % 3));
            }),
          }),
        }),
        inPlace: action({
          effect: (s) => ({
            map: s.map.withMutations((m: any) => {
              m.set(2, 1).map((x: number) => (x + 1) % 3);
              m.set(0, 1);
            }),
          }),
        }),
        /** The result is the very object that was changed, and stays what it is. */
        kept: action({
          effect: (s) => {
            let kept: any;
            const map = s.map.withMutations((m: any) => void (kept = m.set(0, 2)));
            return { map, nest: Map({ kept: few(kept.set(1, 1)) }) };
          },
        }),
        handedOn: action({
          effect: (s) => {
            let nest = s.nest;
            s.map.withMutations((m: any) => {
              nest = nest.set('seen', m.set(1, 0).toMap().asImmutable()).set('size', m.size);
              nest = nest.set('json', List(Object.keys(m.toJS()))).set('same', m.equals(Map([[1, 0]])));
            });
            return { nest };
          },
        }),
        returned: action({
          effect: (s) => ({
            set: s.set.withMutations((x: any) => x.add(2).withMutations((y: any) => y.add(3))),
          }),
        }),
        emptied: action({ effect: (s) => ({ set: s.set.withMutations((x: any) => x.clear().add(0)) }) }),
        asked: action({
          effect: (s) => ({
            set: s.set.withMutations((x: any) => x.some((n: number) => n > 1) && x.intersect([0, 3])),
          }),
        }),
        stacked: action({
          effect: (s) => ({
            list: s.list.withMutations((l: any) => (l.size < 2 ? l.push(l.size) : l.pop().pop())),
          }),
        }),
        assigned: action({
          effect: (s) => ({
            row: s.row.withMutations((r: any) => {
              r.at = (r.at + 1) % 2;
              r.merge({ who: r.at }).update('who', (x: number) => x + 1);
            }),
          }),
        }),
        nothing: action({
          effect: (s) => ({
            map: s.map.withMutations(() => {}),
            list: s.list.withMutations((l: any) => l.clear()),
          }),
        }),
      },
      invariants: {
        unmoved: (s: any) => {
          s.map.withMutations((m: any) => m.clear());
          return s.map.size > 0 || s.map.isEmpty();
        },
      },
    });
    const { distinct } = await found(mutated, { ...ALL, maxDepth: 5 });
    expect(distinct).toBeGreaterThan(100);
  });

  test('whether a collection changed in place is altered', async () => {
    const altered = trap({
      init: { map: Map([[0, 0]]), said: false },
      actions: {
        ask: action(
          { k: [0, 1] },
          {
            effect: (s, { k }) => {
              let said = false;
              const map = s.map.withMutations((m: any) => void (said = m.set(0, k).wasAltered()));
              return { map, said };
            },
          },
        ),
      },
    });
    expect(await found(altered)).toMatchObject({ distinct: 4 });
  });

  test.each<[string, (nest: any, path: any) => unknown]>([
    ['getIn', (nest, path) => nest.getIn(path)],
    ['hasIn', (nest, path) => nest.hasIn(path)],
    ['setIn', (nest, path) => nest.setIn(path, 1)],
    ['updateIn', (nest, path) => nest.updateIn(path, () => 1)],
    ['removeIn', (nest, path) => nest.removeIn(path)],
  ])('%s takes a list for a path, and no string', async (_name, use) => {
    const parts = (path: unknown) => ({
      init: { nest: Map([['a', Map([['b', 0]])]]) },
      actions: {
        use: action({ effect: (s) => ({ nest: s.nest.set('c', Map([['d', use(s.nest, path) === 1]])) }) }),
      },
    });
    expect(await found(trap(parts(List(['a', 'b']))))).toMatchObject({ distinct: 2 });
    expect(await found(trap(parts('ab')))).toMatchObject({ end: 'fault' });
    expect(await found(trap(parts([])))).toMatchObject({ end: expect.stringMatching(/exhausted|fault/) });
  });

  test('lists: both ends, the middle, and past the end', async () => {
    const list = trap({
      init: { list: List(), got: null },
      actions: {
        push: action(
          { k: ['a', 'b'] },
          { guard: (s) => s.list.size < 3, effect: (s, { k }) => ({ list: s.list.push(k) }) },
        ),
        unshift: action({ guard: (s) => s.list.size < 3, effect: (s) => ({ list: s.list.unshift('c') }) }),
        shift: action({ effect: (s) => ({ list: s.list.shift(), got: s.list.first(null) }) }),
        pop: action({ effect: (s) => ({ list: s.list.pop(), got: s.list.get(-1, null) }) }),
        middle: action({ effect: (s) => ({ list: s.list.delete(1), got: s.list.get(1, 'none') }) }),
        set: action({
          guard: (s) => s.list.size > 1,
          effect: (s) => ({ list: s.list.set(-1, 'd').set(0, s.list.last()) }),
        }),
      },
      invariants: { found: (s: any) => s.list.every((x: any, i: number) => s.list.indexOf(x) <= i) },
    });
    expect(await found(list)).toMatchObject({ end: 'exhausted', findings: {} });
    const holes = trap({
      init: { list: List(['a']) },
      actions: { set: action({ effect: (s) => ({ list: s.list.set(2, 'c') }) }) },
    });
    expect(await found(holes)).toMatchObject({
      end: 'fault',
      fault: { place: 'effect set', what: 'it gave list[1] undefined, which can be no part of a state' },
    });
  });

  test('Record defaults come back', async () => {
    const Row = Record({ at: 1, who: 'a' as string | null }, 'Row');
    const records = trap({
      init: { row: Row(), map: Map([['x', Row({ at: 3 })]]) },
      actions: {
        set: action({ effect: (s) => ({ row: s.row.set('at', 2).set('who', null) }) }),
        remove: action({ effect: (s) => ({ row: s.row.remove('at') }) }),
        clear: action({ effect: (s) => ({ row: s.row.clear() }) }),
        none: action({ effect: () => ({ row: Row({ at: undefined as never }) }) }),
        deep: action({ effect: (s) => ({ map: s.map.removeIn(['x', 'at']) }) }),
        merge: action({
          effect: (s) => ({ row: s.row.merge({ at: 2 }), map: s.map.mergeIn(['x'], { who: null }) }),
        }),
        move: action({ effect: (s) => ({ row: s.map.get('x'), map: s.map.set('x', s.row) }) }),
      },
    });
    expect((await found(records)).end).toBe('exhausted');
  });

  test('a class that extends Record keeps its methods', async () => {
    class Point extends Record({ x: 0, y: 0 }, 'Point') {
      get sum(): number {
        return this.x + this.y;
      }
      moved(by: number): this {
        return this.set('x', (this.x + by) % 3);
      }
      touches(other: Point): boolean {
        return this.equals(other) || this.sum === other.sum;
      }
    }
    const points = trap({
      init: { p: new Point(), all: Set<Point>([new Point({ y: 1 })]), by: Map([['a', new Point({ x: 1 })]]) },
      actions: {
        move: action({ k: [1, 2] }, { effect: (s, { k }) => ({ p: s.p.moved(k) }) }),
        join: action({ guard: (s) => s.all.size < 3, effect: (s) => ({ all: s.all.add(s.p.moved(1)) }) }),
        leave: action(
          { p: (s): Iterable<Point> => s.all },
          { guard: (_s, { p }) => p.sum > 1, effect: (s, { p }) => ({ all: s.all.delete(p) }) },
        ),
        deep: action({ effect: (s) => ({ by: s.by.update('a', (p: Point) => p.moved(s.p.sum)) }) }),
      },
      invariants: {
        kind: (s: any) =>
          s.p instanceof Point &&
          s.by.get('a') instanceof Point &&
          s.all.every((p: any) => p instanceof Point),
        touch: (s: any) =>
          !s.by.every((p: Point) => s.all.some((q: Point) => q.touches(p)) && p.touches(s.p)),
      },
    });
    expect(await found(points)).toMatchObject({ end: 'exhausted', findings: { touch: expect.any(Number) } });
  });

  test('size, keySeq and iteration see keys as they come and go', async () => {
    const grow = trap({
      init: { map: Map(), log: '' },
      actions: {
        put: action({
          guard: (s) => s.map.size < 10,
          effect: (s) => ({ map: s.map.set(`k${s.map.size}`, s.map.size) }),
        }),
        drop: action(
          { k: (s) => s.map.keySeq() },
          { guard: (s) => s.map.size > 8, effect: (s, { k }) => ({ map: s.map.delete(k) }) },
        ),
        tell: action({
          effect: (s) => ({ log: `${s.map.size} ${s.map.keySeq().join()} ${[...s.map.values()].join()}` }),
        }),
        sum: action({
          effect: (s) => ({ log: String(s.map.reduce((n: number, v: number) => n * 2 + v, 0)) }),
        }),
      },
      constraint: (s: any) => s.map.size < 10 || s.log === '',
    });
    expect((await found(grow, { ...ALL, maxDepth: 13 })).distinct).toBeGreaterThan(100);
  });

  test('a view reads its own writes', async () => {
    const writes = trap({
      init: { map: Map([['a', 1]]), set: Set([1]), nest: Map(), list: List([1]), log: '' },
      actions: {
        all: action(
          { k: ['a', 'b'], n: [1, 2] },
          {
            effect: (s, { k, n }) => {
              const map = s.map.set(k, n).delete('a').set('c', 0);
              const set = s.set.add(n).add(n).delete(1);
              const nest = s.nest.setIn([k, 'x'], n).setIn([k, 'y'], n);
              const list = s.list.push(n).set(0, n);
              const log = `${map.has(k)} ${map.size} ${map.get('a', '-')} ${set.size} ${set.has(n)} ${nest.getIn([k, 'x'])} ${nest.get(k).size} ${list.size} ${list.first()} ${set.some((m: number) => m > 1)}`;
              return {
                map: map.filter((v: number) => v > 0),
                set,
                nest: nest.size > 1 ? Map() : nest,
                list: list.takeLast(2),
                log,
              };
            },
          },
        ),
        undo: action({
          effect: (s) => ({
            map: s.map.set('z', 1).delete('z'),
            set: s.set.delete('z').union([9]).subtract([9]),
          }),
        }),
      },
    });
    expect((await found(writes)).end).toBe('exhausted');
  });

  test('views inside what is stored, asked and returned', async () => {
    const Box = Record({ it: null as unknown }, 'Box');
    const boxes = trap({
      init: { map: Map([['a', 1]]), set: Set([1]), box: null, list: List() },
      actions: {
        box: action({ effect: (s) => ({ box: Box({ it: s.map }) }) }),
        list: action({ effect: (s) => ({ list: List([s.map, s.set, s.box]) }) }),
        deep: action({ effect: (s) => ({ box: Map([[s.set, Set([s.map])]]) }) }),
        unbox: action({
          guard: (s) => s.list.size > 0,
          effect: (s) => ({ map: s.list.get(0), set: s.list.get(1).add(2) }),
        }),
        swap: action({ effect: (s) => ({ map: s.set, set: s.map }) }),
        back: action({ guard: (s) => Set.isSet(s.map), effect: (s) => ({ map: s.set, set: s.map }) }),
      },
      invariants: {
        is: (s: any) => !is(s.list.get(0), s.map) || s.list.first().equals(s.map),
        has: (s: any) => !Map.isMap(s.box) || s.box.has(s.set) === is(s.box.keySeq().first(), s.set),
      },
      constraint: (s: any) => s.set.size < 3,
    });
    expect((await found(boxes, { ...ALL, maxDepth: 5 })).findings).toEqual({});
  });
});

describe('properties', () => {
  test('a step that leaves alone what a property reads breaks it where a step must change that', async () => {
    const still = trap({
      init: { x: 0, y: 0 },
      actions: {
        stay: action({ guard: ({ x, y }) => x === 0 && y < 3, effect: ({ y }) => ({ y: y + 1 }) }),
      },
      actionProperties: { moves: (before: any, after: any) => before.x !== after.x },
    });
    expect(await found(still)).toMatchObject({ findings: { moves: 2 } });
  });

  test('a property that comes to read more is asked after steps that were none of its business', async () => {
    const later = trap({
      init: { x: 0, y: 0, t: 0 },
      actions: {
        tick: action({ guard: ({ t }) => t === 0, effect: () => ({ t: 1 }) }),
        raise: action({ guard: ({ t }) => t === 1, effect: () => ({ x: 1 }) }),
        put: action({ effect: () => ({ y: 2 }) }),
      },
      invariants: { apart: (s: any) => s.x === 0 || s.y !== 2 },
    });
    expect(await found(later)).toMatchObject({ findings: { apart: 4 } });
  });

  test('a step that comes to clear more is asked about by those who read that', async () => {
    const clearing = trap({
      init: { m: Map([['a', 1]]), t: 0, x: 0 },
      actions: {
        tick: action({ guard: ({ t }) => t === 0, effect: () => ({ t: 1 }) }),
        raise: action({
          guard: ({ t }) => t === 1,
          effect: ({ m }) => ({ t: 2, x: 1, m: m.set('b', 5) }),
        }),
        clear: action({ guard: (s) => s.m !== null, effect: () => ({ m: Map([['a', 1]]) }) }),
      },
      invariants: { filled: (s: any) => s.x === 0 || s.m.get('b') === 5 },
    });
    expect(await found(clearing)).toMatchObject({ findings: { filled: 4 } });
  });
});

describe('the state as an object', () => {
  test('is spread, listed and taken apart', async () => {
    const object = trap({
      init: { a: 0, b: 1, c: Set([1]) },
      actions: {
        spread: action({ effect: (s) => ({ ...s, a: (s.a + 1) % 3 }) }),
        entries: action({
          effect: (s) => Object.fromEntries(Object.entries(s).filter(([name]) => name !== 'a')),
        }),
        apart: action({ effect: ({ a, b }) => ({ a: b, b: a }) }),
        keys: action({ effect: (s) => ({ b: Object.keys(s).length % 2 }) }),
        asked: action({
          guard: (s) => 'a' in s && !('z' in s) && Object.hasOwn(s, 'b'),
          effect: () => ({ c: Set() }),
        }),
        text: action({ effect: (s) => ({ b: JSON.stringify(s).length % 2 }) }),
      },
      invariants: { small: (s: any) => Object.values(s).every((v) => typeof v !== 'number' || v < 3) },
    });
    expect(await found(object)).toMatchObject({ end: 'exhausted', findings: {} });
  });

  test.each<[string, (s: any) => unknown]>([
    ['a variable set', (s) => void (s.n = 1)],
    ['a variable deleted', (s) => void delete s.n],
    ['a Record field set', (s) => void (s.row.at = 1)],
    ['a misspelt variable', (s) => s.nn],
    ['nothing returned', () => undefined],
    ['a number returned', () => 1],
    ['null returned', () => null],
    ['a Record returned', (s) => s.row],
    ['an unknown variable', () => ({ m: 1 })],
    ['undefined stored', () => ({ n: undefined })],
    ['NaN stored', () => ({ n: NaN })],
    ['an array stored deep', (s) => ({ set: s.set.add(List([[1]])) })],
    ['a Seq stored', (s) => ({ set: s.set.toSeq() })],
    ['a function stored', () => ({ n: () => 1 })],
    [
      'a throw',
      () => {
        throw new RangeError('out');
      },
    ],
    [
      'a throw of no Error',
      () => {
        throw 'out';
      },
    ],
    ['a missing method', (s) => s.set.nothing()],
    ['a call on what is absent', (s) => ({ n: s.map.get('z').at })],
  ])('faults are told alike: %s', async (_name, effect) => {
    const faulty = trap({
      init: { n: 0, go: 0, row: Record({ at: 0 }, 'Row')(), set: Set(), map: Map() },
      actions: {
        go: action({ effect: (s) => ({ go: Math.min(2, s.go + 1) }) }),
        fail: action({ k: [1, 2] }, { guard: (s, { k }) => s.go === k, effect: effect as never }),
      },
    });
    expect(await found(faulty)).toMatchObject({ end: 'fault', fault: { place: 'effect fail', length: 2 } });
  });
});

/** Only the fast engine can tell: it remembers what a function answered, and asks again now and then. */
describe('impure specs come out broken (fast engine only)', () => {
  // Chance itself may well answer the few questions of so small a spec alike; this always mixes them.
  beforeEach(() => {
    let seed = 1;
    jest.spyOn(Math, 'random').mockImplementation(() => (seed = (seed * 48_271) % 0x7fffffff) / 0x7fffffff);
  });
  afterEach(() => jest.restoreAllMocks());

  const counters = { a: 0, b: 0, c: 0, d: 0 };
  const names = Object.keys(counters);
  const count = action(
    { k: names },
    { guard: (s, { k }) => s[k] < 4, effect: (s, { k }) => ({ [k]: s[k] + 1 }) },
  );

  test.each<[string, () => object]>([
    [
      'a random guard',
      () => ({
        actions: {
          count,
          odd: action({ guard: (s) => s.a > 0 && Math.random() < 0.5, effect: () => ({ a: 0 }) }),
        },
      }),
    ],
    [
      'a random effect',
      () => ({
        actions: { count, odd: action({ effect: (s) => ({ a: s.b > 2 && Math.random() < 0.5 ? 0 : s.a }) }) },
      }),
    ],
    [
      'a random range',
      () => ({
        actions: {
          count,
          odd: action(
            { k: (s) => (s.a > 0 && Math.random() < 0.5 ? [1] : [2]) },
            { effect: (_s, { k }) => ({ a: k }) },
          ),
        },
      }),
    ],
    [
      'an invariant that holds but once',
      () => {
        let calls = 0;
        return { actions: { count }, invariants: { odd: (s: any) => s.a + 1 > 0 && calls++ < 1 } };
      },
    ],
    [
      'an action property that holds for a while',
      () => {
        let calls = 0;
        return {
          actions: { count },
          actionProperties: { odd: (s: any, t: any) => t.a <= s.a + 1 && calls++ < 15 },
        };
      },
    ],
    [
      'a captured counter',
      () => {
        let calls = 0;
        return {
          actions: {
            count,
            odd: action({ guard: (s) => s.b >= 0 && calls++ % 2 === 0, effect: () => ({ a: 0 }) }),
          },
        };
      },
    ],
    [
      'a captured cache of a state',
      () => {
        let last = 0;
        const remember = action({ guard: (s) => ((last = s.d), s.c >= 0), effect: () => ({}) });
        return {
          actions: { count, remember, odd: action({ guard: (s) => s.a >= 0, effect: () => ({ b: last }) }) },
        };
      },
    ],
    [
      'a predicate that counts across calls',
      () => {
        let seen = 0;
        return {
          init: { ...counters, set: Set(['x', 'y']) },
          actions: {
            count,
            odd: action({ effect: (s) => ({ a: s.set.some(() => seen++ % 3 === 0) ? 0 : s.a }) }),
          },
        };
      },
    ],
  ])('%s', async (_name, parts) => {
    for (const explore of [searchBreadthFirst, exploreTogether]) {
      const outcome = await outcomeOf(trap({ init: counters, ...parts() }), explore, {
        ...ALL,
        keepGoing: true,
      });
      expect(outcome).toMatchObject({ end: 'fault', fault: { place: expect.stringContaining('odd') } });
      expect(outcome.fault?.what).toMatch(/pure|again|differ/);
    }
  });
});
