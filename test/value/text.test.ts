import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { valueText } from '../../checker/value/text';
import { Values } from '../../checker/value/values';

const Row = Record({ at: 0, who: null as unknown }, 'Row');
const Nameless = Record({ a: 1 });

test.each<[unknown, string]>([
  [1, '1'],
  [-1.5, '-1.5'],
  [Infinity, 'Infinity'],
  [2n, '2n'],
  [true, 'true'],
  [null, 'null'],
  ['word', 'word'],
  ['a-b.c:d/e#f+g_1', 'a-b.c:d/e#f+g_1'],
  ['größe', 'größe'],
  ['', '""'],
  ['two words', '"two words"'],
  ['true', '"true"'],
  ['null', '"null"'],
  ['12', '"12"'],
  ['-3', '"-3"'],
  ['-', '"-"'],
  ['say "hi"', '"say \\"hi\\""'],
  ['a,b', '"a,b"'],
  [Map(), '{}'],
  [Map([['a', 1]]), '{a: 1}'],
  [
    OrderedMap<unknown, unknown>([
      ['b', 1],
      [2, '2'],
    ]),
    '{b: 1, 2: "2"}',
  ],
  [Set(), '{}'],
  [OrderedSet(['b', 'a']), '{b, a}'],
  [List([1, List()]), '[1, []]'],
  [Stack([1, 2]), '[1, 2]'],
  [Row({ at: 1 }), 'Row(at: 1, who: null)'],
  [Nameless(), '(a: 1)'],
  [Map([[Row(), Set([Row({ at: 2 })])]]), '{Row(at: 0, who: null): {Row(at: 2, who: null)}}'],
])('%s reads %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test('equal values read alike', () => {
  const values = new Values();
  const up = Set(['c', 'a', 'b', 'd', 'e', 'f', 'g', 'h', 'i']);
  const down = Set([...up].reverse());
  expect(valueText(values.canonicalOf(up))).toBe(valueText(new Values().canonicalOf(down)));
});
