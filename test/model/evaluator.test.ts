import { List, Map, Record, Seq, Set } from 'immutable';
import { language, type Spec } from 'everystate';
import { bind } from '../../checker/model/bind';
import { Evaluator } from '../../checker/model/evaluator';
import { Fault, type FaultDetails } from '../../checker/model/fault';

/** Untyped on purpose: the compiler refuses most of what is tested here. */
const { action, invariant, spec } = language<any>();

const Row = Record({ at: 0, who: null as unknown }, 'Row');
const INIT = { n: 0, rows: Map([['a', Row()]]), set: Set([1, 2]), list: List() };

function evaluatorOf(parts: object): Evaluator {
  return new Evaluator(bind(spec({ name: 'test', init: INIT, actions: {}, ...parts } as never) as Spec));
}

function faultOf(run: () => unknown): FaultDetails {
  try {
    run();
  } catch (error) {
    if (error instanceof Fault) return error.details;
    throw error;
  }
  throw new Error('no fault');
}

/** The fault of taking every step in the initial state. */
function faultOfSteps(actions: object): FaultDetails {
  return faultOf(() => {
    const evaluator = evaluatorOf({ actions });
    evaluator.successors(evaluator.initial.at(0) as never);
  });
}

/** An iterable without end. */
function* endless(value: unknown): Generator<unknown> {
  for (;;) yield value;
}

describe('initial states', () => {
  test('one, several, and from a generator', () => {
    expect([...evaluatorOf({}).initial]).toHaveLength(1);
    expect([...evaluatorOf({ init: [{ n: 1 }, { n: 2 }, { n: 1 }] }).initial]).toEqual([[0], [1], [0]]);
    const generated = function* () {
      yield { n: 1 };
      yield { n: 2 };
    };
    expect([...evaluatorOf({ init: generated }).initial]).toHaveLength(2);
    expect([...evaluatorOf({ init: Set([1, 2]).map((n) => ({ n })) }).initial]).toHaveLength(2);
  });

  test('are taken as they are asked for, and kept', () => {
    let taken = 0;
    const { initial } = evaluatorOf({
      init: function* () {
        for (let n = 0; ; n++) yield { n, taken: ++taken };
      },
    });
    expect(initial.at(-1)).toBeUndefined();
    expect(initial.at(0.5)).toBeUndefined();
    const row = initial.at(9000);
    expect(taken).toBe(9001);
    expect(initial.at(9000)).toEqual(row);
    expect(initial.at(0)).not.toEqual(row);
    expect(initial.indexOf(row as never)).toBe(9000);
    expect(initial.indexOf([1e6, 1e6])).toBe(-1);
    expect([taken, initial.known]).toEqual([9001, 9001]);
  });

  test('one that is at fault is at fault again', () => {
    const { initial } = evaluatorOf({
      init: function* () {
        yield { n: 1 };
        throw new Error('late');
      },
    });
    for (let k = 0; k < 2; k++)
      expect(faultOf(() => initial.at(1))).toMatchObject({
        place: { part: 'init' },
        what: 'it threw Error: late',
      });
    expect(initial.known).toBe(1);
  });

  test('variables in another order are the same state', () => {
    const { initial, variables } = evaluatorOf({
      init: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    });
    expect(variables).toEqual(['a', 'b']);
    expect(initial.at(0)).toEqual(initial.at(1));
  });

  test.each<[string, unknown, string]>([
    ['none', [], 'it gave no initial state'],
    ['a number', [1], 'it gave 1 in place of a state'],
    ['nothing', () => undefined, 'it gave undefined in place of a state'],
    ['an array', [[1]], 'it gave an array in place of a state'],
    ['a Map', [Map([['n', 1]])], 'it gave {n: 1} in place of a state'],
    ['a Record', [Row()], 'it gave Row(at: 0, who: null) in place of a state'],
    ['one variable too few', [{ n: 1, m: 1 }, { n: 2 }], "initial state 2 lacks variable 'm'"],
    [
      'one too many',
      [{ n: 1 }, { n: 2, m: 1 }],
      "initial state 2 has a variable 'm' that the first one lacks",
    ],
    ['no value', [{ n: 1 }, { n: [1] }], 'it gave n a plain array, which can be no part of a state'],
    ['undefined', { n: undefined }, 'it gave n undefined, which can be no part of a state'],
    [
      'NaN deep',
      { rows: Map([['a', Row({ at: NaN })]]) },
      'it gave rows.a.at NaN, which can be no part of a state',
    ],
    [
      'a throw',
      () => {
        throw new TypeError('no');
      },
      'it threw TypeError: no',
    ],
  ])('%s', (_name, init, what) => {
    expect(faultOf(() => [...evaluatorOf({ init }).initial])).toMatchObject({
      place: { part: 'init', name: '' },
      what,
    });
  });
});

