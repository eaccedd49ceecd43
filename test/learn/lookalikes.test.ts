import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack, is } from 'immutable';
import { check, language, type Spec } from 'everystate';

/** Untyped: most of this a type would forbid. */
const { action, spec } = language<any>();

const Prepare = Record({ rm: '' }, 'Prepare');
const Commit = Record({ rm: '' }, 'Commit');
const prepare = Prepare({ rm: 'a' });
const commit = Commit({ rm: 'a' });

type Effect = (s: any) => object;
type Effects = { [name: string]: Effect | { guard: (s: any) => boolean; effect: Effect } };

const N = 4;

/** Steps of two clocks, so that much is learned before something else happens, and then each of some effects. */
function late(init: object, effects: Effects) {
  return spec({
    name: 'late',
    init: { t: 0, u: 0, ...init },
    actions: {
      t: action({ guard: (s) => s.t < N, effect: (s) => ({ t: s.t + 1 }) }),
      u: action({ guard: (s) => s.u < N, effect: (s) => ({ u: s.u + 1 }) }),
      ...Object.fromEntries(
        Object.entries(effects).map(([name, effect], i) => {
          const parts = typeof effect === 'function' ? { guard: () => true, effect } : effect;
          const guard = (s: any) => (i === 0 ? s.u > 0 : s.t === N) && parts.guard(s);
          return [name, action({ guard, effect: parts.effect })];
        }),
      ),
    },
  });
}

async function resultOf(of: unknown, options = {}) {
  return check(of as Spec, { deadlock: false, ...options });
}

/** Any two kinds that Immutable takes for one where their parts are equal. */
function plainNote() {
  return Record({ rm: '' }, 'Note');
}
function noteClass() {
  return class Note extends Record({ rm: '' }) {};
}
const [NoteOne, NoteTwo] = [noteClass(), noteClass()];
const KINDS: [name: string, one: unknown, other: unknown, told: string][] = [
  ['Records of two names', prepare, commit, "Record 'Prepare' and Record 'Commit'"],
  [
    'Records with other defaults',
    Record({ rm: '' }, 'Note')({ rm: 'a' }),
    Record({ rm: 'b' }, 'Note')({ rm: 'a' }),
    "Record 'Note' and another Record 'Note'",
  ],
  [
    'Records with fields in another order',
    Record({ rm: '', n: 0 }, 'One')(),
    Record({ n: 0, rm: '' }, 'Two')(),
    "Record 'One' and Record 'Two'",
  ],
  [
    'Records of two factories of one name',
    plainNote()({ rm: 'a' }),
    plainNote()({ rm: 'a' }),
    "two kinds of Record 'Note' that look the same",
  ],
  [
    'Records of two factories without a name',
    Record({ rm: '' })(),
    Record({ rm: '' })(),
    "two kinds of Record 'Record' that look the same",
  ],
  [
    'two classes of one name',
    new NoteOne({ rm: 'a' }),
    new NoteTwo({ rm: 'a' }),
    "two kinds of Record 'Note' that look the same",
  ],
  [
    'a class and the factory that it extends',
    new (class Sub extends Prepare {})({ rm: 'a' }),
    prepare,
    "Record 'Sub' and Record 'Prepare'",
  ],
  ['a List and a Stack', List([1]), Stack([1]), 'a List and a Stack'],
  ['an empty List and Stack', List(), Stack(), 'a List and a Stack'],
  ['Sets of two kinds', Set([prepare]), Set([commit]), "Record 'Prepare' and Record 'Commit'"],
  ['Maps to two kinds', Map({ m: prepare }), Map({ m: commit }), "Record 'Prepare' and Record 'Commit'"],
  ['Lists of two kinds', List([0, prepare]), List([0, commit]), "Record 'Prepare' and Record 'Commit'"],
  [
    'ordered Sets of a List and a Stack',
    OrderedSet([List([1])]),
    OrderedSet([Stack([1])]),
    'a List and a Stack',
  ],
];

