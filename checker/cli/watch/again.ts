import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { calls } from '../../model/calls';
import { EXIT } from '../exitCode';
import { ENDING_SIGNALS, type EndingSignal, type Interruption } from '../interruption';
import { AGAIN_VARIABLE, type Again, type Start } from '../start';

/**
 * Does again what this process was to do, in another one, and hands on what it is told and how that ends. What this one
 * has in memory can't be relied on any more.
 */
export function doAgain(start: Start, interruption: Interruption): void {
  const { made } = calls;
  // Signals that nobody could hear meanwhile are heard in a turn of the event loop.
  setImmediate(() => setImmediate(() => run(start, interruption, made)));
}

function run(start: Start, interruption: Interruption, made: number): void {
  const asked = interruption.signal.aborted;
  const again: Again = { made, asked };
  const child = spawn(process.execPath, start.command, {
    cwd: start.directory,
    env: { ...start.environment, [AGAIN_VARIABLE]: JSON.stringify(again) },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let listening = false;
  let unheard: EndingSignal | undefined;
  const handOn = (signal: EndingSignal) => {
    if (listening) child.kill(signal);
    else unheard ??= signal;
  };
  child.on('message', () => {
    listening = true;
    if (unheard) child.kill(unheard);
  });
  child.on('error', ({ message }) => {
    process.stderr.write(
      `everystate: a function of the spec has stood for long, and the command can't be run again to see which: ${message}\n`,
    );
    process.exit(EXIT.internal);
  });
  child.on('exit', (code, signal) => {
    for (const name of ENDING_SIGNALS) process.off(name, handOn);
    if (signal === null) process.exit(code ?? EXIT.internal);
    // A terminal tells all of its processes, and this one was not ready for that.
    if (!listening && !asked && interruption.signal.aborted) run(start, interruption, made);
    else dieBy(signal);
  });
  // A second request to end is for this process: it listens all the time.
  process.on('exit', () => child.kill('SIGKILL'));
  // Where there are no signals, a console tells all of its processes.
  if (process.platform !== 'win32') for (const name of ENDING_SIGNALS) process.on(name, handOn);
}

/** Ends this process as another one was ended. */
function dieBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(128 + constants.signals[signal]), 1_000);
}
