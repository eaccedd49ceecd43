import type { Cell } from './comparison';

/** What of a cell a recorded table keeps. */
export interface Row extends Pick<
  Cell,
  'variant' | 'environment' | 'verdict' | 'violated' | 'shortest' | 'distinct' | 'undecided' | 'properties'
> {
  /** How a broken spec is at fault: place and what happened. */
  readonly fault?: string;
}

/** A cell that two tables don't agree on. */
export interface Difference {
  readonly variant: string;
  readonly environment: string;
  /** Each as one clause; none repeats another: `verdict holds, not violated`. */
  readonly how: readonly string[];
}

/** Where a table differs from the one that was expected, cell by cell; empty where they are equal. */
export function differencesOf(expected: readonly Row[], found: readonly Row[]): Difference[] {
  const key = ({ variant, environment }: Row) => JSON.stringify([variant, environment]);
  const known = new Map(expected.map((row) => [key(row), row]));
  const there = new Set(found.map(key));
  const different = found.flatMap((row) => {
    const other = known.get(key(row));
    return differenceIn(row, other === undefined ? ['not in the expected table'] : howDiffers(other, row));
  });
  const missing = expected.filter((row) => !there.has(key(row)));
  return [...different, ...missing.flatMap((row) => differenceIn(row, ['only in the expected table']))];
}

function differenceIn({ variant, environment }: Row, how: readonly string[]): Difference[] {
  return how.length === 0 ? [] : [{ variant, environment, how }];
}

function howDiffers(expected: Row, found: Row): string[] {
  const how: string[] = [];
  if (found.verdict !== expected.verdict) how.push(`verdict ${found.verdict}, not ${expected.verdict}`);
  const names = [...new Set([...expected.violated, ...found.violated])];
  for (const name of names) {
    const falls = found.violated.includes(name);
    const length = found.shortest[name];
    const lengthBefore = expected.shortest[name];
    if (falls !== expected.violated.includes(name))
      how.push(falls ? `${name} falls${inStates(length)}` : `${name} does not fall`);
    else if (length !== lengthBefore)
      how.push(
        `${name} falls${inStates(length) || ' in no state'}, not${inStates(lengthBefore) || ' in none'}`,
      );
  }
  if (how.length === 0 && found.violated.join() !== expected.violated.join())
    how.push(`violated in the order ${found.violated.join(', ')}, not ${expected.violated.join(', ')}`);
  const [open, before] = [found.undecided ?? [], expected.undecided ?? []].map((list) => list.join(', '));
  if (open !== before) how.push(`undecided ${open || 'nothing'}, not ${before || 'nothing'}`);
  if (found.fault !== expected.fault)
    how.push(
      `at fault: ${found.fault ?? 'nothing'}, not ${expected.fault ?? 'what the expected table does not say'}`,
    );
  if (found.distinct !== expected.distinct)
    how.push(`${found.distinct} distinct states, not ${expected.distinct}`);
  return how;
}

function inStates(length: number | undefined): string {
  return length === undefined ? '' : ` in ${length}`;
}
