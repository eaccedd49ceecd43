import type { Place } from './fault';
import { forgetRuns } from './underWay';

/** Long enough for whoever stops a call to do it. */
const HELD_MS = 5_000;
const MOST = 2 ** 31 - 1;

/**
 * The calls of the user's functions that are under way. There is one for all searches: calls are made one at a time. Kept
 * for whoever looks on from another thread, since nothing in this one can end a call that doesn't come back. Such a call
 * is stopped without a word: nothing that would have been done after it is done, `finally` included.
 */
class Calls {
  /** What is being called; undefined where the engine is at work. */
  place: Place | undefined;
  /** Its only word is the number of the call under way; 0 for none. */
  private numbers: Int32Array = new Int32Array(1);
  /** How many calls have been made. Counts from the beginning again where it would leave its word. */
  made = 0;
  /** After how many of them there is something to do beside the next one. */
  private last = MOST;
  private then: (() => void) | undefined;
  private stopping = false;

  /** Calls the user's code. */
  during<T>(place: Place, body: () => T): T {
    const outer = this.place;
    const number = this.enter(place);
    try {
      return body();
    } finally {
      this.leave(outer, number);
    }
  }

  /** The same for what takes several turns. */
  async throughout<T>(place: Place, body: () => Promise<T>): Promise<T> {
    const outer = this.place;
    const number = this.enter(place);
    try {
      return await body();
    } finally {
      this.leave(outer, number);
    }
  }

  /** From now on another thread can see in `numbers` which call is under way. */
  showIn(numbers: Int32Array): void {
    this.numbers = numbers;
  }

  /** Does something when the call of such a number is made, or now if it has been. */
  at(number: number, then: () => void): void {
    if (number <= this.made) return then();
    this.last = number - 1;
    this.then = then;
  }

  /**
   * What is being called, if it still is the call with a number. It doesn't come back any more then: whoever asks must stop
   * this thread.
   */
  seize(number: number): Place | undefined {
    if (this.numbers[0] !== number) return undefined;
    this.stopping = true;
    return this.place;
  }

  /** What was under way has been stopped: nothing is. */
  forget(): void {
    this.place = undefined;
    this.numbers[0] = 0;
    this.stopping = false;
    forgetRuns();
  }

  private enter(place: Place): number {
    const { numbers } = this;
    const outer = numbers[0] as number;
    this.place = place;
    numbers[0] = this.made = this.made === this.last ? this.afterLast() : this.made + 1;
    return outer;
  }

  private afterLast(): number {
    this.then?.();
    this.then = undefined;
    this.last = MOST;
    return this.made === MOST ? 1 : this.made + 1;
  }

  private leave(place: Place | undefined, number: number): void {
    if (this.stopping) this.hold();
    this.place = place;
    this.numbers[0] = number;
  }

  /** The engine must not go on from here: what comes to stop the call would stop it in the midst of its tables. */
  private hold(): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_MS);
    this.stopping = false;
  }
}

export const calls = new Calls();
