import { stopRuns } from './underWay';

/**
 * Thrown by the engine for a reason of its own, perhaps through a function of the user's: never a fault of the spec. A
 * run of the user's code that is under way is stopped by it, though the user's code catch it.
 */
export abstract class EngineError extends Error {
  constructor(message: string) {
    super(message);
    stopRuns(this);
  }
}

/** A broken promise of the engine itself: a defect. */
export class InternalError extends EngineError {}

/** Taking states apart into cells costs more than it saves, or can't be done: variables are to be kept whole. */
export class TooFine extends EngineError {
  constructor(
    why: string,
    /** The paths of the places that it is about; undefined where it is about all variables. */
    readonly wholes?: ReadonlySet<string>,
  ) {
    super(why);
  }
}

/** A worker came to an end by itself: what it was at is lost, and with it any verdict. */
export class WorkerDied extends EngineError {
  constructor(cause: string) {
    super(
      `a worker of the search died (${cause}): nothing can be said about the spec. Run it again, or without --workers`,
    );
  }
}
