import { LEARNED, PLAIN, TOGETHER } from './contestants';
import { goals, shownRatio } from './goals';
import { markdownTable } from './markdown';
import {
  contestantOf,
  distinctOf,
  processSeconds,
  rate,
  ratio,
  resident,
  seconds,
  type Clock,
} from './ratios';
import type { BenchRecord, Contestant, RaceRecord } from './record';

const MISSING = '–';
const OTHERS = ['spin, breadth first', 'spin, depth first', 'rumur', 'C by hand', PLAIN];

/** The tables of a record, as Markdown. */
export function report(record: BenchRecord): string {
  return [
    ratios(record),
    conditions(record),
    '## Goals',
    markdownTable(
      ['goal', 'measured', 'reached'],
      goals(record).map(({ goal, measured, reached }) => [
        goal,
        measured,
        reached === null ? '?' : reached ? 'yes' : 'no',
      ]),
      3,
    ),
    ...runs(record),
    ...small(record),
  ].join('\n\n');
}

function ratios({ races }: BenchRecord): string {
  const columns = OTHERS.filter((name) => races.some((race) => contestantOf(race, name)));
  const table = (clock: Clock) =>
    markdownTable(
      ['model', 'states', ...columns],
      races.map((race) => [
        race.title,
        count(distinctOf(race)),
        ...columns.map((name) => cell(ratio(race, name, clock), shownRatio)),
      ]),
    );
  return [
    '## Ratios',
    'How many times as fast ours, on one thread, is as each of the others: their processor time of the search over ours.',
    table('processor'),
    'The same by the clock:',
    table('elapsed'),
  ].join('\n\n');
}

function conditions({ machine, versions, missing, races, rounds, date }: BenchRecord): string {
  const [before, after] = machine.load;
  const { everystate, ...tools } = versions;
  const toolText = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  const wanted = [...new Set(Object.values(missing).map((programs) => programs.join(' and ')))];
  const lacks = wanted.map((programs) => {
    const peers = Object.keys(missing).filter((peer) => missing[peer]?.join(' and ') === programs);
    return `- Not raced for want of ${programs}: ${peers.join('; ')}.`;
  });
  return [
    `- ${date}, everystate ${everystate ?? 'of unknown version'}; ${toolText.join(', ')}.`,
    `- ${machine.processor}, ${machine.cores} cores, ${machine.memoryGB} GB, ${machine.system}; load average ${before.toFixed(1)} before and ${after.toFixed(1)} after.`,
    `- ${rounds === 1 ? 'One run each' : `Medians of ${rounds} runs each, by turns; what takes over 15 s, and spin with its partial order, ran once`}.`,
    ...lacks,
    ...omissions(races),
  ].join('\n');
}

function omissions(races: readonly RaceRecord[]): string[] {
  const names = [...new Set(races.flatMap(({ omitted }) => omitted))];
  return names.map((name) => {
    const titles = races.filter(({ omitted }) => omitted.includes(name)).map(({ title }) => title);
    return `- ${name} is left out where a run would take minutes (\`--all\` races it there too): ${titles.join('; ')}.`;
  });
}

function runs({ races }: BenchRecord): string[] {
  const row = (race: RaceRecord, contestant: Contestant): string[] => {
    const { name, runs } = contestant;
    const answer = runs.at(-1)?.answer;
    const bytes = resident(contestant);
    const distinct = distinctOf(race);
    return [
      race.title,
      name,
      count(runs[0]?.distinct ?? null),
      cell(seconds(contestant), (s) => s.toFixed(2)),
      cell(seconds(contestant, 'elapsed'), (s) => s.toFixed(2)),
      cell(processSeconds(runs), (s) => s.toFixed(2)),
      cell(rate(race, name), (r) => count(Math.round(r / 1000))),
      cell(bytes, (b) => count(Math.round(b / 2 ** 20))),
      cell(bytes !== null && distinct !== null ? bytes / distinct : null, (b) => b.toFixed(0)),
      ...(name === LEARNED || name === TOGETHER
        ? [
            count(answer?.calls ?? null),
            count(answer?.audits ?? null),
            cell(answer?.auditShare ?? null, (share) => (share * 100).toFixed(1)),
          ]
        : []),
    ];
  };
  const failures = races.flatMap(({ title, contestants }) =>
    contestants.flatMap(({ name, failure }) =>
      failure === undefined ? [] : [`- ${title}, ${name}: ${failure.split('\n')[0]}.`],
    ),
  );
  return [
    '## Runs',
    'Seconds of the search (processor, clock) and of the whole process (processor); thousands of distinct states a second of processor time; resident megabytes of the process at most, and bytes a state; calls of user code, how many of them were audits, and what share of the time by the clock those took, in per cent.',
    markdownTable(
      [
        'model',
        'by',
        'states',
        'search',
        'clock',
        'process',
        'k states/s',
        'MB',
        'bytes',
        'calls',
        'audits',
        '%',
      ],
      races.flatMap((race) => race.contestants.map((contestant) => row(race, contestant))),
      2,
    ),
    ...(failures.length > 0 ? [failures.join('\n')] : []),
  ];
}

function small({ examples }: BenchRecord): string[] {
  if (examples.length === 0) return [];
  const ms = (s: number) => (s * 1000).toFixed(0);
  const search = (runs: Contestant['runs']) => seconds({ name: '', informative: false, runs });
  return [
    '## Small examples',
    'Milliseconds of processor time, ours and by the plain loop: the search, and the whole process.',
    markdownTable(
      ['example', 'states', 'search', 'plain search', 'process', 'plain process'],
      examples.map(({ title, distinct, learned, plain }) => [
        title,
        count(distinct),
        cell(search(learned), ms),
        cell(search(plain), ms),
        cell(processSeconds(learned), ms),
        cell(processSeconds(plain), ms),
      ]),
    ),
  ];
}

function cell(value: number | null, text: (value: number) => string): string {
  return value === null ? MISSING : text(value);
}

function count(value: number | null): string {
  return value === null ? MISSING : value.toLocaleString('en-US');
}
