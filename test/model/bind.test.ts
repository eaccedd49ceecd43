import { Set } from 'immutable';
import { environmentsOf, language, numbers, variant, type Spec } from 'everystate';
import { bind } from '../../checker/model/bind';
import { defaultsOf } from '../../checker/model/constants';
import type { Model } from '../../checker/model/model';
import type { PropertyKindName } from '../../checker/model/propertyKinds';
import { UsageError } from '../../checker/model/usageError';

interface State {
  readonly n: number;
  readonly set: Set<number>;
}
const { action, invariant, actionProperty, spec } = language<State>();

const base = spec({
  name: 'base',
  constants: { MAX: 3, NAME: 'x', ON: false, LIST: [1, 2] },
  definitions: ({ MAX }) => ({
    next: (n: number) => n + 1,
    limit: () => MAX,
  }),
  init: ({ MAX }) => ({ n: MAX, set: Set<number>() }),
  actions: ({ MAX }, { next, limit }) => ({
    up: action({ k: numbers(1, MAX) }, { guard: (s) => s.n < limit(), effect: (s) => ({ n: next(s.n) }) }),
    down: action({ effect: (s) => ({ n: s.n - 1 }) }),
  }),
  invariants: (_c, { limit }) => ({
    small: (s) => s.n <= limit(),
    each: invariant({ k: [1, 2] }, (s, { k }) => !s.set.has(k), { says: (_s, { k }) => `${k}` }),
  }),
  actionProperties: {
    rises: (a, b) => a.n <= b.n,
    told: actionProperty((a, b) => a !== b, { says: () => 'same' }),
  },
  reachable: { top: (s) => s.n === 3 },
  constraint: (s, { MAX }) => s.n < 2 * MAX,
  final: (s, _c, { limit }) => s.n === limit(),
});

const sized = {
  name: 'worlds',
  constants: { MAX: 3 },
  environments: { big: { MAX: 30 } },
  init: { n: 0, set: Set<number>() },
  actions: { down: action({ effect: (s) => ({ n: s.n - 1 }) }) },
};
const worlds = spec(sized);

const ofKind = (model: Model, wanted: PropertyKindName) =>
  model.properties.filter(({ kind }) => kind === wanted);

const state = (n: number) => ({ n, set: Set<number>() });

describe('a spec', () => {
  test('is bound with its defaults', () => {
    const model = bind(base);
    expect(model).toMatchObject({
      spec: 'base',
      variant: null,
      constants: { MAX: 3, NAME: 'x', ON: false, LIST: [1, 2] },
      overridden: {},
    });
    expect(model.init()).toEqual(state(3));
    expect(model.actions.map(({ name }) => name)).toEqual(['up', 'down']);
    expect(model.properties.map(({ kind, name }) => [kind, name])).toEqual([
      ['invariant', 'small'],
      ['invariant', 'each'],
      ['action property', 'rises'],
      ['action property', 'told'],
      ['reachable', 'top'],
    ]);
    expect(model.properties[0]).toMatchObject({ ranges: {} });
    expect(model.properties[1]?.says?.([state(0)], { k: 2 })).toBe('2');
    expect(model.properties[3]?.says?.([state(0), state(0)], {})).toBe('same');
  });

  test('hands its constants to everything', () => {
    const model = bind(base, { constants: { MAX: 5 } });
    expect(model.init()).toEqual(state(5));
    expect(model.actions[0]?.ranges).toEqual({ k: [1, 2, 3, 4, 5] });
    expect(model.actions[0]?.guard?.(state(4), {})).toBe(true);
    expect(model.properties[0]?.holds([state(5)], {})).toBe(true);
    expect(model.constraint?.(state(9))).toBe(true);
    expect(model.final?.(state(5))).toBe(true);
    expect(model.overridden).toEqual({ MAX: 5 });
  });

  test("gives its properties' predicates the states that they are judged of, and parameters where they may have some", () => {
    const given: unknown[][] = [];
    const note = (...all: unknown[]): boolean => given.push(all) > 0;
    const model = bind(
      spec({ ...sized, invariants: { i: note }, actionProperties: { a: note }, reachable: { r: note } }),
    );
    for (const { kind, holds } of model.properties)
      holds(kind === 'action property' ? [state(1), state(2)] : [state(1)], { k: 7 });
    expect(given).toEqual([[state(1), { k: 7 }], [state(1), state(2), { k: 7 }], [state(1)]]);
  });

  test('given plainly needs no functions, and leaves out what it lacks', () => {
    const plain = spec({ name: 'plain', init: state(0), actions: { down: action({ effect: () => ({}) }) } });
    const model = bind(plain);
    expect(model).toMatchObject({ constants: {}, properties: [] });
    expect('constraint' in model || 'final' in model).toBe(false);
    expect(model.init()).toEqual(state(0));
  });

  test('is told what was overridden only where it differs', () => {
    expect(bind(base, { constants: { MAX: 3, ON: true, NAME: undefined } }).overridden).toEqual({ ON: true });
    expect(bind(base, { constants: { LIST: [1, 2] } }).overridden).toEqual({});
    expect(bind(base, { constants: { LIST: [2, 1] } }).overridden).toEqual({ LIST: [2, 1] });
  });

  test('checks the chosen properties only', () => {
    const model = bind(base, { properties: ['each', 'top'] });
    expect(model.properties.map(({ name }) => name)).toEqual(['each', 'top']);
    expect(bind(base, { properties: [] }).properties).toEqual([]);
  });
});

