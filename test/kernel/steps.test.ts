import { check, language } from 'everystate';

test('each step of a state is put to the action properties by itself', async () => {
  interface State {
    readonly a: number;
    readonly b: number;
    readonly c: number;
  }
  const { action, spec } = language<State>();
  const two = spec({
    name: 'two steps',
    // By the first two all is learned that the kernel needs for the last, but what the property says where a is still 0.
    init: [
      { a: 1, b: 0, c: 0 },
      { a: 0, b: 1, c: 0 },
      { a: 0, b: 0, c: 0 },
    ],
    actions: {
      setA: action({ guard: (s) => s.a === 0, effect: () => ({ a: 1 }) }),
      setB: action({ guard: (s) => s.b === 0, effect: () => ({ b: 1 }) }),
    },
    // What a step writes does not tell c: each has to be asked about.
    actionProperties: {
      aFirst: (_before: State, after: State) => after.c === 0 && (after.a === 1 || after.b === 0),
    },
  });
  expect(await check(two, { deadlock: false })).toMatchObject({ verdict: 'violated' });
});
