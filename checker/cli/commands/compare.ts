import { rootOf, type Spec } from '../../../spec/index';
import { BASE } from '../../compare/base';
import { compareVariants } from '../../compare/compareVariants';
import type { Cell, Comparison, Environments } from '../../compare/comparison';
import { differencesOf } from '../../compare/differences';
import { environmentsOf } from '../../compare/environments';
import { UsageError, unknownName } from '../../model/usageError';
import {
  compareHtml,
  compareJson,
  compareMarkdown,
  compareText,
  counted,
  shortPath,
} from '../../report/index';
import { boundOf, defined, listOf, textOf, wordOf, workersOf, type Arguments } from '../arguments';
import { chooseSpec, variantsOf } from '../choose';
import { deliver, requireWritable } from '../deliver';
import { EXIT } from '../exitCode';
import { loadSpecs } from '../load';
import { locate } from '../locate';
import { assignedConstants } from '../overrides';
import { ProgressLine } from '../progress';
import { promisesOf } from '../promises';
import { readOption } from '../read';
import { recordedTable, type RecordedTable } from '../recordedTable';
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
    maxSeconds: boundOf(args, 'max-seconds', false),
    maxMemory: boundOf(args, 'max-memory', true),
    workers: workersOf(args),
  });
  requireWritable(destination, directory);
  const expectFile = textOf(args, 'expect');
  const expected =
    expectFile === undefined
      ? undefined
      : recordedTable(readOption('expect', expectFile, directory), `--expect ${expectFile}`);
  const { base, specs } = await specsOf(args, directory);
  const environments = chosenEnvironments(base, listOf(args, 'environments', true));
  if (expected && expected.spec !== base.name)
    throw new UsageError(
      `--expect ${expectFile}: it is a table of '${expected.spec}', not of '${base.name}'`,
    );

  const total = specs.length * Object.keys(environments).length;
  let done = 0;
  let progress = new ProgressLine(terminal);
  const comparison = await compareVariants(
    specs,
    environments,
    {
      constants: assignedConstants(base, listOf(args, 'constant')),
      ...promisesOf(args),
      ...bounds,
      signal,
      onStart: (variant, environment) => {
        progress = new ProgressLine(terminal, `${++done} of ${total} · ${variant} in ${environment} · `);
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
  const lines = judged(comparison, expected, expectFile, args);
  // Standard output is the table, and nothing beside it, for whoever reads that by a program.
  const say = destination.format === 'text' || destination.out !== undefined ? terminal.out : terminal.err;
  say(`${lines.text.join('\n')}\n`);
  return lines.equal ? EXIT.holds : EXIT.violated;
}

async function specsOf(args: Arguments, directory: string): Promise<{ base: Spec; specs: Spec[] }> {
  const file = locate(String(args['file']), directory);
  const exported = await loadSpecs(file, directory);
  const base = rootOf(chooseSpec(exported, { spec: textOf(args, 'spec') }, shortPath(file, directory)));
  const variants = variantsOf(exported, base);
  const all = [
    { name: BASE, exportName: BASE, spec: base },
    ...variants.map(({ spec, exportName }) => ({ name: spec.variantName ?? exportName, exportName, spec })),
  ];
  const wanted = listOf(args, 'variants', true);
  if (wanted.length === 0) return { base, specs: all.map(({ spec }) => spec) };
  const chosen = wanted.map((name) => {
    const found = all.find((one) => one.name === name) ?? all.find((one) => one.exportName === name);
    if (found) return found;
    const known = all.map((one) => one.name);
    throw unknownName('variant', name, known, `spec '${base.name}' in ${shortPath(file, directory)}`);
  });
  return { base, specs: [...new Set(chosen)].map(({ spec }) => spec) };
}

function chosenEnvironments(base: Spec, wanted: readonly string[]): Environments {
  const all = environmentsOf(base);
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

/** What of the expected table was asked for, against what was found. */
function judged(
  { variants, environments, cells }: Comparison,
  { rows }: RecordedTable,
  file: string,
  args: Arguments,
): { readonly equal: boolean; readonly text: readonly string[] } {
  const asked = rows.filter(
    ({ variant, environment }) =>
      (args['variants'] === undefined || variants.includes(variant)) &&
      (args['environments'] === undefined || environments.includes(environment)),
  );
  const differences = differencesOf(asked, cells);
  if (differences.length === 0)
    return { equal: true, text: [`as expected: ${file} has the same ${counted(cells.length, 'cell')}`] };
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
  const worst = (['broken', 'incomplete'] as const).find((verdict) =>
    cells.some((cell) => cell.verdict === verdict),
  );
  return worst === undefined ? EXIT.holds : EXIT[worst];
}
