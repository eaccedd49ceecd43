import { List, Map, Record, Set } from 'immutable';
import type { Given } from '../tracked';
import { look } from './looking';

const Row = Record({ at: 0 }, 'Row');
const STATE = { m: Map({ a: 1, b: 2 }), s: Set([1]), l: List([1]), r: Row() };

test.each<[string, (s: Given) => unknown, string[]]>([
  ['changes to a Map', ({ m }) => m.withMutations((it: any) => void it.set('a', 3).remove('b')), ['m']],
  ['changes to a Set', ({ s }) => s.withMutations((it: any) => void it.add(2)), ['s']],
  ['changes to a List', ({ l }) => l.withMutations((it: any) => void it.push(2)), ['l']],
  ['changes to a Record', ({ r }) => r.withMutations((it: any) => void it.set('at', 2)), ['r']],
  ['none', ({ m }) => m.withMutations(() => {}), ['m']],
  [
    'what is asked in between',
    ({ m }) => m.withMutations((it: any) => void it.set('c', it.get('a'))),
    ['m', 'm.a'],
  ],
  [
    'an update',
    ({ m }) => m.withMutations((it: any) => void it.update('a', (n: number) => n + 1)),
    ['m', 'm.a'],
  ],
])('inside withMutations no more is read than outside: %s', (_what, body, read) => {
  const looked = look(STATE, body);
  expect(looked.read).toEqual(read);
  expect(looked.same()).toBe(true);
});

test('changes are seen at once by whoever holds it', () => {
  const looked = look(STATE, ({ m }) => {
    const seen: number[] = [];
    m.withMutations((it: any) => {
      it.set('c', 3);
      seen.push(it.get('c'), it.size);
    });
    return List(seen);
  });
  expect(looked.same()).toBe(true);
});

test('from a method without a tracked form on it is a real collection, all of it read', () => {
  const looked = look(STATE, ({ m }) =>
    m.withMutations((it: any) => void it.set('c', 3).mergeDeep({ d: 4 }).set('e', 5)),
  );
  expect(looked.read).toEqual(['m', 'm.a', 'm.b', 'all 2 of m']);
  expect(looked.same()).toBe(true);
});

test('a change within a change is refused', () => {
  const body = ({ m }: Given) => m.withMutations((it: any) => void it.update('a', () => it.set('b', 9)));
  expect(look(STATE, body).refused).toBe(true);
});

test('what withMutations hands out is refused once it is done', () => {
  const body = ({ m }: Given) => {
    let kept: any;
    m.withMutations((it: any) => void (kept = it));
    return kept.get('a');
  };
  expect(look(STATE, body).refused).toBe(true);
});

test.each(['wasAltered', 'asImmutable'])(
  '%s is refused: whose it is, and what became of it, is not tracked',
  (name) => {
    expect(look(STATE, ({ m }) => m.withMutations((it: any) => void it[name]())).refused).toBe(true);
  },
);
