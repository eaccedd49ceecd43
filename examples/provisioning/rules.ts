import type { InstanceId, InstanceRow, RowId, VmmId } from './state';

/** A call of DELETE: whose resources to release, on behalf of which VMM, and up to which generation. */
export interface Release {
  readonly instance: InstanceId;
  readonly vmm: VmmId;
  /** The row goes only where the instance's generation in the database is less. */
  readonly max: number;
  readonly by: 'unwind' | 'handler';
}

/**
 * The decisions on which every proposed fix differs from the system as it was. Actions ask these functions;
 * a variant replaces some.
 */
export type Rules = {
  /** Whether an instance may be started while an earlier start of it is still under way. */
  startsOverlap: () => boolean;
  /** DELETE, first arm: does the resource row go? Asked only where there is one. */
  rowGoes: (instance: InstanceRow, release: Release) => boolean;
  /** DELETE, second arm: do the counters go down? Asked only where there is a row. */
  countersGo: (instance: InstanceRow, release: Release) => boolean;
  /** What a counter becomes when `amount` is released. */
  subtract: (counter: number, amount: number) => number;
  /** Whether the table refuses a counter's value, so that the statement aborts without effect. */
  refused: (counter: number) => boolean;
  /** What an instance's resource row is filed under. */
  rowId: (instance: InstanceId, vmm: VmmId) => RowId;
  /** Whether Nexus, having read the instance's row, lets a "no active VMM" of a VMM release resources. */
  handlerReleases: (instance: InstanceRow, message: { vmm: VmmId; gen: number }) => boolean;
  /** Whether the start saga's undo releases resources. */
  unwindReleases: () => boolean;
  /** Whether the monitor publishes after an observation that changed nothing. */
  publishesNoop: () => boolean;
  /** Whether the reply to "unregister" waits until the monitor has ended. */
  replyAwaitsMonitor: () => boolean;
  /** By how much the sled raises its copy of the instance's generation when an active VMM ends. */
  endBump: () => number;
};

/** The system as it was: what the first arm asks, the second does not. */
export const unfixed: Rules = {
  startsOverlap: () => true,
  rowGoes: (instance, { max }) => instance.gen < max,
  countersGo: () => true,
  subtract: (counter, amount) => counter - amount,
  refused: () => false,
  rowId: (instance) => instance,
  handlerReleases: () => true,
  unwindReleases: () => true,
  publishesNoop: () => true,
  replyAwaitsMonitor: () => false,
  // Once for the migration ids that are cleared, once for the VMM that is retired.
  endBump: () => 2,
};
