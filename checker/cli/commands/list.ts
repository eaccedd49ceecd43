import type { Constant, Spec } from '../../../spec/index';
import { BASE } from '../../model/base';
import { bind } from '../../model/bind';
import { constantText, sameConstant } from '../../model/constantText';
import { environmentsOf, type Environments } from '../../model/environments';
import type { Model } from '../../model/model';
import { PROPERTY_KINDS } from '../../model/propertyKinds';
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
  const variants = variantsOf(exported, spec).filter((variant) => variant.spec !== spec);
  const rows: [string, readonly string[]][] = [
    ['variants', variants.map((variant) => variantText(variant.spec, spec, model))],
    ['environments', environmentTexts(spec)],
    ['constants', [constantsText(model.constants)].filter((text) => text !== '')],
    ['actions', namesIn(model.actions)],
    ...PROPERTY_KINDS.map(({ kind, heading }): [string, readonly string[]] => [
      heading,
      namesIn(model.properties.filter((property) => property.kind === kind)),
    ]),
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

function namesIn(members: readonly { readonly name: string }[]): string[] {
  return members.map(({ name }) => name);
}

function constantsText(constants: Model['constants']): string {
  return Object.entries(constants).map(assignment).join(' · ');
}

/** `N=3`, `LABEL="x"`: a text is told from a number of the same letters. */
function assignment([name, value]: readonly [string, Constant]): string {
  return `${name}=${typeof value === 'string' ? JSON.stringify(value) : constantText(value)}`;
}

function environmentTexts(spec: Spec, but: Environments = { [BASE]: {} }): string[] {
  return Object.entries(environmentsOf(spec))
    .filter(([name]) => !Object.hasOwn(but, name))
    .map(([name, set]) => `${name} (${constantsText(set)})`);
}

/** `fenced`, and what it has that the base has not: `large (N=30, newest)`. */
function variantText(variant: Spec, base: Spec, model: Model): string {
  const own = bind(variant);
  const changed = Object.entries(own.constants).filter(
    ([name, value]) => !sameConstant(value, model.constants[name]),
  );
  const named = ({ actions, properties }: Model) => [...namesIn(actions), ...namesIn(properties)];
  const known = new Set(named(model));
  const added = named(own).filter((name) => !known.has(name));
  const details = [...changed.map(assignment), ...added, ...environmentTexts(variant, environmentsOf(base))];
  const name = variant.variantName ?? variant.name;
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}
