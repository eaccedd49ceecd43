import { UsageError } from '../model/usageError';
import type { Row } from '../compare/differences';
import type { Verdict } from '../result';

const VERDICTS: readonly Verdict[] = ['holds', 'violated', 'incomplete', 'broken'];

/** A table that `compare --format json` wrote. */
export interface RecordedTable {
  readonly spec: string;
  readonly rows: readonly Row[];
}

/** Reads a table; `shown` is how messages name the file. Throws `UsageError` where it is none. */
export function recordedTable(content: string, shown: string): RecordedTable {
  const table = parse(content, shown) as Partial<RecordedTable> | null;
  if (typeof table?.spec !== 'string' || !Array.isArray(table.rows))
    throw new UsageError(`${shown} is no table of everystate: it has no "spec" and "rows"; ${ADVICE}`);
  const seen = new Set<string>();
  table.rows.forEach((row: unknown, i) => {
    const wrong = whatIsWrong(row);
    if (wrong !== undefined) throw new UsageError(`${shown}: row ${i + 1} has ${wrong}; ${ADVICE}`);
    const { variant, environment } = row as Row;
    const key = JSON.stringify([variant, environment]);
    if (seen.has(key))
      throw new UsageError(
        `${shown}: row ${i + 1} is the second for ${variant} in ${environment}; ${ADVICE}`,
      );
    seen.add(key);
  });
  return table as RecordedTable;
}

const ADVICE = 'write one with compare … --format json';

function parse(content: string, shown: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`${shown} is no JSON (${(error as Error).message}); ${ADVICE}`);
  }
}

function whatIsWrong(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return 'no object';
  const { variant, environment, verdict, violated, shortest, distinct } = row as Partial<Row>;
  if (typeof variant !== 'string') return 'no "variant"';
  if (typeof environment !== 'string') return 'no "environment"';
  if (verdict === undefined || !VERDICTS.includes(verdict)) return `no "verdict" of ${VERDICTS.join(', ')}`;
  if (!Array.isArray(violated) || !violated.every((name) => typeof name === 'string'))
    return 'no list "violated" of properties';
  if (typeof shortest !== 'object' || shortest === null || !Object.values(shortest).every(Number.isInteger))
    return 'no object "shortest" of lengths';
  return Number.isInteger(distinct) ? undefined : 'no number "distinct"';
}
