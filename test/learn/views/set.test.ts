import { List, Set } from 'immutable';
import { Tracked, type Given } from '../tracked';
import { look } from './looking';

const s = Set([1, 2, 3]);

test.each<[string, (s: Given) => unknown, string[]]>([
  [
    'has, get and includes read the one member',
    ({ s }) => [s.has(1), s.get(2), s.includes(9)].length,
    ['s.1', 's.2', 's.9'],
  ],
  ['add and remove read nothing', ({ s }) => s.add(9).remove(1), []],
  ['what was added is there, and not read', ({ s }) => s.add(9).has(9), []],
  ['union and subtract of members read nothing of the Set', ({ s }) => s.union([8, 9]).union(List([7])), []],
  ['subtract reads nothing of the Set', ({ s }) => s.subtract([1, 9]), []],
  [
    'isSuperset reads the members it is asked for, until one is missing',
    ({ s }) => s.isSuperset([1, 9, 2]),
    ['s.1', 's.9'],
  ],
  ['isSubset is a fold', ({ s }) => s.isSubset(Set([1, 2, 3, 4])), ['any of s']],
  ['every is a fold of the opposite', ({ s }) => s.every((x: number) => x < 3), ['any of s']],
  ['count is a fold', ({ s }) => s.count((x: number) => x > 1), ['count of s']],
  ['find is a fold that tells which', ({ s }) => s.find((x: number) => x > 1), ['mask of s']],
  ['a filter by itself reads nothing', ({ s }) => (s.filter((x: number) => x > 1), 0), []],
  [
    'of a filter, what is asked of its result is read',
    ({ s }) => s.filter((x: number) => x > 1).size,
    ['count of s'],
  ],
  ['of a filter, a member is read', ({ s }) => s.filter((x: number) => x > 1).has(1), ['s.1']],
  [
    'a filter of a filter is a filter',
    ({ s }) =>
      s
        .filter((x: number) => x > 1)
        .filterNot((x: number) => x > 2)
        .isEmpty(),
    ['any of s'],
  ],
])('%s', (_name, body, read) => {
  const looked = look({ s }, body);
  expect(looked.read).toEqual(['s', ...read]);
  expect(looked.same()).toBe(true);
});

test('a filter was asked when it was made: what it captured may have changed by the time its result is used', () => {
  const looked = look({ s }, (state) => {
    let limit = 1;
    const over = state.s.filter((x: number) => x > limit);
    limit = 3;
    return over.size;
  });
  expect(looked.gave).toBe(2);
});

test('an array of objects tells members apart by identity: isSubset of one is refused', () => {
  const looked = look({ s: Set([List([1])]) }, (state) => state.s.isSubset([List([1])]));
  expect(looked.refused).toBe(true);
});

test('a Set that was changed is subtracted from as a real one, which keeps an order of its own', () => {
  const tracked = new Tracked(['s']);
  const { read } = tracked.run(tracked.row({ s }), (state) => state.s.add(9).subtract([1]));
  expect(read).toContain('all 3 of s');
});
