import { attendBy, type Attendant } from '../../model/attended';
import { calls } from '../../model/calls';
import type { NoAnswer } from '../../model/fault';
import type { Interruption } from '../interruption';
import { WORD, WORDS, type Given } from './signs';
import { abandon, canSlice, slice } from './slice';

/** Milliseconds of processor time from which on the price of a thread is small. */
const LONG = 2_000;

/** What a watch is made of. */
export interface Means {
  /** Whether there has to be a thread from the first moment. */
  readonly closely: boolean;
  /** The process that began what this one does all over again: it listens as well, and is not to be outlived. */
  readonly parent: number | undefined;
  /** Milliseconds of processor time that this process has taken. */
  spent(): number;
  /** Has a thread look on. */
  thread(given: Given, onStopped: (fault: NoAnswer) => void): { keepAlive(needed: boolean): void };
  /** Has another process do again what this one was to do, with a thread from the first moment. */
  again(): void;
}

/**
 * Looks on while functions of a spec are called. One of them may not come back, and nothing that is done in this thread
 * could then end it, or hear a signal; only another thread can, and to start one takes a short run a quarter of its
 * time. So at first what is attended is done in slices, from one turn of the event loop to the next, which the
 * system's clock ends where they stand for too long. What that means (a function that doesn't come back, a slow one, a
 * machine that stood still) nobody knows: nothing is concluded from it, and all is done again, in another process, which has
 * a thread from the first moment.
 */
export class Watch implements Attendant {
  private readonly given: Given;
  private thread: ReturnType<Means['thread']> | undefined;
  private careful: boolean;
  /** How long a slice may stand. */
  private standing = 0;
  /** Turns that attended work waits for. */
  private turns = 0;
  /** Hands on what attended work has come to, when its last slice is over: that is no part of it. */
  private settled: (() => void) | undefined;
  /** Ends the work that is attended. */
  private reject: ((fault: NoAnswer) => void) | undefined;

  constructor(
    interruption: Interruption,
    /** Told of a function that was stopped in work that nobody attended: nothing goes on from there. */
    private readonly onLost: (fault: NoAnswer) => void,
    private readonly means: Means,
  ) {
    const words = new Int32Array(new SharedArrayBuffer(4 * WORDS));
    const deadline = new Float64Array(new SharedArrayBuffer(8)).fill(Infinity);
    this.given = { words, deadline, parent: means.parent };
    this.careful = means.closely || !canSlice();
    interruption.signal.addEventListener('abort', () => Atomics.store(words, WORD.ASKED, 1));
    calls.showIn(words.subarray(WORD.CALL, WORD.CALL + 1));
    if (this.careful) this.startThread();
    attendBy(this);
  }

  /** What is done from now on should have come to an end after so many seconds. */
  within(seconds: number): void {
    this.given.deadline[0] = performance.timeOrigin + performance.now() + seconds * 1000;
  }

  attend<T>(work: () => T | Promise<T>, standing: number): Promise<T> {
    this.standing = standing;
    this.thread?.keepAlive(true);
    return new Promise<T>((resolve, reject) => {
      this.reject = (fault) => {
        this.end();
        reject(fault);
      };
      // In a turn of its own: if it is stopped, this one's caller is not. And from a promise, not from the callback,
      // around which Node keeps a stack of its own.
      void this.turn()
        .then(work)
        .then(
          (value) => this.settle(() => resolve(value)),
          (error: unknown) => this.settle(() => reject(error as Error)),
        );
    });
  }

  turn(): Promise<void> {
    this.turns++;
    return new Promise((resolve) =>
      setImmediate(() => {
        this.turns--;
        this.goOn(resolve);
      }),
    );
  }

  beCareful(): void {
    this.careful = true;
  }

  private goOn(resume: () => void): void {
    if (this.careful || this.means.spent() >= LONG) this.startThread();
    if (this.thread) return resume();
    if (!slice(resume, this.standing)) return abandon(() => this.means.again());
    const { settled } = this;
    this.settled = undefined;
    if (settled) settled();
    // It waits for something that may come when it wants, and goes on then outside of any slice.
    else if (this.turns === 0) this.startThread();
  }

  private settle(hand: () => void): void {
    const ended = () => {
      this.end();
      hand();
    };
    if (this.thread) ended();
    else this.settled = ended;
  }

  private end(): void {
    this.reject = undefined;
    this.thread?.keepAlive(false);
  }

  private startThread(): void {
    if (this.thread) return;
    this.thread = this.means.thread(this.given, (fault) => (this.reject ?? this.onLost)(fault));
    this.thread.keepAlive(this.reject !== undefined);
  }
}
