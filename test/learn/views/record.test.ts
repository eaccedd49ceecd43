import { Map, Record } from 'immutable';
import type { Given } from '../tracked';
import { look } from './looking';

class Job extends Record({ at: 0, by: 'none', left: Map<string, number>() }, 'Job') {
  get late(): boolean {
    return this.at > 5;
  }
}
const r = new Job({ at: 7, left: Map({ x: 1 }) });

test.each<[string, (s: Given) => unknown, string[]]>([
  ['a field is read by its name, and by get', ({ r }) => [r.at, r.get('by')].length, ['r.at', 'r.by']],
  ['no other field is there, and nothing is read', ({ r }) => r.get('other', 1), []],
  ['set reads nothing', ({ r }) => r.set('at', 1), []],
  ['what was set is not read', ({ r }) => r.set('at', 1).at, []],
  ['set of a field that there is none of changes nothing', ({ r }) => r.set('other', 1), []],
  ['remove puts the default', ({ r }) => r.remove('at').at, []],
  ['undefined puts the default', ({ r }) => r.set('by', undefined).by, []],
  ['merge reads nothing', ({ r }) => r.merge({ at: 1, by: 'a' }), []],
  ['clear reads nothing', ({ r }) => r.clear(), []],
  ['getters of a class read through it', ({ r }) => r.late, ['r.at']],
  ['what is inside is read on its way', ({ r }) => r.left.get('x'), ['r.left', 'r.left.x']],
])('%s', (_name, body, read) => {
  const looked = look({ r }, body);
  expect(looked.read).toEqual(['r', ...read]);
  expect(looked.same()).toBe(true);
});

test('it passes for an instance of its class', () => {
  expect(look({ r }, (s) => s.r instanceof Job && Record.isRecord(s.r)).gave).toBe(true);
});
