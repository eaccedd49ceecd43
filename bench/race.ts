/**
 * The race: ours against the others, on the same models, by turns, in one run. README.md says how to read what
 * comes out. Nothing is installed; a peer that isn't there is named and left out.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expected, type Expected } from '../examples/expected';
import { alternate } from './alternate';
import { optionsOf, USAGE, type Options } from './commandLine';
import { AT_ONCE, built, LEARNED, ours, PLAIN, TOGETHER, type Runner } from './contestants';
import { REACHABLE } from './eightPuzzle';
import { loadNow, machine, versions } from './machine';
import { runCommand, runOurs, specFile } from './ours';
import { missing, races, smallRaces, type Peer } from './peers';
import type { Task } from './contestant';
import type { BenchRecord, ExampleRecord, RaceRecord, Usage } from './record';
import { report } from './report';

/** States up to which a contestant is raced without --all: beyond, one run of it takes minutes. */
const MOST: { readonly [name: string]: number } = { rumur: 2_000_000, [PLAIN]: 200_000 };
/** States from which on several threads are raced too. */
const MANY = 1_000_000;
const START_UPS = 9;

/** One model and who is raced on it. */
interface Course {
  readonly title: string;
  /** The file of the spec. */
  readonly file: string;
  readonly task: Omit<Task, 'search' | 'file'>;
  /** Null where nobody else has counted. */
  readonly distinct: number | null;
  readonly plainly: boolean;
  readonly peers: readonly Peer[];
  readonly omitted: readonly string[];
}

export async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  let options: Options;
  try {
    options = optionsOf(words);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const raced = courses(options);
  const small = smallRows(options);
  if (options.from === null && raced.length + small.length === 0) {
    const titles = courses({ ...options, only: null }).map(({ title }) => `  ${title}\n`);
    process.stderr.write(`no model's title contains '${options.only}'; there are\n${titles.join('')}`);
    return 2;
  }
  const record =
    options.from === null
      ? race(options, raced, small)
      : (JSON.parse(readFileSync(options.from, 'utf8')) as BenchRecord);
  if (options.from === null) {
    const out = resolve(options.out ?? join(__dirname, 'out', `${fileName()}.json`));
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, `${JSON.stringify(record, null, 2)}\n`);
    tell(`written: ${out}`);
  }
  const text = report(record);
  if (options.results) writeFileSync(join(__dirname, 'RESULTS.md'), `${PREAMBLE}\n\n${text}\n`);
  process.stdout.write(`${text}\n`);
  return record.races.some(({ contestants }) => contestants.some(({ failure }) => failure !== undefined))
    ? 1
    : 0;
}

const PREAMBLE = `# Results

Written by \`npm run bench -- --results\`. [README.md](README.md) says what is raced and how to read it.`;

function race(options: Options, raced: readonly Course[], small: readonly Expected[]): BenchRecord {
  const load = loadNow();
  const lacking: { [peer: string]: readonly string[] } = {};
  const records = raced.map((course) => run(course, options, lacking));
  const examples = small.map((row) => runSmall(row, options));
  tell('start-up');
  const startUp = Array.from({ length: START_UPS }, runCommand).filter(
    (usage): usage is Usage => usage !== null,
  );
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(load),
    versions: versions(),
    rounds: options.rounds,
    missing: lacking,
    races: records,
    examples,
    startUp,
  };
}

function courses({ quick, all, only }: Options): Course[] {
  const known = (quick ? smallRaces : races).map(({ title, row, peers }): Course => {
    const { example, distinct = 0 } = row;
    const takesMinutes = (name: string) => !all && distinct > (MOST[name] ?? Infinity);
    return {
      title,
      file: specFile(example),
      task: taskOf(row),
      distinct,
      plainly: !takesMinutes(PLAIN),
      peers: peers.filter(({ name }) => !takesMinutes(name)),
      omitted: [PLAIN, ...peers.map(({ name }) => name)].filter(takesMinutes),
    };
  });
  const alone = quick
    ? []
    : [
        ...[{}, { BYSTANDERS: 2 }, { STARTS: 3 }].map((constants) => provisioning(constants, all)),
        eightPuzzle,
      ];
  return [...known, ...alone].filter(({ title }) => only === null || title.includes(only));
}

