import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Project, ROOT } from './project';

let project: Project;

beforeAll(() => {
  project = new Project();
});
afterAll(() => project.remove());

describe('the tarball', () => {
  const listed = () =>
    project
      .run('tar', ['-tzf', project.tarball])
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^package\//, ''));

  it('holds the build and the documents, and nothing else', () => {
    const top = listed().map((line) => line.replace(/\/.*$/, '/'));
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
    expect(
      listed().filter((name) => /\.test\.|(?<!\.d)\.[cm]?ts$/.test(name) && !/\.d\.[cm]?ts$/.test(name)),
    ).toEqual([]);
  });

  it('passes publint', () => {
    project.tool('publint/src/cli.js', [project.tarball, '--strict']);
  });

  it('passes attw under every way of resolving', () => {
    project.tool('@arethetypeswrong/cli/dist/index.js', [project.tarball]);
  });
});

describe('what it exports', () => {
  const entries = readdirSync(join(ROOT, 'esm'))
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => ({
      file: name,
      entry: name === 'index.mjs' ? 'everystate' : `everystate/${name.slice(0, -4)}`,
    }))
    // These two are taken up by a test runner alone; runners.test.ts imports them there.
    .filter(({ entry }) => !['everystate/jest', 'everystate/vitest'].includes(entry));

  it.each(entries)('$entry from ESM as from CommonJS', ({ file, entry }) => {
    const names = /export \{([^}]*)\}/
      .exec(readFileSync(join(ROOT, 'esm', file), 'utf8'))?.[1]
      ?.match(/\w+/g);
    project.write('names.cjs', `console.log(Object.keys(require('${entry}')).sort().join())`);
    expect(project.node('names.cjs').trim().split(',')).toEqual([...(names ?? [])].sort());
    project.write(
      'one.mjs',
      `import * as esm from '${entry}'; import { createRequire } from 'node:module';
       const cjs = createRequire(import.meta.url)('${entry}');
       console.log(Object.keys(cjs).every((name) => cjs[name] === esm[name]));`,
    );
    expect(project.node('one.mjs')).toBe('true\n');
  });

  it('says in CommonJS how Vitest is used', () => {
    project.write('vitest.cjs', "require('everystate/vitest')");
    expect(() => project.node('vitest.cjs')).toThrow("'everystate/vitest' can't be required");
  });

  it('says outside of Jest what to import there', () => {
    project.write('jest.cjs', "require('everystate/jest')");
    expect(() => project.node('jest.cjs')).toThrow(
      "in Vitest import 'everystate/vitest', with node:test 'everystate/node-test'",
    );
  });
});
