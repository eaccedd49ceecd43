import { variant } from 'everystate';
import provisioning from './provisioning';
import type { Rules } from './rules';

/** A variant that replaces some of the rules; its name is the one of the table in README.md. */
function fix(name: string, changes: Partial<Rules>) {
  return variant(provisioning, name, { definitions: (_constants, base) => ({ ...base, ...changes }) });
}

// The two arms of DELETE, as the fixes put them.
const ifOlder: Rules['rowGoes'] = (instance, { max }) => instance.gen < max;
const ifActive: Rules['rowGoes'] = (instance, { vmm }) => instance.vmm === vmm;
const always = () => true;
const coupled = (condition: Rules['rowGoes']) => ({ rowGoes: condition, countersGo: condition });

/** The fix that landed: the counters go down only where the row goes. */
export const F1 = fix('F1', coupled(ifOlder));

/** The monitor doesn't publish what it found to be a no-op. */
export const A = fix('A', { publishesNoop: () => false });

/** Both. */
export const AF1 = fix('A+F1', { ...coupled(ifOlder), publishesNoop: () => false });

/** The saga's undo releases nothing; the VMM's last notification does. */
export const B = fix('B', { unwindReleases: () => false });

export const BF1 = fix('B+F1', { ...coupled(ifOlder), unwindReleases: () => false });

/** The handler compares generations in its own code, before DELETE. */
export const C = fix('C', { handlerReleases: (instance, { gen }) => instance.gen < gen });

/** The handler asks in its own code whether the VMM is the active one; DELETE does both or nothing. */
export const C2 = fix('C2', {
  ...coupled(always),
  handlerReleases: (instance, { vmm }) => instance.vmm === vmm,
});

/** DELETE itself asks whether the VMM is the active one, and does both or nothing. */
export const C3 = fix('C3', coupled(ifActive));

/** Rows are filed under the VMM. */
export const D = fix('D', { rowId: (_instance, vmm) => vmm });

/** Counters stop at 0. */
export const E = fix('E', { subtract: (counter, amount) => Math.max(0, counter - amount) });

/** CHECK (counter >= 0): the statement aborts. */
export const E2 = fix('E2', { refused: (counter) => counter < 0 });

/** The generation test guards the counters and not the row. */
export const F = fix('F', { rowGoes: always, countersGo: ifOlder });

/** Both arms where there is a row, whatever its generation. */
export const G = fix('G', coupled(always));

/** F1 with ≤. */
export const H = fix(
  'H',
  coupled((instance, { max }) => instance.gen <= max),
);

/** F1 with a margin of one more. */
export const I = fix(
  'I',
  coupled((instance, { max }) => instance.gen + 1 < max),
);

/** The reply to "unregister" waits until the monitor has ended. */
export const K = fix('K', { replyAwaitsMonitor: () => true });

/** F1, and a VMM's end raises the sled's generation by 3. */
export const M = fix('M', { ...coupled(ifOlder), endBump: () => 3 });

/** F1, and a VMM's end raises the sled's generation by 1. */
export const M1 = fix('M1', { ...coupled(ifOlder), endBump: () => 1 });

/** The undo tests no generation, everyone else does. */
const unlessUndo: Rules['rowGoes'] = (instance, release) =>
  release.by === 'unwind' || ifOlder(instance, release);

/** F1, but the saga's undo releases whatever the generation. */
export const U = fix('U', coupled(unlessUndo));

// Of our own, since no combination of the above closes what F1 leaves open.

/** An instance is not started while an earlier start of it is under way: the saga that undoes is alone. */
const oneStart: Partial<Rules> = { startsOverlap: () => false };

/** U, one start at a time. Either half alone is not enough. */
export const UOne = fix('U+one start', { ...coupled(unlessUndo), ...oneStart });

/** F1, one start at a time. */
export const F1One = fix('F1+one start', { ...coupled(ifOlder), ...oneStart });
