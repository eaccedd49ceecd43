import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVariants, type Cell, type Spec } from 'everystate';
import provisioning, * as variants from '../../examples/provisioning';
import { environments } from '../../examples/provisioning/constants';

const folder = join(__dirname, '../../examples/provisioning');
const { rows } = JSON.parse(readFileSync(join(folder, 'verdicts.json'), 'utf8')) as { rows: Cell[] };

const specs = new Map<string, Spec>(
  Object.values(variants).map((spec: Spec) => [spec.variantName ?? 'base', spec]),
);

/** Larger cells are judged again with EVERYSTATE_ALL_VERDICTS=1, as `everystate compare --expect` does. */
const LARGE = process.env['EVERYSTATE_ALL_VERDICTS'] === undefined ? 3_000 : Infinity;
const smaller = rows.filter(({ distinct }) => distinct <= LARGE);

it('has a row for every variant in every environment, and all are decided', () => {
  expect(rows.map(({ variant, environment }) => `${variant} in ${environment}`).sort()).toEqual(
    [...specs.keys()]
      .flatMap((variant) => Object.keys(environments).map((environment) => `${variant} in ${environment}`))
      .sort(),
  );
  expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['holds', 'violated']));
});

it.each([...new Set(smaller.map(({ variant }) => variant))])('%s fares as recorded', async (name) => {
  const spec = specs.get(name) ?? provisioning;
  for (const row of smaller.filter(({ variant }) => variant === name)) {
    const environment = { [row.environment]: environments[row.environment as keyof typeof environments] };
    const { cells } = await compareVariants([spec], environment, {
      constants: { BYSTANDERS: 0, DISKS: 0 },
    });
    expect(cells).toEqual([row]);
  }
});

/** The table as docs/fixes.md prints it, made from the recorded verdicts. */
function table(): string {
  const letters: { readonly [property: string]: string } = {
    countersMatchRows: 'm',
    countersNeverNegative: 'n',
    noByteCountError: 'b',
    runningIsCharged: 'r',
    nothingLeaksAtRest: 'l',
    noOrphanVm: 'o',
    chargedOnce: 'c',
    deleteIsIdempotent: 'i',
  };
  const names = Object.keys(environments);
  const cellOf = (variant: string, environment: string) => {
    const row = rows.find((one) => one.variant === variant && one.environment === environment);
    const fallen = row?.violated.map((property) => letters[property] ?? property).sort();
    const lengths = Object.values(row?.shortest ?? {});
    return fallen?.length ? `${fallen.join('')} ${Math.min(...lengths)}` : '✓';
  };
  const lines = [...specs.keys()].map((variant) => [variant, ...names.map((name) => cellOf(variant, name))]);
  return [['', ...names], ['---', ...names.map(() => '---')], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

it('is the table of docs/fixes.md', () => {
  const padding = (text: string) => text.replace(/ +\|/g, ' |').replace(/\| +/g, '| ').replace(/-+/g, '---');
  const printed = readFileSync(join(folder, 'docs/fixes.md'), 'utf8');
  if (process.env['EVERYSTATE_PRINT']) console.log(table());
  expect(padding(printed)).toContain(padding(table()));
});
