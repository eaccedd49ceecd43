import { suggestion, UsageError } from '../model/usageError';
import type { Result, Violation } from '../result';

/** What a search says about one property. */
export type Outcome =
  | { readonly kind: 'holds' }
  | { readonly kind: 'falls'; readonly violation: Violation }
  | { readonly kind: 'undecided' };

/**
 * What became of a property, `deadlock` included. A search that ended early says nothing of properties
 * that did not fall in it, but a reachable one that was reached stays reached.
 */
export function outcomeOf(result: Result, property: string): Outcome {
  requireProperty(result, property);
  if (result.verdict === 'violated') {
    const violation = result.violations.find((one) => one.property === property);
    if (violation) return { kind: 'falls', violation };
  }
  const exhausted = result.verdict === 'holds' || (result.verdict === 'violated' && result.exhausted);
  const reached = Object.hasOwn(result.reached, property) && result.verdict !== 'broken';
  return exhausted || reached ? { kind: 'holds' } : { kind: 'undecided' };
}

/** A misspelt property would pass every `.not`: throws. */
export function requireProperty(result: Result, property: string): void {
  if (property === 'deadlock' ? result.deadlock : result.properties.includes(property)) return;
  throw new UsageError(
    `the search did not look at a property '${property}'${suggestion(property, result.properties, 'property')}`,
  );
}
