import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Map } from 'immutable';
import { language, type Spec } from 'everystate';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import type { ModelProperty } from '../../checker/model/model';
import { searchByReference } from '../../checker/search/reference';
import { follow } from '../../checker/trace/run';
import { searchByToy } from './engine';
import { randomSpec } from './randomSpec';
import { counter, office, officeInDisorder, stack, twoPhaseCommit, twoPhaseCommitInHaste } from './specs';

const evaluatorOf = (spec: unknown) => new Evaluator(bind(spec as Spec, {}));

/** What the reference search finds: states as texts of their cells, counts, and how long a run it takes to what fell. */
async function byReference(spec: unknown) {
  const { model } = evaluatorOf(spec);
  const states = new Set<string>();
  const visited: ModelProperty = {
    kind: 'invariant',
    name: 'visited',
    ranges: {},
    holds: ([state]) => {
      const cells = Object.entries(state as object).flatMap(
        ([variable, map]: [string, Map<string, unknown>]) =>
          [...map].map(([key, value]) => `${variable}.${key}=${String(value)}`),
      );
      states.add(cells.sort().join(' '));
      return true;
    },
  };
  const evaluator = new Evaluator({ ...model, properties: [...model.properties, visited] });
  const found = await searchByReference(evaluator, { deadlock: false, keepGoing: false, now: () => 0 });
  const { distinct, generated, depth } = found.statistics;
  return {
    end: found.end,
    states: [...states].sort(),
    counts: { distinct, generated, depth },
    fallen: found.findings.map(({ property, run }) => `${property} after ${run.steps.length}`).sort(),
  };
}

/** The same of the toy. */
function byToy(spec: unknown) {
  const { cells, states, generated, fallen } = searchByToy(evaluatorOf(spec));
  const shown = (row: readonly number[]) =>
    row.flatMap((number, cell) =>
      number > 0 ? [`${cells.names[cell]}=${String(cells.values[cell]?.[number])}`] : [],
    );
  return {
    end: fallen.size > 0 ? 'violation' : 'exhausted',
    states: states.map(({ row }) => shown(row).sort().join(' ')).sort(),
    counts: { distinct: states.length, generated, depth: (states.at(-1)?.run.length ?? 0) + 1 },
    fallen: [...fallen].map(([property, run]) => `${property} after ${run.length}`).sort(),
  };
}

