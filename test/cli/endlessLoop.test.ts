import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, Folder } from './everystate';

const folder = new Folder();
afterAll(() => folder.remove());

/** What everything here may take on a machine that has much else to do. */
const PATIENT = 300_000;

interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  /** Seconds from the last signal sent, or the beginning. */
  readonly seconds: number;
}

/** Runs a command; when it has said `looping` so often on standard error, signals are sent at those milliseconds. */
async function run(
  args: readonly string[],
  signals: readonly [number, NodeJS.Signals][] = [],
  often = 1,
): Promise<Run> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: folder.path });
  let out = '';
  let err = '';
  let last = performance.now();
  const send = () => {
    for (const [after, signal] of signals)
      setTimeout(() => {
        last = performance.now();
        child.kill(signal);
      }, after);
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const before = loopsIn(err);
    err += text;
    if (before < often && loopsIn(err) >= often) send();
  });
  return new Promise((resolve) =>
    child.on('close', (code, signal) =>
      resolve({ code, signal, out: out + err, seconds: (performance.now() - last) / 1000 }),
    ),
  );
}

/** How often something has said that it loops. What stands for long at the beginning of a run is run again to be watched. */
function loopsIn(text: string): number {
  return text.match(/looping/g)?.length ?? 0;
}

let files = 0;

/** A file with a spec that counts to 5, some parts of it replaced. `forever()` says so and loops; `when` when asked to. */
function counting(parts: { readonly [part: string]: string }, before = ''): string {
  const whole = {
    name: `'counting'`,
    init: '{ n: 0 }',
    actions: '{ inc: action({ guard: (s) => s.n < 5, effect: (s) => ({ n: s.n + 1 }) }) }',
    final: '() => true',
    ...parts,
  };
  const file = `counting${files++}.ts`;
  writeFileSync(
    join(folder.path, file),
    `import { language, variant } from 'everystate';
interface State { readonly n: number }
const { action, spec } = language<State>();
const forever = (): any => { process.stderr.write('looping\\n'); for (;;); };
${before}
const counting = spec({ ${Object.entries(whole)
      .map(([part, text]) => `${part}: ${text}`)
      .join(', ')} });
export default counting;
export const stuck = variant(counting, 'stuck', { actions: { inc: action({ effect: () => forever() }) } });
`,
  );
  return file;
}

const INC_LOOPS = '{ inc: action({ effect: (s) => (s.n < 3 ? { n: s.n + 1 } : forever()) }) }';

/** Has 200 states of which each takes its time, and loops in the last one: by then events have been let in. */
const LOOPS_LATE = `{
  choose: action({ p: Array.from({ length: 200 }, (_, k) => k + 1) }, { guard: (s) => s.n === 0, effect: (_, { p }) => ({ n: p }) }),
  tarry: action({ guard: (s) => tarry(s.n), effect: () => ({}) }),
  inc: action({ guard: (s) => s.n === 200, effect: () => forever() }),
}`;
const TARRY =
  'const tarry = (n: number) => { const end = performance.now() + 1.5; while (performance.now() < end); return n < 0; };';

type Case = readonly [string, { readonly [part: string]: string }, string, number];

