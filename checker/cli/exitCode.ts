import type { Verdict } from '../result';

/** What the process ends with. Only 0 is green: a search that was not finished is none. */
export const EXIT = {
  holds: 0,
  violated: 1,
  /** The command line makes no sense, or the spec can't be loaded. */
  usage: 2,
  incomplete: 3,
  broken: 4,
  /** A defect of the checker itself. */
  internal: 70,
  /** Ctrl-C came twice. */
  interrupted: 130,
} as const satisfies { [V in Verdict]: number } & { [other: string]: number };
