import { Script } from 'node:vm';

/** Where a script finds what it is to call: it has no scope of ours. */
const SLOT = Symbol.for('everystate.interruptible');
const script = new Script(`globalThis[Symbol.for('${SLOT.description}')]()`);

/**
 * Does something that Ctrl-C stops wherever it is; false where it did. Meanwhile no listener of the process hears Ctrl-C,
 * nor does it end the process. One within the other: while the inner one is begun again, the outer one hears it.
 */
export function interruptible(work: () => void): boolean {
  (globalThis as { [SLOT]?: () => void })[SLOT] = work;
  try {
    script.runInThisContext({ breakOnSigint: true, displayErrors: false });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') return false;
    throw error;
  }
}
