import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { changeText, diff } from '../../checker/trace/diff';
import { Values } from '../../checker/value/values';

const Row = Record({ at: 0, who: null as unknown }, 'Row');
const Other = Record({ at: 0, who: null as unknown }, 'Other');

/** The lines a reader sees for one variable's change. */
function lines(before: unknown, after: unknown): string[] {
  const values = new Values();
  return diff({ v: values.canonicalOf(before) }, { v: values.canonicalOf(after) }).map(changeText);
}

test.each<[string, unknown, unknown, string[]]>([
  ['nothing', Map([['a', 1]]), Map([['a', 1]]), []],
  ['a scalar', 1, 2, ['v: 1 → 2']],
  ['another type', 1, '1', ['v: 1 → "1"']],
  ['another kind', null, Row(), ['v: null → Row(at: 0, who: null)']],
  ['an empty Map become a Set', Map(), Set(), ['v: {} → {}']],
  ['a field', Row(), Row({ at: 1 }), ['v.at: 0 → 1']],
  ['two fields', Row(), Row({ at: 1, who: 'a' }), ['v.at: 0 → 1', 'v.who: null → a']],
  ['another Record', Row(), Other(), ['v: Row(at: 0, who: null) → Other(at: 0, who: null)']],
  ['a key added', Map(), Map([['a', 1]]), ['v.a: – → 1']],
  ['a key removed', Map([['a', 1]]), Map(), ['v.a: 1 → –']],
  ['a key changed', Map([['a', 1]]), Map([['a', 2]]), ['v.a: 1 → 2']],
  ['a key that is no word', Map([['a b', 1]]), Map([['a b', 2]]), ['v."a b": 1 → 2']],
  ['a key added with nothing in it', Map(), Map([['a', Map()]]), ['v.a: – → {}']],
  [
    'a deep key',
    Map([['a', Map([['b', Row()]])]]),
    Map([['a', Map([['b', Row({ at: 2 })]])]]),
    ['v.a.b.at: 0 → 2'],
  ],
  ['a member more', Set(['a']), Set(['a', 'b']), ['v: + b']],
  ['a member less', Set(['a', 'b']), Set(['b']), ['v: - a']],
  ['a member that is a Set', Set(), Set([Set(['a'])]), ['v: + {a}']],
  [
    'a member exchanged',
    Set([Row()]),
    Set([Row({ at: 1 })]),
    ['v: - Row(at: 0, who: null)', 'v: + Row(at: 1, who: null)'],
  ],
  ['an index', List([1, 2]), List([1, 3]), ['v[1]: 2 → 3']],
  ['another length', List([1]), List([1, 2]), ['v: [1] → [1, 2]']],
  ['deep in a list', List([Row()]), List([Row({ at: 1 })]), ['v[0].at: 0 → 1']],
  ['a stack', Stack([1]), Stack([2]), ['v: [1] → [2]']],
  [
    'an ordered map',
    OrderedMap([
      ['a', 1],
      ['b', 2],
    ]),
    OrderedMap([
      ['b', 2],
      ['a', 1],
    ]),
    ['v: {a: 1, b: 2} → {b: 2, a: 1}'],
  ],
  ['an ordered set', OrderedSet([1, 2]), OrderedSet([2, 1]), ['v: {1, 2} → {2, 1}']],
  ['a map become ordered', Map([['a', 1]]), OrderedMap([['a', 1]]), ['v: {a: 1} → {a: 1}']],
])('%s', (_name, before, after, expected) => {
  expect(lines(before, after)).toEqual(expected);
});

test('a set deep in a map keeps its path', () => {
  expect(lines(Map([['a', Set([1])]]), Map([['a', Set([2])]]))).toEqual(['v.a: - 1', 'v.a: + 2']);
});

test('members and keys with braces in them', () => {
  expect(lines(Set<unknown>(), Set([Map([['a', 1]])]))).toEqual(['v: + {a: 1}']);
  expect(lines(Map([[Set(['x']), Set()]]), Map([[Set(['x']), Set(['y'])]]))).toEqual(['v.{x}: + y']);
  expect(lines(Map([[Set(['x']), 1]]), Map())).toEqual(['v.{x}: 1 → –']);
});

test('variables come in the order of the state', () => {
  const changes = diff({ b: 1, a: 1, c: 1 }, { b: 2, a: 1, c: 3 });
  expect(changes).toEqual([
    { path: 'b', before: 1, after: 2 },
    { path: 'c', before: 1, after: 3 },
  ]);
});
