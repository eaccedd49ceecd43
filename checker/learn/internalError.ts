/** A broken promise of the engine itself: must never be taken for a fault of the spec. */
export class InternalError extends Error {}

/** The rows of a search have become too small for what the spec makes: the search must begin anew with others. */
export class RowsTooSmall extends InternalError {
  constructor(readonly lack: 'values' | 'cells') {
    super(`rows have no room for more ${lack}`);
  }
}
