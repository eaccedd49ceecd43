import * as fc from 'fast-check';
import { language, type Spec } from 'everystate';
import twoPhaseCommit from '../../examples/two-phase-commit/spec';
import { bind } from '../../checker/model/bind';
import { Evaluator, type Row } from '../../checker/model/evaluator';
import { searchNumbered, type NumberedOptions } from '../../checker/search/numbered';
import type { StateSpace } from '../../checker/search/stateSpace';
import { follow, type RunStep } from '../../checker/trace/run';
import { compileSpec, RandomSpecs } from '../oracle/randomSpec';
import { specSource } from '../oracle/source';

/** A space as texts that no order has a part in: states with their depth and whether they are inside, steps, initial states. */
interface Told {
  readonly states: string[];
  readonly outside: string[];
  readonly steps: string[];
  readonly initial: string[];
}

const told = ({ states, outside, steps, initial }: Told): Told => ({
  states: states.sort(),
  outside: outside.sort(),
  steps: steps.sort(),
  initial,
});

function textOf({ values }: Evaluator, row: Row): string {
  return row.map((id) => values.digests.textOf(id)).join(' ');
}

function stepText({ values }: Evaluator, { action, parameters, choice }: RunStep): string {
  const texts = Object.entries(parameters).map(
    ([name, value]) => `${name}=${values.digests.textOf(values.idOf(value))}`,
  );
  return `${action.name}(${texts.join()})[${choice}]`;
}

/** By the user's functions alone, called in every state. */
function plainly(spec: Spec, enough: number): Told | undefined {
  const evaluator = new Evaluator(bind(spec));
  const { constraint } = evaluator.model;
  const isInside = (row: Row) => {
    const state = evaluator.stateOf(row);
    return (
      !constraint || evaluator.predicate({ part: 'constraint', name: '' }, state, () => constraint(state))
    );
  };
  const depths = new Map<string, number>();
  const outside = new Set<string>();
  const queue: Row[] = [];
  const come = (row: Row, depth: number): string => {
    const text = textOf(evaluator, row);
    if (depths.has(text) || outside.has(text)) return text;
    if (isInside(row)) {
      depths.set(text, depth);
      queue.push(row);
    } else outside.add(text);
    return text;
  };
  const steps: string[] = [];
  const initial = [...evaluator.initial].map((row) => come(row, 1));
  for (const row of queue) {
    if (queue.length > enough) return undefined;
    const from = textOf(evaluator, row);
    for (const step of evaluator.successors(row))
      steps.push(`${from} ${stepText(evaluator, step)} ${come(step.row, (depths.get(from) as number) + 1)}`);
  }
  return told({
    states: [...depths].map(([text, depth]) => `${depth} ${text}`),
    outside: [...outside],
    steps,
    initial,
  });
}

const OPTIONS = { deadlock: false, keepGoing: true, now: () => 0 };

async function spaceOf(spec: Spec, options: Partial<NumberedOptions> = {}, constants = {}) {
  const evaluator = new Evaluator(bind(spec, { constants }));
  return { evaluator, ...(await searchNumbered(evaluator, { ...OPTIONS, ...options })) };
}

function numbers(space: StateSpace): number[] {
  return Array.from({ length: space.states + space.outside }, (_, number) => number);
}

/** The steps of a space: from, edge, to. */
function stepsOf({ steps: { first, to, edge }, states }: StateSpace): [number, number, number][] {
  return Array.from({ length: states }, (_, from) =>
    Array.from({ length: first[from + 1]! - first[from]! }, (_, k): [number, number, number] => [
      from,
      edge[first[from]! + k]!,
      to[first[from]! + k]!,
    ]),
  ).flat();
}

function toldBy(evaluator: Evaluator, space: StateSpace): Told {
  const texts = numbers(space).map((number) => textOf(evaluator, space.idsOf(number)));
  const depth = (number: number) => space.runTo(number).steps.length + 1;
  return told({
    states: texts.slice(0, space.states).map((text, number) => `${depth(number)} ${text}`),
    outside: texts.slice(space.states),
    steps: stepsOf(space).map(
      ([from, edge, to]) => `${texts[from]} ${stepText(evaluator, space.stepOf(edge))} ${texts[to]}`,
    ),
    initial: [...space.initial].map((number) => texts[number] as string),
  });
}

const WAYS: Readonly<Record<string, Partial<NumberedOptions>>> = {
  learned: {},
  rows: { rows: true },
  exact: { exact: true },
  exactRows: { exact: true, rows: true },
  called: { plainly: true, whole: false },
  whole: { whole: true, rows: true },
  wholeCalled: { whole: true, plainly: true },
};

