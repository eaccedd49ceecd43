import { check, language, replay } from 'everystate';
import { Map, Set } from 'immutable';
import { reportJson, reportText } from '../../checker/report/index';
import { userFrames } from '../../checker/report/frames';
import { fill, wrap } from '../../checker/report/layout';
import { replayCommand } from '../../checker/report/replayCommand';
import { placeText } from '../../checker/report/textBroken';

interface State {
  readonly rows: Map<string, string>;
  readonly messages: Set<string>;
  readonly n: number;
}
const { action, actionProperty, invariant, spec } = language<State>();

/** Several initial states, a parameter that needs quoting, a choice, a lasting violation of each kind. */
const desk = spec({
  name: 'desk',
  init: [
    { rows: Map(), messages: Set(), n: 5 },
    { rows: Map(), messages: Set(), n: 0 },
  ],
  actions: {
    write: action(
      { what: ["it's", 'plain'] },
      {
        guard: (s) => s.n === 0,
        effect: (s, { what }) => ({ rows: s.rows.set(what, 'charged'), n: 1 }),
        says: ({ what }) => `someone writes ${what}`,
      },
    ),
    send: action({
      guard: (s) => s.n === 1,
      *effect(s) {
        yield { messages: s.messages.add('m1'), n: 2 };
        yield { messages: s.messages.add('m2'), n: 2 };
      },
    }),
    sweep: action({ guard: (s) => s.n === 2, effect: () => ({ rows: Map(), n: 3 }) }),
  },
  invariants: {
    noM2: invariant({ m: ['m1', 'm2'] }, (s, { m }) => m === 'm1' || !s.messages.has(m), {
      says: (_, { m }) => `${m} was sent`,
    }),
  },
  actionProperties: {
    rowsStay: actionProperty((before, after) => before.rows.size <= after.rows.size, {
      says: (before, after) => `${before.rows.size} rows became ${after.rows.size}`,
    }),
  },
  reachable: { moon: (s) => s.n === 99 },
  final: (s) => s.n === 5,
});

/** A report with its time, which no test can know, made 0. */
const timeless = (text: string) => text.replace(/\d+\.\d+ s\b/g, '0.00 s');

describe('the text of a result', () => {
  it('shows every violation with its run, then the verdict, then how to replay', async () => {
    const result = await check(desk, { keepGoing: true });
    const text = reportText(result, {
      replay: ['npx', 'everystate', 'replay', 'desk.ts'],
      advise: 'command',
    });
    expect(timeless(text)).toMatchSnapshot();
  });

  it('replays by the very words it prints', async () => {
    const result = await check(desk, { properties: ['noM2'] });
    if (result.verdict !== 'violated') throw new Error(result.verdict);
    const { trace } = result.violations[0];
    expect(replayCommand(['replay', 'desk.ts'], trace!)).toBe(
      "replay desk.ts --start 2 --steps 'write(what: \"it'\\''s\"); send[2]'",
    );
    const again = replay(
      desk,
      trace!.steps.map(({ label }) => label),
      { start: trace!.start },
    );
    expect(again).toMatchObject({ verdict: 'replayed', violations: [{ property: 'noM2' }] });
  });

  it('tells how to take a run to what is reached again, beneath its length; a run that two share once', async () => {
    const counter = spec({
      name: 'counter',
      init: { rows: Map(), messages: Set(), n: 0 },
      actions: { up: action({ guard: (s) => s.n < 3, effect: (s) => ({ n: s.n + 1 }) }) },
      reachable: { zero: (s) => s.n === 0, two: (s) => s.n === 2, even: (s) => s.n > 0 && s.n % 2 === 0 },
      invariants: { small: (s) => s.n < 3 },
      final: () => true,
    });
    const replay = ['replay', 'counter.ts'];
    const holds = await check(counter, { properties: ['zero', 'two', 'even'] });
    const reached = `\
reached     zero after 0 steps, two after 2 steps, even after 2 steps
            replay counter.ts --steps ''
            replay counter.ts --steps 'up; up'`;
    expect(holds.verdict).toBe('holds');
    expect(reportText(holds, { replay })).toMatch(`${reached}\nholds `);
    const incomplete = await check(counter, { properties: ['zero', 'two', 'even'], maxDepth: 3 });
    expect(incomplete.verdict).toBe('incomplete');
    expect(reportText(incomplete, { replay })).toMatch(`${reached}\nincomplete `);
    const violated = await check(counter);
    expect(violated.verdict).toBe('violated');
    const text = reportText(violated, { replay });
    expect(text).toMatch(`${reached}\nviolated `);
    expect(text).toMatch(/\nreplay {6}replay counter\.ts --steps 'up; up; up'\n$/);
    expect(reportText(holds)).not.toMatch('--steps');
  });

  it('is one JSON object with the same content', async () => {
    const result = await check(desk, { properties: ['noM2', 'moon'] });
    const json = reportJson(result);
    expect(JSON.parse(JSON.stringify(json))).toMatchSnapshot({
      statistics: { seconds: expect.any(Number), learning: expect.any(Object) },
    });
  });

  it('has no colour unless asked', async () => {
    const result = await check(desk);
    expect(reportText(result)).not.toContain('\u001b[');
    expect(reportText(result, { colour: true })).toContain('\u001b[');
  });
});

describe('layout', () => {
  it('wraps at spaces and indents what follows', () => {
    const lines = wrap('word '.repeat(30).trim(), 2);
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    expect(lines[1]).toMatch(/^ {6}word/);
  });

  it('keeps a word that is longer than a line', () => {
    expect(wrap('x'.repeat(150), 0)).toEqual(['x'.repeat(150)]);
  });

  it('fills lines with items', () => {
    expect(fill(['a: 1', 'b: 2'], 2)).toEqual(['  a: 1 · b: 2']);
    expect(fill([], 2)).toEqual([]);
  });
});

describe("a user's frames", () => {
  it('leaves out packages, Node and this package', () => {
    const error = new Error('x');
    error.stack = `Error: x
    at Proxy.effect (/home/u/project/lease.ts:12:20)
    at Object.<anonymous> (file:///home/u/project/other.ts:3:1)
    at update (/home/u/project/node_modules/immutable/dist/immutable.js:1:2)
    at Evaluator.call (${process.cwd()}/checker/model/evaluator.ts:1:1)
    at node:internal/process/task_queues:95:5
    at /tmp/elsewhere.ts:9:1`;
    expect(userFrames(error, '/home/u/project')).toEqual([
      'at effect (lease.ts:12)',
      'at other.ts:3',
      'at /tmp/elsewhere.ts:9',
    ]);
  });

  it('minds nothing that is no error', () => {
    for (const thrown of [null, undefined, 'text', { stack: 3 }]) expect(userFrames(thrown)).toEqual([]);
  });
});

test.each([
  [{ part: 'effect', name: 'send', parameters: { to: 'a' } }, 'effect of send(to: a)'],
  [{ part: 'invariant', name: 'inside', parameters: { id: 'a' } }, 'invariant inside(id: a)'],
  [{ part: 'action property', name: 'rises' }, 'action property rises'],
  [{ part: 'init', name: '' }, 'init'],
] as const)('a place of the spec is named in words: %j', (place, words) => {
  expect(placeText(place)).toBe(words);
});
