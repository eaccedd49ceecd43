import { UsageError, compareVariants, environmentsOf, language, variant, type Cell } from 'everystate';

interface State {
  readonly n: number;
}
const { action, spec } = language<State>();
const up = action({ effect: (s: State) => ({ n: s.n + 1 }) });

const counter = spec({
  name: 'counter',
  constants: { N: 3, LOSSY: false },
  environments: { big: { N: 5 }, lossy: { LOSSY: true } },
  init: { n: 0 },
  actions: ({ N, LOSSY }) => ({
    up: action({ guard: (s) => s.n < N, effect: (s) => ({ n: s.n + (LOSSY ? 2 : 1) }) }),
  }),
  invariants: ({ N }) => ({ even: (s) => s.n % 2 === 0 || s.n <= N, small: (s) => s.n <= N }),
  reachable: ({ N }) => ({ top: (s) => s.n === N }),
  final: (s, { N }) => s.n >= N,
});
const endless = variant(counter, 'endless', { actions: () => ({ up }) });
const throwing = variant(counter, 'throwing', {
  actions: () => ({
    up: action({
      effect: (s) => {
        if (s.n === 1) throw new Error('no further');
        return { n: s.n + 1 };
      },
    }),
  }),
});

const rowOf = ({ variant: name, environment, verdict, violated, shortest, distinct }: Cell) => [
  `${name} in ${environment}: ${verdict}`,
  violated,
  shortest,
  distinct,
];

describe('compareVariants', () => {
  it('judges each variant in each environment, the base first', async () => {
    const started: string[] = [];
    const told: string[] = [];
    const comparison = await compareVariants(
      [counter, throwing],
      environmentsOf(counter),
      {
        onStart: (name, environment) => {
          started.push(`${name} ${environment}`);
          return undefined;
        },
      },
      (cell, result) => told.push(`${cell.variant} ${cell.environment} ${result?.verdict}`),
    );
    expect(comparison.spec).toBe('counter');
    expect(comparison.variants).toEqual(['base', 'throwing']);
    expect(comparison.environments).toEqual(['base', 'big', 'lossy']);
    expect(comparison.cells.map(rowOf)).toEqual([
      ['base in base: holds', [], {}, 4],
      ['base in big: holds', [], {}, 6],
      // 0, 2, 4: past the top without being there. A property that no state satisfies has no run.
      ['base in lossy: violated', ['small', 'top'], { small: 3 }, 3],
      ['throwing in base: broken', [], {}, 2],
      ['throwing in big: broken', [], {}, 2],
      ['throwing in lossy: broken', [], {}, 2],
    ]);
    expect(comparison.cells[3]?.fault?.what).toBe('it threw Error: no further');
    expect(started).toEqual(told.map((line) => line.replace(/ \w+$/, '')));
    expect(told[2]).toBe('base lossy violated');
  });

  it('calls a cell violated where something fell, and says what a limit left open', async () => {
    const { cells } = await compareVariants([counter, endless], { base: {} }, { maxStates: 7 });
    expect(cells.map(rowOf)).toEqual([
      ['base in base: holds', [], {}, 4],
      ['endless in base: violated', ['even', 'small'], { even: 6, small: 5 }, 7],
    ]);
    expect(cells[1]).toMatchObject({ undecided: ['deadlock'], limit: 'states' });
    const [open] = (await compareVariants([endless], { base: {} }, { maxStates: 3 })).cells;
    expect(open).toMatchObject({ verdict: 'incomplete', undecided: ['even', 'small', 'top', 'deadlock'] });
  });

  it('says with which constants, for which properties and under which bounds it was made', async () => {
    const sized = variant(counter, 'sized', {
      constants: { N: 2 },
      newInvariants: { tiny: (s: State) => s.n < 9 },
    });
    const { cells, ...making } = await compareVariants([counter, sized], environmentsOf(counter), {
      constants: { LOSSY: true },
      maxStates: 50,
    });
    expect(making).toEqual({
      spec: 'counter',
      constants: { N: 3, LOSSY: true },
      overridden: { LOSSY: true },
      variants: ['base', 'sized'],
      defaults: { sized: { N: 2 } },
      environments: ['base', 'big', 'lossy'],
      settings: { base: {}, big: { N: 5 }, lossy: { LOSSY: true } },
      properties: ['even', 'small', 'top', 'deadlock'],
      unchecked: [],
      deadlock: true,
      bounds: { maxStates: 50 },
    });
    expect(cells.map(({ properties }) => properties)).toEqual([
      ...[undefined, undefined, undefined],
      ...Array(3).fill(['even', 'small', 'tiny', 'top', 'deadlock']),
    ]);
    const some = await compareVariants([counter], { base: {} }, { properties: ['small'], deadlock: false });
    expect(some).toMatchObject({ properties: ['small'], unchecked: ['even', 'top'], deadlock: false });
  });

  it('is done where everything is decided, though the space is endless', async () => {
    const options = { properties: ['small', 'top'], deadlock: false, maxStates: 1000 };
    const { cells } = await compareVariants([endless], { base: {} }, options);
    expect(cells.map(rowOf)).toEqual([['endless in base: violated', ['small'], { small: 5 }, 5]]);
  });

  it('sets constants beside those of environments, and refuses one that both set', async () => {
    const environments = environmentsOf(counter);
    const { cells } = await compareVariants([counter], environments, { constants: { LOSSY: true } });
    expect(cells.map(({ distinct }) => distinct)).toEqual([3, 4, 3]);
    await expect(compareVariants([counter], environments, { constants: { N: 2 } })).rejects.toThrow(
      "constant N is set twice, to 5 by environment 'big' and to 2 beside it",
    );
  });

  it('judges names before any search', async () => {
    const searched: string[] = [];
    const odd = variant(counter, 'odd', { invarients: {} } as never);
    const comparing = compareVariants(
      [counter, odd],
      { base: {} },
      {
        onStart: (name) => void searched.push(name),
      },
    );
    await expect(comparing).rejects.toThrow("variant 'odd' has no part 'invarients'");
    expect(searched).toEqual([]);
  });

  it('starts no search after an abort', async () => {
    const { cells } = await compareVariants([counter], environmentsOf(counter), {
      signal: AbortSignal.abort(),
    });
    expect(cells.map(({ verdict, limit, distinct }) => [verdict, limit, distinct])).toEqual(
      Array(3).fill(['incomplete', 'aborted', 0]),
    );
  });

  it.each([
    ['nothing', [], {}, 'there is no spec to compare'],
    ['no environment', [counter], {}, 'there is no environment'],
    [
      'strangers',
      [counter, spec({ name: 'other', init: { n: 0 }, actions: { up } })],
      { base: {} },
      'no variant of',
    ],
    [
      'two of a name',
      [endless, variant(counter, 'endless', {})],
      { base: {} },
      "two variants named 'endless'",
    ],
    [
      'a variant named base',
      [counter, variant(counter, 'base', {})],
      { base: {} },
      'stands for the spec itself',
    ],
    ['an environment that sets no constant of the spec', [counter], { big: { M: 1 } }, "no constant 'M'"],
    ['an environment named base that sets one', [counter], { base: { N: 1 } }, "'base' stands for the one"],
    ['what is no list', counter as never, { base: {} }, 'wants a list of specs, but got an object'],
    ['a list of environments', [counter], ['base'] as never, 'wants an object of environments by name'],
  ])('refuses %s', async (_what, specs, environments, message) => {
    const comparing = compareVariants(specs, environments);
    await expect(comparing).rejects.toThrow(UsageError);
    await expect(compareVariants(specs, environments)).rejects.toThrow(message);
  });
});
