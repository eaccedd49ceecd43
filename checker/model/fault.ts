import type { Parameters } from '../../spec/index';
import type { State } from './model';
import type { PropertyKindName } from './propertyKinds';

/** Which of the user's functions was at fault. */
export type Part =
  | 'declarations'
  | 'init'
  | 'range'
  | 'guard'
  | 'effect'
  | 'says'
  | 'observed'
  | PropertyKindName
  | 'constraint'
  | 'final';

/** Where in the spec: the function, and what it was called with. */
export interface Place {
  readonly part: Part;
  /** The action's or property's name; empty for declarations, init, constraint and final. */
  readonly name: string;
  readonly parameters?: Parameters;
}

/** What went wrong, in the order a reader asks. */
export interface FaultDetails {
  readonly place: Place;
  /** One clause: `it threw TypeError: …`, `it gave variable 'n' NaN`. */
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;
  /** The error the user's code threw, if it did; its stack points into the spec. */
  readonly cause?: unknown;
  /** The state it was called in; absent for init. */
  readonly state?: State;
}

/** Thrown inside the engine where the user's code is at fault; becomes the result *broken*, never a rejection. */
export class Fault extends Error {
  readonly details: FaultDetails;

  constructor(details: FaultDetails) {
    super(details.what);
    this.details = details;
  }
}

/** The fault of a function that had not come back, and was stopped. Whatever was to be done after the call has not been. */
export class NoAnswer extends Fault {
  /** `cause` has a stack that says where the function was. */
  constructor(place: Place, seconds: number, cause?: unknown) {
    super({
      place,
      what: `it has not answered for ${seconds} s`,
      advice: 'let its loops and recursions end in every state; if it is only slow, give the run more time',
      ...(cause !== undefined && { cause }),
    });
  }
}
