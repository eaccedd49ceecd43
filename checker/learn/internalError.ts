/** A broken promise of the engine itself: must never be taken for a fault of the spec. */
export class InternalError extends Error {}

/** States have more cells than are tracked: the search must be done plainly. */
export class TooManyCells extends InternalError {}
