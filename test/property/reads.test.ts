import { List, Map, Record, Set } from 'immutable';
import { check, language, replay } from 'everystate';
import { WebAssembly } from '../../checker/kernel/webAssembly';
import { reportJson, reportText } from '../../checker/report/index';

const Commit = Record({ type: 'commit' as const, rm: '' }, 'Commit');
const Row = Record({ state: 'idle', tries: 0 }, 'Row');

const START = {
  n: 3,
  believes: Map([
    ['w1', 2],
    ['w2', 5],
  ]),
  messages: Set([Commit({ rm: 'a' }), Commit({ rm: 'b' })]),
  queue: List(['x', 'y']),
  rows: Map([
    ['r1', Row()],
    ['r2', Row({ state: 'lost' })],
    ['r3', Row({ state: 'lost', tries: 2 })],
  ]),
  word: 'w1',
};
type State = typeof START;
const { action, actionProperty, spec } = language<State>();

/** What the report says a property read. */
function told(text: string): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('p does not hold'));
  return lines.slice(from + 1, lines.indexOf('', from)).map((line) => line.trim());
}

async function readOf(p: (state: State) => boolean): Promise<string[]> {
  const init: State = START;
  const rests = action({ guard: () => false, effect: () => ({}) });
  const result = await check(spec({ name: 'reads', init, actions: { rests }, invariants: { p } }));
  return told(reportText(result));
}

describe('an invariant that falls is shown with the parts of the state that it read', () => {
  test.each<[string, (state: State) => boolean, string[]]>([
    ['a variable', (s) => s.n !== 3, ['n: 3']],
    ['a key', (s) => s.believes.get('w1') !== 2, ['believes.w1: 2']],
    [
      'a key that another variable names',
      (s) => s.believes.get(s.word) !== 2,
      ['word: w1', 'believes.w1: 2'],
    ],
    ['a key that is not there', (s) => s.believes.has('w9'), ['believes.w9: –']],
    ['a member', (s) => !s.messages.has(Commit({ rm: 'a' })), ['messages has Commit(type: commit, rm: a)']],
    [
      'a member that is not there',
      (s) => s.messages.has(Commit({ rm: 'c' })),
      ['messages has no Commit(type: commit, rm: c)'],
    ],
    ['an index', (s) => s.queue.get(1) !== 'y', ['queue[1]: y']],
    ['the size of a list', (s) => s.queue.size !== 2, ['queue: [x, y]']],
    ['a field deep inside', (s) => s.rows.get('r2')?.state !== 'lost', ['rows.r2.state: lost']],
    ['all of a Map', (s) => s.believes.reduce((sum, n) => sum + n, 0) !== 7, ['believes: {w1: 2, w2: 5}']],
    ['the size of a Map', (s) => s.believes.size !== 2, ['believes: {w1: 2, w2: 5}']],
    ['entries that break a rule for all', (s) => s.believes.every((n) => n < 5), ['believes.w2: 5']],
    ['entries of which there must be none', (s) => !s.believes.some((n) => n === 2), ['believes.w1: 2']],
    [
      'entries of which there must be one',
      (s) => s.believes.some((n) => n === 9),
      ['believes: {w1: 2, w2: 5}'],
    ],
    [
      'members that break a rule for all',
      (s) => s.messages.every((m) => m.rm === 'a'),
      ['messages has Commit(type: commit, rm: b)'],
    ],
    [
      'members that are counted',
      (s) => s.messages.count((m) => m.rm === 'a') !== 1,
      ['messages has Commit(type: commit, rm: a)'],
    ],
    ['the same twice', (s) => s.believes.get('w1') !== 2 && s.believes.get('w1') !== 3, ['believes.w1: 2']],
    [
      'a key, and then all',
      (s) => s.believes.has('w1') && s.believes.size !== 2,
      ['believes: {w1: 2, w2: 5}'],
    ],
  ])('%s', async (_, p, lines) => {
    expect(await readOf(p)).toEqual(lines);
  });

  it('but not with more than two dozen', async () => {
    const keys = Array.from({ length: 30 }, (_, k) => `k${k}`);
    const lines = await readOf((s) => keys.filter((key) => s.believes.has(key)).length > 0);
    expect(lines).toHaveLength(25);
    expect(lines[24]).toBe('… and 6 more');
  });

  it('or with variables, where it looks at how the state is made', async () => {
    expect(await readOf((s) => Object.keys({ ...(s.believes as object) }).length < 0)).toEqual([
      'believes: {w1: 2, w2: 5}',
    ]);
  });

  it('or with variables, where it catches that it may not look', async () => {
    const looks = (s: State): boolean => {
      const two = s.believes.get('w1') === 2;
      try {
        return Object.keys({ ...(s.believes as object) }).length < 0;
      } catch {
        return !two;
      }
    };
    expect(await readOf(looks)).toEqual(['believes: {w1: 2, w2: 5}']);
  });

  it('or with variables, where it answers otherwise when it is tracked', () => {
    const pairs = Map({ one: Row({ tries: 1 }), other: Row({ tries: 1 }) });
    const init: { pairs: typeof pairs } = { pairs };
    const apart = language<typeof init>();
    const tested = apart.spec({
      name: 'apart',
      init,
      actions: { rests: apart.action({ guard: () => false, effect: () => ({}) }) },
      invariants: { p: (s) => s.pairs.get('one') !== s.pairs.get('other') },
    });
    expect(replay(tested, [], { deadlock: false })).toMatchObject({
      violations: [{ reads: [{ path: 'pairs' }] }],
    });
  });
});

