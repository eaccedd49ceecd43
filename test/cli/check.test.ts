import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTER, Folder, ROOT } from './everystate';

const folder = new Folder({ 'counter.ts': COUNTER, 'spec.mts': COUNTER });
afterAll(() => folder.remove());

describe('everystate check', () => {
  it('0: holds, with counts, witnesses and what never happened', () => {
    const { code, out, err } = folder.run('check', 'counter.ts');
    expect(out.replace(/\d\.\d\d s/, '0.00 s').replace(/ {12}.* replay/, '            … replay'))
      .toBe(`counter

reached     top after 3 steps
            … replay counter.ts --steps 'up; up; up'
warning     action idle is never taken: no reachable state enables it
holds       small, top, no deadlock
            4 distinct states · 4 generated · depth 4 · 0.00 s
            no state was met twice, so that none was taken for another and missed
`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('1: violated, with the run and the command that replays it', () => {
    const { code, out } = folder.run('check', 'counter.ts', '--variant', 'overshoots', '-c', 'N=1');
    expect(out).toContain('n: 1 → 2');
    expect(out).toMatch(/^violated {4}invariant small, after 2 steps$/m);
    expect(out).toMatch(/replay counter\.ts --variant overshoots -c N=1 --steps 'up; up'\n$/);
    expect(code).toBe(1);
  });

  it.each([
    [['--max-states', '2'], 'the limit of 2 distinct states was reached', 'raise --max-states 20'],
    [['--max-depth', '2'], 'the limit of depth 2 was reached', 'raise --max-depth 4'],
    [['--max-memory', '1', '-c', 'N=3000000'], 'limit of 1 megabyte was reached', 'raise --max-memory 2'],
    [['--max-seconds', '1e-9', '-c', 'N=3000000'], 'seconds was reached', 'raise --max-seconds'],
  ])('3: incomplete, %j', (options, reason, remedy) => {
    const { code, out } = folder.run('check', 'counter.ts', ...options);
    expect(out).toMatch(/^incomplete {2}/m);
    expect(out).toContain(reason);
    expect(out).toContain(remedy);
    expect(out).toContain('undecided: small, top');
    expect(code).toBe(3);
  });

  it('takes options before the file', () => {
    expect(folder.run('check', '-c', 'N=2', '--invariant', 'small', 'counter.ts').out).toContain('N=2');
  });

  it('sets constants beside those of an environment, and refuses one that both set', () => {
    expect(folder.run('check', 'counter.ts', '--environment', 'big').out).toContain('31 distinct states');
    const beside = folder.run('check', 'counter.ts', '--environment', 'big', '-c', 'LOSSY=true');
    expect(beside.out).toMatch(/^counter · N=30 LOSSY=true\n/);
    const { code, err } = folder.run('check', 'counter.ts', '--environment', 'big', '-c', 'N=5');
    expect(err).toContain("constant N is set twice, to 30 by environment 'big' and to 5 beside it");
    expect(code).toBe(2);
  });

  it('prints a replay line that takes a constant without end again', () => {
    const run = folder.run(
      'check',
      'counter.ts',
      '--variant',
      'overshoots',
      '-c',
      'N=Infinity',
      '--max-depth',
      '3',
    );
    expect(run.out).toMatch(/^counter · overshoots · N=Infinity · to depth 3\n/);
    const report = folder.run(
      'check',
      'counter.ts',
      '-c',
      'N=-Infinity',
      '--format',
      'json',
      '--out',
      'inf.json',
    );
    const { out } = folder.run('replay', 'counter.ts', '--trace', 'inf.json', '--property', 'small');
    expect(report.out).toContain('-c N=-Infinity');
    expect(out).toContain('N=-Infinity');
    expect(out).toContain('violated    invariant small, in an initial state');
  });

  it('says which limit ended a search that went on after a violation', () => {
    const args = ['check', 'counter.ts', '--variant', 'overshoots', '--keep-going', '--max-depth', '5'];
    const { code, out } = folder.run(...args, '--property', 'small,deadlock');
    expect(out).toMatch(/^counter · overshoots · small only · to depth 5\n/);
    expect(out).toMatch(/violated {4}invariant small, after 4 steps\n/);
    expect(out).toContain('the limit of depth 5 was reached\n            undecided: deadlock\n');
    expect(out).not.toContain('--keep-going goes on');
    expect(code).toBe(1);
    const json = JSON.parse(folder.run(...args, '--format', 'json').out) as object;
    expect(json).toMatchObject({ verdict: 'violated', limit: 'depth', bound: 5, bounds: { maxDepth: 5 } });
  });

  it('chooses a spec by name or by export', () => {
    expect(folder.run('check', 'counter.ts', '--spec', 'other one').out).toMatch(/^other one\n/);
    expect(folder.run('check', 'counter.ts', '--spec', 'other').out).toMatch(/^other one\n/);
  });

  it('takes a folder for its spec', () => {
    expect(folder.run('check', '.').code).toBe(0);
  });

  it('checks the named properties only', () => {
    const { code, out } = folder.run(
      'check',
      'counter.ts',
      '--variant',
      'overshoots',
      '--property',
      'top',
      '--no-deadlock',
    );
    expect(out).toMatch(/^holds {7}top\n/m);
    expect(code).toBe(0);
  });

  it('checks deadlocks alone where that is all that is named', () => {
    const { code, out } = folder.run('check', 'counter.ts', '--property', 'deadlock');
    expect(out).toMatch(/^holds {7}no deadlock; no other property was checked\n/m);
    expect(code).toBe(0);
  });

  it('goes on after a violation with --keep-going', () => {
    const { out } = folder.run('check', 'counter.ts', '--variant', 'overshoots', '--keep-going');
    expect(out).toContain('deadlock, after 4 steps');
    expect(out).toContain('invariant small, after 4 steps');
  });

  it('prints one JSON object and nothing else with --format json', () => {
    const { code, out } = folder.run('check', 'counter.ts', '--variant', 'overshoots', '--format', 'json');
    const report = JSON.parse(out) as { violations: { replay: string }[] };
    expect(report).toMatchObject({
      everystate: 1,
      spec: 'counter',
      variant: 'overshoots',
      verdict: 'violated',
    });
    expect(report.violations[0]?.replay).toMatch(/replay counter\.ts --variant overshoots --steps/);
    expect(code).toBe(1);
  });

  it('writes the report to --out, and the text to standard output all the same', () => {
    const { out } = folder.run('check', 'counter.ts', '--format', 'json', '--out', 'report.json');
    expect(out).toMatch(/^holds/m);
    const report: unknown = JSON.parse(readFileSync(join(folder.path, 'report.json'), 'utf8'));
    expect(report).toMatchObject({ verdict: 'holds', statistics: { distinct: 4 } });
  });

  it('colours only where asked, and NO_COLOR wins', () => {
    const escape = '\u001b[';
    expect(folder.run('check', 'counter.ts').out).not.toContain(escape);
    expect(folder.runWith({ FORCE_COLOR: '1', NO_COLOR: '' }, 'check', 'counter.ts').out).toContain(escape);
    expect(folder.runWith({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'check', 'counter.ts').out).not.toContain(
      escape,
    );
  });

  it('runs the examples where they stand', () => {
    const { code, out } = folder.run('check', join(ROOT, 'examples/die-hard'), '--variant', 'unsolvable');
    expect(out).toContain('pour the big jug into the small one');
    expect(code).toBe(1);
  });
});

describe('everystate replay', () => {
  it('1: says what falls in the run', () => {
    const { code, out } = folder.run(
      'replay',
      'counter.ts',
      '--variant',
      'overshoots',
      '--steps',
      'up; up; up; up',
    );
    expect(out).toContain('small does not hold here');
    expect(out).toMatch(/^violated {4}invariant small, after 4 steps$/m);
    expect(code).toBe(1);
  });

  it('0: or that nothing does', () => {
    const { code, out } = folder.run('replay', 'counter.ts', '--steps', 'up; up; up');
    expect(out).toMatch(/^reached {5}top after 3 steps$/m);
    expect(out).toMatch(/^replayed {4}3 steps, and no property falls in them$/m);
    expect(code).toBe(0);
  });

  it('takes the run, variant and constants from a report', () => {
    folder.run(
      'check',
      'counter.ts',
      '--variant',
      'overshoots',
      '-c',
      'N=1',
      '--format',
      'json',
      '--out',
      'run.json',
    );
    expect(existsSync(join(folder.path, 'run.json'))).toBe(true);
    const { code, out } = folder.run('replay', 'counter.ts', '--trace', 'run.json');
    expect(out).toMatch(/^counter · overshoots · N=1\n/);
    expect(code).toBe(1);
    const { out: json } = folder.run('replay', 'counter.ts', '--trace', 'run.json', '--format', 'json');
    expect(JSON.parse(json)).toMatchObject({ verdict: 'replayed', violations: [{ property: 'small' }, {}] });
  });

  it('runs the command that a report prints', () => {
    const { out } = folder.run('check', 'counter.ts', '--variant', 'overshoots');
    const steps = /--steps '(.*)'\n$/.exec(out)?.[1];
    expect(folder.run('replay', 'counter.ts', '--variant', 'overshoots', '--steps', steps ?? '').code).toBe(
      1,
    );
  });
});

describe('the other commands', () => {
  it('list shows what there is to check', () => {
    const { code, out } = folder.run('list', 'counter.ts');
    expect(out).toMatchInlineSnapshot(`
     "counter.ts

     counter (default export)
       variants           overshoots
       environments       big (N=30)
       constants          N=3 · LOSSY=false · LABEL="x"
       actions            up · idle
       invariants         small
       reachable          top

     other one (exported as other)
       actions            idle
     "
    `);
    expect(code).toBe(0);
  });

  it('graph prints states and steps, and says when it stops short', () => {
    const { code, out } = folder.run('graph', 'counter.ts');
    expect(out).toContain('s0 [label="n: 0", peripheries=2]');
    expect(out).toContain('s0 -> s1 [label="up"]');
    expect(code).toBe(0);
    const capped = folder.run('graph', 'counter.ts', '--max-states', '2', '--format', 'json');
    expect(JSON.parse(capped.out)).toMatchObject({ states: ['n: 0', 'n: 1'], capped: true });
    expect(capped.err).toContain('the graph stops at 2 states');
    expect(capped.code).toBe(3);
  });

  it('init writes a spec and a test, once', () => {
    const { code, out } = folder.run('init', 'first');
    expect(out).toContain(
      'wrote first/counter.ts\nwrote first/counter.test.ts\nwrote first/jest.config.js\n',
    );
    expect(code).toBe(0);
    expect(folder.run('check', 'first/counter.ts').code).toBe(0);
    expect(folder.run('check', 'first/counter.ts', '--variant', 'withoutLock').code).toBe(1);
    const again = folder.run('init', 'first');
    expect(again.err).toContain('are there already, and nothing was written');
    expect(again.code).toBe(2);
  });

  it('help and version answer on standard output', () => {
    expect(folder.run('--help').out).toContain('everystate check <file>');
    expect(folder.run('check', '--help').out).toContain('--max-states');
    expect(folder.run('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(folder.run('completion').out).toContain('everystate');
  });
});
