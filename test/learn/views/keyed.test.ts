import { List, Map, Record } from 'immutable';
import type { Given } from '../tracked';
import { look } from './looking';

const Row = Record({ at: 0, tags: Map<string, number>() }, 'Row');
const STATE = {
  m: Map<string, unknown>({ a: Row({ tags: Map({ x: 1 }) }), b: Map() }),
  l: List([Map({ k: 1 })]),
};

test.each<[string, (s: Given) => unknown, string[]]>([
  [
    'getIn reads what lies on its path',
    ({ m }) => m.getIn(['a', 'tags', 'x']),
    ['m', 'm.a', 'm.a.tags', 'm.a.tags.x'],
  ],
  ['getIn ends where nothing is', ({ m }) => m.getIn(['z', 'tags'], 'none'), ['m', 'm.z']],
  ['hasIn reads what getIn does', ({ l }) => l.hasIn([0, 'k']), ['l', 'l.0', 'l.0.k']],
  ['setIn reads what lies on its path', ({ m }) => m.setIn(['a', 'at'], 3), ['m', 'm.a', 'm.a.at']],
  [
    'updateIn reads what it updates',
    ({ l }) => l.updateIn([0, 'k'], (n: number) => n + 1),
    ['l', 'l.0', 'l.0.k'],
  ],
  ['update of a key does, too', ({ m }) => m.update('q', 7, (n: number) => n + 1), ['m', 'm.q']],
  [
    'update of all gives what the function gives',
    ({ m }) => m.update((all: any) => all.has('a')),
    ['m', 'm.a'],
  ],
  [
    'removeIn reads what lies above what it removes',
    ({ m }) => m.removeIn(['a', 'tags', 'x']),
    ['m', 'm.a', 'm.a.tags'],
  ],
])('%s', (_name, body, read) => {
  const looked = look(STATE, body);
  expect(looked.read).toEqual(read);
  expect(looked.same()).toBe(true);
});

test.each<[string, (s: Given) => unknown]>([
  ['setIn makes Maps where nothing is', ({ m }) => m.setIn(['z', 'y', 'x'], 1)],
  [
    'an updater that gives nothing where nothing is puts nothing',
    ({ m }) => m.update('q', (it: unknown) => it),
  ],
  [
    'an updater that gives back the default that it was given puts nothing',
    ({ m }) => m.update('q', 7, (it: unknown) => it),
  ],
  ['removeIn of what is not there changes nothing', ({ m }) => m.removeIn(['z', 'y'])],
])('%s, as Immutable does', (_name, body) => {
  expect(look(STATE, body).same()).toBe(true);
});

test('a path that is a text is refused, as Immutable does not take it', () => {
  expect(look(STATE, ({ m }) => m.getIn('ab')).refused).toBe(true);
});

test('whether two equal collections are one object is not tracked: an updater that makes one from its default is refused', () => {
  const copying = ({ m }: Given) => m.update('q', Map({ x: 1 }), (it: any) => Map(it.toObject()));
  expect(look(STATE, copying).refused).toBe(true);
});
