import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { jsonOf } from '../../checker/report/jsonValue';

const Message = Record({ type: 'none', to: null as number | null }, 'Message');
const Unnamed = Record({ n: 0 });

describe('the JSON of a value', () => {
  it.each([
    ['text', 'a', 'a'],
    ['a number', 1.5, 1.5],
    ['infinity', -Infinity, { number: '-Infinity' }],
    ['a bigint', 12n, { bigint: '12' }],
    ['null', null, null],
    ['a boolean', true, true],
    ['a List', List([1, List()]), [1, []]],
    ['a Map', Map([['k', 1]]), { Map: [['k', 1]] }],
    ['a Map with keys that are no text', Map([[List([1]), 'v']]), { Map: [[[1], 'v']] }],
    ['an OrderedMap', OrderedMap([['k', 1]]), { OrderedMap: [['k', 1]] }],
    ['a Set', Set(['a']), { Set: ['a'] }],
    ['an OrderedSet', OrderedSet(['b', 'a']), { OrderedSet: ['b', 'a'] }],
    ['a Stack', Stack([1, 2]), { Stack: [1, 2] }],
    ['a Record', Message({ to: 1 }), { Record: { name: 'Message', fields: { type: 'none', to: 1 } } }],
    ['a Record without a name', Unnamed(), { Record: { name: null, fields: { n: 0 } } }],
  ])('%s', (_what, value, json) => {
    expect(jsonOf(value)).toEqual(json);
  });

  it('never looks alike for different values', () => {
    const values = [
      Map(),
      OrderedMap(),
      Set(),
      OrderedSet(),
      Stack(),
      List(),
      Unnamed(),
      Message(),
      '12',
      12,
      12n,
    ];
    expect(new globalThis.Set(values.map((value) => JSON.stringify(jsonOf(value)))).size).toBe(values.length);
  });
});
