import { Script } from 'node:vm';

/** Under which symbol's text a script finds what it is to call: it has no scope of ours. */
const SLOT = 'everystate.slice';
interface Realm {
  [slot: symbol]: (() => void) | undefined;
}
const realm = new Script('globalThis').runInThisContext() as Realm;
const script = new Script(`globalThis[Symbol.for('${SLOT}')]()`);

/** What Node does between two callbacks: goes on with all that waits for nothing but its turn. It has no public name. */
const settle = (process as { _tickCallback?: () => void })._tickCallback;

/** Whether this runtime can do slices. */
export function canSlice(): boolean {
  return typeof settle === 'function';
}

/**
 * Does something, and all that follows from it until that waits for an event; false where it was stopped in the midst of
 * that, after so many milliseconds. Then nothing that this thread has in memory is what it seems to be. A thread of the
 * system's looks at the clock meanwhile: it takes a ten-thousandth of a second, where one of Node's takes a tenth.
 */
export function slice(work: () => void, milliseconds: number): boolean {
  realm[Symbol.for(SLOT)] = () => {
    work();
    settle?.();
  };
  try {
    script.runInThisContext({ timeout: milliseconds, displayErrors: false });
    return true;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw new Error('stopped');
  }
}

/**
 * Does something in a turn of its own, after a slice was stopped. Node keeps a stack of the callbacks that
 * are under way, and ends the process where it finds there those that were stopped, unless something was thrown and
 * somebody took it.
 */
export function abandon(then: () => void): void {
  try {
    process.setUncaughtExceptionCaptureCallback(null);
    process.setUncaughtExceptionCaptureCallback(() => {
      process.setUncaughtExceptionCaptureCallback(null);
      setImmediate(then);
    });
  } catch {
    // Somebody uses domains. Most of the time there is nothing on that stack.
    setImmediate(then);
    return;
  }
  throw new Error('stopped');
}