describe('successors', () => {
  test('come in the order of actions, ranges and choices, without repeated parameters', () => {
    const evaluator = evaluatorOf({
      actions: {
        one: action({ k: [2, 1, 2], j: Set(['x']) }, { effect: (_s, { k }) => ({ n: k }) }),
        off: action({ guard: () => false, effect: () => ({ n: 9 }) }),
        several: action({ effect: () => [{ n: 5 }, { n: 6 }, {}] }),
        none: action({ effect: () => [] }),
        lazy: action({
          *effect(s) {
            for (const m of s.set) yield { n: m };
          },
        }),
      },
    } as never);
    const found = evaluator
      .successors(evaluator.initial.at(0) as never)
      .map(({ action: a, parameters, choice, row }) => [
        a.name,
        parameters,
        choice,
        evaluator.plainStateOf(row).n,
      ]);
    expect(found).toEqual([
      ['one', { k: 2, j: 'x' }, 0, 2],
      ['one', { k: 1, j: 'x' }, 0, 1],
      ['several', {}, 0, 5],
      ['several', {}, 1, 6],
      ['several', {}, 2, 0],
      ['lazy', {}, 0, 1],
      ['lazy', {}, 1, 2],
    ]);
  });

  test('a range may depend on the state, and be empty', () => {
    const evaluator = evaluatorOf({
      init: [{ set: Set() }, { set: Set([2, 1]) }],
      actions: {
        take: action({ m: (s) => s.set, k: [0, 1] }, { effect: (s, { m }) => ({ set: s.set.delete(m) }) }),
      },
    });
    expect(Array.from(evaluator.initial, (row) => evaluator.successors(row).length)).toEqual([0, 4]);
  });

  test('parameters cannot be changed', () => {
    'use strict';
    const change = action({ k: [1] }, { effect: (_s, parameters) => ((parameters as any).k = 2) as never });
    expect(faultOfSteps({ change })).toMatchObject({
      place: { part: 'effect', name: 'change', parameters: { k: 1 } },
      what: expect.stringMatching(/^it threw TypeError: Cannot assign to read only property/),
    });
  });
});

