import * as fc from 'fast-check';
import { List, Map, OrderedMap, OrderedSet, Record, Set, Stack } from 'immutable';
import { Memory } from '../../checker/kernel/memory';
import { Cells, type Place } from '../../checker/learn/cells';
import { flatten } from '../../checker/learn/flatten';
import { matches } from '../../checker/learn/matches';
import { STANDS_FOR } from '../../checker/value/standIn';
import { Values } from '../../checker/value/values';
import { ABSENT } from '../../checker/learn/row';

const Row = Record({ at: 0 as unknown, who: null as unknown }, 'Row');
const Other = Record({ at: 0 as unknown, who: null as unknown }, 'Other');

/** A variable that holds a value, and whether it says another. */
function variableOf(value: unknown, whole: boolean, before: readonly unknown[] = []) {
  const cells = new Cells(new Values(), ['v'], new Memory(), whole ? { wholes: true } : {});
  const [variable] = cells.variables as [Place];
  const locals: number[] = [];
  const sink = {
    write: (place: Place, local: number) => void (locals[place.cell] = local),
    clearBelow: () => {},
  };
  for (const other of [...before, value]) {
    locals.length = 0;
    flatten(cells, variable, other, sink);
  }
  const read = ({ cell }: Place) => locals[cell] ?? ABSENT;
  return {
    says: (other: unknown) => matches(cells, variable, other, read),
    equals: (other: unknown) => cells.values.idOf(value) === cells.values.idOf(other),
    cells,
  };
}

/** Few enough that two are often equal, or differ in one place. */
const values = fc.letrec<{ value: unknown; part: unknown }>((tie) => ({
  part: fc.oneof({ maxDepth: 2 }, fc.constantFrom<unknown>(0, 1, '0', null), tie('value')),
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(0, 1, 'a'),
    fc.array(fc.tuple(tie('part'), tie('part')), { maxLength: 2 }).map((entries) => Map(entries)),
    fc.array(tie('part'), { maxLength: 2 }).map((members) => Set(members)),
    fc.array(tie('part'), { maxLength: 2 }).map((members) => List(members)),
    fc.array(tie('part'), { maxLength: 2 }).map((members) => Stack(members)),
    fc.array(tie('part'), { maxLength: 2 }).map((members) => OrderedSet(members)),
    fc.array(fc.tuple(tie('part'), tie('part')), { maxLength: 2 }).map((entries) => OrderedMap(entries)),
    fc
      .tuple(fc.constantFrom(Row, Other), tie('part'), tie('part'))
      .map(([make, at, who]) => make({ at, who })),
  ),
})).value;

test.each([
  ['taken apart', false],
  ['kept whole', true],
])('a variable %s says the values that are equal to its own, and no others', (_how, whole) => {
  let equal = 0;
  fc.assert(
    fc.property(values, fc.array(values, { maxLength: 3 }), fc.array(values), (value, before, others) => {
      const { says, equals } = variableOf(value, whole, before);
      const rebuilt = new Values().canonicalOf(value);
      for (const other of [value, rebuilt, ...before, ...others]) {
        expect(says(other)).toBe(equals(other));
        if (equals(other)) equal++;
      }
    }),
    { numRuns: 1000, seed: 20261123 },
  );
  expect(equal).toBeGreaterThan(2050); // 2,000 of them the value itself, and rebuilt
});

test.each([
  ['an entry more', Map({ a: 1, b: 2 })],
  ['an entry less', Map({})],
  ['another entry', Map({ b: 1 })],
  ['another value', Map({ a: 2 })],
  ['another kind', OrderedMap({ a: 1 })],
])('%s', (_what, other) => {
  const { says } = variableOf(Map({ a: 1 }), false, [Map({ a: 2, b: 2, c: 3 })]);
  expect(says(Map({ a: 1 }))).toBe(true);
  expect(says(other)).toBe(false);
});

test('what stands in for a value counts as the value', () => {
  const { says } = variableOf(Map({ a: Set([1]) }), false);
  expect(says(Map({ a: { [STANDS_FOR]: () => Set([1]) } }))).toBe(true);
  expect(says(Map({ a: { [STANDS_FOR]: () => Set([2]) } }))).toBe(false);
});

test.each([
  ['undefined', undefined],
  ['an array', [1]],
  ['a function as a key', Map([[() => 1, 1]])],
  ['NaN deep in a member', Set([List([NaN])])],
])('%s is said by no cells', (_what, value) => {
  expect(variableOf(Map({ a: 1 }), false).says(value)).toBe(false);
  expect(variableOf(Set([List([1])]), false).says(value)).toBe(false);
});

test('brings about no cells', () => {
  const { says, cells } = variableOf(Map({ a: Set([1]) }), false);
  const { count } = cells;
  says(Map({ a: Set([2]), b: List([3]) }));
  expect(cells.count).toBe(count);
});
