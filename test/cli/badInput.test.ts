import { COUNTER, Folder, specWith } from './everystate';

const TWICE = `
export const once = variant(counter, 'twice', {});
export const twice = variant(counter, 'once', {});
`;

/** A spec of some parts beside its state and name, then more lines. */
const made = (name: string, parts: string, more = '') => `
import { language, variant } from 'everystate';
const { action, spec } = language<{ readonly n: number }>();
export const a = spec({ name: '${name}', init: { n: 0 }, ${parts} } as never);
${more}
`;
const STEP = 'actions: { inc: action({ effect: (s) => ({ n: (s.n + 1) % 3 }) }) }';
const v = (of: string, exported: string) => `export const ${exported} = variant(${of} as never, 'same', {});`;

const folder = new Folder({
  'counter.ts': COUNTER + TWICE,
  'typos.ts': made('typos', `${STEP}, invariant: { low: (s) => s.n < 1 }`),
  'typo.ts': made(
    'typo',
    'actions: { inc: action({ gaurd: () => true, effect: () => ({ n: 1 }) } as never) }',
  ),
  'variantTypo.ts': made(
    'x',
    STEP,
    "export const b = variant(a as never, 'v', { invarients: {} } as never);",
  ),
  'sameVariants.ts': made('x', STEP, `${v('a', 'v1')}\n${v('a', 'v2')}`),
  'sameVariant.ts': made('x', STEP, `const v1 = variant(a as never, 'same', {});\n${v('v1', 'v2')}`),
  'sameSpecs.ts': made('same', STEP, `export const b = spec({ name: 'same', init: { n: 0 }, ${STEP} });`),
  'nothing.ts': 'export const x = 1;\n',
  'several.ts': COUNTER.replace('export default counter', 'export { counter }'),
  'syntax.ts': 'export const x = 1;\nexport const y = ;\n',
  'missing.ts': "import 'no-such-package';\n",
  'throwsOnLoad.ts': 'const settings: any = null;\n\nsettings.read();\n',
  'throws.ts': specWith("if (s.n === 2) throw new Error('no further');"),
  'nan.ts': specWith('if (s.n === 2) return { n: NaN };'),
  'date.ts': specWith('return { n: new Date(0) };'),
  'mutates.ts': specWith('s.n = 7;'),
  'misspelt.ts': specWith('return { m: 1 };'),
  'pairs.ts': specWith('').replace(/p: \[[^\]]*\]/, "p: [['x', 2]] as any"),
  'setup.ts': specWith('').replace(
    'actions: {',
    "definitions: () => { throw new Error('not today') }, actions: {",
  ),
});
afterAll(() => folder.remove());

