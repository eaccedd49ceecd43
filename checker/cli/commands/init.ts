import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../../model/usageError';
import { listed, shortPath } from '../../report/index';
import type { Arguments } from '../arguments';
import { EXIT } from '../exitCode';
import { JEST_CONFIG, STARTER } from '../starter';
import type { Terminal } from '../terminal';

/** `everystate init`: writes a first spec and its test. Overwrites nothing. Throws `UsageError`. */
export async function initCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const given = typeof args['dir'] === 'string' ? args['dir'] : '.';
  const folder = resolve(terminal.directory, given);
  const project = projectOf(folder) ?? folder;
  const files = new Map(Object.entries(STARTER).map(([name, content]) => [join(folder, name), content]));
  if (!hasJestConfig(project)) files.set(join(project, configName(project)), JEST_CONFIG);

  const shown = (file: string) => shortPath(file, terminal.directory);
  const there = [...files.keys()].filter((file) => existsSync(file)).map(shown);
  if (there.length > 0)
    throw new UsageError(
      `${listed(there)} ${there.length === 1 ? 'is' : 'are'} there already, and nothing was written; name another folder: everystate init DIR`,
    );
  try {
    mkdirSync(folder, { recursive: true });
    for (const [file, content] of files) writeFileSync(file, content);
  } catch (error) {
    throw new UsageError(`cannot write to ${given}: ${(error as Error).message}`);
  }
  const spec = shown(join(folder, 'counter.ts'));
  const call = terminal.call.join(' ');
  const root = shown(project);
  const next: readonly (readonly [string, string])[] = [
    [`${call} check ${spec}`, 'holds'],
    [`${call} check ${spec} --variant withoutLock`, 'shows how an increment gets lost'],
    [
      root === '' ? 'npx jest' : `npx jest --rootDir ${root}`,
      'says both, as tests (npm install --save-dev jest)',
    ],
  ];
  const width = Math.max(...next.map(([command]) => command.length));
  terminal.out(
    [
      ...[...files.keys()].map((file) => `wrote ${shown(file)}`),
      '',
      ...next.map(([command, effect]) => `${command.padEnd(width)}  ${effect}`),
      '',
    ].join('\n'),
  );
  return EXIT.holds;
}

/** The folder of the nearest package.json at or above. */
function projectOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : projectOf(parent);
}

function hasJestConfig(project: string): boolean {
  const files = existsSync(project) ? readdirSync(project) : [];
  return files.some((name) => name.startsWith('jest.config.')) || packageOf(project)['jest'] !== undefined;
}

/** A CommonJS file by an extension that says so where the project's own modules are ESM. */
function configName(project: string): string {
  return packageOf(project)['type'] === 'module' ? 'jest.config.cjs' : 'jest.config.js';
}

function packageOf(project: string): { readonly [key: string]: unknown } {
  try {
    return JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      readonly [key: string]: unknown;
    };
  } catch {
    return {};
  }
}
