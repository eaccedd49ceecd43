import type { Spec } from '../../spec/index';
import { check, CHECK_OPTIONS, type CheckOptions } from '../check';
import { attended } from '../model/attended';
import type { Environments } from '../model/environments';
import { requireDeadlockOnce, requireOptions, shown, type OptionsOf } from '../model/given';
import { UsageError } from '../model/usageError';
import type { Result } from '../result';
import { cellNotSearched, cellOf } from './cell';
import type { Cell, Comparison } from './comparison';
import { planOf } from './plan';

/** How to compare; every bound is one for each cell. A constant that an environment sets to another value is refused. */
export type CompareOptions = Omit<CheckOptions, 'environment' | 'keepGoing' | 'onProgress'> & {
  /** Told before a cell is searched; what it returns is told how far that search is. */
  readonly onStart?: (variant: string, environment: string) => CheckOptions['onProgress'];
};

const { environment: _one, keepGoing: _always, onProgress: _each, ...shared } = CHECK_OPTIONS;
export const COMPARE_OPTIONS: OptionsOf<CompareOptions> = { ...shared, onStart: 'function' };

/**
 * Checks each spec in each environment, going on after a violation, and returns the table. The specs are
 * variants of one spec, or that spec itself; `onCell` gets each cell with the result it was made from, which
 * has the runs. A cell in which something fell is *violated*, also where a bound left something else open; after an
 * abort the cells left are not searched at all. Rejects with `UsageError` where specs, names or options don't fit
 * together, before any search.
 */
export async function compareVariants(
  specs: readonly Spec[],
  environments: Environments,
  options: CompareOptions = {},
  onCell: (cell: Cell, result: Result | undefined) => void = () => {},
): Promise<Comparison> {
  requireOptions('compareVariants', options, COMPARE_OPTIONS);
  requireDeadlockOnce(options);
  if (typeof onCell !== 'function')
    throw new UsageError(`compareVariants: onCell must be a function, but is ${shown(onCell)}`);
  const { making, cells: planned } = await attended(() => planOf(specs, environments, options));
  const { onStart, ...rest } = options;
  const cells: Cell[] = [];
  for (const { spec, constants, ...at } of planned) {
    let result: Result | undefined;
    if (!options.signal?.aborted) {
      const onProgress = onStart?.(at.variant, at.environment);
      const more = { keepGoing: true, ...(onProgress && { onProgress }) };
      result = await check(spec, { ...rest, constants, ...more });
    }
    const cell = result ? cellOf(at, result) : cellNotSearched(at, at.properties ?? making.properties);
    cells.push(cell);
    onCell(cell, result);
  }
  return { ...making, cells };
}
