/** A broken promise of the engine itself: must never be taken for a fault of the spec. */
export class InternalError extends Error {}
