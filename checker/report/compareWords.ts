import type { Cell, Comparison, Making } from '../compare/comparison';
import { counted, listed } from './phrase';
import { selection } from './replayCommand';
import { placeText } from './textBroken';
import { boundTexts } from './title';

/** `countersMatchRows 22`: what fell, with the number of states of a shortest run to it. */
export function fallenWords({ violated, shortest }: Cell): string[] {
  return violated.map((name) => {
    const length = shortest[name];
    return length === undefined ? `${name} (no state)` : `${name} ${length}`;
  });
}

/** What a cell says besides its verdict and what fell: what is open and why, or how the spec is at fault. */
export function remarkOn({ limit, fault, undecided }: Cell): string | undefined {
  if (fault) return `${placeText(fault.place)}: ${fault.what}; ${fault.advice}`;
  if (undecided === undefined) return undefined;
  const why = limit === 'aborted' ? 'it was interrupted' : `${LIMITS[limit ?? 'states']} ended it`;
  return `${why}; undecided: ${undecided.join(', ')}`;
}

const LIMITS = {
  states: 'the limit of states',
  depth: 'the limit of depth',
  seconds: 'the limit of time',
  memory: 'a lack of memory',
} as const;

/** The table's rows: each variant's cells in the order of the environments. */
export function rowsOf({ variants, cells }: Comparison): { variant: string; cells: Cell[] }[] {
  return variants.map((variant) => ({ variant, cells: cells.filter((cell) => cell.variant === variant) }));
}

/** `24 cells: 12 hold, 11 violated (2 of them with something open), 1 incomplete`. */
export function sumText({ cells }: Comparison): string {
  const sums = (['holds', 'violated', 'incomplete', 'broken'] as const).flatMap((verdict) => {
    const some = cells.filter((cell) => cell.verdict === verdict);
    if (some.length === 0) return [];
    const open = some.filter(({ undecided }) => verdict === 'violated' && undecided !== undefined).length;
    const said = `${some.length} ${verdict === 'holds' && some.length > 1 ? 'hold' : verdict}`;
    return [open === 0 ? said : `${said} (${open} of them with something open)`];
  });
  return `${counted(cells.length, 'cell')}: ${sums.join(', ')}`;
}

/**
 * What a table was made with, a sentence each: constants, those that variants and environments set, properties and
 * bounds. A table that is passed on, or read in a month, needs it said.
 */
export function makingTexts(making: Making): string[] {
  const { spec, constants, defaults, settings, properties, bounds } = making;
  const set = (name: string, values: Making['constants']) => {
    const words = selection(null, values).filter((word) => word !== '-c');
    return words.length === 0 ? [] : [`${name}: ${words.join(' ')}`];
  };
  const perCell = boundTexts(bounds);
  return [
    ...set(spec, constants),
    ...Object.entries(defaults).flatMap(([name, values]) => set(name, values)),
    ...Object.entries(settings).flatMap(([name, values]) => set(name, values)),
    `properties: ${properties.length === 0 ? 'none' : properties.join(', ')}`,
    ...(perCell.length === 0 ? [] : [`${listed(perCell)}, a cell`]),
  ];
}

/** What the numbers beside the properties mean; a table that is passed on needs it said. */
export const LEGEND =
  'A number beside a property counts the states of the shortest run that breaks it, the initial one among them.';