/** What loops, in which spec, how that is called, and how many steps lead there. */
const CASES: readonly Case[] = [
  [
    'a guard',
    { actions: '{ inc: action({ guard: (s) => s.n < 3 || forever(), effect: (s) => ({ n: s.n + 1 }) }) }' },
    'guard of inc',
    3,
  ],
  ['an effect', { actions: INC_LOOPS }, 'effect of inc', 3],
  [
    'an effect that is a generator',
    {
      actions:
        '{ inc: action({ effect: function* (s) { if (s.n < 2) yield { n: s.n + 1 }; else for (;;); } }) }',
    },
    'effect of inc',
    2,
  ],
  [
    'a getter of what an effect gives',
    {
      actions:
        '{ inc: action({ effect: (s) => (s.n < 2 ? { n: s.n + 1 } : { get n() { return forever(); } }) }) }',
    },
    'effect of inc',
    2,
  ],
  [
    'a range',
    {
      actions:
        '{ inc: action({ p: (s) => (s.n < 2 ? [1] : forever()) }, { effect: (s) => ({ n: s.n + 1 }) }) }',
    },
    'range of inc',
    2,
  ],
  ['an invariant', { invariants: '{ small: (s) => s.n < 3 || forever() }' }, 'invariant small', 3],
  [
    'an action property',
    { actionProperties: '{ grows: (_, after) => after.n < 3 || forever() }' },
    'action property grows',
    2,
  ],
  ['a reachable property', { reachable: '{ three: (s) => s.n === 3 && forever() }' }, 'reachable three', 3],
  ['the constraint', { constraint: '(s) => s.n < 3 || forever()' }, 'constraint', 3],
  ['final', { final: '() => forever()' }, 'final', 5],
  [
    'a regular expression',
    {
      actions: `{ inc: action({ effect: (s) => ({ n: s.n < 3 ? s.n + 1 : Number(/^(a+)+$/.test('a'.repeat(60) + 'b')) }) }) }`,
    },
    'effect of inc',
    3,
  ],
  [
    'a loop that catches all',
    {
      actions:
        '{ inc: action({ effect: (s) => { if (s.n < 3) return { n: s.n + 1 }; for (;;) try { forever(); } catch {} } }) }',
    },
    'effect of inc',
    3,
  ],
  [
    'a recursion that catches all',
    {
      actions:
        '{ inc: action({ effect: (s) => { if (s.n < 3) return { n: s.n + 1 }; const f = () => { try { f(); } catch {} f(); }; f(); return {}; } }) }',
    },
    'effect of inc',
    3,
  ],
  [
    'a wait for a signal that never comes',
    {
      actions:
        '{ inc: action({ effect: (s) => { if (s.n === 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); return { n: s.n + 1 }; } }) }',
    },
    'effect of inc',
    3,
  ],
];

/** The number of the last step that a report shows. */
function stepsOf(out: string): number {
  return Math.max(...[...out.matchAll(/^ +(\d+) {2}/gm)].map(([, number]) => Number(number)));
}

