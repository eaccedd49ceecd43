/** How much of everything there is, and what may go wrong. The base is the world of the incident's twenty steps. */
export const constants = {
  /** Instances that users start. */
  INSTANCES: 1,
  /** Starts, each a saga with a VMM of its own, of every such instance. */
  STARTS: 2,
  SLEDS: 2,
  /** Instances that run from the beginning and are only ever stopped. */
  BYSTANDERS: 1,
  /** Projects under the one silo; instances, bystanders and disks are dealt out to them in turn. */
  PROJECTS: 1,
  DISKS: 1,
  /**
   * CPUs of each instance, the startable ones first; the last number goes for the rest. RAM goes with them at
   * one rate (see log.ts), so one counter stands for both.
   */
  CPUS: [1] as readonly number[],
  /** Deliveries whose connection may be lost, in all, where `duplicate` is on. */
  RETRIES: 1,
  /** How far below zero counters are followed, in CPUs. */
  FLOOR: -1,

  /** The metrics service may time out, once for every registered producer, and the delivery is repeated. */
  retry: false,
  /** A VM may die while the saga that wants it running still waits or unwinds. */
  halt: false,
  /** A delivery's connection may be lost: its handler lives on and the monitor sends the same again. */
  duplicate: false,
  /** Setting up the Propolis zone may fail. */
  setupFailure: false,
  /** The user may stop the instance after it was registered and before the sled runs it. */
  stopDuringStart: false,
  /** A user's stop may time out behind T2's lock. */
  stopTimeout: false,
  /** The saga's request to unregister the instance may time out. */
  unregisterTimeout: false,
  /** A running VM's stop may time out: the instance is marked Failed while the VM lives on. */
  markFailed: false,
};
export type Constants = typeof constants;

/** The base, every switch alone, and the pairs whose switches can meet in one run. */
export const environments = {
  base: {},
  retry: { retry: true },
  halt: { halt: true },
  duplicate: { duplicate: true },
  setupFailure: { setupFailure: true },
  stopDuringStart: { stopDuringStart: true },
  stopTimeout: { stopTimeout: true },
  unregisterTimeout: { unregisterTimeout: true },
  markFailed: { markFailed: true },
  // A VM that dies under its saga is reported while the saga still holds the instance: repeat that report.
  'halt+retry': { halt: true, retry: true },
  'halt+duplicate': { halt: true, duplicate: true },
  'retry+duplicate': { retry: true, duplicate: true },
  // The instance is handed on without the old VM's end: then let the old VM end.
  'halt+stopTimeout': { halt: true, stopTimeout: true },
  'halt+unregisterTimeout': { halt: true, unregisterTimeout: true },
  'duplicate+unregisterTimeout': { duplicate: true, unregisterTimeout: true },
} satisfies Record<string, Partial<Constants>>;
