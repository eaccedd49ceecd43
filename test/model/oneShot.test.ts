import { List, Map, Range, Seq, Set } from 'immutable';
import { check, compareVariants, language, replay, validate, variant, type Spec } from 'everystate';

interface State {
  readonly x: number;
  readonly jobs: Set<string>;
}
/** Untyped where the compiler would refuse what is tested. */
const { action, actionProperty, invariant, spec } = language<State>();
const map = Map([
  ['a', 1],
  ['b', 2],
]);
const INIT = { x: 0, jobs: Set(['j1', 'j2']) };

function* letters(): Generator<string> {
  yield 'a';
  yield 'b';
}

/** Each is made anew, gives a and b, and can be walked once. */
const ITERATORS: readonly [string, () => Iterable<string> & object][] = [
  ["a Map's keys", () => map.keys()],
  ["a JavaScript Map's keys", () => new globalThis.Map(map.entries()).keys()],
  ["a Set's values", () => Set(['a', 'b']).values()],
  ["an array's values", () => ['a', 'b'].values()],
  ['a generator', letters],
];

const step = (ranges: object, guard: (s: State) => boolean, x?: number) =>
  action(ranges as {}, { guard, effect: (s) => ({ x: x ?? s.x + 1 }) });

describe.each(ITERATORS)('%s as a range gives all of it', (_name, make) => {
  const falls = async (tested: Spec, property = 'small') =>
    expect(await check(tested)).toMatchObject({ verdict: 'violated', violations: [{ property }] });

  test('to two actions that share it', async () => {
    const w = make();
    const actions = { inc: step({ w }, (s) => s.x < 2), bad: step({ w }, (s) => s.x === 2, 99) };
    await falls(spec({ name: 'shared', init: INIT, actions, invariants: { small: (s) => s.x < 50 } }));
  });

  test('where the spec makes it for all constants', async () => {
    const w = make();
    const actions = () => ({ inc: step({ w }, (s) => s.x < 2), bad: step({ w }, (s) => s.x === 2, 99) });
    await falls(spec({ name: 'function', init: INIT, actions, invariants: { small: (s) => s.x < 50 } }));
  });

  test('to every check, replay and log', async () => {
    const bad = action({ w: make() } as {}, {
      guard: (s) => s.x === 0,
      effect: () => ({ x: 99 }),
      observed: () => ({ e: 'bad' }),
    });
    const tested = spec({
      name: 'again',
      init: INIT,
      actions: { bad },
      invariants: { small: (s) => s.x < 50 },
    });
    await falls(tested);
    await falls(tested);
    expect(replay(tested, ['bad(w: b)'])).toMatchObject({ verdict: 'replayed', violations: [{}, {}] });
    expect(await validate(tested, [{ e: 'bad' }])).toMatchObject({ verdict: 'explained' });
  });

  test('to every cell of a comparison', async () => {
    const base = spec({
      name: 'twice',
      constants: { N: 1 },
      init: INIT,
      actions: { bad: step({ w: make() }, (s) => s.x === 0, 99) },
      invariants: { small: (s) => s.x < 50 },
      final: () => true,
    });
    const same = variant(base, 'same', { final: () => true });
    const { cells } = await compareVariants([base, same] as Spec[], { base: {}, other: { N: 2 } });
    expect(cells.map(({ verdict }) => verdict)).toEqual(['violated', 'violated', 'violated', 'violated']);
  });

  test('to a variant that keeps the range', async () => {
    const base = spec({
      name: 'kept',
      init: INIT,
      actions: { bad: step({ w: make() }, (s) => s.x === 0, 1) },
      invariants: { small: (s) => s.x < 50 },
      final: () => true,
    });
    const worse = variant(base, 'worse', {
      actions: (_c, _d, { bad }) => ({ bad: { ...bad, effect: () => ({ x: 99 }) } }),
    });
    expect(await check(base)).toMatchObject({ verdict: 'holds' });
    await falls(worse as Spec);
  });

  test('in every state, beside a range that depends on the state', async () => {
    const tested = spec({
      name: 'mixed',
      init: INIT,
      actions: {
        take: action(
          { w: make(), job: (s: State) => s.jobs } as {},
          {
            guard: (s: State) => s.x < 5,
            effect: (s: State, { job }: { job: string }) => ({ x: s.x + 1, jobs: s.jobs.delete(job) }),
          } as never,
        ),
      },
      invariants: { small: (s) => s.x < 2 },
    });
    await falls(tested);
    await falls(tested);
  });

  test('to an invariant, alone and beside a range that depends on the state', async () => {
    const inc = action({ guard: (s) => s.x < 4, effect: (s) => ({ x: s.x + 1 }) });
    const not = (s: State, { w }: { w?: string }) => !(w === 'b' && s.x === 3);
    const w = make();
    const tested = spec({
      name: 'invariants',
      init: INIT,
      actions: { inc },
      invariants: {
        alone: invariant({ w } as {}, not),
        mixed: invariant({ w, job: (s: State) => s.jobs } as {}, not),
      },
      final: () => true,
    });
    for (const properties of [['alone'], ['mixed']] as ('alone' | 'mixed')[][])
      expect(await check(tested, { properties })).toMatchObject({
        verdict: 'violated',
        violations: [{ parameters: { w: 'b' }, trace: { length: 4 } }],
      });
  });

  test('to an action property', async () => {
    const inc = action({ guard: (s) => s.x < 4, effect: (s) => ({ x: s.x + 1 }) });
    const w = make();
    const not = (_s: State, s: State, { w }: { w?: string }) => !(w === 'b' && s.x === 3);
    const tested = spec({
      name: 'action properties',
      init: INIT,
      actions: { inc },
      actionProperties: { one: actionProperty({ w } as {}, not), two: actionProperty({ w } as {}, not) },
      final: () => true,
    });
    for (const property of ['one', 'two'] as const)
      expect(await check(tested, { properties: [property] })).toMatchObject({
        verdict: 'violated',
        violations: [{ property, trace: { length: 4 } }],
      });
  });
});

