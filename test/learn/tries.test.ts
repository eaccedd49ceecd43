import { Map, Set } from 'immutable';
import { Tries } from '../../checker/learn/tries';
import { Tracked, type Given } from './tracked';

/** A trie that has learned what a predicate answers in some states, and what it answers in others. */
function trieOf(variables: readonly string[], holds: (s: Given) => unknown, learned: readonly Given[]) {
  const tracked = new Tracked(variables);
  const root = tracked.tries.root();
  for (const state of learned) tracked.learn(root, tracked.row(state), holds);
  return {
    tracked,
    root,
    knows: (state: Given) => tracked.known(root, tracked.row(state)),
    learn: (state: Given) => tracked.learn(root, tracked.row(state), holds),
  };
}

test('an empty trie answers nothing', () => {
  expect(trieOf(['n'], () => true, []).knows({ n: 1 })).toBeUndefined();
});

test('what reads nothing is answered for every state, once it was asked', () => {
  const { knows } = trieOf(['n'], () => true, [{ n: 1 }]);
  expect([knows({ n: 1 }), knows({ n: 2 })]).toEqual([true, true]);
});

test('a trie branches on the cells that were read, in their order, and on no others', () => {
  const { knows, tracked, root } = trieOf(['m', 'other'], (s) => s.m.get('a') === 1, [
    { m: Map({ a: 1 }), other: 0 },
    { m: Map({ a: 2 }), other: 0 },
  ]);
  expect(knows({ m: Map({ a: 1, b: 7 }), other: 5 })).toBe(true);
  expect(knows({ m: Map({ a: 2, b: 8 }), other: 6 })).toBe(false);
  expect(knows({ m: Map({ a: 3 }), other: 0 })).toBeUndefined();
  const { row, offset } = tracked.row({ m: Map({ a: 1 }), other: 0 });
  expect(tracked.tries.looksFrom(root, row, offset)).toBe(2); // m, and m.a
});

test('absence is a branch as any value is, also of a cell that the row is too short for', () => {
  const { tracked, root, knows } = trieOf(['m'], (s) => s.m.has('z'), [{ m: Map({ a: 1 }) }]);
  expect(knows({ m: Map({ a: 1 }) })).toBe(false);
  expect(knows({ m: Map({ a: 1, z: 1 }) })).toBeUndefined();
  const { row } = tracked.row({ m: Map({ a: 1 }) });
  expect(tracked.tries.walk(tracked.tries.words[root] as number, row.slice(0, 1), 0)).toBe(-1);
});

test('a cell of which more values come than its node has room for keeps what was learned', () => {
  const states = Array.from({ length: 40 }, (_, n) => ({ n }));
  const { knows } = trieOf(['n'], (s) => s.n % 2 === 0, states);
  expect(states.map(knows)).toEqual(states.map(({ n }) => n % 2 === 0));
});

const allOdd = (s: Given) => s.m.toList().filter((value: number) => value % 2 === 0).size === 0;

test("a walk over a Map's entries ends in a node that knows how many there were; a new cell grows its absence branch", () => {
  const { knows, learn } = trieOf(['m'], allOdd, [{ m: Map({ a: 1 }) }]);
  expect(knows({ m: Map({ a: 1, b: 2 }) })).toBeUndefined();
  expect(knows({ m: Map({ a: 1 }) })).toBe(true); // b has a cell by now, and is absent
  learn({ m: Map({ a: 1, b: 2 }) });
  expect(knows({ m: Map({ a: 1, b: 2 }) })).toBe(false);
  expect(knows({ m: Map({ a: 1, b: 3 }) })).toBeUndefined();
  expect(knows({ m: Map({ a: 1, c: 2 }) })).toBeUndefined();
  expect(knows({ m: Map({ a: 1 }) })).toBe(true);
});

test('each of several cells that came since grows a branch, however many at once', () => {
  const { knows } = trieOf(['m'], allOdd, [{ m: Map<string, number>() }]);
  for (const key of ['a', 'b', 'c', 'd']) expect(knows({ m: Map({ [key]: 2 }) })).toBeUndefined();
  expect(knows({ m: Map<string, number>() })).toBe(true);
});

const someLarge = (s: Given) => s.s.some((member: number) => member > 10);

