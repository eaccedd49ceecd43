import { List, Map, Record, Set, is, isImmutable } from 'immutable';
import { changesOf, standsForData, viewData } from '../../../checker/learn/views/view';
import type { Given } from '../tracked';
import { look } from './looking';

const Row = Record({ at: 0 }, 'Row');
const STATE = { m: Map<string, unknown>({ a: 1, in: Map({ x: 1 }) }), s: Set([1]), l: List([1]), r: Row() };

test('it passes for the value it shows: its kind, its prototype, its text, its equality', () => {
  const looked = look(STATE, ({ m, s, l, r }) =>
    [
      [m, s, l, r].every(isImmutable),
      Map.isMap(m) && Set.isSet(s) && List.isList(l) && Record.isRecord(r),
      Object.getPrototypeOf(m) === Map.prototype && m.constructor === Map,
      String(l) === 'List [ 1 ]',
      is(m, Map({ a: 1, in: Map({ x: 1 }) })),
      m.hashCode() === Map({ a: 1, in: Map({ x: 1 }) }).hashCode(),
    ].join(),
  );
  expect(looked.gave).toBe('true,true,true,true,true,true');
});

test.each<[string, (s: Given) => unknown]>([
  ['a spread', ({ m }) => ({ ...m })],
  ['its keys', ({ l }) => Object.keys(l)],
  ['a private field', ({ m }) => m._root],
  ['whether it has a field', ({ m }) => 'foo' in m],
  ['a property put into it', ({ m }) => void (m.mine = 1)],
  ['a property taken out of it', ({ m }) => delete m.size],
  ['its prototype changed', ({ m }) => Object.setPrototypeOf(m, null)],
  ['freezing it', ({ m }) => Object.freeze(m)],
  ['a method called on something else', ({ m }) => m.get.call(Map({ a: 1 }), 'a')],
])('whoever looks at how it is made is refused, though that be caught: %s', (_how, body) => {
  expect(look(STATE, body).refused).toBe(true);
  const caught = (s: Given) => {
    try {
      body(s);
    } catch {
      return 0;
    }
    return 1;
  };
  expect(look(STATE, caught).refused).toBe(true);
});

test('a method without a tracked form runs on a real collection of the same entries, all of them read', () => {
  const looked = look(STATE, ({ m }) => m.keySeq().sort().join());
  expect(looked).toMatchObject({ gave: 'a,in', read: ['m', 'm.a', 'm.in', 'all 2 of m'] });
});

test('collections inside stay views there', () => {
  const looked = look(STATE, ({ m }) =>
    m
      .toArray()
      .find(([key]: [string]) => key === 'in')[1]
      .get('x'),
  );
  expect(looked.read.at(-1)).toBe('m.in.x');
});

test('a change is an overlay: the changes from the content of its place up, first to last', () => {
  const { gave } = look(STATE, ({ m }) => m.set('a', 2).remove('in').set('b', 3));
  const changes = changesOf(viewData(gave) as never);
  expect(changes?.map(({ kind, key }) => `${kind} ${String(key)}`)).toEqual(['set a', 'delete in', 'set b']);
});

test('of a filter there are no changes: something of the content was taken away', () => {
  const { gave } = look(STATE, ({ s }) => s.filter((x: number) => x > 0).add(5));
  const data = viewData(gave);
  expect(data === undefined ? undefined : changesOf(data)).toBeUndefined();
});

test('a stand-in is all of data unless something else was put into it', () => {
  const isData = (value: unknown) => typeof value !== 'function';
  const { gave } = look(STATE, ({ m }) => m.set('a', 2));
  expect(standsForData(gave as object, isData)).toBe(true);
  const { gave: other } = look(STATE, ({ m }) => m.set('a', () => 1));
  expect(standsForData(other as object, isData)).toBe(false);
  expect(standsForData({}, isData)).toBe(false);
});
