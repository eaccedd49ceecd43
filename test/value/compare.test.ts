import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { compare } from '../../checker/value/compare';
import { iterationOrder } from '../../checker/value/iterationOrder';
import { Values } from '../../checker/value/values';

const A = Record({ at: 0 }, 'A');
const B = Record({ at: 0 }, 'B');

/** In the order that `compare` gives. */
const ASCENDING = [
  null,
  false,
  true,
  -Infinity,
  -1,
  0,
  1.5,
  Infinity,
  1n,
  2n,
  '',
  'Aa',
  'BB',
  'a',
  'aa',
  'b',
  A(),
  A({ at: 1 }),
  B(),
  List(),
  List([2]),
  List([1, 1]),
  List([1, 2]),
  Stack([1]),
  Set(),
  Set([1]),
  Set([2]),
  Set([1, 2]),
  OrderedSet([1]),
  Map(),
  Map([['a', 2]]),
  Map([['b', 1]]),
  OrderedMap([['a', 1]]),
];

test('compare is the order that people are shown', () => {
  const values = new Values();
  const canonical = ASCENDING.map((value) => values.canonicalOf(value));
  expect([...canonical].reverse().sort(compare)).toEqual(canonical);
});

test.each([
  ['compare', compare],
  ['iterationOrder', iterationOrder],
])('%s is a total order that tells all values apart', (_name, order) => {
  const values = new Values();
  const canonical = ASCENDING.map((value) => values.canonicalOf(value));
  for (const a of canonical)
    for (const b of canonical) {
      expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).toBe(0);
      expect(order(a, b) === 0).toBe(a === b);
      for (const c of canonical) if (order(a, b) < 0 && order(b, c) < 0) expect(order(a, c)).toBeLessThan(0);
    }
});
