import type { Comparison } from '../compare/comparison';
import type { Row } from '../compare/differences';
import type { Json } from './jsonValue';

/**
 * A table as one JSON object: `{ "spec", "rows": [{ "variant", "environment", "verdict", "violated", "shortest",
 * "distinct" }] }`, a row a cell. `shortest` has lengths in states: one more than steps. Nothing in it depends on the
 * time or the machine, so that it can be committed and compared.
 */
export function compareJson({ spec, cells }: Comparison): { readonly [key: string]: Json } {
  return {
    spec,
    rows: cells.map(({ variant, environment, verdict, violated, shortest, distinct }) => {
      const row: Row = { variant, environment, verdict, violated, shortest, distinct };
      return { ...row, violated: [...row.violated], shortest: { ...row.shortest } };
    }),
  };
}
