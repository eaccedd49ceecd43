import { isDeepStrictEqual } from 'node:util';
import { List, Map, OrderedMap, OrderedSet, Record, Seq, Set, Stack } from 'immutable';
import { NotAValueError } from '../../checker/value/refusal';
import { STANDS_FOR } from '../../checker/value/standIn';
import { Values } from '../../checker/value/values';

const Row = Record({ at: 0, who: null as unknown }, 'Row');

describe('ids', () => {
  test.each<[string, unknown, unknown]>([
    ['−0 and 0', -0, 0],
    [
      'maps built in two orders',
      Map([
        ['a', 1],
        ['b', 2],
      ]),
      Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['sets built in two orders', Set([1, 2, 3]), Set([3, 1, 2])],
    ['a set that lost a member', Set([1, 2]).delete(2), Set([1])],
    ['a list by push and by literal', List([1]).push(2), List([1, 2])],
    ['a record set and a record made', Row().set('at', 1), Row({ at: 1 })],
    ['−0 deep', Map([['a', List([-0])]]), Map([['a', List([0])]])],
    ['nested sets', Set([Set([1, 2]), Set()]), Set([Set(), Set([2, 1])])],
    [
      'ordered maps in one order',
      OrderedMap([
        ['a', 1],
        ['b', 2],
      ]),
      OrderedMap([['a', 1]]).set('b', 2),
    ],
  ])('%s: one', (_name, a, b) => {
    const values = new Values();
    expect(values.idOf(a)).toBe(values.idOf(b));
  });

  test.each<[string, unknown, unknown]>([
    ['1 and "1"', 1, '1'],
    ['1 and 1n', 1, 1n],
    ['null and "null"', null, 'null'],
    ['false and 0', false, 0],
    ['Map and OrderedMap', Map(), OrderedMap()],
    ['Map and Set', Map(), Set()],
    ['Set and OrderedSet', Set([1]), OrderedSet([1])],
    ['List and Stack', List([1]), Stack([1])],
    [
      'ordered maps in two orders',
      OrderedMap([
        ['a', 1],
        ['b', 2],
      ]),
      OrderedMap([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['ordered sets in two orders', OrderedSet([1, 2]), OrderedSet([2, 1])],
    ['lists in two orders', List([1, 2]), List([2, 1])],
    ['records of two names', Row(), Record({ at: 0, who: null }, 'Other')()],
    ['records of two factories alike', Row(), Record({ at: 0, who: null }, 'Row')()],
    ['records of two classes of one name', new (named())({ at: 1 }), new (named())({ at: 1 })],
    ['records with two defaults', Row({ at: 0 }), Record({ at: 1, who: null }, 'Row')({ at: 0 })],
    ['records with fields in two orders', Row(), Record({ who: null, at: 0 }, 'Row')()],
    [
      'a record and the map of its fields',
      Row(),
      Map<string, unknown>([
        ['at', 0],
        ['who', null],
      ]),
    ],
    ['colliding strings', 'Aa', 'BB'],
    ['maps of colliding keys', Map([['Aa', 1]]), Map([['BB', 1]])],
    ['a key and a value swapped', Map([['a', 'b']]), Map([['b', 'a']])],
    ['an empty inner map and none', Map([['a', Map()]]), Map()],
    ['nesting told apart', List([List([1]), List([2])]), List([List([1, 2]), List()])],
  ])('%s: two', (_name, a, b) => {
    const values = new Values();
    expect(values.idOf(a)).not.toBe(values.idOf(b));
  });

  test('are small, dense, and stay', () => {
    const values = new Values();
    const ids = ['a', 'b', 'a', Set(['a'])].map((value) => values.idOf(value));
    expect(ids).toEqual([0, 1, 0, 2]);
    expect(values.size).toBe(3);
    expect(ids.map((id) => values.valueOf(id))).toEqual(['a', 'b', 'a', Set(['a'])]);
    expect(values.idOf(values.valueOf(2))).toBe(2);
  });

  test('see through what stands in for a value, at any depth', () => {
    const values = new Values();
    const standIn = { [STANDS_FOR]: () => List([1]) };
    expect(values.idOf(standIn)).toBe(values.idOf(List([1])));
    expect(values.idOf(Map([['a', standIn]]))).toBe(values.idOf(Map([['a', List([1])]])));
    expect(values.canonicalOf(standIn)).toEqual(List([1]));
  });
});

describe('canonical values', () => {
  test('are one object for equal values, at any depth', () => {
    const values = new Values();
    const canonical = values.canonicalOf(Map([['x', Row({ at: 1 })]])) as Map<string, unknown>;
    expect(canonical.get('x')).toBe(values.canonicalOf(Row().set('at', 1)));
    expect(values.canonicalOf(canonical)).toBe(canonical);
  });

  test('never hold −0', () => {
    const list = new Values().canonicalOf(List([-0])) as List<number>;
    expect(Object.is(list.get(0), 0)).toBe(true);
  });

  test.each([2, 8, 9, 40])('of %i members iterate alike however they came about', (size) => {
    const members = Array.from({ length: size }, (_, i) => `m${i}`);
    const forward = new Values();
    const backward = new Values();
    // The ids that members have must not matter either.
    backward.idOf(members.at(-1));
    const up = forward.canonicalOf(Set(members)) as Set<string>;
    const down = backward.canonicalOf(
      Set([...members].reverse())
        .add('x')
        .delete('x'),
    ) as Set<string>;
    expect([...down]).toEqual([...up]);
    const keys = forward.canonicalOf(Map(members.map((m) => [m, m]))) as Map<string, string>;
    expect([...keys.keys()]).toEqual([...up]);
  });

  test.each([3, 8, 9, 10, 20])('of %i members with one hash iterate alike', (size) => {
    const halves = ['Aa', 'BB'];
    const colliding = Array.from({ length: size }, (_, i) =>
      [16, 8, 4, 2, 1].map((bit) => halves[i & bit ? 1 : 0]).join(''),
    );
    const up = new Values().canonicalOf(Set(colliding)) as Set<string>;
    const down = new Values().canonicalOf(Set([...colliding].reverse())) as Set<string>;
    expect([...down]).toEqual([...up]);
    const mixed = [...colliding, ...Array.from({ length: 6 }, (_, i) => i)];
    const one = new Values().canonicalOf(Set<unknown>(mixed)) as Set<unknown>;
    const other = new Values().canonicalOf(Set<unknown>([...mixed].reverse())) as Set<unknown>;
    expect([...other]).toEqual([...one]);
  });

  test('a part iterates in the order it has in the whole', () => {
    const members = Array.from({ length: 20 }, (_, i) => `m${i}`);
    const values = new Values();
    const whole = [...(values.canonicalOf(Set(members)) as Set<string>)];
    const part = values.canonicalOf(Set(members.filter((_, i) => i % 3 === 0))) as Set<string>;
    expect([...part]).toEqual(whole.filter((m) => part.has(m)));
  });

  test('keep the class of a Record', () => {
    class Point extends Record({ x: 0 }, 'Point') {
      get double(): number {
        return 2 * this.x;
      }
    }
    const point = new Values().canonicalOf(new Point({ x: 2 })) as Point;
    expect(point).toBeInstanceOf(Point);
    expect(point.double).toBe(4);
  });

  test('a default may be no value as long as no state holds it', () => {
    const Late = Record<{ at: unknown }>({ at: undefined }, 'Late');
    expect(() => new Values().idOf(Late({ at: 1 }))).not.toThrow();
    expect(() => new Values().idOf(Late())).toThrow(NotAValueError);
  });
});

/** A class of a name that others have as well. */
function named() {
  return class Note extends Record({ at: 0 }, 'Note') {};
}

describe('what can be no value', () => {
  class Account {
    readonly balance = 1;
  }
  const cases: [string, unknown, string, RegExp][] = [
    ['undefined', undefined, 'undefined', /null/],
    ['NaN', NaN, 'NaN', /null/],
    ['a named function', function pay() {}, 'a function (pay)', /data/],
    ['an unnamed function', (() => () => {})(), 'a function (unnamed)', /data/],
    ['a symbol', Symbol('s'), 'a symbol', /string/],
    ['an array', [1], 'a plain array', /List/],
    ['an object', { a: 1 }, 'a plain object', /Record or Map/],
    ['an object without prototype', Object.create(null), 'a plain object', /Record or Map/],
    ['a Date', new Date(0), 'a Date', /number/],
    ['a Map of JavaScript', new globalThis.Map(), 'a JavaScript Map', /Immutable's Map/],
    ['a Set of JavaScript', new globalThis.Set(), 'a JavaScript Set', /Immutable's Set/],
    ['an instance', new Account(), 'an instance of Account', /Record/],
    ['a Seq', Seq([1]), 'a lazy Seq', /toList/],
    [
      'a Record with a property beside its fields',
      new (class Named extends Record({ at: 0 }, 'Named') {
        readonly extra = 1;
      })(),
      "a Named with a property 'extra' beside its fields",
      /getter/,
    ],
    [
      'a Record whose class hides a field',
      new (class Hiding extends Record({ at: 0 }, 'Hiding') {
        override readonly at = 1;
      })(),
      "a Hiding with a property 'at' beside its fields",
      /getter/,
    ],
    ...['equals', 'hashCode', 'valueOf'].map((method): [string, unknown, string, RegExp] => [
      `a Record whose class has its own ${method}`,
      new (class Own extends Record({ at: 0 }, 'Own') {
        static {
          Object.defineProperty(this.prototype, method, { value: () => 1 });
        }
      })(),
      `a Own, whose class has a '${method}' of its own`,
      /another name/,
    ]),
    ['a promise', Promise.resolve(1), 'an instance of Promise', /Record/],
  ];
  test.each(cases)('%s is refused by name', (_name, value, what, instead) => {
    const error = refusalOf(value);
    expect(error.refusal.what).toBe(what);
    expect(error.refusal.instead).toMatch(instead);
    expect(error.path).toEqual([]);
    expect(error.message).toBe(`${what} is no state value`);
  });

  test.each<[string, unknown, string]>([
    ['in a list', List([1, [2]]), '[1]'],
    ['in a stack', Stack([[2]]), '[0]'],
    ['in a map', Map([['a', NaN]]), '.a'],
    ['as a key', Map([[{ k: 1 }, 1]]), '{key [object Object]}'],
    ['in a set', Set([undefined]), '{member undefined}'],
    ['in a record', Row({ who: new Date(0) }), '.who'],
    ['deep', Map([['a', List([Row({ who: Set([NaN]) })])]]), '.a[0].who{member NaN}'],
  ])('%s, with the path', (_name, value, path) => {
    expect(refusalOf(value).path.join('')).toBe(path);
  });

  function refusalOf(value: unknown): NotAValueError {
    try {
      new Values().idOf(value);
    } catch (error) {
      if (error instanceof NotAValueError) return error;
    }
    throw new Error('not refused');
  }
});

test('values that look alike have ids of their own', () => {
  const all = [
    0,
    1,
    '0',
    '1',
    1n,
    'n1',
    true,
    'true',
    null,
    'null',
    '',
    Map(),
    Set(),
    List(),
    Stack(),
    OrderedMap(),
    OrderedSet(),
    Map([['a', 1]]),
    Map([['a', '1']]),
    Map([['a:1,b', 1]]),
    OrderedMap([
      ['a', 1],
      ['b', 2],
    ]),
    OrderedMap([
      ['b', 2],
      ['a', 1],
    ]),
    Set(['a', 'b']),
    Set(['a,b']),
    Set(['a","b']),
    List(['a', 'b']),
    List([List(['a']), 'b']),
    Row(),
    Row({ at: 1 }),
    Row({ who: '' }),
    Record({ at: 0, who: null }, 'Other')(),
    Record({ at: 1, who: null }, 'Row')({ at: 0 }),
    Record({ at: 0, who: undefined }, 'Row')({ who: null as never }),
  ];
  const values = new Values();
  expect(new globalThis.Set(all.map((value) => values.idOf(value))).size).toBe(all.length);
});

test('equal Records are made alike inside, as their factory makes them', () => {
  for (const value of [{}, { at: 1 }, { who: 'b' }, { at: 2, who: List([1]) }]) {
    const ways = [Row(value), Row().merge(value), Row({ at: 5, who: 'c' }).merge(Row(value).toObject())];
    for (const way of ways) expect(isDeepStrictEqual(new Values().canonicalOf(way), Row(value))).toBe(true);
  }
});
