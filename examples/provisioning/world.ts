import { ids } from 'everystate';
import type { Constants } from './constants';
import type {
  CollectionId,
  DiskId,
  HandlerId,
  InstanceId,
  ProjectId,
  SagaId,
  SledId,
  Slot,
  VmmId,
} from './state';

/** Who there is under given constants, and who belongs to whom. None of it ever changes. */
export function worldOf(constants: Constants) {
  const { INSTANCES, STARTS, SLEDS, BYSTANDERS, PROJECTS, DISKS, CPUS } = constants;
  const startable = ids('I', INSTANCES);
  const bystanders = ids('J', BYSTANDERS);
  const sagas: readonly SagaId[] = ids('A', INSTANCES * STARTS);
  const ofSagas: readonly VmmId[] = ids('V', INSTANCES * STARTS);
  const ofBystanders: readonly VmmId[] = ids('W', BYSTANDERS);
  const vmms = [...ofSagas, ...ofBystanders];
  const instances: readonly InstanceId[] = [...startable, ...bystanders];
  const projects: readonly ProjectId[] = ids('P', PROJECTS);
  const collections: readonly CollectionId[] = [...projects, 'silo', 'fleet'];
  const orphans: readonly HandlerId[] = constants.duplicate ? vmms.map((vmm) => `${vmm}'` as const) : [];

  const projectOf = (owner: InstanceId | DiskId): ProjectId => `P${((numberOf(owner) - 1) % PROJECTS) + 1}`;
  return {
    constants,
    startable,
    bystanders,
    instances,
    sagas,
    vmms,
    /** The VMMs that sagas make. */
    ofSagas,
    ofBystanders,
    sleds: ids('S', SLEDS) as readonly SledId[],
    disks: ids('D', DISKS) as readonly DiskId[],
    projects,
    collections,
    /** Deliveries by their sender's VMM, and those that may outlive their connection. */
    handlers: [...vmms, ...orphans] as readonly HandlerId[],

    vmmOf: (saga: SagaId): VmmId => `V${numberOf(saga)}`,
    /** The instance a saga starts, or a VMM runs. */
    instanceOf: (id: SagaId | VmmId): InstanceId =>
      id.startsWith('W') ? `J${numberOf(id)}` : `I${Math.ceil(numberOf(id) / STARTS)}`,
    /** The saga that made a VMM; null for a bystander's. */
    sagaOf: (vmm: VmmId): SagaId | null => (vmm.startsWith('W') ? null : `A${numberOf(vmm)}`),
    /** Which of its instance's starts a saga is, from 1. */
    startOf: (saga: SagaId): number => ((numberOf(saga) - 1) % STARTS) + 1,
    projectOf,
    /** The collections that are charged for an instance or disk. */
    collectionsOf: (owner: InstanceId | DiskId): readonly CollectionId[] => [
      projectOf(owner),
      'silo',
      'fleet',
    ],
    /** The CPUs, and shares of RAM, that an instance takes. */
    sizeOf: (instance: InstanceId): number => CPUS[instances.indexOf(instance)] ?? CPUS.at(-1) ?? 1,
    slotOf: (sled: SledId, instance: InstanceId): Slot => `${sled}/${instance}`,
  };
}
export type World = ReturnType<typeof worldOf>;

/** The number in an id: 3 of `A3`. */
export function numberOf(id: string): number {
  return parseInt(id.slice(1), 10);
}

/** The VMM whose state a delivery carries. */
export function senderOf(handler: HandlerId): VmmId {
  return handler.replace("'", '') as VmmId;
}