describe('what cannot be bound', () => {
  const usage = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    throw new Error('not refused');
  };

  test.each<[object, string]>([
    [{ MXA: 4 }, "spec 'base' has no constant 'MXA'; did you mean 'MAX'?"],
    [{ max: 4 }, "spec 'base' has no constant 'max'; did you mean 'MAX'?"],
    [{ somethingElse: 4 }, "spec 'base' has no constant 'somethingElse'; it has MAX, NAME, ON, LIST"],
    [{ toString: 4 }, "spec 'base' has no constant 'toString'; it has MAX, NAME, ON, LIST"],
    [{ MAX: '4' }, "spec 'base': constant MAX must be a number like its default 3, but is '4' (a string)"],
    [{ MAX: NaN }, "spec 'base': constant MAX must be a number like its default 3, but is NaN (a number)"],
    [{ ON: 1 }, "spec 'base': constant ON must be a boolean like its default false, but is 1 (a number)"],
    [{ NAME: null }, "spec 'base': constant NAME must be a string like its default 'x', but is null (null)"],
    [
      { LIST: 1 },
      "spec 'base': constant LIST must be a list of numbers like its default [1,2], but is 1 (a number)",
    ],
    [
      { LIST: ['a'] },
      `spec 'base': constant LIST must be a list of numbers like its default [1,2], but is ["a"] (a list of strings)`,
    ],
  ])('constants %j', (constants, message) => {
    expect(usage(() => bind(base, { constants: constants as never }))).toBe(message);
  });

  test('a property that does not exist', () => {
    expect(usage(() => bind(base, { properties: ['smal'] }))).toBe(
      "spec 'base' has no property 'smal'; did you mean 'small'?",
    );
    const bare = spec({ name: 'bare', init: state(0), actions: {} });
    expect(usage(() => bind(bare, { properties: ['x'] }))).toBe(
      "spec 'bare' has no property 'x': it declares no property at all",
    );
  });

  test('two properties of one name', () => {
    const parts = { name: 'twice', init: state(0), actions: {} };
    const twice = spec({ ...parts, invariants: { x: () => true }, reachable: { x: () => true } });
    expect(usage(() => bind(twice))).toMatch("two properties named 'x'");
    const deadlock = spec({ ...parts, invariants: { deadlock: () => true } });
    expect(usage(() => bind(deadlock))).toMatch("two properties named 'deadlock'");
  });

  test('an environment that does not exist, or that sets what is no constant', () => {
    expect(usage(() => bind(worlds, { environment: 'bgi' }))).toBe(
      "spec 'worlds' has no environment 'bgi'; did you mean 'big'?",
    );
    const odd = (environments: object) => usage(() => bind(spec({ ...sized, environments } as never)));
    expect(odd({ big: { MXA: 4 } })).toMatch("environment 'big' has no constant 'MXA'; did you mean 'MAX'?");
    expect(odd({ big: { MAX: 'four' } })).toMatch("environment 'big': constant MAX must be a number");
    expect(odd({ big: 4 })).toMatch("environment 'big' must be an object of constants by name, but is 4");
    expect(odd({ base: { MAX: 4 } })).toMatch("environment 'base' stands for the one that overrides nothing");
    expect(bind(spec({ ...sized, environments: { base: {} } } as never)).constants).toEqual({ MAX: 3 });
  });

  test('a constant that an environment sets, and that is set to something else beside it', () => {
    expect(usage(() => bind(worlds, { environment: 'big', constants: { MAX: 5 } }))).toBe(
      "spec 'worlds': constant MAX is set twice, to 30 by environment 'big' and to 5 beside it; leave one of them out",
    );
    expect(bind(worlds, { environment: 'big', constants: { MAX: 30 } }).constants).toEqual({ MAX: 30 });
  });

  test.each<[string, unknown]>([
    ['NaN', NaN],
    ['null', null],
    ['undefined', undefined],
    ['an object', {}],
    ['a list with NaN', [1, NaN]],
    ['a list of lists', [[1]]],
  ])('a constant that is %s', (_what, value) => {
    expect(usage(() => bind(spec({ ...sized, constants: { MAX: value } } as never)))).toMatch(
      "spec 'worlds': constant MAX must be a text, a number, true or false, or a list of such, but is",
    );
  });

  test('a part that gives no declarations by name', () => {
    const bound = (more: object) => usage(() => bind(spec({ ...sized, ...more } as never)));
    const forgotten = '; an arrow function that returns an object needs parentheses: () => ({ … })';
    for (const part of ['actions', 'invariants', 'actionProperties', 'reachable', 'definitions'])
      expect(bound({ [part]: () => undefined })).toBe(
        `spec 'worlds': ${part} must give an object with a declaration a name, but gives undefined${forgotten}`,
      );
    expect(bound({ invariants: () => [] })).toMatch('invariants must give an object with a declaration');
    expect(bound({ invariants: async () => ({}) })).toMatch('but gives a promise');
    expect(bound({ invariants: [() => true] })).toMatch('invariants must be an object with a declaration');
    expect(usage(() => bind(variant(base, 'v', { actions: (() => {}) as never })))).toMatch(
      `variant 'v': actions must give an object with a declaration a name, but gives undefined${forgotten}`,
    );
  });

  test('a part that is none of its values, or is missing', () => {
    const bound = (more: object) => usage(() => bind(spec({ ...sized, ...more } as never)));
    expect(bound({ final: true })).toBe("spec 'worlds': final must be a function, but is true");
    expect(bound({ actions: undefined })).toBe("spec 'worlds' has no actions, which every spec needs");
    expect(bound({ init: undefined })).toBe("spec 'worlds' has no init, which every spec needs");
    expect(bound({ name: undefined })).toMatch('a spec has no name, but undefined');
    const acting = (body: object) => bound({ actions: { a: action(body as never) } });
    expect(acting({ guard: true, effect: () => ({}) })).toMatch("action 'a': guard must be a function");
    expect(acting({ says: 5, effect: () => ({}) })).toMatch("action 'a': says must be a text, or a function");
    const promised = invariant((s) => s.n < 3, 'a sentence' as never);
    expect(bound({ invariants: { i: promised } })).toMatch("invariant 'i': says must be a function");
  });

  test('what is no spec', () => {
    expect(usage(() => bind({ name: 'x' } as never))).toMatch('that is no spec, but an object');
    expect(usage(() => bind('x' as never))).toMatch("that is no spec, but 'x'");
    expect(usage(() => bind(variant({} as never, 'v', {})))).toMatch(
      "variant 'v' is one of an object, which is no spec",
    );
  });

  test('a variant without a name, of a name that stands for something else, or without changes', () => {
    const made = (...args: unknown[]) =>
      usage(() => bind((variant as (...all: unknown[]) => Spec)(base, ...args)));
    expect(made({ constants: { MAX: 4 } })).toMatch("a variant of 'base' has no name, but an object");
    expect(made('base', {})).toMatch("a variant of 'base' is named 'base', which stands for the spec itself");
    expect(made('v')).toMatch("variant 'v' must say what it changes, but got undefined");
    const twice = variant(variant(base, 'same', {}), 'same', {});
    expect(usage(() => bind(twice))).toBe(
      "spec 'base': variant 'same' is a variant of one of that name; rename one of them",
    );
  });

  test('one name twice', () => {
    expect(usage(() => bind(base, { properties: ['small', 'small'] }))).toBe(
      "spec 'base': properties names 'small' twice; leave one out",
    );
    const change = (changes: object) => usage(() => bind(variant(base, 'odd', changes as never)));
    expect(change({ withoutActions: ['down', 'down'] })).toMatch("withoutActions names 'down' twice");
    expect(change({ withoutActions: ['down'], actions: { down: action({ effect: () => ({}) }) } })).toMatch(
      "'down' is in actions and in withoutActions",
    );
    const twice = "has two properties named 'x'";
    expect(change({ newInvariants: { x: () => true }, newReachable: { x: () => true } })).toMatch(twice);
    expect(change({ newActionProperties: { x: () => true }, newReachable: { x: () => true } })).toMatch(
      twice,
    );
    expect(change({ newActionProperties: { small: () => true } })).toMatch("properties named 'small'");
    expect(usage(() => bind(variant(worlds, 'v', { environments: { big: { MAX: 4 } } })))).toMatch(
      "variant 'v' has an environment 'big', as its base has",
    );
  });

  test('an action without effect, or with a range that is none', () => {
    const parts = { name: 'odd', init: state(0) };
    expect(usage(() => bind(spec({ ...parts, actions: { a: {} as never } })))).toMatch(
      "'a' has no effect function",
    );
    expect(usage(() => bind(spec({ ...parts, actions: { a: undefined as never } })))).toMatch(
      "'a' has no effect",
    );
    const range = action({ k: 3 as never }, { effect: () => ({}) });
    expect(usage(() => bind(spec({ ...parts, actions: { a: range } })))).toMatch(
      "range of 'k' in action 'a' is neither an iterable of values nor a function of the state",
    );
  });

  test('a property without predicate, or with a range that is none', () => {
    const bound = (more: object) =>
      usage(() => bind(spec({ name: 'odd', init: state(0), actions: {}, ...more })));
    expect(bound({ invariants: { i: 5 } })).toMatch("invariant 'i' has no predicate");
    expect(bound({ invariants: { i: undefined } })).toMatch("invariant 'i' has no predicate");
    expect(bound({ invariants: { i: invariant({ k: 3 as never }, () => true) } })).toMatch(
      "range of 'k' in invariant 'i' is neither",
    );
    expect(bound({ actionProperties: { p: actionProperty({ k: [1] }, undefined as never) } })).toMatch(
      "action property 'p' has no predicate",
    );
    expect(bound({ actionProperties: { p: actionProperty({ k: 3 as never }, () => true) } })).toMatch(
      "range of 'k' in action property 'p' is neither",
    );
    expect(bound({ reachable: { r: true } })).toMatch("reachable 'r' has no predicate");
  });

  test('a variant that changes what its base lacks, or adds what it has', () => {
    const change = (changes: object) => usage(() => bind(variant(base, 'odd', changes as never)));
    expect(change({ actions: { uo: base } })).toBe(
      "variant 'odd' changes what its base lacks: the base has no action 'uo'; did you mean 'up'?",
    );
    expect(change({ invariants: { smal: () => true } })).toMatch("did you mean 'small'?");
    expect(change({ definitions: () => ({ nxt: () => 1 }) })).toMatch(
      "no definition 'nxt'; did you mean 'next'?",
    );
    expect(change({ actionProperties: { rses: () => true } })).toMatch(
      "no action property 'rses'; did you mean 'rises'?",
    );
    expect(change({ reachable: { bottom: () => true } })).toMatch(
      "no reachable property 'bottom'; it has top; to add one, put it in newReachable",
    );
    expect(change({ newActionProperties: { rises: () => true } })).toMatch(
      "'rises' in newActionProperties is in the base already; to replace it, put it in actionProperties",
    );
    expect(change({ newReachable: { top: () => true } })).toMatch("'top' in newReachable is in the base");
    expect(change({ withoutActions: ['dwon'] })).toMatch("no action 'dwon'; did you mean 'down'?");
    expect(change({ newActions: { up: action({ effect: () => ({}) }) } })).toMatch(
      "'up' in newActions is in the base",
    );
    expect(change({ newInvariants: { small: () => true } })).toMatch(
      "'small' in newInvariants is in the base",
    );
    expect(change({ constants: { MXA: 2 } })).toMatch("variant 'odd' has no constant 'MXA'");
  });
});

