import { searchByReference } from '../../checker/search/reference';
import { difference, outcomeOf, WAYS_ASKED } from './compare';
import { searchNaively } from './naive';
import { compileSpec } from './randomSpec';
import { differences } from './randomSpecs';
import { PRELUDE } from './source';

/** What random specs found, made small by hand or by the shrinker: the search that was wrong stays right. */
const FOUND: { readonly [what: string]: string } = {
  'an updater that gives back the value for what is absent leaves a map alone': `
    init: { m: Map() },
    actions: { a: action({ effect: (s) => ({ m: s.m.update('a', 0, (v) => v) }) }) },
  `,
  'so does one that gives back a variable': `
    init: { m: Map(), set: Set() },
    actions: {
      a: action({ effect: (s) => ({ m: s.m.update('a', s.set, (v) => v) }) }),
      b: action({ effect: (s) => ({ set: s.set.add('x') }) }),
    },
  `,
  'and a guard can tell': `
    init: { m: Map(), n: 0 },
    actions: { a: action({ guard: (s) => s.m.update(Row(), 0, (v) => v).equals(s.m), effect: () => ({ n: 1 }) }) },
  `,
  'a field that turns null leaves nothing of the Record it held': `
    init: { desk: Desk({ marks: Set(['c']), n: 2 }) },
    actions: {
      reset: action({ effect: () => ({ desk: Desk() }) }),
      fill: action({ effect: (s) => ({ desk: s.desk.set('row', Row()) }) }),
    },
  `,
  'inner sets move between variables and go with their keys': `
    init: { one: Map(), two: Map() },
    actions: {
      cross: action({ k: ['a', 'b'] }, {
        effect: (s, { k }) => ({ one: s.two.delete(k), two: s.one.update(k, Set(), (t) => t.add(k)) }),
      }),
      take: action({
        effect: (s) => ({ one: s.two.update(s.one.keySeq().first('a'), Set(), (t) => t.add('a')) }),
      }),
    },
  `,
  'inner lists grow while their maps are swapped': `
    init: { one: Map(), two: Map() },
    actions: {
      copy: action({ effect: (s) => ({ one: s.two }) }),
      push: action({ effect: (s) => [
        { two: s.two.update('c', List(), (q) => q.push(1).take(3)) },
        { one: s.two, two: s.one },
      ] }),
    },
  `,
  'a predicate that reads the state, met first where there is nothing to ask it about': `
    init: { set: Set(), on: true },
    actions: {
      add: action({ effect: (s) => ({ set: s.set.add('c') }) }),
      range: action({ j: (s) => s.set.filter((m) => s.on) }, { effect: (s, { j }) => ({ set: s.set.add('a') }) }),
    },
  `,
  'such a predicate whose answer is compared with the set': `
    init: { on: false, set: Set() },
    actions: {
      tell: action({ j: (s) => [s.set.filter((m) => s.on).equals(s.set)] }, { effect: (s, { j }) => ({ on: j }) }),
      add: action({ effect: (s) => ({ set: s.set.add(Set()) }) }),
    },
  `,
  'such a predicate that reads another collection': `
    init: { set: Set(), map: Map(), n: 0 },
    actions: {
      clear: action({ effect: () => ({ set: Set() }) }),
      find: action({ effect: (s) => ({ set: s.set.add(s.set.find((m) => s.map.some((v) => true)) ?? 'a'), n: 1 }) }),
    },
  `,
  'an updater that builds an inner collection of the keys there are': `
    init: { map: Map() },
    actions: {
      a: action({ effect: (s) => ({
        map: s.map.update('ab', Set(), (t) => t.add([...s.map.keys()][0] ?? 'b'))
          .set(s.map.keySeq().first('a'), s.map.reduce((t, v) => t.union(v), Set())),
      }) }),
    },
    constraint: (s) => s.map.size <= 2,
  `,
  'an updater that gives back the value for what is absent, a changed view of another variable': `
    init: { map: Map(), other: Map(), n: 0 },
    actions: { a: action({ effect: (s) => ({ n: s.map.update('a', s.other.remove('a'), () => s.other).size }) }) },
  `,
  'an updater that gives back another variable, equal to the value for what is absent': `
    init: { one: Set(['a']), two: Set(), map: Map() },
    actions: {
      copy: action({ effect: (s) => ({ two: s.one }) }),
      update: action({ effect: (s) => ({ map: s.map.update('a', s.two, () => s.one) }) }),
    },
  `,
  'an action property that asks for what no state has held yet, before a state outside': `
    init: { map: Map(), word: 'a', list: List([0, 0]) },
    actions: { push: action({ k: [0] }, { effect: (s, { k }) => ({ map: Map(), list: s.list.push(k) }) }) },
    actionProperties: { has: (before, after) => before.map.has(after.word) },
    constraint: (s) => s.list.size <= 2,
  `,
  'an action property that asks for what no state has held yet, before new states': `
    init: { map: Map() },
    actions: { a: action({ k: [0, 1, 2] }, { effect: (s, { k }) => ({ map: s.map.setIn(['a', 'b'], k) }) }) },
    actionProperties: { none: (before, after) => after.map.get('b') === undefined },
  `,
  'a predicate that reads the state through what it is asked about': `
    init: { set: Set(), rest: Set(['a', 'c']) },
    actions: {
      fill: action({ effect: (s) => ({ set: s.rest }) }),
      drain: action({ k: (s) => s.set.filter((m) => s.rest.isSuperset([m])) }, { effect: () => ({ rest: Set() }) }),
    },
  `,
  'a predicate over the entries of a Map that reads the state': `
    init: { rows: Map([[0, 'a']]), other: Map([[0, 'a']]) },
    actions: {
      copy: action({ effect: (s) => ({ rows: s.other }) }),
      set: action({ k: [0, 1] }, { effect: (s, { k }) => ({ other: s.other.set(k, 'b') }) }),
      clear: action({ effect: (s) => (s.other.every((v) => { for (const _ of s.rows) return true; return false; }) ? { other: Map() } : {}) }),
    },
  `,
  'inner lists grow in two maps that are concatenated': `
    init: { one: Map([['b', List()]]), two: Map([['b', List()]]) },
    actions: {
      remove: action({ k: ['b', 'c'] }, { effect: (s, { k }) => ({ one: remove(s.two, k) }) }),
      push: action({
        effect: (s) => ({ one: s.one.update('c', List(), (q) => q.push(1).take(6)), two: s.two.concat(s.one) }),
      }),
    },
    invariants: { sane: () => true, same: (s) => s.one.hashCode() === s.two.hashCode() },
  `,
  'sets added to, merged and moved, two choices at a time': `
    init: { a: Set([0]), b: Set([1]), c: Set([0]) },
    actions: {
      add: action({ effect: (s) => ({ b: s.b.add(2) }) }),
      move: action({ effect: function* (s) {
        yield { a: s.a.add(1), b: s.a };
        if (s.b.hashCode() === s.c.hashCode()) yield { a: s.a };
      } }),
      clear: action({ effect: (s) => ({ a: Set() }) }),
      mix: action({
        effect: (s) => ({ a: s.c.subtract(s.b).concat(s.c), c: s.b.merge(s.c).add((([e = 0]) => e)(s.a)) }),
      }),
    },
  `,
  'maps swapped with a key more, read through other keys': `
    init: { v0: Map([['b', -1]]), v1: Map([['c', null]]), v2: Set([2, 0]), v3: Map([['a', 2]]) },
    actions: {
      swap: action({ k: ['b', 'c'] }, { effect: (s, { k }) => ({ v0: s.v3, v3: s.v0.set(k, 0) }) }),
      set: action(
        { k: (s) => s.v3.values(), j: (s) => s.v3.delete('b').set(s.v3.keySeq().first('a'), s.v0.get('a', 2)).values() },
        { effect: (s, { k, j }) => ({ v0: s.v0.set(s.v3.findEntry((v, k) => s.v2.equals(s.v2))?.[0] ?? 'b', (([v = j]) => v)(s.v3.values())) }) },
      ),
      each: action({ effect: function* (s) {
        for (const [w, x] of s.v0)
          yield { v3: ((m) => (m.has(w) ? m : m.set(w, x)))(s.v3).set(s.v1.keySeq().first(w), x), v2: s.v2.add(x) };
      } }),
    },
    invariants: { i0: (s) => s.v2.isSubset(s.v2), i1: (s) => s.v2.every((e) => s.v1.has('a')) },
    reachable: { r0: (s) => s.v2.some((e) => s.v2.some((x) => true)) },
  `,
  'stacks swapped and pushed, each new value a new branch': `
    init: { v0: Stack(), v1: Map(), v2: Stack() },
    actions: {
      one: action({ effect: (s) => ({ v1: s.v1, v2: s.v0.push(1) }) }),
      two: action({ effect: (s) => ({ v2: s.v0.push(2) }) }),
      filter: action({ effect: (s) => ({ v0: s.v0.filter((e) => s.v1.filter((v, k) => true).has('a')) }) }),
      swap: action({ k: [Row({ at: 1 }), Row({ who: 'a' })], j: [0, 1, 2] }, {
        guard: (s) => String(s.v1) === String(s.v1),
        effect: (s, { j }) => ({ v0: s.v2.push(j), v2: s.v0.push(j) }),
      }),
    },
    invariants: { sane: () => true, i0: (s) => s.v1.get('b')?.has('c') === true },
    constraint: (s) => s.v0.size <= 2 && s.v1.size <= 2 && s.v2.size <= 2,
  `,
  'an action given up in the midst of a state takes no step twice and leaves none out': `
    init: { map: Map() },
    actions: {
      fixed: action({ k: Range(0, 3), j: ['b', 'c'] }, {
        effect: (s, { k, j }) => ({ map: s.map.update(j, List(), (q) => q.push(k).takeLast(4)) }),
      }),
      depends: action({ j: (s) => s.map.keySeq(), k: [0, 1] }, {
        guard: (s, { j }) => String(s.map).length > 0,
        effect: (s, { k, j }) => ({ map: s.map.update(j, List(), (q) => q.push(k).takeLast(4)) }),
      }),
    },
    constraint: (s) => s.map.every((q) => q.size < 4),
  `,
  'what was just added to a collection comes last in its text': `
    init: { map: Map(), key: 'a', other: Map([['a', 0], ['b', 1]]) },
    actions: {
      copy: action({ effect: (s) => ({ map: s.other }) }),
      text: action({ guard: (s) => String(s.other) === String(s.map.set(s.key, 0)), effect: (s) => ({ map: s.map }) }),
      remove: action({ effect: (s) => ({ map: s.map.delete(s.key) }) }),
    },
  `,
  'an invariant that falls in a state outside the constraint, which a learned step led to': `
    init: { n: 0, m: 0 },
    actions: {
      up: action({ effect: (s) => ({ n: s.n + 1 }) }),
      side: action({ guard: (s) => s.m < 3, effect: (s) => ({ m: s.m + 1 }) }),
    },
    constraint: (s) => s.n <= 3,
    invariants: { apart: (s) => s.n < 4 || s.m < 2 },
  `,
  'a predicate that looks a part of the state up as a key of another': `
    init: { map: Map(), list: List() },
    actions: {
      put: action({ effect: (s) => ({ map: s.map.set(Row(), 0) }) }),
      keep: action({ effect: (s) => ({ list: s.list.filter((row) => s.map.every(() => s.map.get(row) === undefined)) }) }),
      push: action({ effect: (s) => ({ list: s.list.push(Row()) }) }),
    },
    constraint: (s) => s.list.size <= 2,
  `,
  'a predicate met twice that can be asked ahead the second time only, once there is something to ask it about': `
    init: { other: Set(), set: Set(), n: 0 },
    actions: {
      grow: action({ effect: (s) => ({ other: s.other.add(1) }) }),
      twice: action({
        effect: (s) => {
          const n = [1, 2].filter(() => s.set.filter((e) => s.set.has(e)).isEmpty()).length;
          return { n: n + [...s.other].length, set: s.set.add(0) };
        },
      }),
    },
  `,
};

