import { Map, Set } from 'immutable';
import { Tracked, type Given } from '../tracked';
import { look } from './looking';

const STATE = { s: Set([1, 2, 3]), m: Map({ a: 1, b: 2 }) };

test.each<[string, (s: Given) => unknown, string]>([
  ['some: whether one is accepted', ({ s }) => s.some((x: number) => x > 2), 'any of s'],
  ['every: whether one is not', ({ s }) => s.every((x: number) => x > 2), 'any of s'],
  ['count: how many', ({ s }) => s.count((x: number) => x > 1), 'count of s'],
  ['count without a predicate, and size: how many are there', ({ m }) => m.count() + m.size, 'count of m'],
  ['isEmpty: whether one is there', ({ m }) => m.isEmpty(), 'any of m'],
])('%s', (_name, body, fold) => {
  const looked = look(STATE, body);
  expect(looked.read[1]).toBe(fold);
  expect(new globalThis.Set(looked.read.slice(1)).size).toBe(1);
  expect(looked.same()).toBe(true);
});

test.each<[string, (s: Given) => unknown]>([
  [
    'it was given a context',
    ({ s }) =>
      s.some(
        function (this: { n: number }, x: number) {
          return x > this.n;
        },
        { n: 2 },
      ),
  ],
  ['the collection was changed', ({ s }) => s.add(9).some((x: number) => x > 8)],
  ['it has been read as a whole before', ({ s }) => (s.toArray(), s.some((x: number) => x > 2))],
])('all is read, and no fold made, where %s', (_where, body) => {
  const looked = look(STATE, body);
  expect(looked.read).toEqual([
    's',
    's.1',
    's.2',
    's.3',
    ...(looked.read.includes('s.9') ? ['s.9'] : []),
    expect.stringMatching(/^all \d of s$/),
  ]);
  expect(looked.same()).toBe(true);
});

test('a predicate is asked once about each entry known, there or not', () => {
  const tracked = new Tracked(['s']);
  tracked.row(STATE);
  const { notes } = tracked.run(tracked.row({ s: Set([2]) }), ({ s }) => s.every((x: number) => x > 0));
  expect(notes.asked).toBe(3);
});
