import type { Constant, Effect, Event, Parameters, Ranges } from '../../spec/index';

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
  readonly invariants: readonly ModelInvariant[];
  readonly actionProperties: readonly ModelActionProperty[];
  readonly reachable: readonly ModelReachable[];
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

export interface ModelInvariant {
  readonly name: string;
  readonly ranges: Ranges<State>;
  readonly holds: (state: State, parameters: Parameters) => boolean;
  readonly says?: (state: State, parameters: Parameters) => string;
}

export interface ModelActionProperty {
  readonly name: string;
  readonly ranges: Ranges<State>;
  readonly holds: (before: State, after: State, parameters: Parameters) => boolean;
  readonly says?: (before: State, after: State, parameters: Parameters) => string;
}

export interface ModelReachable {
  readonly name: string;
  readonly holds: (state: State) => boolean;
}
