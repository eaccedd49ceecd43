// A thread that looks on while the main one calls functions of a spec, and waits for Ctrl-C. Where an end is asked for, by
// Ctrl-C or a limit, and a function doesn't come back, it stops that; where nothing else helps, it ends the process. It
// never lets events in: all that it needs to know stands in memory.
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { interruptible } from './interruptible';
import { ANSWER, HOOK, SAME_REQUEST_MS, WORD, type Given, type Hook, type Said } from './signs';

const { words, deadline, parent } = workerData as Given;

const TICK_MS = 100;
/** How long a call may have been under way before it is stopped. */
const PATIENCE_MS = 2_000;
/** How long before what was asked for may be done of itself. */
const GRACE_MS = 1_000;
/** After how long the main thread is taken for one that listens to no signal. */
const DEAF_MS = 300;
/** How long it may take to answer, unless it is at rest in the system or has no room for a further call. */
const ANSWER_MS = 1_000;
/** How long it may take to stop. */
const STOPPING_MS = 3_000;
/** How long to end the process of itself. */
const ENDING_MS = 700;

/** A call that was under way at two looks has been for as long as lies between them. */
interface Seen {
  readonly number: number;
  /** By `awake`. */
  readonly since: number;
  unburdened: boolean;
}

/** Milliseconds in which this thread was at work: a process that was stopped for a while, or got no processor, is not late. */
let awake = 0;
let lastTick = performance.now();
let seen: Seen | undefined;
/** Since when an end is due, by `awake`. */
let due: number | undefined;
/** When Ctrl-C, or whatever else asks for an end, was noticed. */
let asked: number | undefined;
let over = false;

function look(): void {
  if (isOrphan()) process.kill(process.pid, 'SIGKILL');
  const now = performance.now();
  awake += Math.min(now - lastTick, 2 * TICK_MS);
  lastTick = now;
  if (Atomics.load(words, WORD.ASKED) === 1) asked ??= now;
  const isDue = asked !== undefined || performance.timeOrigin + now >= (deadline[0] as number);
  due = isDue ? (due ?? awake) : undefined;
  const number = Atomics.load(words, WORD.CALL);
  if (seen?.number !== number) seen = { number, since: awake, unburdened: false };
  if (number === 0) return;
  const standing = awake - seen.since;
  if (standing >= DEAF_MS && !seen.unburdened) {
    seen.unburdened = true;
    inMain(ask('unburden()'));
  }
  if (due !== undefined && awake - due >= GRACE_MS && standing >= PATIENCE_MS)
    stop(number, Math.floor(standing / 1000));
}

function stop(number: number, seconds: number): void {
  Atomics.store(words, WORD.ANSWER, ANSWER.NONE);
  inMain(ask(`seize(${number})`));
  Atomics.wait(words, WORD.ANSWER, ANSWER.NONE, ANSWER_MS);
  if (Atomics.load(words, WORD.ANSWER) === ANSWER.GONE || hasChanged(number)) return;
  say({ kind: 'stopped', number, seconds }); // is heard when the call has been stopped
  inMain(TERMINATE);
  for (let waited = 0; waited < STOPPING_MS; waited += TICK_MS) {
    if (hasChanged(number)) return;
    pause(TICK_MS);
  }
  writeSync(
    2,
    `everystate: what is being called has not answered for ${seconds} s and can't be stopped, so that this process ends\n`,
  );
  over = true;
}

/** Whether whoever had this process started is gone, and nobody waits for what it does. */
function isOrphan(): boolean {
  return parent !== undefined && process.platform !== 'win32' && process.ppid !== parent;
}

function hasChanged(number: number): boolean {
  return Atomics.load(words, WORD.CALL) !== number;
}

/** Ctrl-C: asks for an end, and insists on it when it comes again. */
function hear(): void {
  const now = performance.now();
  if (Atomics.load(words, WORD.ASKED) === 0) {
    Atomics.store(words, WORD.ASKED, 1);
    asked = now;
    say({ kind: 'asked' });
  } else if (parent === undefined && now - (asked ??= now - SAME_REQUEST_MS) >= SAME_REQUEST_MS) {
    over = true;
    // The main thread ends the process if it can; what it is doing is stopped so that it can.
    say({ kind: 'insisted' });
    pause(TICK_MS);
    inMain(TERMINATE);
    pause(ENDING_MS);
  }
}

interface Request {
  readonly method: string;
  readonly parameters?: object;
}

const TERMINATE: Request = { method: 'Runtime.terminateExecution' };

function ask(question: `${keyof Hook}(${number | ''})`): Request {
  const expression = `globalThis[Symbol.for('${HOOK}')].${question}`;
  return { method: 'Runtime.evaluate', parameters: { expression, silent: true } };
}

/** Has something done in the midst of what the main thread does, some time soon. */
function inMain({ method, parameters }: Request): void {
  try {
    // Only where it is needed: some runtimes have none.
    const { Session } = require('node:inspector') as typeof import('node:inspector');
    session ??= new Session();
    session.connectToMainThread();
    session.post(method, parameters);
    session.disconnect();
  } catch {
    // It is not done, then.
  }
}
let session: import('node:inspector').Session | undefined;

function say(said: Said): void {
  parentPort?.postMessage(said);
}

function pause(ms: number): void {
  Atomics.wait(words, WORD.QUIET, 0, ms);
}

function watch(): void {
  while (!over) {
    pause(TICK_MS);
    look();
  }
}

/** Does something until it is done; hears each Ctrl-C that stops it. */
function listening(work: () => void): void {
  while (!over && !interruptible(work)) hear();
}

listening(() => listening(watch));

// From here on nobody listens for Ctrl-C but the system, which ends the process; unless it is dead to all but this:
process.kill(process.pid, 'SIGINT');
pause(ENDING_MS);
process.kill(process.pid, 'SIGKILL');
