import { createRequire } from 'node:module';
import { createJiti } from 'jiti';
import { isSpec, rootOf, type Spec } from '../../spec/index';
import { attended, beCareful } from '../model/attended';
import { calls } from '../model/calls';
import { NoAnswer } from '../model/fault';
import { UsageError } from '../model/usageError';
import { requireWellFormed } from '../model/wellFormed';
import { shortPath, userFrames } from '../report/index';
import { isTsconfigFault, tsconfigFault } from './tsconfig';
import { filesBeside, mayWait } from './waiting';

/** A spec under the name its file exports it by. */
export interface ExportedSpec {
  readonly exportName: string;
  readonly spec: Spec;
}

/** The compiler takes its time where a file is new to it. */
const STANDING_MS = 5_000;

/** Loading is no part of a run, and a slow machine may take its time: how long it may take where a run may take so long. */
export function loadingSeconds(maxSeconds: number | undefined): number | undefined {
  return maxSeconds && Math.max(maxSeconds, 10);
}

/**
 * Runs a file and collects the specs it exports, its default first. `everystate` in it means this very
 * package, wherever the file lies: two copies could disagree on what a spec is. Throws `UsageError`.
 */
export async function loadSpecs(file: string, directory: string): Promise<ExportedSpec[]> {
  const shown = shortPath(file, directory);
  const module = await importFile(file, shown, directory);
  const exports = isSpec(module) ? { default: module } : module;
  const specs = Object.entries(exports).flatMap(([exportName, value]) =>
    isSpec(value) ? [{ exportName, spec: value }] : [],
  );
  if (specs.length === 0) throw noSpec(shown, Object.keys(exports));
  requireNamesOnce(specs, shown);
  return specs.sort((a, b) => Number(b.exportName === 'default') - Number(a.exportName === 'default'));
}

/** Two specs of one name can't be told apart on the command line, nor in a report. Throws `UsageError`. */
function requireNamesOnce(specs: readonly ExportedSpec[], shown: string): void {
  for (const { spec } of specs) requireWellFormed(spec);
  specs.forEach(({ exportName, spec }, i) => {
    const other = specs
      .slice(0, i)
      .find((one) => one.spec !== spec && one.spec.name === spec.name && sameRoot(one.spec, spec));
    if (other !== undefined)
      throw new UsageError(
        `${shown} exports two ${spec.variantOf === undefined ? 'specs' : 'variants'} named '${spec.variantName ?? spec.name}', as ${other.exportName} and as ${exportName}; rename one of them`,
      );
  });
}

/** Whether two specs of one name are met together: as variants of one spec, or as no variants. */
function sameRoot(one: Spec, other: Spec): boolean {
  return one.variantOf === undefined ? other.variantOf === undefined : rootOf(one) === rootOf(other);
}

async function importFile(file: string, shown: string, directory: string): Promise<Exports> {
  const ran = new Set(filesBeside(new Set()));
  if (mayWait(file)) beCareful();
  try {
    const exports = await attended(
      () => calls.throughout({ part: 'declarations', name: '' }, () => run(file, shown, directory)),
      STANDING_MS,
    );
    if (filesBeside(ran).some(mayWait)) beCareful();
    return exports;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { what, cause } = error.details;
    const lines = [`cannot load ${shown}: ${what}`, ...userFrames(cause, directory)];
    throw new UsageError(lines.join('\n    '));
  }
}

async function run(file: string, shown: string, directory: string): Promise<Exports> {
  try {
    return await following(true, file);
  } catch (error) {
    if (!isTsconfigFault(error)) throw cannotLoad(error, undefined, file, shown, directory);
    // What imports nothing by such a path loads all the same.
    return following(false, file).catch((second: unknown) => {
      throw cannotLoad(second, error, file, shown, directory);
    });
  }
}

interface Exports {
  readonly [name: string]: unknown;
}

/** Runs a file, and follows the paths of the tsconfig nearest to each file that it imports, or doesn't. */
async function following(tsconfigPaths: boolean, file: string): Promise<Exports> {
  const jiti = createJiti(file, {
    interopDefault: false,
    tsconfigPaths,
    alias: fallback('immutable', file),
    virtualModules: OURS,
  });
  return (await jiti.import<Exports | undefined>(file)) ?? {};
}

/** What a spec may import of this package, whatever its tsconfig's paths say of that. */
const OURS = {
  get everystate(): unknown {
    return require('../../index');
  },
  get 'everystate/jest'(): unknown {
    return require('../jest/index');
  },
  get 'everystate/matchers'(): unknown {
    return require('../testing/index');
  },
  get 'everystate/node-test'(): unknown {
    return require('../nodeTest/index');
  },
};

function cannotLoad(error: unknown, fault: unknown, file: string, shown: string, directory: string): Error {
  if (error instanceof UsageError) return error;
  const lines = [`cannot load ${shown}: ${reasonOf(error, directory)}`, ...userFrames(error, directory)];
  const tsconfig = isNotFound(error) ? tsconfigFault(file, fault) : undefined;
  if (tsconfig)
    lines.push(`the paths of ${shortPath(tsconfig.path, directory)} were not followed: ${tsconfig.what}`);
  return new UsageError(lines.join('\n    '));
}

function isNotFound(error: unknown): boolean {
  return ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(
    (error as { code?: string } | null)?.code ?? '',
  );
}

/** A file outside any project can't resolve what every spec needs: it then gets this package's own. */
function fallback(name: string, file: string): { [name: string]: string } {
  try {
    createRequire(file).resolve(name);
    return {};
  } catch {
    return { [name]: require.resolve(name) };
  }
}

/** An error's message on one line; Node's list of who required whom says nothing about the spec. */
function reasonOf(error: unknown, directory: string): string {
  const { name = 'Error', message } = (error ?? {}) as { name?: string; message?: string };
  if (message === undefined) return `it threw ${String(error)}`;
  const [text = ''] = message.split(/\n\s*Require stack:/);
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' at ')
    .replaceAll(`${directory}/`, '');
  return /^\w*Error\b/.test(line) || name === 'Error' ? line : `${name}: ${line}`;
}

function noSpec(shown: string, exports: readonly string[]): UsageError {
  const what =
    exports.length === 0
      ? 'it exports nothing'
      : `it exports ${exports.join(', ')}, ${exports.length === 1 ? 'which is no spec' : 'none of which is a spec'}`;
  return new UsageError(`${shown} has no spec to check: ${what}; write \`export default spec({ … })\``);
}
