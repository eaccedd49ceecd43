import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { DIGEST_WORDS, Digester } from '../../checker/value/digest';
import { Values } from '../../checker/value/values';

const Row = Record({ at: 0, who: null as unknown }, 'Row');

/** A value's digest, in a process that has met others before it. */
function digestOf(value: unknown, before: readonly unknown[] = []): string {
  const values = new Values();
  for (const other of before) values.idOf(other);
  return values.digests.textOf(values.idOf(value));
}

/** All different, each in another way. */
const DIFFERENT: readonly unknown[] = [
  null,
  false,
  true,
  0,
  1,
  -1,
  2 ** 32,
  0.5,
  Infinity,
  -Infinity,
  0n,
  1n,
  -1n,
  2n ** 64n,
  2n ** 64n + 1n,
  '',
  '0',
  '1',
  '-1',
  'null',
  'false',
  '\0',
  '\0\0',
  'a',
  'a\0',
  'Aa',
  'BB',
  'List',
  'abcdefgh',
  'abcdefgh\0',
  'abcdefghi',
  '\ud800',
  List(),
  Stack(),
  Set(),
  OrderedSet(),
  Map(),
  OrderedMap(),
  List([0]),
  List([0, 0]),
  List(['0']),
  List([null]),
  Stack([0]),
  Set([0]),
  OrderedSet([0]),
  List([1, 2]),
  List([2, 1]),
  Stack([1, 2]),
  Set([1, 2]),
  Set(['1', '2']),
  Set([1n, 2n]),
  Set([Set([1, 2])]),
  Set([Set([1]), Set([2])]),
  Set([Set([1]), 2]),
  OrderedSet([1, 2]),
  OrderedSet([2, 1]),
  List([List([1]), List([2])]),
  List([List([1, 2]), List()]),
  List([List(), List([1, 2])]),
  List([1, List([2])]),
  Map([['a', 'b']]),
  Map([['b', 'a']]),
  Map([['a', Map()]]),
  Map([['a', Set()]]),
  Map([[List(['a']), 'b']]),
  Map([
    ['a', 1],
    ['b', 2],
  ]),
  Map([
    ['a', 2],
    ['b', 1],
  ]),
  Map([
    [1, 'a'],
    [2, 'b'],
  ]),
  OrderedMap([['a', 'b']]),
  OrderedMap([
    ['a', 1],
    ['b', 2],
  ]),
  OrderedMap([
    ['b', 2],
    ['a', 1],
  ]),
  Set([List(['a', 1]), List(['b', 2])]),
  Row(),
  Row({ at: 1 }),
  Row({ who: 0 }),
  Row({ who: Row() }),
  Record({ at: 0, who: null }, 'Other')(),
  Record({ who: null, at: 0 }, 'Row')(),
  Record({ at: 1, who: null }, 'Row')({ at: 0 }),
  Record({ at: 0, who: undefined as unknown }, 'Row')({ who: null }),
  Record({ at: 0, who: 'undefined' as unknown }, 'Row')({ who: null }),
  Record({ at: 0 }, 'Row')(),
  Record({})(),
  new (class Row extends Record({ at: 0, who: null }) {})(),
  Map<string, unknown>([
    ['at', 0],
    ['who', null],
  ]),
];

describe('digests', () => {
  test('tell apart what states tell apart', () => {
    const digests = DIFFERENT.map((value) => digestOf(value));
    for (const [k, digest] of digests.entries())
      expect([k, digests.indexOf(digest), DIFFERENT[k]]).toEqual([k, k, DIFFERENT[k]]);
    expect(digests.length).toBeGreaterThan(80);
  });

  test('of two values in one place, whatever holds them', () => {
    const around: ((value: unknown) => unknown)[] = [
      (value) => List([7, value]),
      (value) => Set([7, value]),
      (value) => Map([[value, 7]]),
      (value) => Map([[7, value]]),
      (value) => OrderedMap([[7, value]]),
      (value) => Stack([value]),
      (value) => Row({ who: value }),
      (value) => Record({ at: value }, 'Of')(),
      (value) => Record({ at: value }, 'Of')({ at: 7 }),
    ];
    for (const hold of around) {
      const digests = DIFFERENT.filter((value) => value !== 7).map((value) => digestOf(hold(value)));
      expect(new globalThis.Set(digests).size).toBe(digests.length);
    }
  });

  test.each<[string, unknown, unknown]>([
    ['−0 and 0', -0, 0],
    ['−0 deep', Map([['a', List([-0])]]), Map([['a', List([0])]])],
    ['a set that lost a member', Set([1, 2]).delete(2), Set([1])],
    ['a record set and a record made', Row().set('at', 1), Row({ at: 1 })],
    ['two factories that look the same', Row({ at: 1 }), Record({ at: 0, who: null }, 'Row')({ at: 1 })],
    ['a thousand members', Set(Array.from({ length: 1000 }, (_, k) => k)), Set(Array.from({ length: 1000 }, (_, k) => 999 - k))], // prettier-ignore
    [
      'entries in two orders',
      Map([
        ['a', 1],
        ['b', 2],
      ]),
      Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
  ])('%s: one', (_name, a, b) => {
    expect(digestOf(a)).toBe(digestOf(b));
  });

  test('know nothing of what else was met, and in which order', () => {
    for (const value of DIFFERENT) {
      const alone = digestOf(value);
      expect(digestOf(value, DIFFERENT)).toBe(alone);
      expect(digestOf(value, [...DIFFERENT].reverse())).toBe(alone);
    }
  });

  test('are the same in every process, today and in a year', () => {
    const value = Map<unknown, unknown>([
      ['a', Set([1, 2n, null])],
      [Row({ at: -1 }), List([true, OrderedMap([['x', Stack(['y'])]])])],
    ]);
    expect(digestOf(value)).toBe('1157929927,-2125715580,1121255168,-730981330');
  });

  test('of similar words have nothing in common: each bit that changes turns half of all bits', () => {
    const digester = new Digester();
    const turned = new Float64Array(128 * 128);
    const [one, other] = [new Int32Array(DIGEST_WORDS), new Int32Array(DIGEST_WORDS)];
    const rounds = 2000;
    const digest = (words: Int32Array, to: Int32Array) => {
      digester.begin('List');
      digester.digest(words, 0);
      digester.end(to, 0);
    };
    for (let round = 0; round < rounds; round++) {
      const words = new Int32Array([round, 0, round & 1 ? 0 : -1, 0]);
      digest(words, one);
      for (let bit = 0; bit < 128; bit++) {
        words[bit >> 5]! ^= 1 << (bit & 31);
        digest(words, other);
        words[bit >> 5]! ^= 1 << (bit & 31);
        for (let out = 0; out < 128; out++)
          if (((one[out >> 5]! ^ other[out >> 5]!) >>> (out & 31)) & 1) turned[bit * 128 + out]!++;
      }
    }
    // Of 16,384 shares each is half but for chance: six standard deviations.
    const slack = (6 * Math.sqrt(rounds)) / 2;
    expect(Math.min(...turned)).toBeGreaterThan(rounds / 2 - slack);
    expect(Math.max(...turned)).toBeLessThan(rounds / 2 + slack);
  });
});