/** Command line → exit code and what standard error must say. */
const USAGE: readonly (readonly [string, string])[] = [
  ['', 'name a command: check, replay, '],
  ['chek counter.ts', "what is 'chek'? Did you mean 'check'?"],
  ['check', 'which file?'],
  ['check contr.ts', "contr.ts does not exist; did you mean 'counter.ts'?"],
  ['check nowhere/spec.ts', 'nowhere/spec.ts does not exist: there is no folder'],
  ['check .', 'is a folder with neither an index.ts nor a spec.ts'],
  ['check nothing.ts', 'nothing.ts has no spec to check: it exports x'],
  ['check several.ts', 'exports 2 specs and none by default; choose one with --spec: counter, other'],
  ['check syntax.ts', 'cannot load syntax.ts: ParseError: Unexpected token at syntax.ts:2'],
  ['check missing.ts', "cannot load missing.ts: Cannot find module 'no-such-package'\n    at missing.ts:1"],
  ['check throwsOnLoad.ts', 'cannot load throwsOnLoad.ts: TypeError: Cannot read properties of null'],
  ['check throwsOnLoad.ts', 'at throwsOnLoad.ts:3'],
  ['check counter.ts --spec cuonter', "counter.ts has no spec 'cuonter'; did you mean 'counter'?"],
  ['check counter.ts --variant overshots', "has no variant 'overshots'; did you mean 'overshoots'?"],
  ['check counter.ts --environment bgi', "has no environment 'bgi'; did you mean 'big'?"],
  ['check counter.ts -c M=3', "has no constant 'M'; did you mean 'N'?"],
  ['check counter.ts -c N=three', "constant N must be a number like its default 3, but was given as 'three'"],
  ['check counter.ts -c LOSSY=1', 'constant LOSSY must be a boolean like its default false'],
  ['check counter.ts -c N', '-c N is no assignment; write -c NAME=VALUE, as in -c N=3'],
  ['check counter.ts -c N=1 -c N=2', 'constant N was given twice'],
  ['check counter.ts -c', '-c needs a value'],
  ['check counter.ts --invariant smal', "has no property 'smal'; did you mean 'small'?"],
  ['check counter.ts --property smal', "has no property 'smal'; did you mean 'small'?"],
  ['check counter.ts --property small,small', "properties names 'small' twice; leave one out"],
  ['check counter.ts --property deadlock --no-deadlock', "properties name 'deadlock', and deadlock: false"],
  [
    'check counter.ts --environment big -c N=4',
    "constant N is set twice, to 30 by environment 'big' and to 4 beside it; leave one of them out",
  ],
  ['check counter.ts -c N=NaN', "constant N must be a number like its default 3, but was given as 'NaN'"],
  ['check counter.ts --variant twice', "two variants that 'twice' may mean, exported as once and as twice"],
  ['check typos.ts', "spec 'typos' has no part 'invariant'; did you mean 'invariants'?"],
  ['list typos.ts', "spec 'typos' has no part 'invariant'; did you mean 'invariants'?"],
  ['check typo.ts', "spec 'typo': action 'inc' has no part 'gaurd'; did you mean 'guard'?"],
  ['list typo.ts', "spec 'typo': action 'inc' has no part 'gaurd'; did you mean 'guard'?"],
  ['check variantTypo.ts', "variant 'v' has no part 'invarients'; did you mean 'invariants'?"],
  ['list variantTypo.ts', "variant 'v' has no part 'invarients'; did you mean 'invariants'?"],
  ['graph variantTypo.ts', "variant 'v' has no part 'invarients'; did you mean 'invariants'?"],
  ['check sameVariants.ts', "sameVariants.ts exports two variants named 'same', as v1 and as v2; rename one"],
  ['check sameVariant.ts', "variant 'same' is a variant of one of that name; rename one of them"],
  ['list sameSpecs.ts', "sameSpecs.ts exports two specs named 'same', as a and as b; rename one of them"],
  ['check counter.ts --max-states many', "--max-states must be a whole number above 0, but is 'many'"],
  ['check counter.ts --max-states 0', "above 0, but is '0'"],
  ['check counter.ts --max-depth -3', "--max-depth must be a whole number above 0, but is '-3'"],
  ['check counter.ts --max-depth 1.5', "--max-depth must be a whole number above 0, but is '1.5'"],
  ['check counter.ts --max-seconds x', '--max-seconds must be a number of seconds above 0'],
  ['check counter.ts --max-memory 0', "--max-memory must be a whole number above 0, but is '0'"],
  ['check counter.ts --workers none', "--workers must be a whole number above 0, but is 'none'"],
  ['check counter.ts --workers 1000', "workers must be 'auto' or a whole number from 1 to 64, but is 1000"],
  ['check counter.ts --exact --workers 2', 'exact compares whole states, which one thread does'],
  ['check counter.ts --max-states 1 --max-states 2', '--max-states was given 2 times'],
  ['check counter.ts --max-stats 3', "what is 'max-stats'? Did you mean 'max-states'?"],
  ['check counter.ts other.ts', "what is 'other.ts'?"],
  ['check counter.ts --format xml', "--format must be text or json, but is 'xml'"],
  ['check counter.ts --out nowhere/x.json', '--out nowhere/x.json: there is no folder'],
  ['check counter.ts --out .', '--out . is a folder; name a file'],
  ['replay counter.ts', 'replay needs the steps to take'],
  ['replay counter.ts --steps up --trace x', '--steps and --trace both say which steps to take'],
  ['replay counter.ts --steps upp', "step 1, 'upp', names no action of the spec; did you mean 'up'?"],
  ['replay counter.ts --steps idle', "step 1, 'idle', is not enabled there; these are:\n  up"],
  ['replay counter.ts --steps-file none.txt', '--steps-file none.txt: there is no such file'],
  ['replay counter.ts --trace counter.ts', 'counter.ts is no report of everystate'],
  ['replay counter.ts --steps up --start 2', 'there is no initial state 2'],
  ['graph counter.ts --format svg', '--format must be dot or json'],
];

describe('exit code 2: what cannot be understood', () => {
  it.each(USAGE)('everystate %s', (line, message) => {
    const { code, out, err } = folder.run(...line.split(' ').filter((word) => word !== ''));
    expect(err).toContain(message);
    expect(err).toMatch(/^everystate: /);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

/** File → what the report must say. */
const BROKEN: readonly (readonly [string, readonly string[]])[] = [
  ['throws.ts', ['effect of go(p: 1): it threw Error: no further', 'at effect (throws.ts:10)', 'n: 1 → 2']],
  ['nan.ts', ['effect of go(p: 1): it gave n NaN, which can be no part of a state', 'use null']],
  ['date.ts', ['effect of go(p: 1): it gave n a Date', 'use a number']],
  ['mutates.ts', ['effect of go(p: 1): it sets n of the state in place', 'return what changes']],
  ['pairs.ts', ["range of go: the range of 'p' holds a plain array", 'make them Lists or Records']],
  ['misspelt.ts', ["it changes variable 'm', which the state does not have; did you mean 'n'?"]],
];

describe('exit code 4: a spec at fault', () => {
  it.each(BROKEN)('everystate check %s', (file, messages) => {
    const { code, out } = folder.run('check', file);
    for (const message of messages) expect(out).toContain(message);
    expect(out).toMatch(/^broken {6}/m);
    expect(code).toBe(4);
  });

  it('also where the parts of a spec throw while they are put together', () => {
    const { code, out } = folder.run('check', 'setup.ts');
    expect(out).toContain('Error: not today');
    expect(out).toContain('at definitions (setup.ts:8)');
    expect(code).toBe(4);
  });
});
