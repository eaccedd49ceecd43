import { Map, Set } from 'immutable';
import type { Given } from '../tracked';
import { look } from './looking';

const m = Map<string, unknown>({ a: 1, b: 2, c: Set(['x']) });

test.each<[string, (s: Given) => unknown, string[]]>([
  ['get and has read the one entry', ({ m }) => [m.get('a'), m.has('z')].length, ['m.a', 'm.z']],
  ['get gives what was put for a key that is not there', ({ m }) => m.get('z', 7), ['m.z']],
  ['set and remove read nothing', ({ m }) => m.set('a', 3).remove('b'), []],
  ['what was set is not read', ({ m }) => m.set('a', 3).get('a'), []],
  ['what was removed is not read', ({ m }) => m.remove('a').get('a', 9), []],
  ['beneath a change the rest is read as it is', ({ m }) => m.set('a', 3).get('b'), ['m.b']],
  ['merge reads nothing of the Map', ({ m }) => m.merge({ a: 5, q: 6 }), []],
  ['deleteAll reads nothing of the Map', ({ m }) => m.deleteAll(['a', 'q']), []],
  ['clear reads nothing', ({ m }) => m.clear(), []],
  ['size is a fold over presence', ({ m }) => m.size, ['count of m']],
  ['isEmpty is a fold over presence', ({ m }) => m.isEmpty(), ['any of m']],
  [
    'some reads all where what is in there is taken apart',
    ({ m }) => m.some((v: unknown) => v === 2),
    ['m.a', 'm.b', 'm.c', 'all 3 of m'],
  ],
])('%s', (_name, body, read) => {
  const looked = look({ m }, body);
  expect(looked.read).toEqual(['m', ...read]);
  expect(looked.same()).toBe(true);
});

test('over scalars, includes and some are folds', () => {
  const flat = { m: Map({ a: 1, b: 2 }) };
  expect(look(flat, (s) => s.m.includes(2))).toMatchObject({ gave: true, read: ['m', 'any of m'] });
  expect(look(flat, (s) => s.m.some((v: number) => v > 2))).toMatchObject({
    gave: false,
    read: ['m', 'any of m'],
  });
});

test('a key that can be part of no state is left to a real Map', () => {
  const looked = look({ m }, (s) => s.m.get(Symbol.iterator, 'none'));
  expect(looked).toMatchObject({ gave: 'none' });
});

test('it passes for a Map', () => {
  expect(look({ m }, (s) => Map.isMap(s.m) && s.m instanceof Map).gave).toBe(true);
});
