import { Set } from 'immutable';
import { check, language, replay } from 'everystate';
import { bind } from '../../checker/model/bind';
import { Evaluator, type Row, type Successor } from '../../checker/model/evaluator';
import { Fault } from '../../checker/model/fault';
import { UsageError } from '../../checker/model/usageError';
import { rebuild } from '../../checker/trace/rebuild';
import { parseSteps, replaySteps } from '../../checker/trace/replay';
import type { Run } from '../../checker/trace/run';

interface State {
  readonly n: number;
  readonly set: Set<string>;
}
const { action, spec } = language<State>();

const base = spec({
  name: 'steps',
  init: [
    { n: 0, set: Set<string>() },
    { n: 5, set: Set(['x']) },
  ],
  actions: {
    up: action({
      guard: (s) => s.n < 7,
      effect: (s) => ({ n: s.n + 1 }),
      says: (_p, before, after) => `from ${before.n} to ${after.n}`,
    }),
    add: action(
      { k: ['a', 'two words', 'semi;colon', 'ha#sh'] },
      { effect: (s, { k }) => ({ set: s.set.add(k) }), says: 'one more' },
    ),
    toss: action({ guard: (s) => s.n === 1, effect: () => [{ n: 2 }, { n: 3 }] }),
    same: action({ guard: (s) => s.n === 1, effect: () => [{ n: 4 }, { n: 4 }] }),
    take: action(
      { k: (s) => s.set, hard: [true, false] },
      { effect: (s, { k }) => ({ set: s.set.delete(k) }) },
    ),
  },
});
const evaluator = new Evaluator(bind(base));

const usage = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('not refused');
};

describe('parseSteps', () => {
  test.each<[string, string, string[]]>([
    ['one a line', 'up\nadd(k: a)\n', ['up', 'add(k: a)']],
    ['between semicolons', 'up; up ;add(k: a);', ['up', 'up', 'add(k: a)']],
    ['numbered', ' 1. up\n 12. add(k: a)', ['up', 'add(k: a)']],
    ['with comments', '# all of it\nup # the first\n\n  # none\nadd(k: a)#x', ['up', 'add(k: a)#x']],
    ['quoted', 'add(k: "semi;colon"); add(k: "ha #sh")', ['add(k: "semi;colon")', 'add(k: "ha #sh")']],
    ['with quotes in quotes', 'add(k: "a\\"; b"); up', ['add(k: "a\\"; b")', 'up']],
    ['with a comment that quotes', 'up # don\'t "; stop\nadd(k: a)', ['up', 'add(k: a)']],
    ['from Windows', 'up\r\nadd(k: a)\r\n', ['up', 'add(k: a)']],
    ['nothing', ' \n;; # no\n', []],
  ])('%s', (_name, text, steps) => {
    expect(parseSteps(text)).toEqual(steps);
  });
});

