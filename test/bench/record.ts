import type { Answer } from '../../bench/contestant';
import type { BenchRecord, Contestant, RaceRecord, Run } from '../../bench/record';

/** A run of `processor` seconds; by the clock twice as long, the process a tenth of a second more. */
export function run(distinct: number, processor: number, answer?: Partial<Answer>): Run {
  return {
    distinct,
    search: { processor, elapsed: 2 * processor },
    process: { processor: processor + 0.1, elapsed: 2 * processor + 0.1, resident: 64 * 2 ** 20 },
    ...(answer && { answer: answer as Answer }),
  };
}

export function contestant(name: string, runs: readonly Run[], failure?: string): Contestant {
  return {
    name,
    informative: name === 'spin, partial order',
    runs,
    ...(failure !== undefined && { failure }),
  };
}

export function raceRecord(title: string, distinct: number | null, ...contestants: Contestant[]): RaceRecord {
  return { title, distinct, omitted: [], contestants };
}

export function benchRecord(races: readonly RaceRecord[], rest: Partial<BenchRecord> = {}): BenchRecord {
  return {
    date: '2001-02-03',
    machine: { processor: 'Abacus', cores: 2, memoryGB: 8, system: 'linux x64', load: [0.1, 1.05] },
    versions: { everystate: '0.1.0, commit 1a2b3c4', node: '20.0.0', spin: '6.5.2' },
    rounds: 3,
    missing: {},
    races,
    examples: [],
    startUp: [],
    ...rest,
  };
}
