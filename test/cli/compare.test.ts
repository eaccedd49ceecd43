import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTER, Folder } from './everystate';

const folder = new Folder({
  'counter.ts': COUNTER,
  'broken.ts': COUNTER.replace('({ n: s.n + 1 }), says', '({ n: s.n === 2 ? NaN : s.n + 1 }), says'),
  'worlds.ts': `${COUNTER}
export const v = variant(counter, 'v', { environments: { huge: { N: 300 } } });
export const w = variant(counter, 'w', { environments: { huge: { N: 400 } } });
`,
  'endless.ts': `
import { language } from 'everystate';
const { action, spec } = language<{ readonly n: number }>();
export default spec({
  name: 'endless', init: { n: 0 },
  actions: { up: action({ effect: (s) => ({ n: s.n + 1 }) }) },
  invariants: { small: (s) => s.n < 4, even: (s) => s.n < 1000 },
});
`,
  'moody.ts': `
import { language } from 'everystate';
const { action, spec } = language<{ readonly n: number }>();
export default spec({
  name: 'moody', init: { n: 0 },
  actions: { up: action({ effect: (s) => { if (s.n === 1) throw new Error(process.env['MOOD'] ?? 'calm'); return { n: s.n + 1 }; } }) },
});
`,
  'text.json': 'no table',
  'list.json': '[]',
  'row.json':
    '{ "spec": "counter", "rows": [{ "variant": "base", "environment": "base", "verdict": "green" }] }',
  'foreign.json': '{ "spec": "paxos", "rows": [] }',
});
afterAll(() => folder.remove());

const compare = (...args: string[]) => folder.run('compare', 'counter.ts', ...args);
const path = (name: string) => join(folder.path, name);

/** The table, as it is documented. */
const TABLE = {
  spec: 'counter',
  constants: { N: 3, LOSSY: false, LABEL: 'x' },
  defaults: {},
  environments: { base: {}, big: { N: 30 } },
  properties: ['small', 'top', 'deadlock'],
  bounds: {},
  rows: [
    { variant: 'base', environment: 'base', verdict: 'holds', violated: [], shortest: {}, distinct: 4 },
    { variant: 'base', environment: 'big', verdict: 'holds', violated: [], shortest: {}, distinct: 31 },
    {
      variant: 'overshoots',
      environment: 'base',
      verdict: 'violated',
      violated: ['small', 'deadlock'],
      shortest: { small: 5, deadlock: 5 },
      distinct: 5,
    },
    {
      variant: 'overshoots',
      environment: 'big',
      verdict: 'violated',
      violated: ['small', 'deadlock'],
      shortest: { small: 32, deadlock: 32 },
      distinct: 32,
    },
  ],
};