describe('a variant', () => {
  test('changes parts and keeps the rest', () => {
    const changed = variant(base, 'changed', {
      constants: { MAX: 4 },
      actions: (_c, _d, actions) => ({ up: { ...actions.up, guard: () => true } }),
      newActions: { reset: action({ effect: () => ({ n: 0 }) }) },
      withoutActions: ['down'],
      invariants: { small: () => true },
      newInvariants: { even: (s: State) => s.n % 2 === 0 },
      init: [state(0), state(1)],
      constraint: (s, { MAX }) => s.n < MAX,
      final: () => true,
    });
    const model = bind(changed);
    expect(changed.name).toBe('base · changed');
    expect(model).toMatchObject({ spec: 'base', variant: 'changed', constants: { MAX: 4 }, overridden: {} });
    expect(model.actions.map(({ name }) => name)).toEqual(['up', 'reset']);
    expect(model.actions[0]?.ranges).toEqual({ k: [1, 2, 3, 4] });
    expect(model.actions[0]?.guard?.(state(99), {})).toBe(true);
    expect(model.actions[0]?.effect(state(1), {})).toEqual({ n: 2 });
    expect(ofKind(model, 'invariant').map(({ name }) => name)).toEqual(['small', 'each', 'even']);
    expect(model.init()).toEqual([state(0), state(1)]);
    expect(model.constraint?.(state(4))).toBe(false);
    expect(model.final?.(state(7))).toBe(true);
    expect(bind(base).actions).toHaveLength(2);
  });

  test("its definitions reach the base's own actions and properties", () => {
    const model = bind(
      variant(base, 'far', { definitions: (_c, { next }) => ({ next: (n: number) => next(n) + 10 }) }),
    );
    expect(model.actions[0]?.effect(state(1), {})).toEqual({ n: 12 });
  });

  test('its definitions reach what the base says of single states', () => {
    const model = bind(variant(base, 'low', { definitions: () => ({ limit: () => 1 }) }));
    expect([1, 3].map((n) => model.final?.(state(n)))).toEqual([true, false]);
  });

  test('of a variant builds on it, and so on', () => {
    const one = variant(base, 'one', {
      constants: { MAX: 10 },
      definitions: (_c, { next }) => ({ next: (n: number) => next(n) * 2 }),
      newActions: { extra: action({ effect: () => ({ n: 1 }) }) },
      invariants: { small: (s: State) => s.n < 1 },
    });
    const two = variant(one, 'two', {
      constants: { NAME: 'y' },
      definitions: (_c, { next }) => ({ next: (n: number) => next(n) + 100 }),
      actions: { extra: action({ effect: () => ({ n: 2 }) }) },
    });
    const three = variant(two, 'three', { withoutActions: ['down'], invariants: { each: () => false } });
    expect(defaultsOf(three)).toMatchObject({ MAX: 10, NAME: 'y', ON: false });
    const model = bind(three, { constants: { ON: true } });
    expect(model).toMatchObject({ spec: 'base', variant: 'three', overridden: { ON: true } });
    expect(model.actions.map(({ name }) => name)).toEqual(['up', 'extra']);
    // ((1 + 1) · 2) + 100: each variant's definition wraps the one before.
    expect(model.actions[0]?.effect(state(1), {})).toEqual({ n: 104 });
    expect(model.actions[1]?.effect(state(1), {})).toEqual({ n: 2 });
    expect(ofKind(model, 'invariant').map(({ holds }) => holds([state(0)], {}))).toEqual([true, false]);
    expect(model.actions[0]?.ranges).toEqual({ k: numbers(1, 10) });
    expect(bind(two).actions.map(({ name }) => name)).toEqual(['up', 'down', 'extra']);
  });

  test('replaces and adds action properties and reachable ones', () => {
    const more = variant(base, 'more', {
      actionProperties: { rises: () => false },
      newActionProperties: ({ MAX }) => ({ bounded: (_a, b) => b.n < MAX }),
      reachable: { top: (s: State) => s.n === 4 },
      newReachable: { zero: (s) => s.n === 0 },
    });
    const model = bind(more);
    expect(
      ofKind(model, 'action property').map(({ name, holds }) => [name, holds([state(0), state(1)], {})]),
    ).toEqual([
      ['rises', false],
      ['told', true],
      ['bounded', true],
    ]);
    expect(ofKind(model, 'reachable').map(({ name, holds }) => [name, holds([state(4)], {})])).toEqual([
      ['top', true],
      ['zero', false],
    ]);
  });

  test('adds environments, which its own variants have too', () => {
    const larger = variant(worlds, 'larger', { environments: { huge: { MAX: 300 } } });
    expect(environmentsOf(larger)).toEqual({ base: {}, big: { MAX: 30 }, huge: { MAX: 300 } });
    expect(bind(variant(larger, 'largest', {}), { environment: 'huge' }).constants).toEqual({ MAX: 300 });
    expect(() => bind(worlds, { environment: 'huge' })).toThrow("no environment 'huge'");
    expect(bind(larger, { environment: 'base' }).overridden).toEqual({});
  });

  test('sees the constants it is checked with', () => {
    const seen = variant(base, 'seen', {
      actions: ({ MAX }) => ({ down: action({ effect: () => ({ n: MAX }) }) }),
      newInvariants: ({ MAX }) => ({ max: (s: State) => s.n <= MAX }),
    });
    const model = bind(seen, { constants: { MAX: 7 } });
    expect(model.actions[1]?.effect(state(0), {})).toEqual({ n: 7 });
    expect(
      ofKind(model, 'invariant')
        .at(-1)
        ?.holds([state(7)], {}),
    ).toBe(true);
  });
});