test('an iterator of initial states is there for every search', async () => {
  const tested = spec({
    name: 'init',
    init: [{ ...INIT, x: 1 }, INIT].values(),
    actions: {},
    final: () => true,
  });
  for (let k = 0; k < 2; k++)
    expect(await check(tested)).toMatchObject({ verdict: 'holds', statistics: { initial: 2 } });
});

/** What a check of a spec says of one action's range. */
async function saidOf(ranges: object): Promise<unknown> {
  const result = await check(
    spec({ name: 'said', init: INIT, actions: { go: step(ranges, (s) => s.x < 3) }, final: () => true }),
  );
  return result.verdict === 'broken' ? [result.what, result.advice] : result.verdict;
}

describe('refused with the cure', () => {
  test('an iterator that somebody else has walked', async () => {
    const w = map.keys();
    expect([...w]).toHaveLength(2);
    for (let k = 0; k < 2; k++)
      expect(await saidOf({ w })).toEqual([
        "the range of 'w' is an iterator that gives nothing: it has been walked before, or had nothing to give",
        'an iterator can be walked only once: give a list, [...values]',
      ]);
  });

  test.each<[string, Iterable<unknown>]>([
    ['a Seq of a generator', Seq(letters())],
    ['an object that gives the same iterator each time', same(letters())],
    ['one that gives fewer each time', fewer()],
  ])('%s, in every check', async (_name, w) => {
    for (let k = 0; k < 3; k++)
      expect(await saidOf({ w })).toEqual([
        "the range of 'w' gives other values each time it is walked",
        'give a list of them, [...values], or a function of the state',
      ]);
  });

  test('an iterator without end, in every check', async () => {
    const w = endless();
    for (let k = 0; k < 2; k++)
      expect(await saidOf({ w })).toEqual([
        'it gave more than 1,048,576 values, and perhaps has no end',
        'give an iterable that comes to an end',
      ]);
  }, 60_000);

  test('an iterator that throws, in every check', async () => {
    const w = throwing();
    for (let k = 0; k < 2; k++) expect(await saidOf({ w })).toContain('it threw Error: no more');
  });

  test('an iterator that a function gives twice', async () => {
    const w = map.keys();
    const walked = [
      'it gave an iterator that has been walked before',
      'an iterator can be walked only once: give a new one each time, or a list, [...values]',
    ];
    expect(await saidOf({ w: () => w })).toEqual(walked);
    const changes = [{ x: 1 }, { x: 2 }].values();
    const result = await check(
      spec({ name: 'effect', init: INIT, actions: { go: action({ effect: () => changes }) } }),
    );
    expect(result).toMatchObject({ verdict: 'broken', what: walked[0], advice: walked[1] });
    const init = [INIT].values();
    const started = spec({ name: 'init', init: () => init, actions: {}, final: () => true });
    expect(await check(started)).toMatchObject({ verdict: 'holds' });
    expect(await check(started)).toMatchObject({ verdict: 'broken', what: walked[0], advice: walked[1] });
  });

  test('a Map, of which the advice is right', async () => {
    const said = (await saidOf({ w: map })) as string[];
    expect(said[1]).toContain('[...map.keys()]');
    expect(await saidOf({ w: [...map.keys()] })).toBe('holds');
  });
});

test('what can be walked any number of times is', async () => {
  for (const w of [Range(0, 3), Seq([1, 2]), List([1]), new globalThis.Set([1]), new Uint8Array([1, 2]), []])
    for (let k = 0; k < 2; k++) expect(await saidOf({ w })).toBe('holds');
});

test('an array that is filled later is taken as it is when the search begins', async () => {
  const w: string[] = [];
  const tested = spec({
    name: 'filled',
    init: INIT,
    actions: { go: step({ w }, (s) => s.x < 1) },
    final: () => true,
  });
  w.push('a', 'b');
  expect(await check(tested)).toMatchObject({ statistics: { generated: 3 } });
});

function same(iterator: Iterator<unknown>): Iterable<unknown> {
  return { [Symbol.iterator]: () => iterator };
}

function fewer(): Iterable<unknown> {
  let most = 100;
  return {
    *[Symbol.iterator]() {
      most--;
      for (let k = 0; k < most; k++) yield k;
    },
  };
}

function* endless(): Generator<number> {
  for (let k = 0; ; k++) yield k;
}

function* throwing(): Generator<number> {
  yield 1;
  throw new Error('no more');
}
