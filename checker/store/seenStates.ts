/** The set of the states seen. By what two states are one is its matter: by fingerprints, or by all they are. */
export interface SeenStates {
  /** Whether states that share a fingerprint are told apart, so that a step to one of them has to be looked at. */
  readonly exact: boolean;
  /** Whether it must grow before more is put in. */
  readonly full: boolean;
  /** Puts in the state in the frontier's `outRow`, whose fingerprint has these halves; false where it was there. */
  add(low: number, high: number): boolean;
  /** Bytes it takes. */
  readonly bytes: number;
}
