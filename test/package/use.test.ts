import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './project';

/** The tarball in use, by every runner and module system. Run by .ci/run with other versions of Node as well. */
let project: Project;
/** What init writes: a spec, and a test of it for Jest. */
let spec: string;
let test: string;

beforeAll(() => {
  project = new Project();
  project.everystate('init', 'first');
  const read = (name: string) => readFileSync(join(project.folder, 'first', name), 'utf8');
  spec = read('counter.ts');
  test = read('counter.test.ts');
});
afterAll(() => project.remove());

const COUNTER = `
const { action, spec } = language();
const counter = spec({ name: 'counter', init: { n: 0 }, final: (s) => s.n === 3, actions: {
  up: action({ guard: (s) => s.n < 3, effect: (s) => ({ n: s.n + 1 }) }) },
  invariants: { small: (s) => s.n < 3, natural: (s) => s.n >= 0 } });
`;

/** What a failing program printed. */
function failure(run: () => string): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it passed');
}

describe('without a test runner', () => {
  const use = `${COUNTER} check(counter, { properties: ['natural'] })
    .then((result) => console.log(result.verdict, result.statistics.distinct));`;

  it('is required', () => {
    project.write('use.cjs', `const { check, language } = require('everystate');${use}`);
    expect(project.node('use.cjs')).toBe('holds 4\n');
  });

  it('is imported', () => {
    project.write('use.mjs', `import { check, language } from 'everystate';${use}`);
    expect(project.node('use.mjs')).toBe('holds 4\n');
  });

  it('runs the command: check, replay', () => {
    expect(project.everystate('check', 'first/counter.ts')).toMatch(/^holds {7}nothingIsLost/m);
    expect(project.everystate('replay', 'first/counter.ts', '--steps', 'lock(worker: worker1)')).toMatch(
      'replayed',
    );
  });

  it('searches with two threads', () => {
    expect(project.everystate('check', 'first/counter.ts', '-c', 'WORKERS=5', '--workers', '2')).toMatch(
      /^holds/m,
    );
  });
});

describe('the compiler', () => {
  const MISSPELT = `import { language } from 'everystate';
    const { action } = language<{ readonly n: number }>();
    // @ts-expect-error
    action({ effect: () => ({ m: 1 }) });`;

  it.each([
    ['commonjs', { module: 'nodenext' }],
    ['module', { module: 'nodenext' }],
    ['module', { module: 'esnext', moduleResolution: 'bundler' }],
  ])(
    'takes what init writes, strictly, and nothing misspelt, in a package of type %s with %j',
    (type, ways) => {
      const folder = `compiled-${type}-${ways.module}`;
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        skipLibCheck: false,
        types: ['jest', 'node'],
        ...ways,
      };
      // Where Node's own rules for ESM hold, an import names the file that is run.
      const named = type === 'module' && ways.module === 'nodenext';
      project.write(`${folder}/package.json`, JSON.stringify({ type }));
      project.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions }));
      project.write(`${folder}/counter.ts`, spec);
      project.write(
        `${folder}/counter.test.ts`,
        named ? test.replace("'./counter'", "'./counter.js'") : test,
      );
      project.write(`${folder}/misspelt.ts`, MISSPELT);
      project.tool('typescript/bin/tsc', ['-p', '.'], folder);
    },
  );
});

