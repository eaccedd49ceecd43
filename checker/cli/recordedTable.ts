import type { Constant } from '../../spec/index';
import type { Making } from '../compare/comparison';
import type { Row } from '../compare/differences';
import { constantText, sameConstant } from '../model/constantText';
import type { Environments } from '../model/environments';
import { UsageError } from '../model/usageError';
import { constantsFromJson } from '../report/index';
import type { Verdict } from '../result';

const VERDICTS: readonly Verdict[] = ['holds', 'violated', 'incomplete', 'broken'];

type Constants = { readonly [name: string]: Constant };

/** A table that `compare --format json` wrote, and what it says of how it was made: one that is older says nothing. */
export interface RecordedTable {
  readonly spec: string;
  readonly constants?: Constants | undefined;
  readonly defaults?: Environments | undefined;
  readonly environments?: Environments | undefined;
  readonly properties?: readonly string[] | undefined;
  readonly rows: readonly Row[];
}

/** Reads a table; `shown` is how messages name the file. Throws `UsageError` where it is none. */
export function recordedTable(content: string, shown: string): RecordedTable {
  const table = parse(content, shown) as { readonly [key: string]: unknown } | null;
  if (typeof table?.['spec'] !== 'string' || !Array.isArray(table['rows']))
    throw new UsageError(`${shown} is no table of everystate: it has no "spec" and "rows"; ${ADVICE}`);
  const seen = new Set<string>();
  table['rows'].forEach((row: unknown, i) => {
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
  const { spec, rows, constants, defaults, environments, properties } = table;
  if (properties !== undefined && !isNames(properties))
    throw new UsageError(`${shown} has no list "properties" of names; ${ADVICE}`);
  const set = (part: unknown, name: string): Constants | undefined => {
    if (part === undefined) return undefined;
    if (typeof part === 'object' && part !== null) return constantsFromJson({ ...part });
    throw new UsageError(`${shown} has no object "${name}" of constants; ${ADVICE}`);
  };
  const sets = (part: unknown, name: string): Environments | undefined => {
    const named = set(part, name);
    return (
      named &&
      Object.fromEntries(
        Object.entries(named).map(([one, value]) => [one, set(value, `${name}.${one}`) ?? {}]),
      )
    );
  };
  return {
    spec,
    rows: rows as Row[],
    constants: set(constants, 'constants'),
    defaults: sets(defaults, 'defaults'),
    environments: sets(environments, 'environments'),
    properties,
  };
}

/**
 * Refuses a table that was made with other constants or for other properties than a run is to be: where its cells are
 * equal they would say nothing, and where they differ, nothing about the spec. A table that doesn't say is taken to
 * have been made with all properties. Throws `UsageError`.
 */
export function requireSameMaking(
  table: RecordedTable,
  making: Making,
  cells: readonly Pick<Row, 'variant' | 'environment' | 'properties'>[],
  shown: string,
): void {
  requireSame('', table.constants, making.constants, shown);
  for (const name of making.variants)
    if (table.defaults)
      requireSame(`variant '${name}': `, table.defaults[name] ?? {}, making.defaults[name] ?? {}, shown);
  for (const name of making.environments)
    if (table.environments && Object.hasOwn(table.environments, name))
      requireSame(`environment '${name}': `, table.environments[name], making.settings[name] ?? {}, shown);
  const left = [...making.unchecked, ...(making.deadlock ? [] : ['deadlock'])];
  if (table.properties === undefined && left.length > 0)
    throw new UsageError(
      `${shown} doesn't say for which properties it was made, and this run leaves out ${left.join(', ')}; ${REMAKE}`,
    );
  if (table.properties === undefined) return;
  for (const { variant, environment, properties = making.properties } of cells) {
    const row = table.rows.find((one) => one.variant === variant && one.environment === environment);
    if (row === undefined) continue;
    const before = row.properties ?? table.properties;
    const [lacks, has] = [without(before, properties), without(properties, before)];
    if (lacks.length + has.length === 0) continue;
    const how = [
      ...(lacks.length > 0 ? [`this run leaves out ${lacks.join(', ')}`] : []),
      ...(has.length > 0 ? [`this run checks ${has.join(', ')} as well`] : []),
    ];
    throw new UsageError(
      `${shown} was made for other properties: in the cell of ${variant} in ${environment} ${how.join(', and ')}; ${REMAKE}`,
    );
  }
}

const ADVICE = 'write one with compare … --format json';
const REMAKE = 'run compare as it was made, or write it anew';

function requireSame(where: string, before: Constants | undefined, now: Constants, shown: string): void {
  if (before === undefined) return;
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)]))
    if (!sameConstant(before[name], now[name]))
      throw new UsageError(
        `${shown} was made with other constants: ${where}${name} is ${text(before[name])} there and ${text(now[name])} in this run; ${REMAKE}`,
      );
}

function text(value: Constant | undefined): string {
  return value === undefined ? 'not set' : constantText(value);
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}

function parse(content: string, shown: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`${shown} is no JSON (${(error as Error).message}); ${ADVICE}`);
  }
}

function whatIsWrong(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return 'no object';
  const { variant, environment, verdict, violated, shortest, distinct, undecided, properties, fault } =
    row as Partial<Row>;
  if (typeof variant !== 'string') return 'no "variant"';
  if (typeof environment !== 'string') return 'no "environment"';
  if (verdict === undefined || !VERDICTS.includes(verdict)) return `no "verdict" of ${VERDICTS.join(', ')}`;
  if (!isNames(violated)) return 'no list "violated" of properties';
  if (typeof shortest !== 'object' || shortest === null || !Object.values(shortest).every(Number.isInteger))
    return 'no object "shortest" of lengths';
  if (undecided !== undefined && !isNames(undecided)) return 'no list "undecided" of properties';
  if (properties !== undefined && !isNames(properties)) return 'no list "properties" of names';
  if (fault !== undefined && typeof fault !== 'string') return 'no text "fault"';
  return Number.isInteger(distinct) ? undefined : 'no number "distinct"';
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
