import { Row } from './cells';
import { Numbers, Records } from './numbers';
import { Found, Gathered, Hit, Step, Unjudged } from './tables';

/** What a thread knows of the state it expands. */
@unmanaged
export class Context {
  /** Scratch tables, and counters by action: steps taken, and states found. */
  leaves: Records<Gathered>;
  found: Records<Found>;
  takenBy: Numbers<u64>;
  newBy: Numbers<u64>;
  foundRoom: i32;
  /** Progress: leaves gathered, steps found, the next one to take, what stopped it in the midst of a state, and where. */
  gathered: i32;
  foundCount: i32;
  foundNext: i32;
  underWay: i32;
  at: i32;
  /** What is asked of the caller. */
  instance: i32;
  step: Step;
  /** The chunk that new states go to, and how many it holds. */
  out: usize;
  outCount: i32;
  /** How many states may still be kept, put in the set of seen ones, and put on the list of those not judged. */
  left: i32;
  seenLeft: i32;
  unjudgedLeft: i32;
  /** States found outside the constraint. */
  outside: i32;
  /** Whether the state's steps have been put to the action properties. */
  stepsJudged: i32;
  /** Keeps compilers from leaving a loop out that only touches memory. */
  touched: i32;
  /** Lists for the main thread: states put off, states not judged, chunks filled; and how long they are. */
  putOff: Numbers<i32>;
  putOffCount: i32;
  putOffRoom: i32;
  unjudged: Records<Unjudged>;
  unjudgedCount: i32;
  filled: usize;
  filledCount: i32;
  /** And hits of leaves that are to be audited. */
  hits: Records<Hit>;
  hitCount: i32;

  /** Where the next new state goes. */
  @inline
  nextRow(stride: i32): Row {
    return changetype<Row>(this.out + <usize>(this.outCount * stride));
  }
}
