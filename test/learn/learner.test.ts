import { Map, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { Memory } from '../../checker/kernel/memory';
import { Learner, TRUE, FALSE, type Learned } from '../../checker/learn/learner';
import type { RowAt } from '../../checker/learn/row';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { Fault } from '../../checker/model/fault';
import type { ModelAction } from '../../checker/model/model';

/** Untyped: most of this a type would forbid. */
const { action, spec } = language<any>();

/** A learner of one action, `go`, and the row of its initial state. */
function learning(init: object, go: unknown) {
  const evaluator = new Evaluator(bind(spec({ name: 'learned', init, actions: { go } as never }) as Spec));
  const learner = new Learner(evaluator, new Memory());
  const [initial = []] = evaluator.initial;
  const at = rowOf(learner, initial);
  const [model] = evaluator.model.actions as [ModelAction];
  const [parameters = {}] = evaluator.parametersOf(model.ranges, 'go', {});
  const instance = learner.instance(model, 0, parameters);
  return { learner, evaluator, at, instance, model, learn: () => learner.learnAction(instance, at) };
}

function rowOf(learner: Learner, initial: readonly number[]): RowAt {
  const locals: number[] = [];
  for (const part of learner.partsOf(initial))
    part.cells.forEach((cell, k) => (locals[cell] = part.locals[k] ?? 0));
  const width = learner.cells.count;
  return { row: Uint32Array.from({ length: width }, (_, cell) => locals[cell] ?? 0), offset: 0, width };
}

const leafOf = (learned: Learned) => (typeof learned === 'object' ? learned.leaf : learned);

test('a guard that says no is learned as a leaf without steps, and the effect is not called', () => {
  let effects = 0;
  const { learner, learn } = learning(
    { n: 0 },
    action({ guard: (s) => s.n === 1, effect: () => (effects++, { n: 2 }) }),
  );
  expect(learner.leaves.stepsOf(leafOf(learn()) as number)).toBe(0);
  expect([effects, learner.calls]).toEqual([0, 1]);
});

test('each change that an effect gives is a step, with an edge that names instance and choice', () => {
  const { learner, learn, instance } = learning({ n: 0 }, action({ effect: () => [{ n: 1 }, { n: 2 }] }));
  const leaf = leafOf(learn()) as number;
  expect(learner.leaves.stepsOf(leaf)).toBe(2);
  const edges = [0, 1].map((k) => learner.leaves.edgeOf(learner.leaves.firstStepOf(leaf) + k));
  expect(edges.map((edge) => learner.edgeInstance[edge])).toEqual([instance, instance]);
  expect(edges.map((edge) => learner.edgeChoice[edge])).toEqual([0, 1]);
});

test('an effect that gives no change is a leaf without steps', () => {
  const { learner, learn } = learning({ n: 0 }, action({ effect: () => [] }));
  expect(learner.leaves.stepsOf(leafOf(learn()) as number)).toBe(0);
});

test('equal parameters are one instance, whichever objects they are', () => {
  const { learner, model } = learning({ n: 0 }, action({ effect: () => ({ n: 1 }) }));
  const instance = (key: unknown) => learner.instance(model, 0, { key });
  expect(instance(Set([1, 2]))).toBe(instance(Set([2, 1])));
  expect(instance(Set([1]))).not.toBe(instance(Set([2])));
});

test('what is learned twice has one leaf', () => {
  const { learn } = learning({ n: 0 }, action({ guard: (s) => s.n === 0, effect: () => ({ n: 1 }) }));
  expect(leafOf(learn())).toBe(leafOf(learn()));
});

test.each([
  [
    'throws',
    () => {
      throw new Error('mine');
    },
  ],
  ['looks at how a collection is made', (s: any) => ({ n: Object.keys(s.m).length })],
  [
    'looks at that and catches what it throws',
    (s: any) => {
      try {
        Object.keys(s.m);
      } catch {
        /* the run is void all the same */
      }
      return { n: 1 };
    },
  ],
  ['gives what is no value', () => ({ n: new Date(0) })],
])('an effect that %s is left to a plain run', (_how, effect) => {
  expect(learning({ n: 0, m: Map({ a: 1 }) }, action({ effect: effect as never })).learn()).toBe(
    'untrackable',
  );
});

test('an effect whose answer may hang on which object it was given is learned where a plain run does the same', () => {
  const same = action({ effect: (s) => ({ m: s.m.update('b', Map(), (m: unknown) => m) }) });
  expect(leafOf(learning({ m: Map({ a: Map({ x: 1 }) }) }, same).learn())).toBeGreaterThan(1);
});

test('a guard that asks for chance is at fault while it is learned, though it catch that', () => {
  const asking = (s: any) => {
    try {
      return Math.random() >= 0;
    } catch {
      return s.n === 0;
    }
  };
  expect(() => learning({ n: 0 }, action({ guard: asking, effect: () => ({ n: 1 }) })).learn()).toThrow(
    Fault,
  );
});

test('a predicate is a leaf that says true, or one that says false', () => {
  const { learner, at } = learning({ n: 0 }, action({ effect: () => ({}) }));
  const asked = (holds: (s: any) => boolean) =>
    leafOf(learner.learnPredicate(learner.tries.root(), at, holds));
  expect([asked((s) => s.n === 0), asked((s) => s.n === 1)]).toEqual([TRUE, FALSE]);
});

test('a predicate asked anew answers apart from what is known of it', () => {
  const { learner, at } = learning({ n: 0 }, action({ effect: () => ({}) }));
  expect(learner.askAnew(at, (s) => s['n'] === 0)).toBe(true);
  expect(
    learner.askAnew(at, () => {
      throw new Error('mine');
    }),
  ).toBeUndefined();
});

test('a range of the members of a Set is kept as that, with what a filter accepts of them; any other as its values', () => {
  const { learner, at } = learning({ s: Set([1, 2]) }, action({ effect: () => ({}) }));
  const ranged = (values: (s: any) => Iterable<unknown>) => {
    const place = { part: 'range', name: 'go', parameter: 'x' } as never;
    return learner.ranges[leafOf(learner.learnRange(learner.tries.root(), at, { place, values })) as number];
  };
  const [s] = learner.cells.variables;
  expect(ranged((state) => state.s)).toEqual({ membersOf: s, filter: null });
  expect(ranged((state) => state.s.filter((x: number) => x > 1))).toMatchObject({
    membersOf: s,
    filter: {
      of: [
        [0, 1],
        [0, 2],
      ],
    },
  });
  expect(ranged(() => [3, 3, 4])).toMatchObject({ values: { length: 2 } });
});

test('the values of variables that many initial states share are taken apart once', () => {
  const { learner, evaluator } = learning({ n: 0, m: Map({ a: 1 }) }, action({ effect: () => ({}) }));
  const [initial = []] = evaluator.initial;
  const [first, second] = [learner.partsOf(initial), learner.partsOf(initial)];
  first.forEach((part, k) => expect(second[k]).toBe(part));
});

test('what a variable adds to a fingerprint is the xor of its cells', () => {
  const { learner, evaluator } = learning({ m: Map({ a: 1, b: 2 }) }, action({ effect: () => ({}) }));
  const [part] = learner.partsOf(evaluator.initial.at(0) ?? []);
  const keys = part?.cells.map((cell, k) => learner.cells.keyOf(cell, part.locals[k] ?? 0)) ?? [];
  expect(keys).toHaveLength(3);
  expect([part?.low, part?.high]).toEqual(
    [0, 1].map((half) => keys.reduce((sum, key) => sum ^ (key[half] ?? 0), 0)),
  );
});
