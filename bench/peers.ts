/**
 * The other checkers that ours is raced against: how to build each one's model of an example, how to run it,
 * and how to read what it prints. Nothing here starts a program; see README.md for what the numbers mean.
 */
import { accessSync, constants as access, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expected, type Expected } from '../examples/expected';

export type PeerName =
  'spin, breadth first' | 'spin, depth first' | 'spin, partial order' | 'rumur' | 'C by hand';

/** A program and its arguments, to be run in the directory that holds the peer's sources. */
export type Command = readonly [program: string, ...args: string[]];

export interface Report {
  /** Distinct states of the model, as ours counts them. */
  readonly distinct: number;
  /** The peer's own time of search; null where it prints whole seconds only, so that it has to be clocked. */
  readonly seconds: number | null;
}

export interface Peer {
  readonly name: PeerName;
  /** Programs that must be on the PATH. */
  readonly needs: readonly string[];
  /** File name → text. Write them to an empty directory. */
  readonly sources: () => { readonly [file: string]: string };
  readonly build: readonly Command[];
  readonly run: Command;
  /** What a finished run says; throws where it found an error or didn't get to the end. */
  readonly parse: (output: string) => Report;
  /** Raced for information: it may leave states out, and so has no ratio where it does. */
  readonly informative?: true;
}

export interface Race {
  /** For tables: `two-phase commit, RMS=8`. */
  readonly title: string;
  /** The row of expected.ts with our spec, its constants and the count that all must come to. */
  readonly row: Expected;
  readonly peers: readonly Peer[];
}

/** What all C is compiled with. */
const CC = ['-O3', '-march=native', '-w'];
/** What rumur's C needs besides: its table of states swaps two words at a time. */
const RUMUR_CC = ['-std=c11', '-mcx16'];

/** The programs a peer needs that this machine lacks. */
export function missing({ needs }: Peer): readonly string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return needs.filter((program) => !folders.some((folder) => isExecutable(join(folder, program))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, access.X_OK);
    return true;
  } catch {
    return false;
  }
}

function read(example: string, file: string): string {
  return readFileSync(join(__dirname, 'peers', example, file), 'utf8');
}

/** The group of a pattern in a peer's output, as a number. */
function number(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`no ${pattern} in the peer's output:\n${output}`);
  return Number(found);
}

/** What turns spin's partial-order reduction off. */
const UNREDUCED = '-DNOREDUCE';

type Numbers = { readonly [name: string]: number };

interface SpinOptions {
  readonly constants: Numbers;
  readonly distinct: number;
  /** States that spin stores and the model hasn't: 1 where it chooses its initial state by a step. */
  readonly more?: number;
  /** False where a breadth-first run would store states in the middle of choosing the initial one. */
  readonly breadthFirst?: boolean;
}

/** Spin without reductions, and for information depth-first with its partial-order reduction. */
function spin(example: string, { constants, distinct, more = 0, breadthFirst = true }: SpinOptions): Peer[] {
  const bits = Math.max(10, Math.ceil(Math.log2(distinct)) + 1);
  const peer = (name: PeerName, mode: readonly string[]): Peer => ({
    name,
    ...(!mode.includes(UNREDUCED) && { informative: true }),
    needs: ['spin', 'gcc'],
    sources: () => ({ 'model.pml': read(example, 'spin.pml') }),
    build: [
      ['spin', ...Object.entries(constants).map(([c, value]) => `-D${c}=${value}`), '-a', 'model.pml'],
      // SAFETY: no search for cycles. MEMLIM: megabytes.
      ['gcc', ...CC, ...mode, '-DSAFETY', '-DNOFAIR', '-DMEMLIM=16000', '-o', 'pan', 'pan.c'],
    ],
    // -w: 2^w chains of states, one a state or two; more cost cache misses. -m: a depth no run can have.
    // -E: a state without a step is no error, so that all are visited.
    run: ['./pan', `-m${distinct + 1_000}`, `-w${bits}`, '-E'],
    parse: (output) => {
      if (
        number(output, /errors: (\d+)/) !== 0 ||
        /Search not completed|max search depth too small/.test(output)
      )
        throw new Error(`spin found an error or didn't finish:\n${output}`);
      return {
        distinct: number(output, /^\s*([\d.e+]+) states, stored/m) - more,
        seconds: number(output, /elapsed time ([\d.]+) seconds/),
      };
    },
  });
  return [
    ...(breadthFirst ? [peer('spin, breadth first', ['-DBFS', UNREDUCED])] : []),
    peer('spin, depth first', [UNREDUCED]),
    peer('spin, partial order', []),
  ];
}

