import { List } from 'immutable';
import type { Given } from '../tracked';
import { look } from './looking';

const l = List([5, 6, 7]);

test.each<[string, (s: Given) => unknown, string[]]>([
  ['size and isEmpty are known with the List', ({ l }) => l.size + Number(l.isEmpty()), []],
  [
    'get reads the one entry, from the end where it is negative',
    ({ l }) => [l.get(0), l.get(-1)].length,
    ['l.0', 'l.2'],
  ],
  ['first and last read one entry', ({ l }) => l.first() + l.last(), ['l.0', 'l.2']],
  ['beyond its end there is nothing to be read', ({ l }) => l.get(3, 'none'), []],
  ['set, push and pop read nothing', ({ l }) => l.set(0, 9).push(8).pop(), []],
  ['what was set or pushed is not read', ({ l }) => l.push(8).last() + l.set(0, 1).first(), []],
  ['includes reads no further than what it finds', ({ l }) => l.includes(6), ['l.0', 'l.1']],
  ['findIndex reads no further than what it finds', ({ l }) => l.findIndex((x: number) => x === 5), ['l.0']],
  ['every reads no further than what it lacks', ({ l }) => l.every((x: number) => x < 6), ['l.0', 'l.1']],
  ['some reads all where there is none', ({ l }) => l.some((x: number) => x > 9), ['l.0', 'l.1', 'l.2']],
  ['count without a predicate reads nothing', ({ l }) => l.count(), []],
  ['clear reads nothing', ({ l }) => l.clear(), []],
  ['another method reads all of it', ({ l }) => l.shift(), ['l.0', 'l.1', 'l.2']],
])('%s', (_name, body, read) => {
  const looked = look({ l }, body);
  expect(looked.read).toEqual(['l', ...read]);
  expect(looked.same()).toBe(true);
});

test.each<[string, (s: Given) => unknown]>([
  ['popped below what was there', ({ l }) => l.pop().pop().push(1).push(2).toArray().join()],
  ['popped when it is empty', ({ l }) => l.clear().pop()],
  ['set beyond its end', ({ l }) => l.set(5, 1)],
  ['pushed several values', ({ l }) => l.push(1, 2)],
])('a List %s is what a real one is', (_how, body) => {
  expect(look({ l }, body).same()).toBe(true);
});
