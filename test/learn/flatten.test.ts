import { List, Map, Record, Set } from 'immutable';
import type { Place } from '../../checker/learn/cells';
import { flatten, idIn, mapOf, setOf } from '../../checker/learn/flatten';
import { STANDS_FOR } from '../../checker/value/standIn';
import { InternalError } from '../../checker/model/engineError';
import { Tracked } from './tracked';

const Row = Record({ at: 0, note: null as unknown }, 'Row');
const VALUE = Map<string, unknown>([
  ['a', Set([1, 2])],
  ['b', List([Row({ note: Map({ x: 1 }) }), 'z'])],
  ['c', Map()],
]);

/** What is written and cleared, in order. */
function taken(value: unknown, tracked = new Tracked(['v'])): string[] {
  const done: string[] = [];
  flatten(tracked.cells, tracked.cells.variables[0] as Place, value, {
    write: ({ cell }, local) => done.push(`${tracked.name(cell)} := ${tracked.says(cell, local)}`),
    clearBelow: ({ cell }) => done.push(`clear ${tracked.name(cell)}`),
  });
  return done;
}

test('a collection clears what is below its place before it writes what it holds', () => {
  expect(taken(Map({ a: 1 }))).toEqual(['clear v', 'v := Map', 'clear v.a', 'v.a := 1']);
  expect(taken(Set(['x']))).toEqual(['clear v', 'v := Set', 'v.x := member']);
});

test('what is put together again from cells is what was taken apart', () => {
  const tracked = new Tracked(['v']);
  const { row } = tracked.row({ v: VALUE });
  const id = idIn(tracked.cells, tracked.cells.variables[0] as Place, ({ cell }) => row[cell] ?? 0);
  expect(id).toBe(tracked.values.idOf(VALUE));
});

test('where nothing is, there is nothing to be put together, and no cell is made for it', () => {
  const tracked = new Tracked(['v']);
  tracked.row({ v: VALUE });
  const { count } = tracked.cells;
  expect(idIn(tracked.cells, tracked.cells.variables[0] as Place, () => 0)).toBeUndefined();
  expect(tracked.cells.count).toBe(count);
});

test('a member of a Set has no value of its own: to ask for one is a defect', () => {
  const tracked = new Tracked(['v']);
  const { row } = tracked.row({ v: Set(['x']) });
  const member = tracked.cells.places[1] as Place;
  expect(() => idIn(tracked.cells, member, ({ cell }) => row[cell] ?? 0)).toThrow(InternalError);
});

test.each([
  ['in a Map', Map({ a: new Date(0) }), ['.a']],
  ['in a List in a Map', Map({ a: List([1, NaN]) }), ['.a', '[1]']],
  ['in a Record', Row({ note: () => 1 }), ['.note']],
  ['as a member', Set([Map({ a: undefined })]), ['{member Map { a: undefined }}', '.a']],
])('a value that is no part of a state is refused with the path to it: %s', (_where, value, path) => {
  let refused: unknown;
  try {
    taken(value);
  } catch (error) {
    refused = error;
  }
  expect((refused as { path?: string[] }).path?.at(-1)).toBe(path.at(-1));
  expect((refused as { path?: string[] }).path).toHaveLength(path.length);
});

test('what stands in for a value is taken for the value', () => {
  expect(taken({ [STANDS_FOR]: () => Set(['x']) })).toEqual(taken(Set(['x'])));
});

test('where a place keeps what it has, nothing of it is written', () => {
  const { cells } = new Tracked(['v']);
  const done: unknown[] = [];
  const sink = { write: () => done.push(1), clearBelow: () => done.push(2), keeps: () => true };
  flatten(cells, cells.variables[0] as Place, VALUE, sink);
  expect(done).toEqual([]);
});

test('Maps and Sets made of entries in iteration order iterate in it, though keys share a hash', () => {
  const { values } = new Tracked(['v']);
  const keys = [...(values.canonicalOf(Set(['BB', 'Aa', 'x', 'BBBB', 'AaAa', 'AaBB'])) as Set<string>)];
  expect(setOf(keys).toArray()).toEqual(keys);
  expect([...mapOf(keys.map((key) => [key, 1])).keys()]).toEqual(keys);
});