const eightPuzzle: Course = {
  title: 'eight puzzle',
  file: join(__dirname, 'eightPuzzle.ts'),
  task: { constants: {}, deadlock: true },
  distinct: REACHABLE,
  plainly: true,
  peers: [],
  omitted: [],
};

/** The system that the project began with, its fix that landed, as it grows. No peer has a model of it. */
function provisioning(constants: Task['constants'], all: boolean): Course {
  const values = Object.entries(constants).map(([name, value]) => `${name}=${String(value)}`);
  const plainly = all || values.length === 0;
  return {
    title: ['provisioning, F1', ...values].join(', '),
    file: specFile('provisioning'),
    task: { variant: 'F1', constants, deadlock: true },
    distinct: null,
    plainly,
    peers: [],
    omitted: plainly ? [] : [PLAIN],
  };
}

function taskOf({ spec, constants = {}, deadlock = true }: Expected): Omit<Task, 'search' | 'file'> {
  return { constants, deadlock, ...(spec.variantName !== undefined && { variant: spec.variantName }) };
}

function run(course: Course, options: Options, lacking: { [peer: string]: readonly string[] }): RaceRecord {
  const { title, file, task, distinct, plainly, peers, omitted } = course;
  tell(title);
  const runners: Runner[] = [
    ours(LEARNED, file, task),
    ...(distinct === null || distinct >= MANY ? [ours(TOGETHER, file, task), ours(AT_ONCE, file, task)] : []),
    ...(plainly ? [ours(PLAIN, file, task)] : []),
  ];
  try {
    for (const peer of peers) {
      const programs = missing(peer);
      if (programs.length === 0) runners.push(built(peer));
      else if (!lacking[peer.name]) {
        lacking[peer.name] = programs;
        tell(`  ${peer.name} is left out: no ${programs.join(' and no ')} on the PATH`);
      }
    }
    return {
      title,
      distinct,
      omitted,
      contestants: alternate(runners, { ...options, distinct }, (line) => tell(`  ${line}`)),
    };
  } finally {
    for (const { dispose } of runners) dispose();
  }
}

function smallRows({ quick, only }: Options): Expected[] {
  return expected.filter(
    (row) =>
      row.size === 'small' &&
      (!quick || (row.distinct ?? Infinity) < 300) &&
      (only === null || titleOf(row).includes(only)),
  );
}

function titleOf({ spec, constants = {}, deadlock = true }: Expected): string {
  const values = Object.entries(constants).map(([name, value]) => `${name}=${String(value)}`);
  return [spec.name, ...values, ...(deadlock ? [] : ['deadlocks allowed'])].join(', ');
}

/** Throws where either search comes to something else than is expected: then no number is worth having. */
function runSmall(row: Expected, { rounds, limit }: Options): ExampleRecord {
  const title = titleOf(row);
  tell(title);
  const task = { file: specFile(row.example), ...taskOf(row) };
  const one = (search: Task['search']) => {
    const result = runOurs({ search, ...task }, limit);
    const { verdict, property, trace, distinct } = result.answer;
    const wrong =
      verdict !== row.verdict ||
      (row.property !== undefined && property !== row.property) ||
      (row.trace !== undefined && trace !== row.trace) ||
      (row.distinct !== undefined && distinct !== row.distinct);
    if (wrong) throw new Error(`${title}: not what is expected of it: ${JSON.stringify(result.answer)}`);
    return result;
  };
  const pairs = Array.from({ length: rounds }, () => ({ learned: one('learned'), plain: one('plain') }));
  return {
    title,
    distinct: pairs[0]?.learned.distinct ?? 0,
    learned: pairs.map(({ learned }) => learned),
    plain: pairs.map(({ plain }) => plain),
  };
}

/** The minute, so that a race doesn't write over an earlier one's record. */
function fileName(): string {
  return new Date().toISOString().slice(0, 16).replace(':', '-');
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