test('states and steps of 120 random specs are what the plain search finds, whichever way', async () => {
  const seen = { compared: 0, outside: 0, choices: 0, still: 0, twice: 0 };
  await fc.assert(
    fc.asyncProperty(new RandomSpecs(), async (description) => {
      const source = specSource(description);
      let plain: Told | undefined;
      try {
        plain = plainly(compileSpec(source), 200);
      } catch {
        return; // at fault
      }
      if (!plain) return;
      seen.compared++;
      seen.outside += Number(plain.outside.length > 0);
      seen.choices += Number(plain.steps.some((step) => step.includes('[1]')));
      seen.still += Number(plain.steps.some((step) => new Set(step.split(/ \S+\) ?\S* /)).size === 1));
      seen.twice += Number(new Set(plain.initial).size < plain.initial.length);
      for (const [name, way] of Object.entries(WAYS)) {
        const { evaluator, space, exploration } = await spaceOf(compileSpec(source), way);
        if (exploration.end === 'fault') continue; // a property's, which the plain search does not ask
        expect([name, exploration.end]).toEqual([name, 'exhausted']);
        expect([name, toldBy(evaluator, space)]).toEqual([name, plain]);
        expect(exploration.statistics).toMatchObject({
          distinct: space.states,
          outside: space.outside,
          generated: space.initial.length + space.steps.to.length,
        });
      }
    }),
    { numRuns: 120, seed: 5 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
});

describe('a numbered space', () => {
  test.each(Object.entries(WAYS))(
    '%s: each state has its number, its row and a run to it',
    async (_name, way) => {
      const { evaluator, space, exploration } = await spaceOf(twoPhaseCommit as Spec, way, { RMS: 3 });
      expect(exploration.statistics).toMatchObject({ distinct: 288, generated: 1146 });
      expect([space.states, space.expanded, space.outside, space.steps.to.length]).toEqual([
        288, 288, 0, 1145,
      ]);
      for (const number of numbers(space).reverse()) {
        const ids = space.idsOf(number);
        expect(space.numberOf(ids)).toBe(number);
        expect(follow(evaluator, space.runTo(number)).at(-1)).toEqual(ids);
        const { row, offset, width } = space.rowOf(number);
        expect([...row.subarray(offset, offset + width)].some((local) => local > 0)).toBe(true);
      }
    },
  );

  test('where states are left out, so are the steps to them, and it goes on among those kept', async () => {
    const all = await spaceOf(twoPhaseCommit as Spec, {}, { RMS: 3 });
    for (const way of Object.values(WAYS)) {
      const { exploration, space, evaluator } = await spaceOf(
        twoPhaseCommit as Spec,
        { ...way, maxStates: 100, leaveOut: true },
        { RMS: 3 },
      );
      expect(exploration.end).toBe('states');
      expect([space.states, space.expanded]).toEqual([100, 100]);
      const [kept, known] = [space, all.space].map((one) =>
        stepsOf(one)
          .filter(([from, , to]) => from < 100 && to < 100)
          .map(([from, edge, to]) => `${from} ${stepText(evaluator, one.stepOf(edge))} ${to}`),
      );
      expect(stepsOf(space)).toHaveLength(kept!.length);
      expect(kept).toEqual(known);
    }
  });

  test('where it ends early, only states that were expanded have steps', async () => {
    const ends: readonly (readonly [string, Partial<NumberedOptions>])[] = [
      ['states', { maxStates: 100 }],
      ['depth', { maxDepth: 4 }],
    ];
    for (const [end, limits] of ends) {
      const { exploration, space } = await spaceOf(twoPhaseCommit as Spec, limits, { RMS: 3 });
      expect(exploration.end).toBe(end);
      expect(space.expanded).toBeLessThan(space.states);
      const from = new Set(stepsOf(space).map(([number]) => number));
      expect([Math.max(...from) < space.expanded, from.size]).toEqual([true, space.expanded]);
    }
  });

  test.each(Object.entries(WAYS))(
    '%s: a state outside the constraint has a row as well',
    async (_name, way) => {
      const { action, spec } = language<{ readonly n: number }>();
      const counting = spec({
        name: 'counting',
        init: { n: 1 },
        actions: { up: action({ effect: ({ n }) => ({ n: n + 1 }) }) },
        constraint: ({ n }) => n < 4,
      });
      const { space, evaluator } = await spaceOf(counting, way);
      expect([space.states, space.outside]).toEqual([3, 1]);
      for (const number of numbers(space)) {
        expect(evaluator.plainStateOf(space.idsOf(number))).toEqual({ n: number + 1 });
        const { row, offset, width } = space.rowOf(number);
        expect([...row.subarray(offset, offset + width)].some((local) => local > 0)).toBe(true);
      }
    },
  );
});
