/**
 * What each example must come out as, and where that is known from.
 *
 * The tests check the small rows, the benchmark the large ones. No number here was copied from a
 * run of our own checker: each is published, follows from a formula, or was counted by another model checker
 * on a model of its own, kept in bench/peers.
 */
import type { Constant, Spec } from 'everystate';
import bakery, { hasty } from './bakery/spec';
import jugs, { unsolvable } from './die-hard/spec';
import philosophers, { leftHanded } from './dining-philosophers/spec';
import election, { generous } from './leader-election/spec';
import paxos, { minority } from './paxos/spec';
import peterson, { swapped } from './peterson/spec';
import detection, { unpainted } from './termination-detection/spec';
import twoPhaseCommit from './two-phase-commit/spec';

export interface Expected {
  /** The folder of the example. */
  readonly example: string;
  readonly spec: Spec;
  readonly constants?: { readonly [name: string]: Constant };
  /** False where the whole space is wanted of a system that deadlocks. Default true. */
  readonly deadlock?: boolean;
  readonly verdict: 'holds' | 'violated';
  /** Where violated: the property that falls, and the number of states of a shortest trace to it. */
  readonly property?: string;
  readonly trace?: number;
  /** Where it holds: distinct states. */
  readonly distinct?: number;
  /** Where published for the very same steps: initial states plus steps taken. */
  readonly generated?: number;
  /** Where published: number of states on the longest of the shortest runs. */
  readonly depth?: number;
  /** `small`: seconds at most for the plain search; `medium`: minutes; `large`: for the benchmark. */
  readonly size: 'small' | 'medium' | 'large';
  /** Where the numbers come from. */
  readonly source: string;
}

const TLA = 'tlaplus/Examples, specifications';
const MURPHI = 'counted by rumur on bench/peers';