describe('a function that does not come back, past --max-seconds', () => {
  const runs = new Map<string, Promise<Run>>();
  beforeAll(async () => {
    for (const [what, parts] of CASES) {
      runs.set(what, run(['check', counting(parts), '--max-seconds', '1']));
      if (runs.size % 3 === 0) await Promise.all(runs.values());
    }
  }, PATIENT);

  it.each(CASES)(
    '%s is named, with the run that leads there',
    async (what, _parts, place, steps) => {
      const { code, out } = (await runs.get(what)) as Run;
      expect(out).toMatch(new RegExp(`^broken +${place}: it has not answered for \\d+ s$`, 'm'));
      expect(stepsOf(out)).toBe(steps);
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it.each([
    ['init', { init: '() => forever()' }, 'init'],
    ['definitions', { definitions: '() => forever()' }, 'declarations'],
  ])(
    '%s is named: there is no run',
    async (_what, parts: { readonly [part: string]: string }, place) => {
      const { code, out } = await run(['check', counting(parts), '--max-seconds', '1']);
      expect(out).toMatch(new RegExp(`^broken +${place}: it has not answered for \\d+ s$`, 'm'));
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it(
    'is told where it was, in the user’s file',
    async () => {
      const file = counting({ actions: INC_LOOPS });
      const { out } = await run(['check', file, '--max-seconds', '1']);
      expect(out).toContain(`where       at forever (${file}:4)`);
    },
    PATIENT,
  );

  it(
    'loses no violation where it was only to tell of it',
    async () => {
      const says = '{ holds: (s) => s.n < 2, ranges: {}, says: () => forever() }';
      const { code, out } = await run([
        'check',
        counting({ invariants: `{ small: ${says} as any }` }),
        '--max-seconds',
        '1',
      ]);
      expect(out).toMatch(/violated +invariant small, after 2 steps/);
      expect(out).toContain('its says is at fault: it has not answered for');
      expect(code).toBe(1);
    },
    PATIENT,
  );

  it(
    'breaks its cell of a table, and the cells after it are searched',
    async () => {
      const { code, out } = await run([
        'compare',
        counting({}),
        '--variants',
        'stuck,base',
        '--max-seconds',
        '1',
      ]);
      expect(out).toMatch(/stuck +broken/);
      expect(out).toContain('effect of inc: it has not answered for');
      expect(out).toMatch(/base +holds/);
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it(
    'is named where a log is explained, with the run',
    async () => {
      writeFileSync(join(folder.path, 'log.jsonl'), '{"event":"inc"}\n'.repeat(4));
      const observed =
        "{ inc: action({ effect: (s) => ({ n: s.n + 1 }), observed: (s) => (s.n < 2 ? { event: 'inc' } : forever()) }) }";
      const file = counting({ actions: observed });
      const { code, out } = await run(['validate', file, '--log', 'log.jsonl', '--max-seconds', '1']);
      expect(out).toMatch(/^broken +observed of inc: it has not answered for \d+ s$/m);
      expect(stepsOf(out)).toBe(2);
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it.each([
    ['by a module that it asks for', "require('node:child_process').execSync('sleep 100')", ''],
    [
      'by one that its file imports',
      "execSync('sleep 100')",
      "import { execSync } from 'node:child_process';",
    ],
    ['in a file that its file imports', 'waits()', "import { waits } from './waits';"],
  ])(
    'ends the process where it waits for something outside, %s',
    async (_how, waits, before) => {
      writeFileSync(
        join(folder.path, 'waits.ts'),
        "import { execSync } from 'node:child_process'; export const waits = () => execSync('sleep 100');",
      );
      const actions = `{ inc: action({ effect: () => { ${waits}; return {}; } }) }`;
      const { code, signal, out } = await run(['check', counting({ actions }, before), '--max-seconds', '1']);
      expect(out).toMatch(/has not answered for \d+ s and can't be stopped, so that this process ends/);
      expect([code, signal]).toEqual([null, 'SIGINT']);
    },
    PATIENT,
  );
});

describe('a function that does not come back', () => {
  it.each([
    ['at once', { actions: INC_LOOPS }, '', 3],
    ['when the run has lasted', { actions: LOOPS_LATE }, TARRY, 1],
  ])(
    '%s is named after Ctrl-C, with the run; a second signal at once is the same Ctrl-C',
    async (_when, parts, before, steps) => {
      const { code, out } = await run(
        ['check', counting(parts, before)],
        [
          [1_000, 'SIGINT'],
          [1_020, 'SIGINT'],
        ],
      );
      expect(out).toMatch(/^broken +effect of inc: it has not answered for \d+ s$/m);
      expect(stepsOf(out)).toBe(steps);
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it(
    'is ended by a second Ctrl-C',
    async () => {
      const { code, out } = await run(
        ['check', counting({ actions: INC_LOOPS })],
        [
          [100, 'SIGINT'],
          [400, 'SIGINT'],
        ],
        2,
      );
      expect(out).toBe('looping\nlooping\n');
      expect(code).toBe(130);
    },
    PATIENT,
  );

  it(
    'is ended where whoever waits for it is gone',
    async () => {
      // resolves when nobody is left to write
      const { signal } = await run(['check', counting({ actions: INC_LOOPS })], [[500, 'SIGKILL']], 2);
      expect(signal).toBe('SIGKILL');
    },
    PATIENT,
  );

  it(
    'is ended by SIGTERM',
    async () => {
      const { code, signal } = await run(['check', counting({ actions: INC_LOOPS })], [[4_000, 'SIGTERM']]);
      expect([code, signal]).toEqual([null, 'SIGTERM']);
    },
    PATIENT,
  );

  it(
    'while its file is loaded, makes that one that can’t be loaded',
    async () => {
      const { code, out } = await run(['check', counting({}, 'forever();')], [[1_000, 'SIGINT']]);
      expect(out).toMatch(/^everystate: cannot load counting\d+\.ts: it has not answered for \d+ s$/m);
      expect(out).toMatch(/^ +at forever \(counting\d+\.ts:4\)$/m);
      expect(code).toBe(2);
    },
    PATIENT,
  );

  it.each([['--workers', '2'], ['--exact']])(
    'is named in a search with %s',
    async (...options) => {
      const args = ['check', counting({ actions: INC_LOOPS }), '--max-seconds', '1', ...options];
      const { code, out } = await run(args);
      expect(out).toMatch(/^broken +effect of inc: it has not answered for \d+ s$/m);
      expect(stepsOf(out)).toBe(3);
      expect(code).toBe(4);
    },
    PATIENT,
  );

  it(
    'hides nothing of what falls in the same state, and is not called there again',
    async () => {
      const invariants = '{ loops: (s) => s.n < 2 || forever(), small: (s) => s.n < 2 }';
      const { code, out } = await run(['check', counting({ invariants }), '--max-seconds', '1']);
      expect(out).toMatch(/violated +invariant small, after 2 steps/);
      expect(out).toContain('invariant loops: it has not answered for');
      expect(loopsIn(out)).toBe(2); // once in the process that did not know yet why it stood, and once in the next
      expect(code).toBe(4);
    },
    PATIENT,
  );
});

describe('a function that comes back', () => {
  it(
    'after however long changes nothing where nobody asked for an end',
    async () => {
      const slow =
        '{ inc: action({ guard: (s) => s.n < 3, effect: (s) => { const end = performance.now() + 1_500; while (performance.now() < end); return { n: s.n + 1 }; } }) }';
      const { code, out } = await run(['check', counting({ actions: slow })]);
      expect(out).toMatch(/^holds/m);
      expect(out).toContain('4 distinct states');
      expect(code).toBe(0);
    },
    PATIENT,
  );

  it(
    'is not stopped at the beginning of a run either, and counts as it answers',
    async () => {
      const slow =
        '{ inc: action({ guard: (s) => s.n < 3, effect: (s) => { const end = performance.now() + (s.n === 1 ? 3_000 : 0); while (performance.now() < end); return { n: s.n + 1 }; } }) }';
      const invariants = '{ small: (s) => s.n < 3 }';
      const { code, out } = await run(['check', counting({ actions: slow, invariants })]);
      expect(out).toMatch(/violated +invariant small, after 3 steps/);
      expect(stepsOf(out)).toBe(3);
      expect(code).toBe(1);
    },
    PATIENT,
  );

  it(
    'in time leaves a run past its limit incomplete, not broken',
    async () => {
      const slow =
        '{ inc: action({ effect: (s) => { const end = performance.now() + 300; while (performance.now() < end); return { n: s.n + 1 }; } }) }';
      const { code, out } = await run(['check', counting({ actions: slow }), '--max-seconds', '1']);
      expect(out).toMatch(/^incomplete +the limit of 1 second was reached/m);
      expect(code).toBe(3);
    },
    PATIENT,
  );
});

describe('a thread that looks on', () => {
  /** Says so where one is started; with `LONG`, the process seems to have taken long. */
  const SPY = `
    const threads = require('node:worker_threads');
    const { Worker } = threads;
    threads.Worker = class extends Worker { constructor(...of) { super(...of); process.stderr.write('a thread\\n'); } };
    if (process.env.LONG) process.cpuUsage = () => ({ user: 3e6, system: 0 });
  `;
  const spied = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    writeFileSync(join(folder.path, 'spy.cjs'), SPY);
    return folder.runWith({ ...environment, NODE_OPTIONS: '--require ./spy.cjs' }, ...args);
  };

  it('is not started in a short run, and is in a long one; both say the same', () => {
    const invariants = '{ small: (s) => s.n < 4 }';
    for (const args of [
      ['check', counting({})],
      ['check', counting({ invariants }), '--stats'],
      ['compare', counting({}), '--variants', 'base'],
    ]) {
      const short = spied(args);
      const long = spied(args, { LONG: '1' });
      const again = spied(args, { EVERYSTATE_AGAIN: '{"made":0,"asked":false}' });
      expect([short.err, long.err, again.err]).toEqual(['', 'a thread\n', 'a thread\n']);
      const timeless = [short, long, again].map(({ out, code }) => [out.replace(/[\d.]+ m?s/g, 'T'), code]);
      expect(timeless[1]).toEqual(timeless[0]);
      expect(timeless[2]).toEqual(timeless[0]);
    }
  });

  it('is started for a spec that can wait in the system', () => {
    const { err } = spied(['check', counting({}, "import { readFileSync } from 'fs'; void readFileSync;")]);
    expect(err).toBe('a thread\n');
  });

  it('is started for a search with several threads', () => {
    const { err } = spied(['check', counting({}), '--workers', '2']);
    expect(err.startsWith('a thread\n')).toBe(true);
  });

  it('is started in a process that is debugged: whoever does that takes their time', () => {
    const environment = { NODE_OPTIONS: '--inspect=0 --require ./spy.cjs' };
    const { err } = folder.runWith(environment, 'check', counting({}));
    expect(err).toContain('a thread\n');
  });
});