describe('Jest', () => {
  const jest = (folder: string) => project.tool('jest/bin/jest.js', ['--ci', '-i', '--rootDir', folder]);

  it('passes the test that init writes, and shows a counterexample where one fails', () => {
    jest('first');
    project.write('first/counter.test.ts', test.replace('check(counter)', 'check(withoutLock)'));
    const said = failure(() => jest('first'));
    expect(said).toContain("expected 'counter' to hold");
    expect(said).toContain('read(worker: worker1)');
    expect(said).toContain('Tests:       1 failed, 2 passed, 3 total');
  });

  it("with ts-jest and TypeScript's own defaults for CommonJS compiles and passes", () => {
    project.write('tsJest/jest.config.js', "module.exports = { preset: 'ts-jest' };");
    project.write(
      'tsJest/tsconfig.json',
      JSON.stringify({
        compilerOptions: { target: 'es2021', module: 'commonjs', strict: true, types: ['jest', 'node'] },
      }),
    );
    project.write('tsJest/counter.ts', spec);
    project.write(
      'tsJest/counter.test.ts',
      `${test}
      test('a misspelt property does not compile', async () => {
        // @ts-expect-error
        void (() => expect(check(counter)).resolves.toViolate('nothingIsLots'));
      });
      const { action } = language<{ readonly n: number }>();
      action({
        effect: (s) => (s.n > 1 ? { n: 0 } : {}),
        observed: (s) => (s.n > 1 ? { event: 'error', code: 400 } : { event: 'ok' }),
      });
      // @ts-expect-error
      action({ *effect() { yield { n: 1 }; yield { m: 2 }; } });`.replace(
        'import { check }',
        'import { check, language }',
      ),
    );
    project.tool('jest/bin/jest.js', ['--ci', '-i'], 'tsJest');
  });
});

describe('Vitest', () => {
  const vitest = (folder: string) => project.tool('vitest/vitest.mjs', ['run'], folder);

  it.each(['module', 'commonjs'])('with its defaults, in a package of type %s', (type) => {
    const folder = `vitest-${type}`;
    project.write(`${folder}/package.json`, JSON.stringify({ type }));
    project.write(`${folder}/counter.ts`, spec);
    const written = `import { expect, test } from 'vitest';
      import { check } from 'everystate';
      import { describeSpec } from 'everystate/vitest';
      import counter, { withoutLock } from './counter';
      ${test.replace(/^import .*$/gm, '')}
      describeSpec(counter);
      describeSpec(withoutLock, { violates: ['nothingIsLost'] });`;
    project.write(`${folder}/counter.test.ts`, written);
    expect(vitest(folder)).toMatch(/Tests +9 passed/);

    project.write(
      `${folder}/counter.test.ts`,
      written
        .replace('check(counter)', 'check(withoutLock)')
        .replace(", { violates: ['nothingIsLost'] }", ''),
    );
    const said = failure(() => vitest(folder));
    expect(said).toContain("Error: expected 'counter' to hold");
    expect(said).toContain('read(worker: worker1)');
    expect(said).toContain('Error: nothingIsLost falls');
    expect(said).toMatch(/Tests +2 failed \| 7 passed/);
  });

  it('takes the bare matchers', () => {
    project.write('bare/package.json', '{}');
    project.write(
      'bare/counter.test.mjs',
      `import { expect, test } from 'vitest';
      import { check, language } from 'everystate';
      import { matchers } from 'everystate/matchers';
      expect.extend(matchers);
      ${COUNTER}
      test('falls', async () => {
        const result = await check(counter);
        expect(result).toViolate('small', { length: 4 });
        expect(result).not.toHold();
      });`,
    );
    expect(vitest('bare')).toMatch(/Tests +1 passed/);
  });
});

describe('node:test', () => {
  const written = `
    test('falls', async () => {
      const result = await check(counter);
      assertViolates(result, 'small', { length: 4, lastAction: 'up' });
      assertDoesNotHold(result);
    });
    describeSpec(counter, { violates: ['small'] });`;
  const packages = {
    cjs: `const { test } = require('node:test');
      const { check, language } = require('everystate');
      const { assertDoesNotHold, assertViolates, describeSpec } = require('everystate/node-test');`,
    mjs: `import { test } from 'node:test';
      import { check, language } from 'everystate';
      import { assertDoesNotHold, assertViolates, describeSpec } from 'everystate/node-test';`,
  };

  it.each(['cjs', 'mjs'] as const)('has assertions and describeSpec, in .%s', (extension) => {
    const name = `counter.test.${extension}`;
    project.write(name, packages[extension] + COUNTER + written);
    expect(project.node('--test', '--test-reporter=tap', name)).toMatch(/^# pass 4$/m);

    project.write(name, packages[extension] + COUNTER + written.replace("violates: ['small']", ''));
    const said = failure(() => project.node('--test', '--test-reporter=tap', name));
    expect(said).toMatch(/^# fail 1$/m);
    expect(said).toContain('small falls');
    expect(said).toContain('n: 2 → 3');
  });
});