describe('the toy of the engine', () => {
  it('has fewer than 150 lines', () => {
    const lines = readFileSync(join(__dirname, 'engine.ts'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThan(150);
  });

  it.each([
    ['two-phase commit', twoPhaseCommit, 'exhausted'],
    ['two-phase commit in haste', twoPhaseCommitInHaste, 'violation'],
    ['a counter that two add to', counter, 'violation'],
    ['a stack', stack, 'exhausted'],
    ['an office', office, 'exhausted'],
    ['an office in disorder', officeInDisorder, 'violation'],
  ] as const)('finds what the reference search finds: %s', async (_name, spec, end) => {
    const found = byToy(spec);
    expect(found).toEqual(await byReference(spec));
    expect(found.end).toBe(end);
  });

  it('finds what the reference search finds: random specs', async () => {
    const ends: { [end: string]: number } = {};
    let states = 0;
    const alike = fc.asyncProperty(randomSpec, async (spec) => {
      const found = byToy(spec);
      expect(found).toEqual(await byReference(spec));
      ends[found.end] = (ends[found.end] ?? 0) + 1;
      states += found.counts.distinct;
    });
    await fc.assert(alike, { numRuns: 400, seed: 20261128 });
    expect(ends.violation).toBeGreaterThan(40);
    expect(ends.exhausted).toBeGreaterThan(50);
    expect(states).toBeGreaterThan(1000);
  });

  it.each([
    ['two-phase commit in haste', twoPhaseCommitInHaste],
    ['a counter that two add to', counter],
    ['an office in disorder, by its second choice', officeInDisorder],
  ] as const)('shows a run that real values take as well: %s', (_name, spec) => {
    const evaluator = evaluatorOf(spec);
    const { fallen } = searchByToy(evaluator);
    expect(fallen.size).toBe(1);
    for (const [property, steps] of fallen) {
      const state = evaluator.stateOf(follow(evaluator, { start: 0, steps }).at(-1) ?? []);
      const invariant = evaluator.model.properties.find(({ name }) => name === property);
      expect(invariant && evaluator.failing(invariant, [state])).toBeDefined();
    }
  });
});

it("a state's fingerprint is the xor of its cells' numbers, whichever way it was reached", () => {
  const { cells, states } = searchByToy(evaluatorOf(stack));
  for (const { row, fingerprint } of states)
    expect(row.reduce((sum, number, cell) => sum ^ cells.random(cell, number), 0n)).toBe(fingerprint);
});

describe('what the toy asks the functions of a spec', () => {
  const { action, spec } = language<{ m: Map<string, number>; n: Map<string, number> }>();

  /** How often a guard and an invariant are called, beside an action that goes through ten states of `n`. */
  function callsOf(guard: (m: Map<string, number>) => boolean, effect?: (m: Map<string, number>) => unknown) {
    const calls = { guard: 0, invariant: 0 };
    const counted = spec({
      name: 'counted',
      init: { m: Map({ a: 0, b: 0 }), n: Map({ i: 0 }) },
      actions: {
        turn: action({ effect: (s) => ({ n: s.n.set('i', ((s.n.get('i') ?? 0) + 1) % 10) }) }),
        asked: action({
          guard: (s) => (calls.guard++, guard(s.m)),
          effect: (s) => ({ m: effect ? (effect(s.m) as typeof s.m) : s.m.set('b', 1) }),
        }),
      },
      invariants: { fine: (s) => (calls.invariant++, s.m.get('a') === 0) },
    });
    const { states } = searchByToy(evaluatorOf(counted));
    return { ...calls, states: states.length };
  }

  it('is asked once, and once more to audit the answer, for each value of what it reads', () => {
    expect(callsOf((m) => m.get('b') === 0)).toEqual({ states: 20, guard: 2 * 2, invariant: 1 });
  });

  it('of an invariant: in the initial state, and after steps that write what it has ever read', () => {
    expect(
      callsOf(
        (m) => m.get('a') === 0,
        (m) => m.set('a', 0).set('b', 1),
      ),
    ).toEqual({
      states: 20,
      guard: 2,
      invariant: 2,
    });
  });

  it('of what is read after it was written: nothing', () => {
    const writing = spec({
      name: 'writing',
      init: { m: Map({ a: 0 }), n: Map({ i: 0 }) },
      actions: { write: action({ effect: (s) => ({ n: s.n.set('i', s.m.set('a', 1).get('a') ?? 0) }) }) },
    });
    expect([...(searchByToy(evaluatorOf(writing)).instances[0]?.trie.everRead ?? [])]).toEqual([]);
  });

  it('of a walk over what was just changed: no cell that an earlier walk has not looked at counts as looked at', async () => {
    const walking = spec({
      name: 'walking',
      init: { m: Map({ a: 0 }), n: Map({ i: 0 }) },
      actions: {
        walk: action({
          guard: (s) => !s.m.some((it) => it === 1),
          effect: (s) => ({ n: s.n.set('i', s.m.delete('b').some((it) => it === 2) ? 1 : 2) }),
        }),
        write: action({ effect: (s) => ({ m: s.m.set('b', 1) }) }),
      },
    });
    expect(byToy(walking)).toEqual(await byReference(walking));
  });

  it('of a walk: again where there is a new cell, and not where that one is absent', () => {
    let calls = 0;
    const growing = spec({
      name: 'growing',
      init: { m: Map({ a: 0, b: 0 }), n: Map({ i: 0 }) },
      actions: {
        turn: action({ effect: (s) => ({ n: s.n.set('i', ((s.n.get('i') ?? 0) + 1) % 10) }) }),
        grow: action({ guard: (s) => s.n.get('i') === 5, effect: (s) => ({ m: s.m.set('c', 7) }) }),
        asked: action({ guard: (s) => (calls++, s.m.some((it) => it === 1)), effect: () => ({}) }),
      },
    });
    expect(searchByToy(evaluatorOf(growing)).states).toHaveLength(20);
    expect(calls).toBe(2 + 2);
  });
});

describe('what the toy refuses', () => {
  const { action, spec } = language<{ m: Map<string, number> }>();

  it('a guard that answers otherwise when its answer is audited', () => {
    let calls = 0;
    const fickle = spec({
      name: 'fickle',
      init: { m: Map({ a: 0, b: 0 }) },
      actions: {
        turn: action({ effect: (s) => ({ m: s.m.set('b', 1 - (s.m.get('b') ?? 0)) }) }),
        add: action({
          guard: (s) => ++calls % 2 === 1 && s.m.get('a') === 0,
          effect: (s) => ({ m: s.m.set('a', 1) }),
        }),
      },
    });
    expect(() => searchByToy(evaluatorOf(fickle))).toThrow('not pure');
  });

  it('a Map that is none of the state with changes', () => {
    const made = spec({
      name: 'made anew',
      init: { m: Map({ a: 0 }) },
      actions: { make: action({ effect: () => ({ m: Map({ a: 1 }) }) }) },
    });
    expect(() => searchByToy(evaluatorOf(made))).toThrow("the toy can't tell what became of m");
  });

  it('another variable of the state in its place', () => {
    const { action, spec } = language<{ m: Map<string, number>; n: Map<string, number> }>();
    const moved = spec({
      name: 'moved',
      init: { m: Map({ a: 0 }), n: Map({ a: 1 }) },
      actions: { move: action({ effect: (s) => ({ m: s.n }) }) },
    });
    expect(() => searchByToy(evaluatorOf(moved))).toThrow("the toy can't tell what became of m");
  });
});
