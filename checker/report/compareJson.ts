import type { Comparison } from '../compare/comparison';
import { rowsKept } from './compareRow';
import { jsonConstants, type Json } from './jsonValue';

/**
 * A table as one JSON object: what it was made with (`{ "spec", "constants", "defaults", "environments", "properties",
 * "bounds", … }`) and `"rows": [{ "variant", "environment", "verdict", "violated", "shortest", "distinct" }]`, a row a cell.
 * `shortest` has lengths in states: one more than steps. A row has `undecided` where a limit left something open,
 * `fault` where the spec is broken, `properties` where others than the table's were checked. Nothing in it depends on
 * the time or the machine, so that it can be committed and compared.
 */
export function compareJson(comparison: Comparison): { readonly [key: string]: Json } {
  const { spec, constants, defaults, settings, properties, bounds } = comparison;
  return {
    spec,
    constants: jsonConstants(constants),
    defaults: mapped(defaults),
    environments: mapped(settings),
    properties: [...properties],
    bounds: { ...bounds },
    rows: rowsKept(comparison).map((row) => JSON.parse(JSON.stringify(row)) as Json),
  };
}

function mapped(sets: Comparison['settings']): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, jsonConstants(set)]));
}
