import type { Kernel } from '../kernel/kernel';
import type { RowAt, Rows } from '../learn/row';

/**
 * Where a search stands: all that what is known of the spec, and whatever judges and audits, is told of it. Each
 * strategy has its own. Rows move and get wider whenever something is learned: they are asked for anew each time.
 */
export interface Standing extends Rows {
  /** States expanded so far: by them it is decided what pays. */
  readonly visits: number;
  /** States found so far, inside the constraint. */
  readonly distinct: number;
  /** The state being expanded: its number, its address and its fingerprint, low half first. */
  readonly number: number;
  readonly address: number;
  readonly fingerprint: readonly [low: number, high: number];
  row(): RowAt;
  /** The state at an address that the kernel names. */
  stateAt(address: number): { readonly number: number; readonly row: RowAt };
  /** The edges from an initial state to a numbered one; the first says which initial state. */
  edgesTo(number: number): readonly number[];
  /** Where the states go that its steps lead to. */
  readonly out: NewStates;
}

/** Where new states are written: the kernel's too, at the end of one thread's rows. */
export interface NewStates {
  /** The kernel for cells as wide as these. */
  readonly kernel: Kernel;
  /** Where the next one goes: a row that may hold anything. Throws `OutOfMemory`. */
  outRow(): RowAt;
  /** Puts down how the state in `outRow` was reached, and its fingerprint. */
  sign(low: number, high: number, parent: number, edge: number): void;
  /** How the state in `outRow` was reached. */
  readonly signature: { readonly parent: number; readonly edge: number };
  /** The state in `outRow` stays: the next one goes after it. */
  keep(): void;
  /** There is no room after the last one: makes some. Throws `OutOfMemory`. */
  turnOver(): void;
}
