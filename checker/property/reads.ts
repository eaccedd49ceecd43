import type { State } from '../model/model';

/** A value that a property read before it came out false. */
export interface Reading {
  /** Variable, then keys and fields: `counters.project`. */
  readonly path: string;
  /** Absent where the property looked for something that is not there. */
  readonly value?: unknown;
}

/** The variables a property read of a state, in order, with their values. */
export function readsOf(state: State, property: (state: State) => unknown): Reading[] {
  const read = new Set<string>();
  const recorder = new Proxy(state, {
    get(target, variable, receiver) {
      if (typeof variable === 'string' && Object.hasOwn(target, variable)) read.add(variable);
      return Reflect.get(target, variable, receiver) as unknown;
    },
  });
  try {
    property(recorder);
  } catch {
    // A property that throws has been reported as a fault already; what it read until then still helps.
  }
  return [...read].map((path) => ({ path, value: state[path] }));
}