/** Rumur on one thread; the models have no scalarsets, so symmetry has nothing to reduce. */
function rumur(example: string, constants: Numbers): Peer {
  return {
    name: 'rumur',
    needs: ['rumur', 'gcc'],
    sources: () => ({
      'model.m': Object.entries(constants).reduce(
        (text, [name, value]) => {
          const declaration = new RegExp(`^  ${name}: \\d+;`, 'm');
          if (!declaration.test(text)) throw new Error(`${example}/rumur.m has no constant ${name}`);
          return text.replace(declaration, `  ${name}: ${value};`);
        },
        read(example, 'rumur.m'),
      ),
    }),
    build: [
      // int16_t: the narrower type that rumur would choose overflows in the arithmetic of two of the models.
      // Unpacked states take more memory and a tenth less time.
      [
        'rumur',
        ...['--threads', '1', '--deadlock-detection', 'off'],
        ...['--value-type', 'int16_t', '--pack-state', 'off'],
        ...['--output', 'model.c', 'model.m'],
      ],
      ['gcc', ...CC, ...RUMUR_CC, 'model.c', '-o', 'model', '-lpthread'],
    ],
    run: ['./model'],
    parse: (output) => {
      if (!output.includes('No error found')) throw new Error(`rumur found an error:\n${output}`);
      return { distinct: number(output, /(\d+) states, \d+ rules fired/), seconds: null };
    },
  };
}

/** Two-phase commit in C: the limit. */
function tight(RMS: number): Peer {
  return {
    name: 'C by hand',
    needs: ['gcc'],
    sources: () => ({ 'tight.c': read('two-phase-commit', 'tight.c') }),
    build: [['gcc', ...CC, `-DRMS=${RMS}`, 'tight.c', '-o', 'tight']],
    run: ['./tight'],
    parse: (output) => ({
      distinct: number(output, /(\d+) distinct/),
      seconds: number(output, /([\d.]+) seconds/),
    }),
  };
}

/** The row of an example with these constants whose space is searched to the end. */
function rowOf(
  example: string,
  constants: Numbers,
  variant?: string,
): Expected & { readonly distinct: number } {
  const row = expected.find(
    (row) =>
      row.example === example &&
      row.spec.variantName === variant &&
      row.distinct !== undefined &&
      Object.entries(constants).every(([name, value]) => row.constants?.[name] === value),
  );
  if (row?.distinct === undefined)
    throw new Error(`expected.ts has no count for ${example} with ${JSON.stringify(constants)}`);
  return { ...row, distinct: row.distinct };
}

interface RaceOptions {
  readonly variant?: string;
  /** The constants of a peer's model, where they aren't those of the spec. */
  readonly forRumur?: Numbers;
  readonly forSpin?: Numbers;
  readonly spin?: Pick<SpinOptions, 'more' | 'breadthFirst'>;
  readonly others?: readonly Peer[];
}

function race(example: string, constants: Numbers, options: RaceOptions = {}): Race {
  const row = rowOf(example, constants, options.variant);
  const values = Object.entries(constants).map(([name, value]) => `${name}=${value}`);
  return {
    title: [row.spec.name, ...values].join(', '),
    row,
    peers: [
      ...spin(example, { constants: options.forSpin ?? constants, distinct: row.distinct, ...options.spin }),
      rumur(example, options.forRumur ?? constants),
      ...(options.others ?? []),
    ],
  };
}

const twoPhaseCommit = (RMS: number): Race => race('two-phase-commit', { RMS }, { others: [tight(RMS)] });

// The peers' ballots are counted from 1, or their highest is given: 0 .. BALLOTS are BALLOTS + 1.
const paxos = (BALLOTS: number): Race => race('paxos', { BALLOTS }, { forRumur: { BALLOTS: BALLOTS + 1 } });

const philosophers = (N: number): Race => {
  const leftHanded = { N, LEFT_HANDED: 1 };
  return race(
    'dining-philosophers',
    { N },
    {
      variant: 'one left-handed',
      forRumur: leftHanded,
      forSpin: leftHanded,
    },
  );
};

const election = (N: number): Race => race('leader-election', { N }, { spin: { more: 1 } });

const detection = (N: number): Race =>
  race('termination-detection', { N }, { spin: { more: 1, breadthFirst: false } });

const bakery = (N: number, TICKETS: number): Race => race('bakery', { N, TICKETS });

/** In the order of the tables. Each takes every peer minutes at most, the largest two-phase commit but. */
export const races: readonly Race[] = [
  ...[7, 8, 9].map(twoPhaseCommit),
  paxos(2),
  ...[10, 11, 12].map(philosophers),
  ...[7, 8].map(election),
  detection(7),
  bakery(4, 3),
];

/** Races of a moment, to see that the peers' models are ours. */
export const smallRaces: readonly Race[] = [
  twoPhaseCommit(3),
  paxos(1),
  philosophers(5),
  election(3),
  detection(3),
  race('peterson', {}),
  bakery(2, 3),
];
