/** A broken promise of the engine itself: must never be taken for a fault of the spec. */
export class InternalError extends Error {}

/** Taking states apart into cells costs more than it saves, or can't be done: variables are to be kept whole. */
export class TooFine extends InternalError {
  constructor(
    why: string,
    /** The paths of the places that it is about; undefined where it is about all variables. */
    readonly wholes?: ReadonlySet<string>,
  ) {
    super(why);
  }
}

/** A worker came to an end by itself: what it was at is lost, and with it any verdict. */
export class WorkerDied extends InternalError {
  constructor(cause: string) {
    super(
      `a worker of the search died (${cause}): nothing can be said about the spec. Run it again, or without --workers`,
    );
  }
}
