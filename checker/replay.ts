import type { Spec } from '../spec/index';
import type { CheckOptions } from './check';
import { brokenBy, commonOf, violationOf } from './conclusion';
import type { Fallen } from './property/fallen';
import { bind } from './model/bind';
import { requireDeadlockOnce, requireOptions, shown, type OptionsOf } from './model/given';
import { UsageError } from './model/usageError';
import { Evaluator, type Row } from './model/evaluator';
import { Fault } from './model/fault';
import type { Broken, Violated, Violation } from './result';
import { replaySteps } from './trace/replay';
import { PlainJudge } from './property/plainJudge';
import { Reads } from './property/reads';
import type { Trace } from './trace/trace';

/** One run, judged: no search, and no claim about any other run. */
interface Replayed<P extends string> extends Pick<
  Violated<P>,
  'spec' | 'variant' | 'constants' | 'overridden' | 'properties' | 'unchecked' | 'deadlock'
> {
  readonly verdict: 'replayed';
  readonly trace: Trace;
  /** What falls in the run, each with the part of the run that shows it, in the order of falling. */
  readonly violations: readonly Violation<P>[];
  /** Reachable property → after how many steps it is first satisfied. */
  readonly reached: { readonly [property: string]: number };
}
type BrokenReplay = Omit<Broken, 'statistics' | 'reached' | 'bounds' | 'violations'>;

/** What `replay` returns. */
export type Replay<P extends string = string> = Replayed<P> | BrokenReplay;

export interface ReplayOptions<
  C = { readonly [name: string]: unknown },
  P extends string = string,
> extends Pick<CheckOptions<C, P>, 'environment' | 'constants' | 'properties' | 'deadlock'> {
  /** Which initial state to start from, counted from 1. Default 1. */
  readonly start?: number;
}

export const REPLAY_OPTIONS: OptionsOf<ReplayOptions> = {
  environment: 'text',
  constants: 'constants',
  properties: 'names',
  deadlock: 'flag',
  start: 'count',
};

/**
 * Takes the given steps, by the labels that traces carry, and judges every state on the way. Throws
 * `UsageError` where a step is not enabled, with those that are, and for unknown names as `check` does.
 */
export function replay<S, C, D, A extends string, P extends string>(
  spec: Spec<S, C, D, A, P>,
  labels: readonly string[],
  options: ReplayOptions<C, NoInfer<P>> = {},
): Replay<P> {
  requireOptions('replay', options, REPLAY_OPTIONS);
  requireDeadlockOnce(options);
  requireLabels(labels);
  const model = bind(spec, options as CheckOptions);
  const common = { ...commonOf(model), deadlock: options.deadlock ?? true };
  try {
    const evaluator = new Evaluator(model);
    const { trace, rows } = replaySteps(evaluator, labels, options.start);
    const { fallen, reached } = judged(evaluator, rows, common.deadlock);
    const reads = new Reads(evaluator);
    const violations = fallen.map(({ at, ...property }) => {
      const part: Trace = { ...trace, steps: trace.steps.slice(0, at), length: at + 1 };
      const run = { trace: part, rows: rows.slice(0, at + 1) };
      return violationOf(property, evaluator, reads, run) as Violation<P>;
    });
    return { ...common, verdict: 'replayed', trace, violations, reached };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...common, ...brokenBy(error.details, undefined) };
  }
}

function requireLabels(labels: unknown): void {
  if (!Array.isArray(labels) || !labels.every((label) => typeof label === 'string'))
    throw new UsageError(
      `replay wants the steps as a list of labels, ['up', 'drop(n: 1)'], but got ${shown(labels)}`,
    );
}

/** What fell, and the index of the state where it did. */
type FallenAt = Fallen & { readonly at: number };

/** Judges the steps and states of one run, in their order. */
function judged(evaluator: Evaluator, rows: readonly Row[], deadlock: boolean) {
  const judge = new PlainJudge(evaluator);
  const fallen: FallenAt[] = [];
  const reached: { [property: string]: number } = {};
  rows.forEach((row, at) => {
    const note = (some: Iterable<Fallen>): void => {
      for (const one of some) fallen.push({ ...one, at });
    };
    if (at > 0) note(judge.step(rows[at - 1] as Row, row));
    note(judge.state(row));
    for (const name of judge.reached(row)) reached[name] = at;
    const last = at === rows.length - 1;
    if (deadlock && last && judge.isInside(row) && isAtEnd(evaluator, row)) note(judge.end(row));
  });
  return { fallen, reached };
}

/** Whether no step leads out of a state, and none that is at fault might. */
function isAtEnd(evaluator: Evaluator, row: Row): boolean {
  const { found, faults } = evaluator.successorsAnyhow(row);
  return found.length + faults.length === 0;
}
