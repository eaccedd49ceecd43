import type { Constant, Effect, Event, Parameters, Ranges } from '../../spec/index';
import type { PropertyKindName } from './propertyKinds';

/** A state as the user's code sees it: variable → value. */
export type State = { readonly [variable: string]: unknown };

/** A spec with its constants fixed: what the engine explores. */
export interface Model {
  /** The root spec's name. */
  readonly spec: string;
  /** The variant's name, if it is one. */
  readonly variant: string | null;
  readonly constants: { readonly [name: string]: Constant };
  /** The constants that differ from the spec's defaults, as given. */
  readonly overridden: { readonly [name: string]: Constant };
  readonly init: () => unknown;
  readonly actions: readonly ModelAction[];
  /** Those that are to be checked, kind by kind. */
  readonly properties: readonly ModelProperty[];
  /** The spec's properties that were not asked for. */
  readonly unchecked: readonly string[];
  readonly constraint?: (state: State) => boolean;
  readonly final?: (state: State) => boolean;
}

export interface ModelAction {
  readonly name: string;
  readonly ranges: Ranges<State>;
  readonly guard?: (state: State, parameters: Parameters) => boolean;
  readonly effect: (state: State, parameters: Parameters) => Effect<State>;
  readonly says?: string | ((parameters: Parameters, before: State, after: State) => string);
  readonly observed?: (before: State, parameters: Parameters, after: State) => Event | undefined;
}

/** What a property is judged of: a state, or those before and after a step. */
export type Judged = readonly [State] | readonly [before: State, after: State];

export interface ModelProperty {
  readonly kind: PropertyKindName;
  readonly name: string;
  readonly ranges: Ranges<State>;
  readonly holds: (states: Judged, parameters: Parameters) => boolean;
  readonly says?: (states: Judged, parameters: Parameters) => string;
}