describe('effects at fault', () => {
  class Account {}
  test.each<[string, (s: any) => unknown, string, RegExp]>([
    ['an array', () => ({ n: [1] }), 'it gave n a plain array, which can be no part of a state', /List/],
    [
      'an object',
      () => ({ n: {} }),
      'it gave n a plain object, which can be no part of a state',
      /Record or Map/,
    ],
    ['a Date', () => ({ n: new Date() }), 'it gave n a Date, which can be no part of a state', /number/],
    ['undefined', () => ({ n: undefined }), 'it gave n undefined, which can be no part of a state', /null/],
    ['NaN', (s) => ({ n: s.n / 0 }), 'it gave n NaN, which can be no part of a state', /null/],
    [
      'a function',
      () => ({ n: Math.max }),
      'it gave n a function (max), which can be no part of a state',
      /data/,
    ],
    ['a symbol', () => ({ n: Symbol('x') }), 'it gave n a symbol, which can be no part of a state', /string/],
    [
      'an instance',
      () => ({ n: new Account() }),
      'it gave n an instance of Account, which can be no part of a state',
      /Record/,
    ],
    [
      'a lazy Seq',
      (s) => ({ set: s.set.toSeq() }),
      'it gave set a lazy Seq, which can be no part of a state',
      /toList/,
    ],
    [
      'a native Set',
      () => ({ set: new globalThis.Set() }),
      'it gave set a JavaScript Set, which can be no part of a state',
      /Immutable/,
    ],
    [
      'a bad field',
      (s) => ({ rows: s.rows.setIn(['a', 'who'], [1]) }),
      'it gave rows.a.who a plain array, which can be no part of a state',
      /List/,
    ],
    [
      'a bad member',
      (s) => ({ set: s.set.add(NaN) }),
      'it gave set{member NaN} NaN, which can be no part of a state',
      /null/,
    ],
    [
      'a hole',
      (s) => ({ list: s.list.set(1, 1) }),
      'it gave list[0] undefined, which can be no part of a state',
      /null/,
    ],
    [
      'nothing',
      () => undefined,
      'it returned nothing in place of an object of changes',
      /\{ variable: value \}/,
    ],
    ['null', () => null, 'it returned null in place of an object of changes', /\{ variable: value \}/],
    ['a number', () => 3, 'it returned 3 in place of an object of changes', /changes|objects/],
    [
      'a Record',
      () => Row(),
      'it returned Row(at: 0, who: null) in place of an object of changes',
      /objects/,
    ],
    ['a list of values', () => [1], 'it returned 1 in place of an object of changes', /objects/],
    ['a list of lists', () => [[{}]], 'it returned an array in place of an object of changes', /objects/],
    [
      'an unknown variable',
      () => ({ nn: 1 }),
      "it changes variable 'nn', which the state does not have; did you mean 'n'?",
      /init/,
    ],
    [
      'a misspelt read',
      (s) => ({ n: s.row }),
      "it reads variable 'row', which the state does not have; did you mean 'rows'?",
      /init sets/,
    ],
    ['a variable set', (s) => (s.n = 1), 'it sets n of the state in place', /never change/],
    ['a variable deleted', (s) => delete s.n, 'it deletes n of the state in place', /never change/],
    [
      'a variable defined',
      (s) => Object.defineProperty(s, 'x', { value: 1 }),
      'it defines x of the state in place',
      /never change/,
    ],
    [
      'another prototype',
      (s) => Object.setPrototypeOf(s, { n: 1 }),
      'it sets the prototype of the state in place',
      /never change/,
    ],
    [
      'a field set',
      (s) => (s.rows.get('a').at = 1),
      'it threw Error: Cannot set on an immutable record.',
      /\.set\(…\)/,
    ],
    [
      'an error',
      () => {
        throw new RangeError('far');
      },
      'it threw RangeError: far',
      /every state/,
    ],
    [
      'a thrown text',
      () => {
        throw 'far';
      },
      'it threw far',
      /every state/,
    ],
    [
      'a read of what is absent',
      (s) => s.rows.get('z').at,
      "it threw TypeError: Cannot read properties of undefined (reading 'at')",
      /every state/,
    ],
  ])('%s', (_name, effect, what, advice) => {
    const details = faultOfSteps({ go: action({ k: ['x'] }, { effect: effect as never }) });
    expect(details).toMatchObject({ place: { part: 'effect', name: 'go', parameters: { k: 'x' } }, what });
    expect(details.advice).toMatch(advice);
    expect(details.state).toEqual(INIT);
  });

  test('a lazy effect fails where it is run', () => {
    const lazy = action({
      *effect() {
        yield { n: 1 };
        throw new Error('late');
      },
    });
    expect(faultOfSteps({ lazy })).toMatchObject({ place: { part: 'effect' }, what: 'it threw Error: late' });
    const seq = action({ effect: (s: any) => s.set.toSeq().map((m: any) => m.absent.x) });
    expect(faultOfSteps({ seq }).place.part).toBe('effect');
  });

  test.each<[string, (s: any) => unknown, string]>([
    ['a promise', async () => ({ n: 1 }), 'it returned a Promise in place of an object of changes'],
    ['a date', () => new Date(0), 'it returned a Date in place of an object of changes'],
    [
      'an endless choice',
      () => endless({ n: 1 }),
      'it gave more than 1,048,576 values, and perhaps has no end',
    ],
  ])('%s is no change', (_name, effect, what) => {
    expect(faultOfSteps({ go: action({ effect: effect as never }) })).toMatchObject({
      place: { part: 'effect', name: 'go' },
      what,
    });
  });

  test('what was thrown is kept', () => {
    const thrown = new Error('kept');
    const details = faultOfSteps({
      go: action({
        effect: () => {
          throw thrown;
        },
      }),
    });
    expect(details.cause).toBe(thrown);
  });
});