describe('two kinds that Immutable calls equal are at fault where they meet in one collection', () => {
  test.each(KINDS)('%s', async (_name, one, other, told) => {
    expect(is(one, other)).toBe(true);
    const of = late(
      { messages: Set() },
      {
        first: (s) => ({ messages: s.messages.add(one) }),
        second: (s) => ({ messages: s.messages.add(other) }),
      },
    );
    const result = await resultOf(of);
    expect(result).toMatchObject({
      verdict: 'broken',
      place: { part: 'effect', name: 'second' },
      what: expect.stringMatching(`^it mixes .* in messages: Immutable calls .* equal`),
    });
    expect(result).toMatchObject({ what: expect.stringContaining(told) });
  });

  const WHERE: [name: string, init: object, effects: Effects, at: string][] = [
    [
      'keys of a Map',
      { m: Map() },
      { a: (s) => ({ m: s.m.set(prepare, 1) }), b: (s) => ({ m: s.m.set(commit, 1) }) },
      'm',
    ],
    [
      'a collection within another',
      { m: Map({ w: List([Set()]) }) },
      {
        a: (s) => ({ m: s.m.updateIn(['w', 0], (set: any) => set.add(prepare)) }),
        b: (s) => ({ m: s.m.updateIn(['w', 0], (set: any) => set.add(commit)) }),
      },
      'm.w[0]',
    ],
    [
      'one after the other, never both',
      { m: Set() },
      { a: () => ({ m: Set([prepare]) }), b: () => ({ m: Set([commit]) }) },
      'm',
    ],
    [
      'ordered collections',
      { m: OrderedMap() },
      { a: (s) => ({ m: s.m.set(prepare, 1) }), b: () => ({ m: OrderedMap([[commit, 1]]) }) },
      'm',
    ],
    [
      'asked for, and there later',
      { m: Set(), n: 0 },
      { a: { guard: (s) => !s.m.has(prepare), effect: () => ({ n: 1 }) }, b: () => ({ m: Set([commit]) }) },
      'm',
    ],
    [
      'there, and asked for later',
      { m: Set(), n: 0 },
      { a: () => ({ m: Set([commit]) }), b: { guard: (s) => s.m.has(prepare), effect: () => ({ n: 1 }) } },
      'm',
    ],
    [
      'changed on the way, and never put back',
      { m: Set(), n: 0 },
      { a: (s) => ({ n: s.m.add(prepare).has(commit) ? 1 : 2 }) },
      'm',
    ],
    [
      'removed as the other',
      { m: Set(['x', prepare]), n: 0 },
      { a: (s) => ({ m: s.m.delete(commit) }) },
      'm',
    ],
    [
      'by a function that catches it',
      { m: Set(), n: 0 },
      {
        a: () => ({ m: Set([commit]) }),
        b: (s) => {
          try {
            return { n: s.m.has(prepare) ? 1 : 2 };
          } catch {
            return { n: 3 };
          }
        },
      },
      'm',
    ],
    [
      'by a function that is called plainly',
      { m: Set([prepare]), n: 0 },
      { a: (s) => ({ n: Object.keys(s.m).length }), b: (s) => (Object.keys(s.m), { m: Set([commit]) }) },
      'm',
    ],
  ];
  test.each(WHERE)('%s', async (_name, init, effects, at) => {
    const result = await resultOf(late(init, effects));
    expect(result).toMatchObject({ verdict: 'broken', what: expect.stringContaining(` in ${at}: `) });
  });

  test('in initial states', async () => {
    const of = spec({
      name: 'initially',
      init: () => [{ m: Set([prepare]) }, { m: Set([commit]) }],
      actions: { stay: action({ effect: () => ({}) }) },
    });
    expect(await resultOf(of)).toMatchObject({ verdict: 'broken', place: { part: 'init' } });
  });

  test('of a variable that grows, and is kept whole', async () => {
    const of = spec({
      name: 'growing',
      init: { n: 0, seen: Set() },
      actions: {
        next: action({
          guard: (s) => s.n < 900,
          effect: (s) => ({
            n: s.n + 1,
            seen: Set([(s.n < 890 ? Prepare : Commit)({ rm: `${s.n % 890}` })]),
          }),
        }),
      },
    });
    expect(await resultOf(of)).toMatchObject({
      verdict: 'broken',
      what: expect.stringContaining(' in seen: '),
    });
  });

  test('the same at every run, for any number of threads', async () => {
    const of = late(
      { messages: Set() },
      {
        commit: (s) => ({ messages: s.messages.add(commit) }),
        prepare: (s) => ({ messages: s.messages.add(prepare) }),
      },
    );
    const results = [];
    for (const workers of [1, 2, 1, 2, 1]) {
      const { what, statistics } = (await resultOf(of, { workers })) as any;
      const { seconds: _, learning: __, ...counts } = statistics;
      results.push({ what, counts });
    }
    for (const result of results) expect(result).toEqual(results[0]);
  });
});

describe('two kinds that look the same are at fault where they have one place by turns', () => {
  const Unnamed = Record({ rm: '' });
  const Another = Record({ rm: '' });
  test.each<[string, object, Effects]>([
    ['a variable', { last: null }, { a: () => ({ last: Unnamed() }), b: () => ({ last: Another() }) }],
    [
      'an entry of a Map',
      { last: Map() },
      { a: () => ({ last: Map({ m: Unnamed() }) }), b: () => ({ last: Map({ m: Another() }) }) },
    ],
    [
      'a member of a Stack',
      { last: Stack() },
      { a: () => ({ last: Stack([Unnamed()]) }), b: () => ({ last: Stack([Another()]) }) },
    ],
    ['a factory made anew by each call', { last: null }, { a: () => ({ last: Record({ rm: '' })() }) }],
  ])('%s', async (_name, init, effects) => {
    expect(await resultOf(late({ ...init, v: 0 }, effects))).toMatchObject({
      verdict: 'broken',
      what: expect.stringMatching(/^it puts two kinds of Record into last.* that look the same/),
      advice: expect.stringContaining('a name of its own'),
    });
  });
});

describe('no fault', () => {
  const Acked = Record({ kind: 'acked', rm: '' }, 'Acked');
  const Sent = Record({ kind: 'sent', rm: '' }, 'Sent');
  test.each<[string, object, Effects]>([
    [
      'kinds in collections of their own',
      { p: Set(), c: Set() },
      { a: (s) => ({ p: s.p.add(prepare) }), b: (s) => ({ c: s.c.add(commit) }) },
    ],
    [
      'kinds that a field tells apart',
      { m: Set() },
      { a: (s) => ({ m: s.m.add(Acked({ rm: 'a' })) }), b: (s) => ({ m: s.m.add(Sent({ rm: 'a' })) }) },
    ],
    [
      'kinds of two names as values',
      { last: null, q: List() },
      {
        a: (s) => ({ last: prepare, q: s.q.set(0, prepare) }),
        b: (s) => ({ last: commit, q: s.q.set(0, commit) }),
        c: { guard: (s) => is(s.last, s.q.get(0)) && s.last?.equals(commit), effect: () => ({ last: null }) },
      },
    ],
    [
      'a List in one place and a Stack in another',
      { l: Set(), s: Set(), v: null },
      {
        a: (s) => ({ l: s.l.add(List([1])), v: List([1]) }),
        b: (s) => ({ s: s.s.add(Stack([1])), v: Stack([1]) }),
      },
    ],
  ])('%s', async (_name, init, effects) => {
    expect((await resultOf(late(init, effects))).verdict).toBe('holds');
  });
});
