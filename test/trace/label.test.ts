import { List, Map, Record, Set } from 'immutable';
import { normaliseLabel, stepLabel } from '../../checker/trace/label';

const Row = Record({ at: 0 }, 'Row');

test.each<[object, number | undefined, string]>([
  [{}, undefined, 'go'],
  [{}, 2, 'go[2]'],
  [{ k: 1 }, undefined, 'go(k: 1)'],
  [{ k: 'a', j: 'two words' }, 1, 'go(k: a, j: "two words")[1]'],
  [{ m: Row({ at: 2 }), s: Set(['x']) }, undefined, 'go(m: Row(at: 2), s: {x})'],
  [{ l: List([null, true]), m: Map() }, undefined, 'go(l: [null, true], m: {})'],
])('%j', (parameters, choice, label) => {
  expect(stepLabel('go', parameters as never, choice)).toBe(label);
  expect(normaliseLabel(label)).toBe(label);
});

test.each([
  ['  go ', 'go'],
  ['go()', 'go'],
  ['go( k:  1,\n j: 2 )', 'go(k: 1, j: 2)'],
])("%j is '%s'", (label, normal) => {
  expect(normaliseLabel(label)).toBe(normal);
});
