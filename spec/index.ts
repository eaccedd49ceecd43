export type { Action, Effect, Event, Parameters } from './action';
export { language, type Language } from './language';
export { PARTS } from './parts';
export type { Given, PartsOf } from './partsOf';
export type { ActionProperty, ActionPropertyLike, Invariant, InvariantLike, Reachable } from './property';
export { ids, numbers, type ParametersOf, type Range, type Ranges } from './range';
export {
  isSpec,
  type Constant,
  type Constants,
  type Definitions,
  type OfState,
  type Part,
  type Spec,
  type SpecParts,
  type VariantChanges,
} from './spec';
export type { Changes, Scalar, StateOf, Value } from './state';
export { rootOf, variant } from './variant';
