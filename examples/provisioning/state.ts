import { Map, Record, type RecordOf } from 'immutable';
import { language } from 'everystate';

/** `I…` are started by sagas, `J…` (bystanders) run from the beginning. */
export type InstanceId = `I${number}` | `J${number}`;
/** One run of the start saga. */
export type SagaId = `A${number}`;
/** A VMM, the process that runs an instance: saga `A1` makes `V1`; bystander `J1` has `W1`. */
export type VmmId = `V${number}` | `W${number}`;
export type SledId = `S${number}`;
export type DiskId = `D${number}`;
export type ProjectId = `P${number}`;
export type CollectionId = ProjectId | 'silo' | 'fleet';
/** What a resource row is filed under: the instance or disk it stands for (variant D: the VMM). */
export type RowId = InstanceId | VmmId | DiskId;
/** A sled's map of registrations is keyed by the *instance*; hence what mixes up two VMMs of one instance. */
export type Slot = `${SledId}/${InstanceId}`;
/** A delivery of a VMM's state to Nexus; with `'`, one that lost its sender and lives on. */
export type HandlerId = VmmId | `${VmmId}'`;

/** "None", where a state needs a value. */
export type None = 'none';

/** The instance's row in the database. */
export interface InstanceFields {
  /** The active VMM. */
  vmm: VmmId | None;
  gen: number;
  state: 'Stopped' | 'Vmm' | 'Failed';
}
export type InstanceRow = RecordOf<InstanceFields>;
export const InstanceRow = Record<InstanceFields>({ vmm: 'none', gen: 2, state: 'Stopped' }, 'Instance');

/**
 * The VMM's row in the database. The sled reservation is made, and removed, in the same steps, so the row
 * stands for both. Once deleted it keeps nothing.
 */
export interface VmmFields {
  state: None | 'Starting' | 'Running' | 'Destroyed' | 'deleted';
  gen: number;
  /** The saga that made it succeeded. */
  started: boolean;
}
export type VmmRow = RecordOf<VmmFields>;
export const VmmRow = Record<VmmFields>({ state: 'none', gen: 0, started: false }, 'Vmm');
export const deletedVmm = VmmRow({ state: 'deleted' });

/** What a project, silo or fleet has handed out. */
export interface CollectionFields {
  /** In the shares that go with one CPU; since CPUs and RAM always move together, this counts the CPUs as well. */
  ram: number;
  disk: number;
}
export type CollectionRow = RecordOf<CollectionFields>;
export const CollectionRow = Record<CollectionFields>({ ram: 0, disk: 0 }, 'Collection');

export interface SagaFields {
  /** The last node that completed, or the next one to undo. */
  at:
    | 'idle'
    | 'begun'
    | 'marked'
    | 'registered'
    | 'charged'
    | 'asked'
    | 'chargeFailed'
    | 'release'
    | 'unregister'
    | 'unregistering'
    | 'unmark'
    | 'ended'
    | 'stuck'
    | 'stuckInRelease';
  /** `started.gen`: the generation it marked the instance with. */
  gen: number;
  sled: SledId | None;
}
export type Saga = RecordOf<SagaFields>;
export const Saga = Record<SagaFields>({ at: 'idle', gen: 0, sled: 'none' }, 'Saga');

/** T2, the sled's task for a saga's request to run the instance. */
export interface RunFields {
  at: None | 'sent' | 'settingUp' | 'monitored' | 'ok' | 'error';
  sled: SledId | None;
  /** The registration whose lock it holds. */
  on: VmmId | None;
}
export type Run = RecordOf<RunFields>;
export const Run = Record<RunFields>({ at: 'none', sled: 'none', on: 'none' }, 'Run');

/** T3, the sled's task for a saga's request to unregister the instance. */
export interface UnregisterFields {
  at: None | 'sent' | 'done';
  sled: SledId | None;
  /** The registration it removed. */
  on: VmmId | None;
  /** The instance's generation as the saga read it before it asked; kept where the request may time out. */
  read: number;
}
export type Unregister = RecordOf<UnregisterFields>;
export const Unregister = Record<UnregisterFields>(
  { at: 'none', sled: 'none', on: 'none', read: 0 },
  'Unregister',
);

/** The sled's own copy of an instance, made at registration; it outlives its place in the sled's map. */
export interface RegistrationFields {
  sled: SledId | None;
  gen: number;
  /** This VMM is still the instance's active one, as far as the sled knows. */
  active: boolean;
  vmmGen: number;
  /** The VM in its Propolis zone; none before T2 made it and after it was torn down. */
  vm: None | 'running' | 'halted';
  lock: None | 'T2' | 'T4';
  /** T4: waits for Propolis' first or next word, has one and waits for the lock, or holds it and publishes. */
  monitor: None | 'polling' | 'watching' | 'sawRunning' | 'sawHalted' | 'publishing';
}
export type Registration = RecordOf<RegistrationFields>;
export const Registration = Record<RegistrationFields>(
  { sled: 'none', gen: 0, active: false, vmmGen: 0, vm: 'none', lock: 'none', monitor: 'none' },
  'Registration',
);

/** H, Nexus's handler of one delivery that says "destroyed, no active VMM". */
export interface HandlerFields {
  /** The next thing to do, or the 500 it ended with. */
  at: None | 'read' | 'release' | 'metrics' | 'write' | 'byteCount' | 'checkFailed' | 'timedOut';
  gen: number;
  vmmGen: number;
}
export type Handler = RecordOf<HandlerFields>;
export const Handler = Record<HandlerFields>({ at: 'none', gen: 0, vmmGen: 0 }, 'Handler');

/** The state a sled returned to a user's stop, on its way to the database. */
export interface ReplyFields {
  gen: number;
  vmmGen: number;
}
export type Reply = RecordOf<ReplyFields>;
export const Reply = Record<ReplyFields>({ gen: 0, vmmGen: 0 }, 'Reply');

export interface State {
  // The database.
  readonly instances: Map<InstanceId, InstanceRow>;
  readonly vmms: Map<VmmId, VmmRow>;
  /** The resource rows there are. */
  readonly rows: Map<RowId, 'charged'>;
  readonly collections: Map<CollectionId, CollectionRow>;
  /** Instances whose metrics producer is on record. */
  readonly producers: Map<InstanceId, 'registered'>;
  // Nexus.
  readonly sagas: Map<SagaId, Saga>;
  readonly handlers: Map<HandlerId, Handler>;
  readonly disks: Map<DiskId, 'none' | 'created' | 'failed'>;
  readonly replies: Map<VmmId, Reply>;
  // The sleds.
  readonly runs: Map<SagaId, Run>;
  readonly unregisters: Map<SagaId, Unregister>;
  readonly slots: Map<Slot, VmmId>;
  readonly registrations: Map<VmmId, Registration>;
  /** Connections lost so far. */
  readonly lost: number;
}

export const { action, invariant, actionProperty, spec } = language<State>();

/** The record under a key that is always there. */
export function at<K, V>(map: Map<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`no entry for ${String(key)}`);
  return value;
}
