import { List, Map, Record, Set } from 'immutable';
import { writesOf } from '../../checker/learn/leaves';
import { Tracked, type Given } from './tracked';

const Row = Record({ at: 0, on: Map<string, number>() }, 'Row');
const STATE = { m: Map({ a: 1, b: 2 }), s: Set(['x']), l: List([5, 6]), r: Row({ on: Map({ k: 1 }) }), n: 0 };

function written(effect: (s: Given) => object, state: Given = STATE): string[] {
  const tracked = new Tracked(Object.keys(state));
  return tracked.run(tracked.row(state), effect).writes().sort();
}

test('an effect that puts a view back with changes writes its changes and nothing else', () => {
  expect(written((s) => ({ m: s.m.set('a', 3) }))).toEqual(['m.a := 3']);
  expect(written((s) => ({ s: s.s.add('y').remove('x') }))).toEqual(['s.x := absent', 's.y := member']);
  expect(written((s) => ({ r: s.r.set('at', 9) }))).toEqual(['r.at := 9']);
  expect(written((s) => ({ m: s.m }))).toEqual([]);
});

test('of several changes to a key the last one counts', () => {
  expect(written((s) => ({ m: s.m.set('a', 3).remove('a').set('a', 4) }))).toEqual(['m.a := 4']);
});

test('a List that was changed writes its size as well', () => {
  expect(written((s) => ({ l: s.l.push(7) }))).toEqual(['l := List', 'l.2 := 7']);
  expect(written((s) => ({ l: s.l.pop() }))).toEqual(['l := List', 'l.1 := absent']);
});

test('any other collection replaces what was there: all of it is absent that is not in it', () => {
  expect(written(() => ({ m: Map({ a: 7 }) }))).toEqual(['m := Map', 'm.a := 7', 'm.b := absent']);
});

test('a view that is back in its place, inside a collection that is new, gives its changes alone', () => {
  const state = { m: Map({ a: Map({ x: 1 }), b: Map({ y: 1 }) }) };
  expect(written((s) => ({ m: Map({ a: s.m.get('a').set('z', 2) }) }), state)).toEqual([
    'm := Map',
    'm.a.z := 2',
    'm.b := absent',
    'm.b.y := absent',
  ]);
});

test('a view in another place than its own is taken apart as the value that it stands for', () => {
  expect(written((s) => ({ n: s.r.on }))).toEqual(['n := Map', 'n.k := 1']);
});

/** A stored step of an effect, and what it writes by now. */
function stored(effect: (s: Given) => object, state: Given, known: readonly string[] = []) {
  const tracked = new Tracked(Object.keys(state));
  const at = tracked.row(state);
  const { gave } = tracked.run(at, effect);
  const writes = writesOf(tracked.cells, gave as object, tracked.variables);
  const facts = new globalThis.Map(
    tracked.cells.places
      .filter(({ cell }) => known.includes(tracked.name(cell)))
      .map(({ cell }) => [cell, at.row[cell] ?? 0]),
  );
  const leaf = tracked.leaves.add([{ writes, edge: 3, action: 0 }], facts);
  const step = tracked.leaves.firstStepOf(leaf);
  const now = () =>
    tracked.leaves
      .writesOf(step)
      .map(([cell, local]) => `${tracked.name(cell)} := ${tracked.says(cell, local)}`);
  return { tracked, leaf, step, now };
}

test('a leaf has its steps, one after the other, each with the edge that names it', () => {
  const { tracked, leaf, step, now } = stored((s) => ({ n: s.n + 1 }), { n: 1 });
  expect(tracked.leaves.stepsOf(leaf)).toBe(1);
  expect(tracked.leaves.edgeOf(step)).toBe(3);
  expect(now()).toEqual(['n := 2']);
  expect(tracked.leaves.stepsOf(1)).toBe(0); // disabled
});

test('what every state that a step leads out of is known to have is written no more, and known as a fact', () => {
  const { now, tracked, step } = stored(() => ({ a: 1, b: 1 }), { a: 1, b: 1 }, ['a']);
  expect(now()).toEqual(['b := 1']);
  expect([...tracked.leaves.factsOf(step)]).toEqual([[0, 1]]);
});

test('a step that replaces a place writes the cells that come to be below it later, one write each', () => {
  const { now, tracked } = stored(() => ({ m: Map({ a: 1 }) }), { m: Map({ a: 1 }) });
  expect(now()).toEqual(['m.a := 1', 'm := Map']);
  for (let k = 0; k < 20; k++) tracked.row({ m: Map({ [`k${k}`]: 1 }) });
  expect(now()).toEqual([
    'm.a := 1',
    'm := Map',
    ...Array.from({ length: 20 }, (_, k) => `m.k${k} := absent`),
  ]);
  expect(tracked.leaves.patches).toBe(20);
});

test('a step that only changes a place writes nothing of what comes to be there later', () => {
  const { now, tracked } = stored((s) => ({ m: s.m.set('a', 2) }), { m: Map({ a: 1 }) });
  tracked.row({ m: Map({ b: 1 }) });
  expect(now()).toEqual(['m.a := 2']);
});

test('which judges a step may affect is forgotten when it comes to write more', () => {
  const { tracked, step } = stored(() => ({ m: Map({ a: 1 }) }), { m: Map({ a: 1 }) });
  tracked.leaves.setAffected(step, 128);
  expect(tracked.leaves.affectedBy(step)).toBe(128);
  tracked.row({ m: Map({ b: 1 }) });
  expect(tracked.leaves.affectedBy(step)).toBe(0);
});

test('a new leaf with steps is to be audited twice, one without never', () => {
  const { tracked, leaf } = stored((s) => ({ n: s.n + 1 }), { n: 1 });
  const none = tracked.leaves.add([], new globalThis.Map());
  expect([tracked.leaves.auditsLeft(leaf), tracked.leaves.auditsLeft(none)]).toEqual([2, 0]);
  tracked.leaves.setAuditsLeft(leaf, 1);
  expect(tracked.leaves.auditsLeft(leaf)).toBe(1);
});
