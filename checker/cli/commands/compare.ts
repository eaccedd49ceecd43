import { rootOf, type Spec } from '../../../spec/index';
import { compareVariants } from '../../compare/compareVariants';
import type { Cell, Comparison } from '../../compare/comparison';
import { differencesOf, type Row } from '../../compare/differences';
import { planOf } from '../../compare/plan';
import { attended } from '../../model/attended';
import { BASE } from '../../model/base';
import { sameConstant } from '../../model/constantText';
import { environmentsOf, type Environments } from '../../model/environments';
import { requireOnce } from '../../model/given';
import { UsageError, unknownName } from '../../model/usageError';
import {
  compareHtml,
  compareJson,
  compareMarkdown,
  compareText,
  counted,
  rowsKept,
  shortPath,
} from '../../report/index';
import { boundOf, defined, listOf, textOf, wordOf, workersOf, type Arguments } from '../arguments';
import { chooseSpec, variantNamed, variantsOf } from '../choose';
import { deliver, requireWritable } from '../deliver';
import { EXIT } from '../exitCode';
import { loadSpecs, loadingSeconds } from '../load';
import { locate } from '../locate';
import { assignedConstants } from '../overrides';
import { ProgressLine } from '../progress';
import { promisesOf } from '../promises';
import { readOption } from '../read';
import { recordedTable, requireSameMaking } from '../recordedTable';
import type { Terminal } from '../terminal';

/** `everystate compare`: every variant in every environment, as a table. Throws `UsageError`. */
export async function compareCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory, signal } = terminal;
  const destination = {
    format: wordOf(args, 'format', ['text', 'json', 'md', 'html']),
    out: textOf(args, 'out'),
  };
  const bounds = defined({
    maxStates: boundOf(args, 'max-states', true),
    maxDepth: boundOf(args, 'max-depth', true),
    maxSeconds: boundOf(args, 'max-seconds', false),
    maxMemory: boundOf(args, 'max-memory', true),
    workers: workersOf(args),
    exact: args['exact'] === true ? true : undefined,
  });
  requireWritable(destination, directory);
  const expectFile = textOf(args, 'expect');
  const expected =
    expectFile === undefined
      ? undefined
      : recordedTable(readOption('expect', expectFile, directory), `--expect ${expectFile}`);
  terminal.within(loadingSeconds(bounds.maxSeconds));
  const { base, specs, some } = await specsOf(args, directory);
  const environments = chosenEnvironments(base, specs, listOf(args, 'environments', true));
  const options = {
    constants: assignedConstants(base, listOf(args, 'constant')),
    ...promisesOf(args),
    ...bounds,
  };
  if (expected) {
    if (expected.spec !== base.name)
      throw new UsageError(
        `--expect ${expectFile}: it is a table of '${expected.spec}', not of '${base.name}'`,
      );
    const { making, cells } = await attended(() => planOf(specs, environments, options));
    requireSameMaking(expected, making, cells, `--expect ${expectFile}`);
  }

  const total = specs.length * Object.keys(environments).length;
  let done = 0;
  let progress = new ProgressLine(terminal);
  const comparison = await compareVariants(
    specs,
    environments,
    {
      ...options,
      signal,
      onStart: (variant, environment) => {
        progress = new ProgressLine(terminal, `${++done} of ${total} · ${variant} in ${environment} · `);
        terminal.within(bounds.maxSeconds);
        return (p) => progress.show(p);
      },
    },
    () => progress.clear(),
  ).finally(() => progress.clear());
  deliver(
    {
      text: (colour) => compareText(comparison, { colour }),
      json: () => compareJson(comparison),
      md: () => compareMarkdown(comparison),
      html: () => compareHtml(comparison),
    },
    destination,
    terminal,
  );
  if (expected === undefined || expectFile === undefined) return exitCodeOf(comparison.cells);
  const rows = expected.rows.filter(
    ({ variant, environment }) =>
      (!some || comparison.variants.includes(variant)) &&
      (args['environments'] === undefined || comparison.environments.includes(environment)),
  );
  const lines = judged(rows, comparison, expectFile);
  // Standard output is the table, and nothing beside it, for whoever reads that by a program.
  const say = destination.format === 'text' || destination.out !== undefined ? terminal.out : terminal.err;
  say(`${lines.text.join('\n')}\n`);
  return lines.equal ? EXIT.holds : EXIT.violated;
}

/** The specs to compare; `some` where not all of the file's were asked for. */
async function specsOf(
  args: Arguments,
  directory: string,
): Promise<{ base: Spec; specs: Spec[]; some: boolean }> {
  const file = locate(String(args['file']), directory);
  const shown = shortPath(file, directory);
  const exported = await loadSpecs(file, directory);
  const base = rootOf(chooseSpec(exported, { spec: textOf(args, 'spec') }, shown));
  const variants = variantsOf(exported, base);
  const wanted = listOf(args, 'variants', true);
  requireOnce(wanted, '--variants');
  if (wanted.length === 0) return { base, specs: [base, ...variants.map(({ spec }) => spec)], some: false };
  const specs = wanted.map((name) =>
    name === BASE ? base : variantNamed(variants, name, `spec '${base.name}' in ${shown}`),
  );
  const twice = specs.find((spec, i) => specs.indexOf(spec) !== i);
  if (twice !== undefined)
    throw new UsageError(`--variants names '${twice.variantName}' twice, once by its export; leave one out`);
  return { base, specs, some: true };
}

/** The environments of the spec, and those that the variants add. */
function chosenEnvironments(base: Spec, specs: readonly Spec[], wanted: readonly string[]): Environments {
  requireOnce(wanted, '--environments');
  let all = environmentsOf(base);
  for (const spec of specs) {
    const own = environmentsOf(spec);
    for (const [name, set] of Object.entries(own))
      if (Object.hasOwn(all, name) && !sameSet(all[name] ?? {}, set))
        throw new UsageError(
          `two variants of '${base.name}' have an environment '${name}', and mean different ones; rename one of them`,
        );
    all = { ...all, ...own };
  }
  if (wanted.length === 0) return all;
  return Object.fromEntries(
    wanted.map((name) => {
      const constants = Object.hasOwn(all, name) ? all[name] : undefined;
      if (constants === undefined)
        throw unknownName('environment', name, Object.keys(all), `spec '${base.name}'`);
      return [name, constants];
    }),
  );
}

function sameSet(one: Environments[string], other: Environments[string]): boolean {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.every((name) => sameConstant(one[name], other[name]));
}

/** The rows of the expected table that were asked for, against what was found. */
function judged(
  rows: readonly Row[],
  comparison: Comparison,
  file: string,
): { readonly equal: boolean; readonly text: readonly string[] } {
  const differences = differencesOf(rows, rowsKept(comparison));
  if (differences.length === 0)
    return {
      equal: true,
      text: [`as expected: ${file} has the same ${counted(comparison.cells.length, 'cell')}`],
    };
  return {
    equal: false,
    text: [
      `not as expected: ${counted(differences.length, 'cell')} differ${differences.length === 1 ? 's' : ''} from ${file}`,
      ...differences.map(
        ({ variant, environment, how }) => `  ${variant} in ${environment}: ${how.join('; ')}`,
      ),
    ],
  };
}

function exitCodeOf(cells: readonly Cell[]): number {
  if (cells.some(({ verdict }) => verdict === 'broken')) return EXIT.broken;
  return cells.some(({ verdict, undecided }) => verdict === 'incomplete' || undecided !== undefined)
    ? EXIT.incomplete
    : EXIT.holds;
}
