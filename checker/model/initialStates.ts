import type { Fault } from './fault';
import type { Row } from './evaluator';

/** States whose ids are kept side by side. */
const PAGE = 1 << 12;

/**
 * The initial states of a spec, taken from it one by one as they are asked for: there may be more than anybody waits for,
 * or no end of them. Those taken are kept, as ids alone, so that a run can be told by the number of its first state.
 */
export class InitialStates implements Iterable<Row> {
  /** How many have been taken. */
  known = 0;
  private readonly pages: Uint32Array[] = [];
  private ended = false;
  private fault: Fault | undefined;

  constructor(
    /** The next one; undefined where there is none. Throws the `Fault` of one that can't be. */
    private readonly next: (index: number) => Row | undefined,
    /** How many variables a state has. */
    private readonly width: number,
  ) {}

  /** The one with an index, from 0; undefined where there are no more. Throws `Fault`. */
  at(index: number): Row | undefined {
    while (index >= this.known && this.take());
    if (!Number.isInteger(index) || index < 0 || index >= this.known) return undefined;
    const page = this.pages[Math.floor(index / PAGE)] as Uint32Array;
    const first = (index % PAGE) * this.width;
    return Array.from(page.subarray(first, first + this.width));
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let index = 0; ; index++) {
      const row = this.at(index);
      if (row === undefined) return;
      yield row;
    }
  }

  /** The index of the first one taken that is equal to a row; -1 where there is none. */
  indexOf(row: Row): number {
    for (let index = 0; index < this.known; index++) {
      const page = this.pages[Math.floor(index / PAGE)] as Uint32Array;
      const first = (index % PAGE) * this.width;
      if (row.every((id, variable) => page[first + variable] === id)) return index;
    }
    return -1;
  }

  /** Takes one more; false where there is none. */
  private take(): boolean {
    if (this.fault) throw this.fault;
    if (this.ended) return false;
    let row: Row | undefined;
    try {
      row = this.next(this.known);
    } catch (error) {
      this.fault = error as Fault; // a generator that has thrown is at its end: asked again it would say so
      throw error;
    }
    if (row === undefined) {
      this.ended = true;
      return false;
    }
    const at = this.known % PAGE;
    if (at === 0) this.pages.push(new Uint32Array(PAGE * this.width));
    (this.pages.at(-1) as Uint32Array).set(row, at * this.width);
    this.known++;
    return true;
  }
}
