import { spawnSync } from 'node:child_process';
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
import { join } from 'node:path';
import { OPTIONS } from '../../checker/cli/optionTable';
import { ROOT, documentOf, normalised, patternOf, wordsOf } from './document';

/** Everything that a document shows is done, in a project that has the package, and compared. */
const readme = documentOf('README.md');
const project = mkdtempSync(join(tmpdir(), 'everystate-documents-'));

beforeAll(() => {
  mkdirSync(join(project, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!['.bin', 'everystate'].includes(name))
      symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  symlinkSync(ROOT, join(project, 'node_modules/everystate'));
  writeFileSync(join(project, 'package.json'), '{ "name": "reader", "private": true }');
  for (const [name, content] of readme.files) writeFileSync(join(project, name), content);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Jest makes its workers force colour; Node then warns that NO_COLOR is not obeyed. */
function uncoloured(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _forced, ...env } = process.env;
  return { ...env, NO_COLOR: '1' };
}

function run(words: readonly string[], directory: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: directory,
    encoding: 'utf8',
    env: uncoloured(),
  });
  return { status, output: stdout + stderr };
}

describe('README.md', () => {
  let exitCode: number | null = null;

  it.each(readme.commands)('$command', ({ command, output }) => {
    if (command === 'echo $?') {
      expect(String(exitCode)).toBe(output);
      return;
    }
    const words = wordsOf(command);
    const inClone = words[0] === 'node';
    if (!inClone) expect(words.slice(0, 2)).toEqual(['npx', 'everystate']);
    const ended = inClone
      ? run(words.slice(1), ROOT)
      : run([join(project, 'node_modules/everystate/bin/everystate.js'), ...words.slice(2)], project);
    exitCode = ended.status;
    if (output.includes('…')) expect(normalised(ended.output)).toMatch(patternOf(output));
    else expect(normalised(ended.output)).toBe(normalised(output));
  });

  it('shows commands at all', () => {
    expect(readme.commands.length).toBeGreaterThan(8);
    expect([...readme.files.keys()]).toEqual(['lease.ts', 'network.ts', 'lease.test.ts']);
  });

  it('compiles, strictly', () => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      skipLibCheck: true,
      types: ['jest', 'node'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const ended = run([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], project);
    expect(ended).toEqual({ status: 0, output: '' });
  });

  it('has tests that pass', () => {
    const transform = { '\\.[cm]?ts$': 'everystate/jest-transform' };
    writeFileSync(
      join(project, 'jest.config.json'),
      JSON.stringify({ testMatch: ['**/*.test.ts'], transform }),
    );
    const ended = run([join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '-w', '1'], project);
    expect(ended.output).toMatch(/Tests: +6 passed, 6 total/);
  });

  it('names every option', () => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const missing = Object.keys(OPTIONS).filter((name) => !text.includes(`--${name}`));
    expect(missing).toEqual([]);
  });
});

describe('every document', () => {
  const documents = [
    ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'WARTS.md', 'examples/README.md'],
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  it.each(documents)('%s links to files that are there', (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '');
    const missing = links.filter((target) => !existsSync(join(ROOT, path, '..', target)));
    expect(missing).toEqual([]);
  });
});
