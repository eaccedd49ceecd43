import { language, validate } from 'everystate';

interface State {
  readonly x: number;
}
const { action, spec } = language<State>();
const a = () => ({ e: 'a' });
const never = action({ guard: () => false, effect: () => ({}), observed: a });

describe('a bound ends a search only where it cut something off', () => {
  const loop = spec({
    name: 'loop',
    init: { x: 0 },
    actions: { hide: action({ effect: () => ({ x: 1 }) }), never },
  });
  const chain = (constraint: (s: State) => boolean) =>
    spec({
      name: 'chain',
      init: { x: 0 },
      actions: {
        hide: action({ guard: (s) => s.x < 4, effect: (s) => ({ x: s.x + 1 }) }),
        never,
      },
      constraint,
    });

  test('a hidden step too many leads to a state that is known', async () => {
    expect(await validate(loop, [{ e: 'a' }], { maxHidden: 1 })).toMatchObject({ verdict: 'unexplained' });
  });

  test('or to one that is reached by fewer later on', async () => {
    const both = spec({
      name: 'both',
      init: [{ x: 0 }, { x: 2 }],
      actions: {
        up: action({ guard: (s) => s.x < 2, effect: (s) => ({ x: s.x + 1 }) }),
        down: action({ guard: (s) => s.x === 2, effect: () => ({ x: 1 }) }),
        never,
      },
    });
    expect(await validate(both, [{ e: 'a' }], { maxHidden: 1 })).toMatchObject({ verdict: 'unexplained' });
  });

  test('or outside the constraint; else it did cut', async () => {
    const log = [{ e: 'a' }];
    expect(
      await validate(
        chain((s) => s.x < 3),
        log,
        { maxHidden: 2 },
      ),
    ).toMatchObject({
      verdict: 'unexplained',
    });
    expect(
      await validate(
        chain(() => true),
        log,
        { maxHidden: 2 },
      ),
    ).toMatchObject({
      verdict: 'incomplete',
      limit: 'hidden',
    });
  });

  test('an explanation comes before the limit of states', async () => {
    const shows = spec({
      name: 'shows',
      init: { x: 0 },
      actions: {
        one: action(
          { p: [1, 2, 3, 4] },
          { guard: (s) => s.x === 0, effect: (_s, { p }) => ({ x: p }), observed: a },
        ),
      },
    });
    expect(await validate(shows, [{ e: 'a' }], { maxStates: 1 })).toMatchObject({ verdict: 'explained' });
  });
});

test('the states shown are those with the fewest hidden steps since the last event, however they were first reached', async () => {
  const hidden = (from: number, to: number) =>
    action({ guard: (s) => s.x === from, effect: () => ({ x: to }) });
  const seen = (from: number, to: number) =>
    action({ guard: (s) => s.x === from, effect: () => ({ x: to }), observed: a });
  const order = spec({
    name: 'order',
    init: { x: 0 },
    actions: {
      a1: seen(0, 1),
      h1: hidden(1, 2),
      h2: hidden(2, 4),
      h3: hidden(4, 3),
      h0: hidden(0, 5),
      a2: seen(5, 3),
      h4: hidden(3, 6),
    },
  });
  const states = [{ x: 1 }, { x: 3 }, { x: 2 }];
  for (const options of [{}, { maxHidden: 10 }])
    expect(await validate(order, [{ e: 'a' }, { e: 'zz' }], options)).toMatchObject({
      verdict: 'unexplained',
      stateCount: 5,
      states,
    });
});
