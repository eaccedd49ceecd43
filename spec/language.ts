import { action, type ActionOf } from './action';
import { actionProperty, invariant, type ActionPropertyOf, type InvariantOf } from './property';
import { spec, type SpecFunction } from './spec';
import type { StateOf } from './state';

/** The words of a spec over states `S`. */
export interface Language<S> {
  readonly action: ActionOf<S>;
  readonly invariant: InvariantOf<S>;
  readonly actionProperty: ActionPropertyOf<S>;
  readonly spec: SpecFunction<S>;
}

/**
 * The words of the language, typed for one state: `const { action, invariant, spec } = language<State>()`.
 * Written once a spec; nothing after it needs an annotation.
 */
export function language<S extends StateOf<S>>(): Language<S> {
  return { action, invariant, actionProperty, spec } as Language<S>;
}
