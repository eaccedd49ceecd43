import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { calls } from '../../model/calls';
import { NoAnswer, type Place } from '../../model/fault';
import { EXIT } from '../exitCode';
import type { Interruption } from '../interruption';
import { ANSWER, HOOK, WORD, type Given, type Hook, type Said } from './signs';

/** How long the other thread may take to let go of this one, for which Node would wait. */
const LETTING_GO_MS = 50;

/** A call that is about to be stopped. */
interface Seized {
  readonly number: number;
  readonly place: Place;
  readonly cause: unknown;
}

/**
 * Has another thread look on: it reaches this one as a debugger does, wherever that is. Starting it takes a tenth of a
 * second of processor time.
 */
export class WatchThread {
  private readonly worker: Worker;
  private seized: Seized | undefined;

  constructor(
    private readonly given: Given,
    private readonly interruption: Interruption,
    /** Told of a function that was stopped, and all that it was called by. */
    private readonly onStopped: (fault: NoAnswer) => void,
  ) {
    (globalThis as { [hook: symbol]: Hook })[Symbol.for(HOOK)] = this.hook;
    this.worker = new Worker(join(__dirname, 'watcher.js'), { workerData: given, execArgv: [] });
    // Where it can't be had, functions that don't come back are waited for.
    this.worker.on('message', (said: Said) => this.hear(said)).on('error', () => {});
    this.worker.unref();
  }

  /** Whether the process is to live on for it: of work that was stopped nothing else is left that keeps it alive. */
  keepAlive(needed: boolean): void {
    if (needed) this.worker.ref();
    else this.worker.unref();
  }

  private hear(said: Said): void {
    if (said.kind === 'asked') this.interruption.request('SIGINT');
    else if (said.kind === 'insisted') setTimeout(() => process.exit(EXIT.interrupted), LETTING_GO_MS);
    else this.stopped(said);
  }

  private stopped({ number, seconds }: Extract<Said, { kind: 'stopped' }>): void {
    const { seized } = this;
    this.seized = undefined;
    const known = seized?.number === number ? seized : undefined;
    const place = known?.place ?? calls.place;
    if (place === undefined) return;
    calls.forget();
    this.onStopped(new NoAnswer(place, seconds, known?.cause));
  }

  private readonly hook: Hook = {
    seize: (number) => {
      const { words } = this.given;
      const place = calls.seize(number);
      if (place) this.seized = { number, place, cause: whereabouts() };
      Atomics.store(words, WORD.ANSWER, place ? ANSWER.SEIZED : ANSWER.GONE);
      Atomics.notify(words, WORD.ANSWER);
    },
    unburden: () => {
      this.interruption.rest();
      setImmediate(() => this.interruption.resume());
    },
  };
}

/** Something with a stack that tells where this thread is. */
function whereabouts(): unknown {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 200;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return { name: 'Error', message: 'stopped', stack };
}