describe('replaySteps', () => {
  test('follows labels, from any initial state', () => {
    const { trace, rows } = replaySteps(
      evaluator,
      ['up', 'add(k: "two words")', 'take( k: x, hard: true )'],
      2,
    );
    expect(trace).toMatchObject({ start: 2, length: 4, initial: { n: 5, set: Set(['x']) } });
    expect(
      trace.steps.map(({ number, action: name, label, says, changes }) => [
        number,
        name,
        label,
        says,
        changes.length,
      ]),
    ).toEqual([
      [1, 'up', 'up', 'from 5 to 6', 1],
      [2, 'add', 'add(k: "two words")', 'one more', 1],
      [3, 'take', 'take(k: x, hard: true)', undefined, 1],
    ]);
    expect(trace.steps[2]?.state).toEqual({ n: 6, set: Set(['two words']) });
    expect(trace.steps[1]?.parameters).toEqual({ k: 'two words' });
    expect(rows).toHaveLength(4);
    const run: Run = {
      start: evaluator.initial.indexOf(rows[0] as Row),
      steps: rows.slice(1).map((row, i) => {
        const all = evaluator.successors(rows[i] as Row);
        return all.find((step) => step.row.join() === row.join()) as Successor;
      }),
    };
    expect(rebuild(evaluator, run)).toEqual({ trace, rows });
  });

  test('a run of no steps is a trace of one state', () => {
    const { trace } = replaySteps(evaluator, []);
    expect(trace).toMatchObject({ start: 1, steps: [], length: 1 });
  });

  test('tells choices apart by their number', () => {
    const { trace } = replaySteps(evaluator, ['up', 'toss[2]']);
    expect(trace.steps[1]).toMatchObject({ choice: 2, label: 'toss[2]', state: { n: 3 } });
    expect(replaySteps(evaluator, ['up', 'same[1]']).trace.steps[1]).toMatchObject({
      choice: 1,
      state: { n: 4 },
    });
    expect(usage(() => replaySteps(evaluator, ['up', 'toss']))).toMatch('toss[1]\n  toss[2]');
    expect(usage(() => replaySteps(evaluator, ['up', 'toss[3]']))).toMatch('is not enabled there');
  });

  test('a name alone will do where there is one step of it', () => {
    const two = bind(
      spec({
        name: 'alone',
        init: { n: 0, set: Set(['x']) },
        actions: { take: action({ k: (s) => s.set }, { effect: (s, { k }) => ({ set: s.set.delete(k) }) }) },
      }),
    );
    expect(replaySteps(new Evaluator(two), ['take']).trace.steps[0]?.label).toBe('take(k: x)');
    expect(usage(() => replaySteps(evaluator, ['add']))).toMatch(
      "step 1, 'add', is not enabled there; these are:",
    );
    expect(usage(() => replaySteps(new Evaluator(two), ['take', 'take']))).toBe(
      "step 2, 'take', is not enabled: no step is, the state is a deadlock",
    );
  });

  test('refuses what it does not know, with what it does', () => {
    expect(usage(() => replaySteps(evaluator, ['up', 'ad(k: a)']))).toBe(
      "step 2, 'ad(k: a)', names no action of the spec; did you mean 'add'?",
    );
    expect(usage(() => replaySteps(evaluator, ['up', 'up', 'toss[1]']))).toBe(
      'step 3, \'toss[1]\', is not enabled there; these are:\n  up\n  add(k: a)\n  add(k: "two words")\n  add(k: semi;colon)\n  add(k: ha#sh)'.replace(
        'semi;colon',
        '"semi;colon"',
      ),
    );
    expect(usage(() => replaySteps(evaluator, [], 3))).toBe('there is no initial state 3: the spec has 2');
    expect(usage(() => replaySteps(evaluator, [], 0))).toBe(
      'there is no initial state 0: they are counted from 1',
    );
  });

  test('every label that a state shows leads on, through parseSteps too', () => {
    for (const row of evaluator.initial) {
      const start = evaluator.initial.indexOf(row) + 1;
      const labels = rebuildLabels(row);
      for (const [label, next] of labels) {
        const [parsed] = parseSteps(` 3. ${label}\n`);
        expect(replaySteps(evaluator, [parsed as string], start).rows[1]).toEqual(next);
      }
    }
  });

  function rebuildLabels(row: Row): [string, unknown][] {
    const start = evaluator.initial.indexOf(row);
    return evaluator
      .successors(row)
      .map((step) => [rebuild(evaluator, { start, steps: [step] }).trace.steps[0]?.label ?? '', step.row]);
  }
});

test('a step that cannot be taken again means that something is not pure', () => {
  let n = 0;
  const impure = new Evaluator(
    bind(
      spec({
        name: 'impure',
        init: { n: 0, set: Set() },
        actions: { a: action({ guard: () => n++ === 0, effect: (s) => ({ n: s.n + 1 }) }) },
      }),
    ),
  );
  const [first] = impure.initial;
  const steps = impure.successors(first as Row);
  expect(steps).toHaveLength(1);
  expect(() => rebuild(impure, { start: 0, steps })).toThrow(Fault);
});

describe('a replay judges what a search judges', () => {
  const counting = { name: 'counting', init: { n: 0, set: Set<string>() } };
  const up = action({ guard: (s) => s.n < 3, effect: (s) => ({ n: s.n + 1 }) });

  test('no deadlock outside of the constraint, where a search looks for no steps', async () => {
    const fenced = spec({ ...counting, actions: { up }, constraint: (s) => s.n < 3 });
    expect(await check(fenced)).toMatchObject({ verdict: 'holds' });
    expect(replay(fenced, ['up', 'up', 'up'])).toMatchObject({ violations: [] });
    const open = spec({ ...counting, actions: { up } });
    expect(replay(open, ['up', 'up', 'up'])).toMatchObject({ violations: [{ kind: 'deadlock' }] });
  });

  test('no property that has fallen before', async () => {
    const asked = spec({
      ...counting,
      actions: { up },
      final: () => true,
      invariants: {
        below: (s) => {
          if (s.n > 1) throw new Error('not written for more');
          return s.n < 1;
        },
      },
    });
    const fallen = { property: 'below', trace: { length: 2 } };
    expect(await check(asked, { keepGoing: true })).toMatchObject({
      verdict: 'violated',
      violations: [fallen],
    });
    expect(replay(asked, ['up', 'up'])).toMatchObject({ verdict: 'replayed', violations: [fallen] });
  });
});