describe('guards, ranges and properties at fault', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'it returned nothing in place of true or false'],
    ['a number', 1, 'it returned 1 in place of true or false'],
    ['null', null, 'it returned null in place of true or false'],
    ['a value', Set(['a']), 'it returned {a} in place of true or false'],
    ['an object', {}, 'it returned an object in place of true or false'],
    ['a function', () => true, 'it returned a function in place of true or false'],
  ])('a guard that returns %s', (_name, answer, what) => {
    const guarded = action({ k: [1] }, { guard: () => answer as never, effect: () => ({}) });
    expect(faultOfSteps({ guarded })).toMatchObject({
      place: { part: 'guard', name: 'guarded', parameters: { k: 1 } },
      what,
      advice: expect.stringContaining('compare explicitly'),
    });
  });

  test.each<[string, unknown, string, RegExp]>([
    ['no iterable', () => 3, "the range of 'k' is 3, not an iterable of values", /array/],
    ['nothing', () => undefined, "the range of 'k' is undefined, not an iterable of values", /array/],
    ['a word', () => 'abc', "the range of 'k' is abc, not an iterable of values", /array/],
    ['an object', () => ({}), "the range of 'k' is an object, not an iterable of values", /array/],
    [
      "a Map's entries",
      (s: any) => s.rows,
      "the range of 'k' holds a plain array, which can be no parameter",
      /\.keys\(\)/,
    ],
    ['objects', () => [{}], "the range of 'k' holds a plain object, which can be no parameter", /Record/],
    [
      'pairs',
      [['x', 2]],
      "the range of 'k' holds a plain array, which can be no parameter",
      /Lists or Records/,
    ],
    ['no end', () => endless(1), 'it gave more than 1,048,576 values, and perhaps has no end', /an end/],
    ['undefined', [undefined], "the range of 'k' holds undefined, which can be no parameter", /null/],
    [
      'a throw',
      () => {
        throw new Error('no');
      },
      'it threw Error: no',
      /every state/,
    ],
    [
      'a lazy throw',
      () =>
        Seq([1]).map(() => {
          throw new Error('lazy');
        }),
      'it threw Error: lazy',
      /every state/,
    ],
    [
      'a misspelt variable',
      (s: any) => s.sett,
      "it reads variable 'sett', which the state does not have; did you mean 'set'?",
      /init/,
    ],
  ])('a range that gives %s', (_name, range, what, advice) => {
    const details = faultOfSteps({ ranged: action({ k: range as never }, { effect: () => ({}) }) });
    expect(details).toMatchObject({ place: { part: 'range', name: 'ranged' }, what });
    expect(details.advice).toMatch(advice);
  });

  test('an invariant fails for the first parameters in order, and is told by them', () => {
    const evaluator = evaluatorOf({
      invariants: {
        below: invariant({ k: [3, 2, 1], j: ['x', 'y'] }, (s, { k }) => s.n > k - 3),
        state: invariant({ m: (s: any) => s.set }, () => true),
        odd: invariant({ k: [1] }, () => 1 as never),
      },
    });
    const state = evaluator.stateOf(evaluator.initial.at(0) as never);
    const [below, always, odd] = evaluator.model.properties;
    expect(evaluator.failing(below as never, [state])).toEqual({ k: 3, j: 'x' });
    expect(evaluator.failing(always as never, [state])).toBeUndefined();
    expect(faultOf(() => evaluator.failing(odd as never, [state])).place).toEqual({
      part: 'invariant',
      name: 'odd',
      parameters: { k: 1 },
    });
  });
});

test('a range at fault that is the same in every state is told before any state', () => {
  const ranged = { k: [['x', 2]] as never };
  for (const parts of [
    { actions: { ranged: action(ranged, { effect: () => ({}) }) } },
    { invariants: { ranged: invariant(ranged, () => true) } },
  ]) {
    const details = faultOf(() => evaluatorOf(parts));
    expect(details).toMatchObject({ place: { part: 'range', name: 'ranged' } });
    expect(details.state).toBeUndefined();
  }
});

describe('states', () => {
  const evaluator = evaluatorOf({});
  const state = evaluator.stateOf(evaluator.initial.at(0) as never) as any;

  test('read like plain objects', () => {
    expect({ ...state }).toEqual(INIT);
    expect(Object.keys(state)).toEqual(['n', 'rows', 'set', 'list']);
    expect('n' in state && !('m' in state) && Object.hasOwn(state, 'n')).toBe(true);
    expect(JSON.parse(JSON.stringify(state))).toMatchObject({ n: 0, set: [1, 2] });
    expect(String(state)).toBe('[object Object]');
    expect(state.then).toBeUndefined();
    expect(Object.isFrozen(evaluator.plainStateOf(evaluator.initial.at(0) as never))).toBe(true);
  });

  test('hold canonical values', () => {
    expect(state.rows.get('a')).toBe(evaluator.values.canonicalOf(Row()));
  });

  test('take no other prototype', () => {
    expect(() => Object.setPrototypeOf(state, null)).toThrow();
  });
});
