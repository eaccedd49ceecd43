import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a stranger gets: the packed tarball, unpacked into an empty project beside its dependencies. */
const ROOT = resolve(__dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'everystate-package-'));
const packed = join(project, 'node_modules/everystate');
let tarball: string;

jest.setTimeout(120_000);

beforeAll(() => {
  if (!existsSync(join(ROOT, 'dist/index.js'))) throw new Error('nothing is built: npm run build');
  const said = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], ROOT);
  const [{ filename }] = JSON.parse(said) as [{ filename: string }];
  tarball = join(project, filename);
  mkdirSync(packed, { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', packed]);
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== 'everystate' && name !== '.bin')
      symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  write('package.json', '{ "name": "stranger", "private": true }');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Runs a program in the project; its standard output. An exit code above 0 throws. */
function run(program: string, args: readonly string[], directory = project): string {
  // Jest makes its workers force colour
  const { FORCE_COLOR: _forced, ...rest } = process.env;
  const env = { ...rest, NO_COLOR: '1', NODE_OPTIONS: '' };
  return execFileSync(program, args, {
    cwd: directory,
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
const node = (...args: string[]) => run(process.execPath, args);
const everystate = (...args: string[]) => node(join(packed, 'bin/everystate.js'), ...args);
const write = (name: string, content: string) => writeFileSync(join(project, name), content);

const COUNTER = `
const { action, spec } = language();
const counter = spec({ name: 'counter', init: { n: 0 }, final: (s) => s.n === 3, actions: {
  up: action({ guard: (s) => s.n < 3, effect: (s) => ({ n: s.n + 1 }) }) } });
check(counter).then((result) => console.log(result.verdict, result.statistics.distinct));
`;

describe('the tarball', () => {
  it('holds the build and the documents, and nothing else', () => {
    const top = run('tar', ['-tzf', tarball])
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^package\//, '').replace(/\/.*$/, '/'));
    expect([...new Set(top)].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/',
      'dist/',
      'esm/',
      'package.json',
    ]);
  });

  it('holds no test and no source', () => {
    const files = run('tar', ['-tzf', tarball]).split('\n');
    expect(
      files.filter((name) => /\.test\.|(?<!\.d)\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name)),
    ).toEqual([]);
  });

  it('passes publint', () => {
    run(process.execPath, [join(ROOT, 'node_modules/publint/src/cli.js'), tarball, '--strict'], ROOT);
  });

  it('passes attw', () => {
    const cli = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    run(process.execPath, [cli, tarball, '--profile', 'node16'], ROOT);
  });

  it('exports from ESM all that it exports from CommonJS', () => {
    const esm = readFileSync(join(ROOT, 'esm/index.mjs'), 'utf8');
    const names = /export \{([^}]*)\}/.exec(esm)?.[1]?.match(/\w+/g);
    write('names.cjs', "console.log(Object.keys(require('everystate')).sort().join())");
    expect(node('names.cjs').trim().split(',')).toEqual([...(names ?? [])].sort());
  });
});

describe('a project that has it', () => {
  it('requires it', () => {
    write('use.cjs', `const { check, language } = require('everystate');${COUNTER}`);
    expect(node('use.cjs')).toBe('holds 4\n');
  });

  it('imports it', () => {
    write('use.mjs', `import { check, language } from 'everystate';${COUNTER}`);
    expect(node('use.mjs')).toBe('holds 4\n');
  });

  it('gets one instance by both ways', () => {
    write(
      'one.mjs',
      "import * as e from 'everystate'; import { createRequire } from 'node:module';\nconsole.log(createRequire(import.meta.url)('everystate').check === e.check);",
    );
    expect(node('one.mjs')).toBe('true\n');
  });

  it('runs the command: init, check, replay', () => {
    everystate('init', 'first');
    expect(everystate('check', 'first/counter.ts')).toMatch(/^holds {7}nothingIsLost/m);
    expect(everystate('replay', 'first/counter.ts', '--steps', 'lock(worker: worker1)')).toMatch('replayed');
  });

  it('passes the test that init writes, and shows a counterexample where one fails', () => {
    everystate('init', 'tested');
    const jest = () =>
      node(join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--rootDir', 'tested', '-w', '1');
    jest();
    const test = join(project, 'tested/counter.test.ts');
    writeFileSync(test, readFileSync(test, 'utf8').replace('check(counter)', 'check(withoutLock)'));
    let said = '';
    try {
      jest();
    } catch (error) {
      said = (error as { stderr: string }).stderr;
    }
    expect(said).toContain("expected 'counter' to hold");
    expect(said).toContain('read(worker: worker1)');
    expect(said).toContain('Tests:       1 failed, 2 passed, 3 total');
  });

  it('compiles what init writes, strictly, as ESM and as CommonJS', () => {
    for (const type of ['module', 'commonjs']) {
      mkdirSync(join(project, type), { recursive: true });
      write(`${type}/package.json`, JSON.stringify({ type }));
      everystate('init', `${type}/first`);
    }
    const test = join(project, 'module/first/counter.test.ts');
    writeFileSync(test, readFileSync(test, 'utf8').replace("'./counter'", "'./counter.js'"));
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          target: 'es2022',
          module: 'nodenext',
          skipLibCheck: false,
          types: ['jest', 'node'],
        },
        include: ['module/first/*.ts', 'commonjs/first/*.ts'],
      }),
    );
    node(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.');
  });
});
