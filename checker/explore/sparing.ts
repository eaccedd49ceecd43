import type { State } from '../model/model';

/** States looked at before it is decided. */
const LOOKS = 8;
/** Taking states apart costs what is called in every state about half as much again. */
const OVERHEAD = 0.5;

/** A function of the spec's, called as the plain search would call it about a state. */
export interface Called {
  /** Whether it is called in every state, and not learned. */
  readonly direct: boolean;
  readonly call: (state: State) => void;
}

/** What learning spares, held against what is called all the same: all of it is done plainly in some states, and timed. */
export class Sparing {
  /** The most functions that were called in every state so far: those that are learned again say nothing new. */
  private calling = 0;
  private looks = 0;
  private spared = 0;
  private called = 0;

  constructor(private readonly now: () => number) {}

  /**
   * Whether learning has spared too little in the states looked at since one more function was given up; `state` is the
   * next. At once where all functions are called.
   */
  tooLittle(state: () => State, functions: readonly Called[]): boolean {
    const calling = functions.filter(({ direct }) => direct).length;
    if (calling === functions.length) return true; // there is nothing left to spare
    if (calling > this.calling) {
      this.calling = calling;
      this.looks = this.spared = this.called = 0;
    }
    if (this.looks === LOOKS) return false;
    this.lookAt(state(), functions);
    return this.looks === LOOKS && this.spared <= this.called * OVERHEAD;
  }

  private lookAt(state: State, functions: readonly Called[]): void {
    this.looks++;
    for (const { direct, call } of functions) {
      call(state); // what it reads is put together first
      const start = this.now();
      call(state);
      const took = this.now() - start;
      if (direct) this.called += took;
      else this.spared += took;
    }
  }
}
