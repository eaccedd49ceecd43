import type { State } from '../model/model';
import type { Reading } from '../result';

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
