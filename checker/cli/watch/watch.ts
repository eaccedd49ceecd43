import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { attendBy } from '../../model/attended';
import { calls } from '../../model/calls';
import { NoAnswer, type Place } from '../../model/fault';
import { EXIT } from '../exitCode';
import type { Interruption } from '../interruption';
import { ANSWER, HOOK, WORD, WORDS, type Given, type Hook, type Said } from './signs';

/** How long the other thread may take to let go of this one, for which Node would wait. */
const LETTING_GO_MS = 50;

/** A call that is about to be stopped. */
interface Seized {
  readonly number: number;
  readonly place: Place;
  readonly cause: unknown;
}

/**
 * Has another thread look on while functions of a spec are called. One of them may not come back, and nothing that is done
 * in this thread could then end it, or hear a signal. The other one reaches this one as a debugger does.
 */
export class Watch {
  private readonly given: Given = {
    words: new Int32Array(new SharedArrayBuffer(4 * WORDS)),
    deadline: new Float64Array(new SharedArrayBuffer(8)).fill(Infinity),
  };
  private readonly worker: Worker;
  private seized: Seized | undefined;
  /** Ends the work that is attended. */
  private reject: ((fault: NoAnswer) => void) | undefined;

  constructor(
    private readonly interruption: Interruption,
    /** Told of a function that was stopped in work that nobody attended: nothing goes on from there. */
    private readonly onLost: (fault: NoAnswer) => void,
  ) {
    const { words } = this.given;
    interruption.signal.addEventListener('abort', () => Atomics.store(words, WORD.ASKED, 1));
    calls.showIn(words.subarray(WORD.CALL, WORD.CALL + 1));
    (globalThis as { [hook: symbol]: Hook })[Symbol.for(HOOK)] = this.hook;
    this.worker = new Worker(join(__dirname, 'watcher.js'), { workerData: this.given, execArgv: [] });
    // Where it can't be had, functions that don't come back are waited for.
    this.worker.on('message', (said: Said) => this.hear(said)).on('error', () => {});
    this.worker.unref();
    attendBy((work) => this.attend(work));
  }

  /** What is done from now on should have come to an end after so many seconds. */
  within(seconds: number): void {
    this.given.deadline[0] = performance.timeOrigin + performance.now() + seconds * 1000;
  }

  private async attend<T>(work: () => T | Promise<T>): Promise<T> {
    this.worker.ref(); // of work that was stopped nothing else is left that keeps the process alive
    try {
      return await new Promise<T>((resolve, reject) => {
        this.reject = reject;
        // In a turn of its own: if it is stopped, this one's caller is not. And from a promise, not from the callback,
        // around which Node keeps a stack of its own.
        void new Promise((turn) => setImmediate(turn)).then(work).then(resolve, reject);
      });
    } finally {
      this.reject = undefined;
      this.worker.unref();
    }
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
    const fault = new NoAnswer(place, seconds, known?.cause);
    if (this.reject) this.reject(fault);
    else this.onLost(fault);
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
