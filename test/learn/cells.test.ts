import { List, Map, Record, Set, Stack } from 'immutable';
import type { Place } from '../../checker/learn/cells';
import { Tracked } from './tracked';

const names = ({ cells, name }: Tracked) => cells.places.map(({ cell }) => name.call(tracked, cell));
let tracked: Tracked;
const cellsOf = (state: { [variable: string]: unknown }, options = {}) => {
  tracked = new Tracked(Object.keys(state), options);
  tracked.row(state);
  return names(tracked);
};

test('a variable has a cell, whatever it holds', () => {
  expect(cellsOf({ n: 1, m: Map() })).toEqual(['n', 'm']);
});

test('a Map has a cell a key, a Set one a member, a List one an index, a Record one a field, and so on below', () => {
  const Row = Record({ at: 0, in: Map({ x: 1 }) }, 'Row');
  expect(cellsOf({ m: Map({ a: 1 }) })).toEqual(['m', 'm.a']);
  expect(cellsOf({ s: Set(['a', 'b']) })).toEqual(['s', 's.a', 's.b']);
  expect(cellsOf({ l: List([7, 8]) })).toEqual(['l', 'l.0', 'l.1']);
  expect(cellsOf({ r: Row() })).toEqual(['r', 'r.at', 'r.in', 'r.in.x']);
});

test('a collection of another kind is a value of one cell', () => {
  expect(cellsOf({ s: Stack([1, 2]) })).toEqual(['s']);
});

test('a cell numbers the values that it comes to have, from 1; 0 is absence', () => {
  cellsOf({ m: Map({ a: 'x' }) });
  const rows = [Map({ a: 'y' }), Map({ a: 'x' }), Map<string, string>()].map((m) => tracked.row({ m }).row);
  expect(rows.map((row) => row[1])).toEqual([2, 1, 0]);
  expect([0, 1, 2].map((local) => tracked.says(1, local))).toEqual(['absent', 'x', 'y']);
});

test('Lists of two sizes, and Records of two shapes, are two values of their place', () => {
  const [One, Other] = [Record({ a: 0 }, 'One'), Record({ a: 0, b: 0 }, 'Other')];
  tracked = new Tracked(['l', 'r']);
  const rows = [
    { l: List([1]), r: One() },
    { l: List([1, 2]), r: Other() },
    { l: List([2]), r: One({ a: 1 }) },
  ].map((state) => tracked.row(state).row);
  expect(rows.map((row) => [row[0], row[1]])).toEqual([
    [1, 1],
    [2, 2],
    [1, 1],
  ]);
});

test('absence adds nothing to a fingerprint, each value of each cell something of its own', () => {
  cellsOf({ m: Map({ a: 'x', b: 'x' }) });
  tracked.row({ m: Map({ a: 'y' }) });
  const key = (cell: number, local: number) => tracked.cells.keyOf(cell, local).join();
  expect(key(1, 0)).toBe('0,0');
  expect(new globalThis.Set([key(1, 1), key(1, 2), key(2, 1), '0,0']).size).toBe(4);
});

test('keys stay what they were when a cell comes to have more values than there was room for', () => {
  cellsOf({ n: 0 });
  const before = tracked.cells.keyOf(0, 1);
  for (let n = 1; n < 100; n++) tracked.row({ n });
  expect(tracked.cells.keyOf(0, 1)).toEqual(before);
});

test('what is kept whole is one cell with whole values: all variables, or places by their path', () => {
  expect(cellsOf({ m: Map({ a: Map({ x: 1 }) }) }, { wholes: true })).toEqual(['m']);
  const { cells } = new Tracked(['m']);
  const a = cells.child(cells.variables[0] as Place, cells.values.idOf('a'));
  const path = cells.pathOf(a);
  expect(cellsOf({ m: Map({ b: Map({ x: 1 }) }) }, { wholes: new globalThis.Set(['0']) })).toEqual(['m']);
  expect(path).toMatch(/^0\//);
});

test('whoever keeps rows is told of a cell and of a value before either is used', () => {
  const told: [cells: number, local: number][] = [];
  const rows = { fit: (cells: number, local: number) => void told.push([cells, local]) };
  cellsOf({ m: Map({ a: 1 }) }, { rows });
  expect(told).toEqual([
    [1, 0],
    [0, 1],
    [2, 0],
    [0, 1],
  ]);
});

test('whoever watches a place is told of each new place below it, however deep, once', () => {
  cellsOf({ m: Map({ a: Map({ x: 1 }) }), n: Map({ z: 1 }) });
  const told: string[] = [];
  tracked.cells.variables[0]?.watchers.push(({ cell }) => told.push(tracked.name(cell)));
  const state = { m: Map({ a: Map({ y: 1 }), b: 1 }), n: Map({ q: 1 }) };
  tracked.row(state);
  tracked.row(state);
  expect(told).toEqual(['m.a', 'm.a.y', 'm.b'].slice(1));
});

test('children are iterated in the canonical order of their keys, not in the order of their coming', () => {
  cellsOf({ s: Set([3]) });
  tracked.row({ s: Set([1]) });
  tracked.row({ s: Set([2]) });
  expect(tracked.cells.variables[0]?.inOrder.map(({ key }) => key)).toEqual([1, 2, 3]);
});

test('a cell knows which variable it is part of', () => {
  cellsOf({ n: 1, m: Map({ a: Map({ x: 1 }) }) });
  expect(tracked.cells.places.map(({ cell }) => tracked.cells.variableOf(cell))).toEqual([0, 1, 1, 1]);
});
