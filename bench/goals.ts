/** What the engine is meant to reach in the race, and whether it did. */
import { AT_ONCE, LEARNED, PLAIN, TOGETHER } from './contestants';
import { median } from './median';
import { contestantOf, distinctOf, processSeconds, rate, ratio } from './ratios';
import type { BenchRecord, ExampleRecord, RaceRecord } from './record';

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  /** Null where it wasn't measured. */
  readonly reached: boolean | null;
}

/** States from which on a race of searches is one: below, ours is over before its code has been compiled. */
const LEAST = 10_000;
const MILLION = 1_000_000;
/** A process of a tenth of a second differs by as much from one run to the next. */
const NOISE = 1.1;
const START_UP_SECONDS = 0.5;
const NOT_MEASURED = 'not measured';

export function goals({ races, examples, startUp }: BenchRecord): Goal[] {
  const race = (title: string) => races.find((race) => race.title === title);
  const eight = race('two-phase commit, RMS=8');
  const nine = race('two-phase commit, RMS=9');
  const paxos = race('paxos, BALLOTS=2');
  const atMillion = rate(eight, LEARNED);
  const atTenMillion = rate(nine, LEARNED);
  const answer = contestantOf(paxos, LEARNED)?.runs.at(-1)?.answer;
  const audits = answer?.audits ?? 0;
  const calls = answer?.calls ?? null;
  const learning = calls === null ? null : calls - audits;
  const atStart = startUp.length === 0 ? null : median(startUp.map(({ elapsed }) => elapsed));
  return [
    atLeast('two-phase commit, RMS=8: a third of the speed of C by hand', ratio(eight, 'C by hand'), 1 / 3),
    ...['spin, breadth first', 'spin, depth first', 'rumur'].map((peer) => fasterThan(peer, races)),
    {
      goal: 'paxos, BALLOTS=2: under 1,000 calls of user code to learn it',
      measured:
        learning === null ? NOT_MEASURED : `${learning}, and ${audits} more to audit what was learned`,
      reached: learning === null ? null : learning < 1_000,
    },
    audited(races),
    faster(races),
    besidePlain('paxos, BALLOTS=2: 100 times as fast as the plain loop', paxos, 100),
    besidePlain(
      'eight puzzle, which learning can not help with: nine tenths of the speed of the plain loop',
      race('eight puzzle'),
      0.9,
    ),
    atLeast(
      'rate at 10 million states (two-phase commit, RMS=9) to that at 1.7 million (RMS=8)',
      atMillion !== null && atTenMillion !== null ? atTenMillion / atMillion : null,
      0.7,
    ),
    noneSlower(examples),
    {
      goal: `everystate check examples/die-hard: under ${START_UP_SECONDS} s by the clock`,
      measured: atStart === null ? NOT_MEASURED : `${atStart.toFixed(2)} s`,
      reached: atStart === null ? null : atStart < START_UP_SECONDS,
    },
  ];
}

function atLeast(goal: string, value: number | null, wanted: number): Goal {
  return value === null
    ? { goal, measured: NOT_MEASURED, reached: null }
    : { goal, measured: shownRatio(value), reached: value >= wanted };
}

/** By the clock, which is what the user of either waits for; the processor's time beside it. */
function besidePlain(goal: string, race: RaceRecord | undefined, wanted: number): Goal {
  const byClock = ratio(race, PLAIN, 'elapsed');
  const byProcessor = ratio(race, PLAIN);
  if (byClock === null || byProcessor === null) return { goal, measured: NOT_MEASURED, reached: null };
  return {
    goal,
    measured: `${shownRatio(byClock)} by the clock, ${shownRatio(byProcessor)} by processor time`,
    reached: byClock >= wanted,
  };
}

/** At most three digits that mean something. */
export function shownRatio(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function fasterThan(peer: string, races: readonly RaceRecord[]): Goal {
  const goal = `every model: faster than ${peer}`;
  const large = races.filter((race) => (distinctOf(race) ?? 0) >= LEAST);
  const ratios = large.flatMap((race) => {
    const value = ratio(race, peer);
    return value === null ? [] : [{ title: race.title, value }];
  });
  if (ratios.length === 0) return { goal, measured: NOT_MEASURED, reached: null };
  const slower = ratios.filter(({ value }) => value < 1);
  const [least] = [...ratios].sort((a, b) => a.value - b.value);
  return {
    goal,
    measured:
      slower.length > 0
        ? `slower on ${slower.map(({ title, value }) => `${title} (${shownRatio(value)})`).join('; ')}`
        : `on all ${ratios.length}, by at least ${shownRatio(least?.value ?? NaN)} (${least?.title})`,
    reached: slower.length === 0,
  };
}

/** Audits may take a few hundredths of a second in any run, however short. */
function audited(races: readonly RaceRecord[]): Goal {
  const shares = races.flatMap((race) => {
    const runs = contestantOf(race, LEARNED)?.runs ?? [];
    const share = median(runs.flatMap(({ answer }) => answer?.auditShare ?? []));
    const seconds = median(runs.flatMap(({ search }) => search?.elapsed ?? []));
    return seconds > 1 && !Number.isNaN(share) ? [{ title: race.title, share }] : [];
  });
  const goal = 'audits: under 3 % of the time, where that is over a second';
  if (shares.length === 0) return { goal, measured: NOT_MEASURED, reached: null };
  return {
    goal,
    measured: shares.map(({ title, share }) => `${(share * 100).toFixed(1)} % (${title})`).join('; '),
    reached: shares.every(({ share }) => share < 0.03),
  };
}

/**
 * By the clock: two threads take no less of the processors. No two threads can gain more than the machine gives two
 * searches that share nothing, done at once.
 */
function faster(races: readonly RaceRecord[]): Goal {
  const goal = 'two workers: 1.6 times as fast as one, by the clock, above a million states';
  const gains = races.flatMap((race) => {
    const taken = ratio(race, TOGETHER, 'elapsed');
    const atOnce = ratio(race, AT_ONCE, 'elapsed');
    return taken === null || (distinctOf(race) ?? 0) < MILLION
      ? []
      : [{ title: race.title, gain: 1 / taken, most: atOnce === null ? null : 2 / atOnce }];
  });
  if (gains.length === 0) return { goal, measured: NOT_MEASURED, reached: null };
  return {
    goal,
    measured: gains
      .map(
        ({ title, gain, most }) =>
          `${shownRatio(gain)}${most === null ? '' : ` of ${shownRatio(most)}`} (${title})`,
      )
      .join('; '),
    reached: gains.every(({ gain }) => gain >= 1.6),
  };
}

/** Of the whole process: the search of a small example takes less than the differences between two starts. */
function noneSlower(examples: readonly ExampleRecord[]): Goal {
  const goal = 'no small example slower than the plain loop, the whole process';
  const measured = examples.flatMap(({ title, learned, plain }) => {
    const own = processSeconds(learned);
    const its = processSeconds(plain);
    return own === null || its === null ? [] : [{ title, factor: own / its }];
  });
  if (measured.length === 0) return { goal, measured: NOT_MEASURED, reached: null };
  const slower = measured.filter(({ factor }) => factor > NOISE);
  return {
    goal,
    measured:
      slower.length > 0
        ? `slower on ${slower.map(({ title, factor }) => `${title} (by ${shownRatio((factor - 1) * 100)} %)`).join('; ')}`
        : `on none of ${measured.length} by more than a tenth`,
    reached: slower.length === 0,
  };
}