export const expected: readonly Expected[] = [
  ...(
    [
      [3, 288, 'small', `${TLA}/transaction_commit/manifest.json (TLC)`, { generated: 1_146, depth: 11 }],
      [4, 1_568, 'small', `${MURPHI}/two-phase-commit`],
      [5, 8_832, 'small', `stateright, examples/2pc.rs; ${MURPHI}/two-phase-commit`],
      [
        6,
        50_816,
        'medium',
        `${TLA}/transaction_commit/TwoPhase.tla, closing comment (TLC); ${MURPHI}/two-phase-commit`,
      ],
      [7, 296_448, 'large', `${MURPHI}/two-phase-commit and by a C program`],
      [8, 1_745_408, 'large', `${MURPHI}/two-phase-commit and by a C program`],
      [9, 10_340_352, 'large', 'counted by spin and by a C program on bench/peers'],
    ] as const
  ).map(([RMS, distinct, size, source, more]) => ({
    example: 'two-phase-commit',
    spec: twoPhaseCommit,
    constants: { RMS },
    verdict: 'holds' as const,
    distinct,
    size,
    source,
    ...more,
  })),

  {
    example: 'paxos',
    spec: paxos,
    constants: { BALLOTS: 1 },
    verdict: 'holds',
    distinct: 3_921,
    // Its count of generated states isn't ours: TLC counts a proposal once a quorum that allows it.
    depth: 17,
    size: 'small',
    source: `${TLA}/PaxosHowToWinATuringAward/manifest.json, MCPaxosTiny (TLC)`,
  },
  {
    example: 'paxos',
    spec: paxos,
    constants: { BALLOTS: 2 },
    verdict: 'holds',
    distinct: 185_369,
    size: 'medium',
    source: `${MURPHI}/paxos`,
  },
  {
    example: 'paxos',
    spec: minority,
    verdict: 'violated',
    property: 'agreement',
    trace: 9,
    size: 'small',
    source: 'by hand: two ballots of four steps each (prepare, promise, propose, vote), none to be saved',
  },

  {
    example: 'die-hard',
    spec: jugs,
    verdict: 'holds',
    distinct: 16,
    // Six actions, always enabled.
    generated: 1 + 6 * 16,
    size: 'small',
    source: 'by hand: a jug is full or empty after every step, so the rim of the 6 × 4 grid',
  },
  {
    example: 'die-hard',
    spec: unsolvable,
    verdict: 'violated',
    property: 'notFour',
    trace: 7,
    size: 'small',
    source: "the riddle's well-known solution in six steps",
  },

  ...[5, 7].map((N) => ({
    example: 'dining-philosophers',
    spec: philosophers,
    constants: { N },
    verdict: 'violated' as const,
    property: 'deadlock',
    trace: N + 1,
    size: 'small' as const,
    source: 'by hand: everyone takes the left fork',
  })),
  // Thinking, waiting, eating, leaving: which of a philosopher's forks are held; no fork by two. The trace of
  // the N-th power of that 4 × 4 matrix is 3^N. One of them can't be reached where all are right-handed:
  // everyone leaving, since the last to put the first fork back would have had a fork of a neighbour's.
  ...[5, 7, 10, 11, 12].flatMap((N): Expected[] => {
    const rest = {
      example: 'dining-philosophers',
      constants: { N },
      verdict: 'holds' as const,
      size: N <= 7 ? ('small' as const) : N <= 10 ? ('medium' as const) : ('large' as const),
    };
    return [
      {
        ...rest,
        spec: philosophers,
        deadlock: false,
        distinct: 3 ** N - 1,
        source: `3^N − 1, see the comment; ${MURPHI}/dining-philosophers`,
      },
      {
        ...rest,
        spec: leftHanded,
        distinct: 3 ** N,
        source: `3^N, see the comment; ${MURPHI}/dining-philosophers`,
      },
    ];
  }),

  ...(
    [
      [3, 137, 'small', `${TLA}/chang_roberts/manifest.json (TLC)`, { generated: 227, depth: 10 }],
      [4, 823, 'small', `${MURPHI}/leader-election`],
      [5, 5_455, 'small', `${MURPHI}/leader-election`],
      [6, 40_261, 'medium', `${MURPHI}/leader-election`],
      [7, 333_161, 'large', `${MURPHI}/leader-election`],
      [8, 3_095_363, 'large', `${MURPHI}/leader-election`],
    ] as const
  ).map(([N, distinct, size, source, more]) => ({
    example: 'leader-election',
    spec: election,
    constants: { N },
    verdict: 'holds' as const,
    distinct,
    size,
    source,
    ...more,
  })),
  {
    example: 'leader-election',
    spec: generous,
    verdict: 'violated',
    property: 'theSmallestWins',
    trace: 7,
    size: 'small',
    source: 'by hand: 2 and 3 stand, 1 listens; 3 goes round by 1 and 2 and comes home',
  },

  ...(
    [
      // The manifest's depth for N = 3, 10, is one more than rumur's bound says; TLC's is approximate with
      // several workers. Its count of generated states tells the disjuncts of a guard apart.
      [3, 302, 'small', `${TLA}/ewd840/manifest.json, EWD840 (TLC); ${MURPHI}/termination-detection`],
      [4, 1_566, 'small', `${TLA}/ewd840/manifest.json, EWD840_json (TLC)`, { depth: 12 }],
      [5, 7_742, 'small', `${MURPHI}/termination-detection`],
      [6, 36_990, 'medium', `${MURPHI}/termination-detection`],
      [7, 172_286, 'medium', `${MURPHI}/termination-detection`],
      [8, 786_942, 'large', `${MURPHI}/termination-detection`],
    ] as const
  ).map(([N, distinct, size, source, more]) => ({
    example: 'termination-detection',
    spec: detection,
    constants: { N },
    verdict: 'holds' as const,
    distinct,
    size,
    source,
    ...more,
  })),
  {
    example: 'termination-detection',
    spec: unpainted,
    verdict: 'violated',
    property: 'theTokenIsRight',
    trace: 4,
    size: 'small',
    source: 'by hand: a probe, a white token passed on, a node behind it woken',
  },

  {
    example: 'peterson',
    spec: peterson,
    verdict: 'holds',
    distinct: 42,
    generated: 77,
    depth: 11,
    size: 'small',
    source: `${TLA}/locks_auxiliary_vars/manifest.json, Peterson (TLC)`,
  },
  {
    example: 'peterson',
    spec: swapped,
    verdict: 'violated',
    property: 'mutualExclusion',
    trace: 9,
    size: 'small',
    source: 'by hand: four steps a process until both are inside',
  },

  ...(
    [
      [2, 2, 227, 'small'],
      [2, 3, 393, 'small'],
      [3, 2, 7_056, 'small'],
      [3, 3, 15_664, 'small'],
      [4, 2, 258_702, 'medium'],
      [4, 3, 728_228, 'large'],
    ] as const
  ).map(([N, TICKETS, distinct, size]) => ({
    example: 'bakery',
    spec: bakery,
    constants: { N, TICKETS },
    verdict: 'holds' as const,
    distinct,
    size,
    source: `${MURPHI}/bakery`,
  })),
  {
    example: 'bakery',
    spec: hasty,
    verdict: 'violated',
    property: 'mutualExclusion',
    trace: 19,
    size: 'small',
    source: 'by hand: nine steps a process until both are inside',
  },
];
