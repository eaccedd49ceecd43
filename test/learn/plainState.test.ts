import { Map, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { Memory } from '../../checker/kernel/memory';
import type { Place } from '../../checker/learn/cells';
import { Learner } from '../../checker/learn/learner';
import { PlainStates } from '../../checker/learn/plainState';
import type { RowAt } from '../../checker/learn/row';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';

const { action, spec } = language<any>();
const STATES = [
  { n: 0, m: Map({ a: Set([1]) }) },
  { n: 1, m: Map({ a: Set([1]) }) },
  { n: 1, m: Map({ a: Set([1, 2]), b: Set() }) },
];

function made(whole?: true) {
  const of = spec({ name: 'plain', init: STATES, actions: { go: action({ effect: () => ({ n: 0 }) }) } });
  const evaluator = new Evaluator(bind(of as Spec));
  const learner = new Learner(evaluator, new Memory(), { wholes: whole });
  const states = new PlainStates(learner);
  const rows = [...evaluator.initial].map((initial): RowAt => {
    const locals: number[] = [];
    for (const part of learner.partsOf(initial))
      part.cells.forEach((cell, k) => (locals[cell] = part.locals[k] ?? 0));
    const width = learner.cells.count;
    return { row: Uint32Array.from({ length: width }, (_, cell) => locals[cell] ?? 0), offset: 0, width };
  });
  return { learner, states, rows, initial: [...evaluator.initial] };
}

test.each([
  ['taken apart', undefined],
  ['kept whole', true],
] as const)(
  'the state of a row has the values that it was made of, real ones: variables %s',
  (_how, whole) => {
    const { states, rows } = made(whole);
    rows.forEach((at, k) => {
      const state = states.of(at);
      expect([state['n'], (state['m'] as Map<string, unknown>).equals(STATES[k]?.m)]).toEqual([
        STATES[k]?.n,
        true,
      ]);
      expect(state['m']).toBeInstanceOf(Object.getPrototypeOf(Map()).constructor);
    });
  },
);

test('states that have the same of a variable have the same object', () => {
  const { states, rows } = made();
  const [first, second, third] = rows.map((at) => states.of(at)['m']);
  expect(first).toBe(second);
  expect(first).not.toBe(third);
});

test('a row from before some cells came is the state that it was', () => {
  const { states, rows, initial } = made();
  expect(rows[0]?.width).toBeLessThan(rows[2]?.width ?? 0);
  expect(states.idOf(rows[0] as RowAt, 1)).toBe(initial[0]?.[1]);
  expect(states.idOf(rows[2] as RowAt, 1)).toBe(initial[2]?.[1]);
});

test('a variable is put together only when it is read', () => {
  const { states, rows, learner } = made();
  const idAt = jest.spyOn(learner, 'idAt');
  const state = states.of(rows[2] as RowAt);
  expect(idAt).not.toHaveBeenCalled();
  expect(state['n']).toBe(1);
  expect(idAt).toHaveBeenCalledTimes(1);
});

test('ids that are known of a row are not found out anew while it changes no more', () => {
  const { states, rows } = made();
  const known = () => 7;
  const at = rows[0] as RowAt;
  expect(states.knowing(at, known, () => states.idsOf(at)(1))).toBe(7);
  expect(states.idsOf(at)(1)).not.toBe(7);
  expect(states.knowing(at, known, () => states.idsOf(rows[1] as RowAt)(1))).not.toBe(7);
});

test('a variable that another state had is not put together again, whatever cells have come since', () => {
  const { states, rows, learner } = made();
  const idAt = jest.spyOn(learner, 'idAt');
  const [first, second] = rows as [RowAt, RowAt];
  states.idOf(first, 1);
  learner.cells.child(learner.cells.variables[1] as Place, learner.cells.values.idOf('late'));
  states.idOf(second, 1);
  expect(idAt).toHaveBeenCalledTimes(1);
});
