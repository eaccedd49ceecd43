/** What a race is recorded as: the JSON that it writes, and what its tables are made from. */
import type { Answer } from './contestant';

/** What a whole process took, in seconds and bytes. */
export interface Usage {
  readonly elapsed: number;
  /** In user and system mode, all threads. */
  readonly processor: number;
  /** Resident, at most. */
  readonly resident: number;
}

/** One run that came to an end and to the right count. Times in seconds. */
export interface Run {
  readonly distinct: number;
  readonly search: { readonly elapsed: number; readonly processor: number };
  /** Absent where there is no gcc to compile measure.c with. */
  readonly process?: Usage;
  /** Only of ours. */
  readonly answer?: Answer;
}

export interface Contestant {
  readonly name: string;
  /** Raced for information: it need not come to the same count. */
  readonly informative: boolean;
  readonly runs: readonly Run[];
  /** Why there are no runs, or none but these. */
  readonly failure?: string;
}

export interface RaceRecord {
  readonly title: string;
  /** The count that is known from elsewhere; null where ours are alone and need only agree. */
  readonly distinct: number | null;
  /** Those left out since one run would take minutes. */
  readonly omitted: readonly string[];
  /** Ours first. */
  readonly contestants: readonly Contestant[];
}

/** A small example, by both of our searches. */
export interface ExampleRecord {
  readonly title: string;
  readonly distinct: number;
  readonly learned: readonly Run[];
  readonly plain: readonly Run[];
}

export interface BenchRecord {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryGB: number;
    readonly system: string;
    /** Load average of the last minute, before the first run and after the last. */
    readonly load: readonly [before: number, after: number];
  };
  /** Program → version. */
  readonly versions: { readonly [program: string]: string };
  readonly rounds: number;
  /** Peers that were left out, each with the programs it lacks. */
  readonly missing: { readonly [peer: string]: readonly string[] };
  readonly races: readonly RaceRecord[];
  readonly examples: readonly ExampleRecord[];
  /** `everystate check examples/die-hard`, the whole command. */
  readonly startUp: readonly Usage[];
}
