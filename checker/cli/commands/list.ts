import { rootOf, type Spec } from '../../../spec/index';
import { bind } from '../../model/bind';
import { fill, shortPath } from '../../report/index';
import type { Arguments } from '../arguments';
import { basesOf, variantsOf } from '../choose';
import { EXIT } from '../exitCode';
import { loadSpecs, type ExportedSpec } from '../load';
import { locate } from '../locate';
import type { Terminal } from '../terminal';

/** `everystate list`: what a file offers to check. Throws `UsageError`. */
export async function listCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const { directory } = terminal;
  const file = locate(String(args['file']), directory);
  const exported = await loadSpecs(file, directory);
  const lines = basesOf(exported).flatMap((base) => [...describe(base, exported), '']);
  terminal.out([`${shortPath(file, directory)}`, '', ...lines].join('\n'));
  return EXIT.holds;
}

function describe({ exportName, spec }: ExportedSpec, exported: readonly ExportedSpec[]): string[] {
  const model = bind(spec);
  const names = (members: readonly { readonly name: string }[]) => members.map(({ name }) => name);
  const rows: [string, readonly string[]][] = [
    ['variants', variantsOf(exported, spec).map((variant) => variant.spec.variantName ?? variant.exportName)],
    ['environments', environmentsOf(spec)],
    ['constants', Object.entries(model.constants).map(([name, value]) => `${name}=${JSON.stringify(value)}`)],
    ['actions', names(model.actions)],
    ['invariants', names(model.invariants)],
    ['action properties', names(model.actionProperties)],
    ['reachable', names(model.reachable)],
  ];
  return [
    `${spec.name} (${exportName === 'default' ? 'default export' : `exported as ${exportName}`})`,
    ...rows.flatMap(([label, values]) =>
      values.length === 0
        ? []
        : fill(values, MARGIN).map((line, i) =>
            i === 0 ? `  ${label}`.padEnd(MARGIN) + line.trimStart() : line,
          ),
    ),
  ];
}

const MARGIN = 21;

function environmentsOf(spec: Spec): string[] {
  const environments = rootOf(spec).parts.environments ?? {};
  return Object.entries(environments).map(([name, constants]) => {
    const set = Object.entries(constants).map(([constant, value]) => `${constant}=${JSON.stringify(value)}`);
    return `${name} (${set.join(' ')})`;
  });
}