describe('everystate compare', () => {
  it('prints the verdicts as a grid, and what is not green in full', () => {
    const { code, out, err } = compare();
    expect(out).toBe(`counter

            base    big
base        holds   holds
overshoots  2 fall  2 fall

overshoots
  base  small 5 · deadlock 5 · 5 distinct states
  big   small 32 · deadlock 32 · 32 distinct states

A number beside a property counts the states of the shortest run that breaks it, the initial one
among them.

made with   counter: N=3 LOSSY=false LABEL=x
            big: N=30
            properties: small, top, deadlock
compared    4 cells: 2 hold, 2 violated
`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('prints exactly the table as JSON', () => {
    const { code, out } = compare('--format', 'json');
    expect(JSON.parse(out)).toEqual(TABLE);
    expect(code).toBe(0);
  });

  it('prints Markdown and HTML', () => {
    expect(compare('--format', 'md').out).toContain(
      '| **overshoots** | ✗ small 5<br>✗ deadlock 5<br>5 distinct states | ✗ small 32',
    );
    expect(compare('--format', 'html').out).toMatch(/^<!doctype html>[\s\S]*small 32[\s\S]*<\/html>\n$/);
  });

  it('takes some variants, environments, properties and constants, in the order in which they are named', () => {
    const { out } = compare(
      ...['--variants', 'overshoots,base', '--environments', 'base', '-c', 'N=1', '-c', 'LABEL=a|b'],
      ...['--property', 'small', '--no-deadlock', '--format', 'json'],
    );
    const { rows } = JSON.parse(out) as typeof TABLE;
    expect(rows.map(({ variant, violated, distinct }) => [variant, violated, distinct])).toEqual([
      ['overshoots', ['small'], 3],
      ['base', [], 2],
    ]);
  });

  it.each(['text', 'md', 'html'])('names constants, properties and bounds in %s', (format) => {
    const { out } = compare(
      ...['--environments', 'base', '-c', 'N=1', '--property', 'small', '--no-deadlock'],
      ...['--max-states', '70000', '--max-depth', '9', '--format', format],
    );
    expect(out).toContain('counter: N=1 LOSSY=false LABEL=x');
    expect(out).toContain('properties: small');
    expect(out).not.toMatch(/properties: .*top/);
    expect(out).toContain('at most 70,000 states and to depth 9, a cell');
    if (format === 'text')
      expect(out).toMatch(
        /^counter · N=1 · small only · deadlocks not looked for · at most 70,000 states · to depth 9\n/,
      );
  });

  it('refuses a constant that an environment sets to something else', () => {
    const { code, out, err } = compare('-c', 'N=4');
    expect(err).toContain("constant N is set twice, to 30 by environment 'big' and to 4 beside it");
    expect([code, out]).toEqual([2, '']);
    expect(compare('-c', 'N=4', '--environments', 'base').code).toBe(0);
  });

  it('has environments that variants add, and refuses two of one name that differ', () => {
    const { code, out } = folder.run('compare', 'worlds.ts', '--variants', 'base,v');
    expect(out).toMatch(/^ +base +big +huge$/m);
    expect(code).toBe(0);
    expect(folder.run('list', 'worlds.ts').out).toContain(
      'variants           overshoots · v (huge (N=300)) · w (huge (N=400))',
    );
    const both = folder.run('compare', 'worlds.ts');
    expect(both.err).toContain(
      "two variants of 'counter' have an environment 'huge', and mean different ones",
    );
    expect(both.code).toBe(2);
  });

  it('3: a cell is violated and something is open: what fell is what it says first', () => {
    const { code, out } = folder.run('compare', 'endless.ts', '--max-states', '7');
    expect(out).toContain('base  1 falls, 2 open');
    expect(out).toContain(
      'base  small 5 · 7 distinct states\n        the limit of states ended it; undecided: even, deadlock',
    );
    expect(out).toContain('1 cell: 1 violated (1 of them with something open)');
    expect(code).toBe(3);
    const json = JSON.parse(
      folder.run('compare', 'endless.ts', '--max-states', '7', '--format', 'json').out,
    ) as typeof TABLE;
    expect(json.rows[0]).toMatchObject({ verdict: 'violated', undecided: ['even', 'deadlock'] });
  });

  it('3: a cell is not finished', () => {
    const { code, out } = compare('--max-states', '10');
    expect(out).toContain('overshoots  2 fall  incomplete');
    expect(out).toContain(
      'big   incomplete · 10 distinct states\n        the limit of states ended it; undecided: ',
    );
    expect(code).toBe(3);
  });

  it('4: a cell is broken', () => {
    const { code, out } = folder.run('compare', 'broken.ts', '--variants', 'base');
    expect(out).toContain('effect of up: it gave n NaN');
    expect(code).toBe(4);
  });

  it('writes the form that was asked for, and shows the text', () => {
    const { out } = compare('--format', 'md', '--out', 'table.md');
    expect(out).toContain('compared    4 cells');
    expect(readFileSync(path('table.md'), 'utf8')).toBe(compare('--format', 'md').out);
  });
});

describe('--expect', () => {
  const expecting = (table: object, ...args: string[]) => {
    writeFileSync(path('expected.json'), JSON.stringify(table));
    return compare('--expect', 'expected.json', ...args);
  };

  it('0: the tables are equal', () => {
    const { code, out } = expecting(TABLE);
    expect(out).toMatch(/compared {4}4 cells.*\nas expected: expected\.json has the same 4 cells\n$/);
    expect(code).toBe(0);
  });

  it('1: they are not, and where', () => {
    const rows = TABLE.rows.map((row) =>
      row.distinct === 32 ? { ...row, distinct: 33, shortest: {} } : row,
    );
    const { code, out } = expecting({ ...TABLE, rows: [...rows.slice(1), { ...rows[0], variant: 'F1' }] });
    expect(out).toContain(`not as expected: 3 cells differ from expected.json
  base in base: not in the expected table
  overshoots in big: small falls in 32, not in none; deadlock falls in 32, not in none; 32 distinct states, not 33
  F1 in base: only in the expected table
`);
    expect(code).toBe(1);
  });

  it('compares what was asked for alone', () => {
    expect(expecting(TABLE, '--variants', 'overshoots', '--environments', 'big').code).toBe(0);
    expect(expecting({ ...TABLE, rows: TABLE.rows.slice(0, 2) }, '--variants', 'base').code).toBe(0);
  });

  it('1: a broken cell is at fault in another way', () => {
    writeFileSync(path('moody.json'), folder.run('compare', 'moody.ts', '--format', 'json').out);
    const expect0 = ['compare', 'moody.ts', '--expect', 'moody.json'];
    expect(folder.run(...expect0).code).toBe(0);
    const { code, out } = folder.runWith({ MOOD: 'cross' }, ...expect0);
    expect(out).toContain(
      'at fault: effect of up: it threw Error: cross, not effect of up: it threw Error: calm',
    );
    expect(code).toBe(1);
  });

  it('1: a row of the table is not in the run, however all variants were asked for', () => {
    const gone = { ...TABLE, rows: [...TABLE.rows, { ...TABLE.rows[0], variant: 'gone' }] };
    expect(expecting(gone).code).toBe(1);
    for (const nothing of [',', ',,']) {
      const { code, err } = expecting(gone, '--variants', nothing);
      expect([code, err]).toEqual([2, 'everystate: --variants names nothing\n']);
    }
  });

  it.each<[string, string[], string]>([
    ['properties', ['--property', 'small'], 'in the cell of base in base this run leaves out top;'],
    ['deadlocks', ['--no-deadlock'], 'this run leaves out deadlock;'],
    ['a constant', ['-c', 'LABEL=y'], 'LABEL is x there and y in this run;'],
  ])('2: the run is made for other %s', (_what, args, message) => {
    const { code, out, err } = expecting(TABLE, ...args);
    expect(err).toContain(`--expect expected.json was made `);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('2: an environment or the table of a row is another', () => {
    const other = { ...TABLE, environments: { base: {}, big: { N: 31 } } };
    expect(expecting(other).err).toContain("environment 'big': N is 31 there and 30 in this run");
    expect(expecting(other, '--environments', 'base').code).toBe(0);
    const rows = TABLE.rows.map((row) => ({ ...row, properties: ['small', 'deadlock'] }));
    expect(expecting({ ...TABLE, rows }).err).toContain('this run checks top as well;');
  });

  it('takes a table that does not say how it was made for one of everything', () => {
    const { spec, rows } = TABLE;
    expect(expecting({ spec, rows }).code).toBe(0);
    expect(expecting({ spec, rows }, '--property', 'small').err).toContain(
      "doesn't say for which properties it was made, and this run leaves out top;",
    );
  });

  it('leaves standard output to the table', () => {
    const { out, err } = expecting({ ...TABLE, rows: [] }, '--format', 'json');
    expect(JSON.parse(out)).toEqual(TABLE);
    expect(err).toMatch(/^not as expected: 4 cells differ/);
  });

  it.each([
    ['none.json', '--expect none.json: there is no such file'],
    ['text.json', '--expect text.json is no JSON'],
    ['list.json', 'it has no "spec" and "rows"'],
    ['row.json', 'row 1 has no "verdict" of holds, violated'],
    ['foreign.json', "it is a table of 'paxos', not of 'counter'"],
  ])('2: %s', (file, message) => {
    const { code, out, err } = compare('--expect', file);
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('exit code 2', () => {
  it.each([
    ['--variants overshots', "has no variant 'overshots'; did you mean 'overshoots'?"],
    ['--environments bgi', "has no environment 'bgi'; did you mean 'big'?"],
    ['--format xml', '--format must be text or json or md or html'],
    ['--variant overshoots', "what is 'variant'? Did you mean 'variant"],
    ['--property smal', "has no property 'smal'"],
    ['--property ,', '--property names nothing'],
    ['--variants base,base', "--variants names 'base' twice"],
    ['--environments big,big', "--environments names 'big' twice"],
    ['--property deadlock --no-deadlock', "properties name 'deadlock', and deadlock: false says not to look"],
  ])('%s', (line, message) => {
    const { code, out, err } = compare(...line.split(' '));
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
