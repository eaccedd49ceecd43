import { rootOf, type Spec } from '../../spec/index';
import { check, type CheckOptions } from '../check';
import { UsageError } from '../model/usageError';
import type { Result } from '../result';
import { BASE } from './base';
import { cellOf, cellNotSearched } from './cell';
import type { Cell, Comparison, Environments } from './comparison';

/** How to compare; every bound is one for each cell. `constants` are laid over those of the environments. */
export type CompareOptions = Omit<CheckOptions, 'keepGoing' | 'onProgress'> & {
  /** Told before a cell is searched; what it returns is told how far that search is. */
  readonly onStart?: (variant: string, environment: string) => CheckOptions['onProgress'];
};

/**
 * Checks each spec in each environment, going on after a violation, and returns the table. The specs are
 * variants of one spec, or that spec itself; `onCell` gets each cell with the result it was made from, which
 * has the runs. A bound makes its cell *incomplete*; after an abort the cells left are not searched at all.
 * Rejects with `UsageError` where specs or names don't fit together.
 */
export async function compareVariants(
  specs: readonly Spec[],
  environments: Environments,
  options: CompareOptions = {},
  onCell: (cell: Cell, result: Result | undefined) => void = () => {},
): Promise<Comparison> {
  const { onStart, constants, ...rest } = options;
  const variants = specs.map(variantNameOf);
  const names = Object.keys(environments);
  requireOneTable(specs, variants, names);
  const cells: Cell[] = [];
  for (const [i, spec] of specs.entries())
    for (const environment of names) {
      const at = { variant: variants[i] as string, environment };
      if (options.signal?.aborted) {
        cells.push(cellNotSearched(at));
        onCell(cells.at(-1) as Cell, undefined);
        continue;
      }
      const onProgress = onStart?.(at.variant, environment);
      const result = await check(spec, {
        ...rest,
        constants: { ...environments[environment], ...constants },
        keepGoing: true,
        ...(onProgress && { onProgress }),
      });
      cells.push(cellOf(at, result, options.deadlock ?? true));
      onCell(cells.at(-1) as Cell, result);
    }
  return { spec: rootOf(specs[0] as Spec).name, variants, environments: names, cells };
}

function variantNameOf(spec: Spec): string {
  return spec.variantOf === undefined ? BASE : (spec.variantName ?? spec.name);
}

function requireOneTable(
  specs: readonly Spec[],
  variants: readonly string[],
  environments: readonly string[],
): void {
  const [first] = specs;
  if (first === undefined) throw new UsageError('there is no spec to compare; give at least one');
  if (environments.length === 0)
    throw new UsageError(`there is no environment to compare in; give at least { ${BASE}: {} }`);
  const stranger = specs.find((spec) => rootOf(spec) !== rootOf(first));
  if (stranger)
    throw new UsageError(
      `'${stranger.name}' is no variant of '${rootOf(first).name}': a table has the variants of one spec`,
    );
  const twice = variants.find((name, i) => variants.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(
      twice === BASE
        ? `a variant of '${rootOf(first).name}' is named '${BASE}', which stands for the spec itself; rename it`
        : `'${rootOf(first).name}' has two variants named '${twice}'; rename one of them`,
    );
}
