import type { RowAt } from '../learn/row';

/** The set of the states seen. By what two states are one is its matter: by fingerprints, or by all they are. */
export interface SeenStates {
  /** Whether the kernel looks states up by itself, and so takes steps out of many in a row. */
  readonly inKernel: boolean;
  /** Whether it must grow before more is put in. */
  readonly full: boolean;
  /** Puts in a state whose fingerprint has these halves, and which `row` gives; false where it was there. */
  add(low: number, high: number, row: () => RowAt): boolean;
  /** Bytes it takes. */
  readonly bytes: number;
}
