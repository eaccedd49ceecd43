import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTER, Folder } from './everystate';

const folder = new Folder({
  'counter.ts': COUNTER,
  'broken.ts': COUNTER.replace('({ n: s.n + 1 }), says', '({ n: s.n === 2 ? NaN : s.n + 1 }), says'),
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
      ...['--variants', 'overshoots,base', '--environments', 'base', '-c', 'N=1'],
      ...['--property', 'small', '--no-deadlock', '--format', 'json'],
    );
    const { rows } = JSON.parse(out) as typeof TABLE;
    expect(rows.map(({ variant, violated, distinct }) => [variant, violated, distinct])).toEqual([
      ['overshoots', ['small'], 3],
      ['base', [], 2],
    ]);
  });

  it('3: a cell is not finished', () => {
    const { code, out } = compare('--max-states', '10');
    expect(out).toContain('overshoots  2 fall  incomplete');
    expect(out).toContain('big   incomplete · 10 distinct states\n        the limit of states ended it');
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
  ])('%s', (line, message) => {
    const { code, out, err } = compare(...line.split(' '));
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