/** Their spaces have no end. */
const FOUND_WITHIN_20: typeof FOUND = {
  'ranges that give something new in every state, learned by an audit before the kernel asks': `
    init: { n: null, map: Map([['a', List()]]) },
    actions: {
      push: action({ j: (s) => s.map.filter(() => true).keySeq() }, {
        effect: (s, { j }) => ({ map: s.map.update(j, List(), (q) => q.push(0)) }),
      }),
      two: action({ k: (s) => Range(0, s.map.keySeq().count() + 1), j: (s) => Range(0, s.map.keySeq().count() + 1) }, {
        effect: () => ({ n: null }),
      }),
      whole: action({ k: (s) => [s.map.hashCode() === s.map.hashCode()] }, { effect: (s) => ({ map: s.map }) }),
    },
    constraint: (s) => s.map.size <= 2,
  `,
};

const CASES = [
  ...Object.entries(FOUND).map(([what, parts]) => [what, parts, {}] as const),
  ...Object.entries(FOUND_WITHIN_20).map(([what, parts]) => [what, parts, { maxDepth: 20 }] as const),
];

test.each(CASES)(
  '%s',
  async (_what, parts, bounds) => {
    const spec = compileSpec(`${PRELUDE}return spec({ name: 'regression', ${parts} });`);
    const options = { keepGoing: true, deadlock: false, ...bounds };
    const plain = await outcomeOf(spec, searchByReference, options);
    expect(difference(searchNaively(spec, options).outcome, plain)).toBeNull();
    for (const explore of Object.values(WAYS_ASKED))
      expect(difference(plain, await outcomeOf(spec, explore, options))).toBeNull();
  },
  20_000,
);

it('a run is taken again with Records of the factories of the spec that takes it', async () => {
  const source = `${PRELUDE}return spec({
    name: 'regression',
    init: { n: 0 },
    actions: { a: action({ k: [Row()] }, { effect: (_, { k }) => ({ n: k instanceof Row ? 1 : 2 }) }) },
    invariants: { zero: invariant({ k: [Row()] }, (s, { k }) => s.n === 0 || !(k instanceof Row)) },
  });`;
  expect(await differences(source, { keepGoing: true, deadlock: false }, 20, undefined)).toBeNull();
});
