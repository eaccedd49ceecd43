/**
 * What an object that stands in for a value answers under this symbol: the value itself. The engine hands
 * the user's functions such stand-ins; wherever one ends up, the value can be had from it.
 */
export const STANDS_FOR = Symbol('everystate.standsFor');

export interface StandIn {
  [STANDS_FOR](): unknown;
}

export function isStandIn(value: unknown): value is StandIn & object {
  try {
    return typeof value === 'object' && value !== null && STANDS_FOR in value;
  } catch {
    return false; // a Proxy of the user's that throws
  }
}
