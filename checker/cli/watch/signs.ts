/** What the main thread and the one that watches it tell each other. */

/** The words of the memory that they share. */
export const WORD = {
  /** The number of the call of a function of the spec that is under way; 0 for none. */
  CALL: 0,
  /** 1 when somebody has asked for an end. */
  ASKED: 1,
  /** What the main thread has answered to `seize`. */
  ANSWER: 2,
  /** Always 0: to wait at. */
  QUIET: 3,
} as const;
export const WORDS = 4;

/** What the answer to `seize` is. */
export const ANSWER = { NONE: 0, SEIZED: 1, GONE: 2 } as const;

/** What the watching thread is made with. */
export interface Given {
  readonly words: Int32Array;
  /** Its only number is when what is done should have come to an end, in milliseconds since 1970. */
  readonly deadline: Float64Array;
  /** The process that has this one do again what it was to do itself, if there is one. It takes care of second requests. */
  readonly parent: number | undefined;
}

/** What the watching thread says. */
export type Said =
  /** The user has asked for an end. */
  | { readonly kind: 'asked' }
  /** And once more: the process is to end. */
  | { readonly kind: 'insisted' }
  /** The call with a number is being stopped, after so many seconds. */
  | { readonly kind: 'stopped'; readonly number: number; readonly seconds: number };

/** Under which symbol's text the watching thread finds, in the main one, whom to ask. */
export const HOOK = 'everystate.watch';

/** What can be asked for in the midst of whatever the main thread does. */
export interface Hook {
  /** If the call with a number is still under way, it won't come back before it is stopped. The answer is left in `ANSWER`. */
  seize(number: number): void;
  /** Lets signals do what they do by themselves, until the main thread can listen again. */
  unburden(): void;
}

/** Two signals within so many milliseconds are the same request: npm and `timeout` send a second. */
export const SAME_REQUEST_MS = 100;
