/**
 * Somebody who looks on while the spec's functions are called, in a process that is all ours: one of them may not come
 * back.
 */
export interface Attendant {
  /**
   * Does some work in which the spec's functions are called. Where one of them had to be stopped since it didn't come back,
   * rejects with the `NoAnswer` that says so: the work has been left in the midst of that call, for good. Until it waits
   * for something, the work should not stand for longer than so many milliseconds, as a rule.
   */
  attend<T>(work: () => T | Promise<T>, standing: number): Promise<T>;
  /** Lets events in, in the midst of such work. */
  turn(): Promise<void>;
  /** What is done from now on can't be done all over again, or may wait where nothing stops it. */
  beCareful(): void;
}

/** Nobody looks on: a function that doesn't come back is waited for. */
let attendant: Attendant = {
  attend: async (work) => work(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  beCareful: () => {},
};

/** From now on somebody looks on. */
export function attendBy(someone: Attendant): void {
  attendant = someone;
}

/** What a search does between two looks at the clock takes a twentieth of that, and a busy machine its time. */
const STANDING_MS = 1_000;

/** Does some work under the eyes of whoever looks on in this process. Not for work that is part of such work. */
export function attended<T>(work: () => T | Promise<T>, standing = STANDING_MS): Promise<T> {
  return attendant.attend(work, standing);
}

/** Resolves when events have been let in. For what may be part of attended work, and has no other way to wait. */
export function turn(): Promise<void> {
  return attendant.turn();
}

/** Whoever looks on is to know that what is done from now on can't be done again, or may wait where nothing stops it. */
export function beCareful(): void {
  attendant.beCareful();
}
