import { List, Map, Record, Set } from 'immutable';
import { AtomDigests } from '../../checker/learn/atomDigests';
import { atomOf, type Place } from '../../checker/learn/cells';
import { DIGEST_WORDS } from '../../checker/value/digest';
import { Tracked } from './tracked';

const One = Record({ a: 0 }, 'One');
const Other = Record({ b: 0 }, 'Other');
const VALUES = ['x', 1, '1', true, null, Map(), Set(), List(), List([1]), List([2, 3]), One(), Other()];

function digestsOf(values: readonly unknown[]): string[] {
  const { cells, values: known } = new Tracked(['v']);
  const digests = new AtomDigests(known);
  return values.map((value) => {
    const { words, at } = digests.of(atomOf(cells, cells.variables[0] as Place, known.canonicalOf(value)));
    return [...words.subarray(at, at + DIGEST_WORDS)].join();
  });
}

test('atoms that a cell tells apart have digests of their own', () => {
  expect(new globalThis.Set(digestsOf(VALUES)).size).toBe(VALUES.length);
});

test('what is in a collection that is taken apart is no part of its digest', () => {
  const [a, b, c, d] = digestsOf([Map({ a: 1 }), Map(), List([1, 2]), List([3, 4])]);
  expect([a, c]).toEqual([b, d]);
});

test('a digest does not hang on what was met before', () => {
  expect(digestsOf([...VALUES].reverse()).reverse()).toEqual(digestsOf(VALUES));
});
