import * as fc from 'fast-check';
import { Map } from 'immutable';
import { language, type Spec } from 'everystate';

interface State {
  readonly a: Map<string, number>;
  readonly b: Map<string, number>;
}
type Variable = keyof State;

const variable = fc.constantFrom<Variable>('a', 'b');
const key = fc.constantFrom('x', 'y', 'z');
const value = fc.constantFrom(0, 1, 2);

/** What a guard or an invariant asks of a state. */
type Condition = (s: State) => boolean;

const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(variable, key, value).map(
      ([of, at, is]): Condition =>
        (s) =>
          s[of].get(at) === is,
    ),
    fc.tuple(variable, key).map(
      ([of, at]): Condition =>
        (s) =>
          s[of].get(at) === undefined,
    ),
    fc.tuple(variable, value).map(
      ([of, is]): Condition =>
        (s) =>
          s[of].some((it) => it === is),
    ),
    fc.tuple(tie('condition'), tie('condition')).map(
      ([one, other]): Condition =>
        (s) =>
          one(s) && other(s),
    ),
    tie('condition').map(
      (one): Condition =>
        (s) =>
          !one(s),
    ),
  ),
})).condition;

type Change = (s: State) => Partial<State>;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(variable, key, value).map(([of, at, to]): Change => (s) => ({ [of]: s[of].set(at, to) })),
  fc.tuple(variable, key).map(([of, at]): Change => (s) => ({ [of]: s[of].delete(at) })),
  // What is written hangs on what is read, and a walk sees what has just been written.
  fc
    .tuple(variable, key, variable, key)
    .map(([of, at, from, by]): Change => (s) => ({ [of]: s[of].set(at, s[from].get(by) ?? 2) })),
  fc.tuple(variable, key, key, value).map(([of, at, other, is]): Change => (s) => {
    const changed = s[of].delete(at);
    return { [of]: changed.some((it) => it === is) ? changed.set(other, is) : changed };
  }),
);

const map = fc.dictionary(key, value, { maxKeys: 2 }).map((entries) => Map(Object.entries(entries)));

/** Small specs of what the toy knows: two Maps, guards that ask for entries or walk, effects of up to two choices. */
export const randomSpec: fc.Arbitrary<Spec> = fc
  .record({
    a: map,
    b: map,
    actions: fc.array(
      fc.record({ guard: condition, effects: fc.array(change, { minLength: 1, maxLength: 2 }) }),
      { minLength: 2, maxLength: 5 },
    ),
    invariants: fc.array(condition, { minLength: 1, maxLength: 2 }),
  })
  .map(({ a, b, actions, invariants }) => {
    const { action, spec } = language<State>();
    return spec({
      name: 'random',
      init: { a, b },
      actions: Object.fromEntries(
        actions.map(({ guard, effects }, index) => [
          `action${index}`,
          action({ guard, effect: (s) => effects.map((one) => one(s)) }),
        ]),
      ),
      // Most conditions fall in the first states; one that also holds where nothing is written yet falls later.
      invariants: Object.fromEntries(
        invariants.map((holds, index) => [`invariant${index}`, (s: State) => holds(s) || s.a.get('x') !== 1]),
      ),
    }) as Spec;
  });