test('a fold that asks for any branches on whether one of the accepted is there, whatever else is', () => {
  const { knows } = trieOf(['s'], someLarge, [{ s: Set([1, 2, 11, 12]) }, { s: Set([1]) }]);
  expect(knows({ s: Set([12]) })).toBe(true);
  expect(knows({ s: Set([2, 11]) })).toBe(true);
  expect(knows({ s: Set([2]) })).toBe(false);
  expect(knows({ s: Set<number>() })).toBe(false);
});

test('a fold does not know of members that came later, and asks about them once', () => {
  const { knows, learn } = trieOf(['s'], someLarge, [{ s: Set([1, 11]) }, { s: Set([1]) }]);
  expect(knows({ s: Set([1, 13]) })).toBeUndefined();
  expect(knows({ s: Set([3]) })).toBeUndefined();
  learn({ s: Set([3]) });
  expect(knows({ s: Set([13]) })).toBe(true);
  expect(knows({ s: Set([1, 3]) })).toBe(false);
});

test('a fold that counts branches on how many of the accepted are there, whichever', () => {
  const holds = (s: Given) => s.s.count((member: number) => member > 10) === 2;
  const { knows } = trieOf(['s'], holds, [
    { s: Set([1, 11, 12, 13]) },
    { s: Set([11, 12]) },
    { s: Set([11]) },
  ]);
  expect(knows({ s: Set([11, 13]) })).toBe(true);
  expect(knows({ s: Set([12, 13, 1]) })).toBe(true);
  expect(knows({ s: Set([13]) })).toBe(false);
  expect(knows({ s: Set([1]) })).toBeUndefined(); // none has not been met
});

test('presence is known of members to come as well: a Set’s size goes on counting', () => {
  const { knows } = trieOf(['s'], (s) => s.s.size === 1, [{ s: Set(['a']) }]);
  expect(knows({ s: Set(['b']) })).toBe(true);
  expect(knows({ s: Set(['c']) })).toBe(true);
});

test('a fold that tells which members are accepted branches on each of those, and on no others', () => {
  const holds = (s: Given) => s.s.filter((member: number) => member > 10).has(12);
  const largest = (s: Given) => s.s.filter((member: number) => member > 10).toArray().length === 2;
  expect(trieOf(['s'], holds, [{ s: Set([1, 12]) }]).knows({ s: Set([2, 12]) })).toBe(true);
  const { knows } = trieOf(['s'], largest, [{ s: Set([1, 2, 11, 12]) }, { s: Set([11]) }]);
  expect(knows({ s: Set([11, 12, 2]) })).toBe(true);
  expect(knows({ s: Set([11, 1]) })).toBe(false);
  expect(knows({ s: Set([12]) })).toBeUndefined();
});

test('what has been learned of one root is not known of another', () => {
  const { tracked, root } = trieOf(['n'], () => true, [{ n: 1 }]);
  const other = tracked.tries.root();
  expect(tracked.known(root, tracked.row({ n: 1 }))).toBe(true);
  expect(tracked.known(other, tracked.row({ n: 1 }))).toBeUndefined();
});

test('values that are known of some cells decide where they suffice, and else nothing', () => {
  const { tracked, root } = trieOf(['a', 'b'], (s) => s.a === 1 || s.b === 1, [
    { a: 1, b: 0 },
    { a: 0, b: 1 },
  ]);
  const decide = (known: { [cell: number]: number }) => tracked.tries.decide(root, (cell) => known[cell]);
  expect(decide({ 0: 1 })).toBe(-2);
  expect(decide({ 0: 2 })).toBe(0);
  expect(decide({ 0: 2, 1: 2 })).toBe(-2);
});

test('of two states in a row, cell c of the first is at 2c and of the second at 2c + 1', () => {
  const tracked = new Tracked(['n']);
  const pairs = new Tries(tracked.cells, 2, tracked.memory);
  const root = pairs.root();
  const { notes } = tracked.run(tracked.row({ n: 7 }), (s) => s.n);
  const [event] = notes.events;
  const slot = pairs.insert(
    root,
    [{ ...(event as { kind: 'read' } & typeof event), side: 1 } as never],
    Uint8Array.of(3, 1),
    0,
  );
  pairs.words[slot] = -2;
  expect(pairs.walk(pairs.words[root] as number, Uint8Array.of(9, 1), 0)).toBe(-2);
  expect(pairs.walk(pairs.words[root] as number, Uint8Array.of(1, 3), 0)).toBe(0);
});