describe('an action property that falls is shown with what it read before and after', () => {
  const steps = (p: (before: State, after: State) => boolean) =>
    spec({
      name: 'steps',
      init: START as State,
      actions: {
        go: action({
          guard: (s) => s.n === 3,
          effect: (s) => ({
            n: 4,
            believes: s.believes.delete('w1').set('w3', 1),
            messages: s.messages.add(Commit({ rm: 'c' })),
          }),
        }),
      },
      actionProperties: { p: actionProperty(p) },
    });

  const CASES: [string, (before: State, after: State) => boolean, string[], object[]][] = [
    ['changed', (a, b) => a.n >= b.n, ['n: 3 → 4'], [{ path: 'n', read: 'both', before: 3, value: 4 }]],
    [
      'unchanged',
      (a, b) => a.word !== b.word,
      ['word before and after: w1'],
      [{ path: 'word', read: 'both', before: 'w1', value: 'w1' }],
    ],
    ['read before', (a) => a.n !== 3, ['n before: 3'], [{ path: 'n', read: 'before', before: 3 }]],
    ['read after', (_, b) => b.n !== 4, ['n after: 4'], [{ path: 'n', read: 'after', value: 4 }]],
    [
      'gone',
      (a, b) => !a.believes.has('w1') || b.believes.has('w1'),
      ['believes.w1: 2 → –'],
      [{ path: 'believes.w1', read: 'both', before: 2 }],
    ],
    [
      'not there in either',
      (a, b) => a.believes.has('w9') || b.believes.has('w9'),
      ['believes.w9 before and after: –'],
      [{ path: 'believes.w9', read: 'both' }],
    ],
    [
      'come',
      (a, b) => a.believes.has('w3') || !b.believes.has('w3'),
      ['believes.w3: – → 1'],
      [{ path: 'believes.w3', read: 'both', value: 1 }],
    ],
    [
      'a member come',
      (a, b) => a.messages.has(Commit({ rm: 'c' })) || !b.messages.has(Commit({ rm: 'c' })),
      ['messages: + Commit(type: commit, rm: c)'],
      [{ path: 'messages{Commit(type: commit, rm: c)}', read: 'both' }],
    ],
    [
      'a member missing before',
      (a) => a.messages.has(Commit({ rm: 'c' })),
      ['messages before has no Commit(type: commit, rm: c)'],
      [{ path: 'messages{Commit(type: commit, rm: c)}', read: 'before' }],
    ],
    [
      'in one step by cell, in the other whole',
      (a, b) => a.believes.size > 9 || b.believes.get('w2') !== 5,
      ['believes before: {w1: 2, w2: 5}', 'believes.w2 after: 5'],
      [
        { path: 'believes', read: 'before' },
        { path: 'believes.w2', read: 'after', value: 5 },
      ],
    ],
  ];

  test.each(CASES)('%s', async (_, p, lines, readings) => {
    const result = await check(steps(p));
    expect(told(reportText(result))).toEqual(lines);
    expect(reportJson(result)['violations']).toMatchObject([{ property: 'p', reads: readings }]);
    if (result.verdict !== 'violated') throw new Error('it must fall');
    const again = replay(steps(p), ['go'], { deadlock: false });
    expect(again).toMatchObject({ violations: [{ reads: result.violations[0].reads }] });
  });

  it('also by variables, where it looks at how a state is made', async () => {
    const result = await check(
      steps((a, b) => Object.keys({ ...(a.queue as object) }).length < 0 && b.n === 0),
    );
    expect(told(reportText(result))).toEqual(['queue before: [x, y]']);
  });
});

describe('what was read is found out hundreds of times in one process', () => {
  const counts = language<{ readonly rounds: Map<string, number> }>();
  const counting = counts.spec({
    name: 'counting',
    init: { rounds: Map([['a', 0]]) },
    actions: {
      next: counts.action({ effect: (s) => ({ rounds: s.rounds.update('a', 0, (n) => n + 1) }) }),
    },
    invariants: { p: (s) => s.rounds.get('a') !== 1 },
  });
  const engine: { Memory: object } = WebAssembly;
  const { Memory } = engine;
  afterEach(() => {
    engine.Memory = Memory;
  });

  it("and takes no memory of the kernel's, which would be 10 GB of addresses each time", () => {
    engine.Memory = class {
      constructor() {
        throw new Error('no such memory is to be made');
      }
    };
    for (let round = 0; round < 300; round++) {
      const judged = replay(counting, ['next']);
      expect(judged).toMatchObject({ violations: [{ reads: [{ path: 'rounds.a', value: 1 }] }] });
    }
  });
});
