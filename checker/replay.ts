import type { Parameters, Spec } from '../spec/index';
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
    const judge = new Judge(evaluator, rows, common.deadlock);
    const reads = new Reads(evaluator);
    const violations = judge.findings().map(({ at, ...fallen }) => {
      const part: Trace = { ...trace, steps: trace.steps.slice(0, at), length: at + 1 };
      const run = { trace: part, rows: rows.slice(0, at + 1) };
      return violationOf(fallen, evaluator, reads, run) as Violation<P>;
    });
    return { ...common, verdict: 'replayed', trace, violations, reached: judge.reached() };
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

/** Evaluates the properties along one run. */
class Judge {
  private readonly found = new Map<string, FallenAt>();

  constructor(
    private readonly evaluator: Evaluator,
    private readonly rows: readonly Row[],
    private readonly deadlock: boolean,
  ) {}

  findings(): FallenAt[] {
    this.rows.forEach((row, i) => this.judge(row, i));
    return [...this.found.values()];
  }

  reached(): { [property: string]: number } {
    const { evaluator, rows } = this;
    return Object.fromEntries(
      evaluator.model.reachable.flatMap(({ name, holds }) => {
        const at = rows.findIndex((row) => {
          const state = evaluator.stateOf(row);
          return evaluator.predicate({ part: 'reachable', name }, state, () => holds(state));
        });
        return at < 0 ? [] : [[name, at]];
      }),
    );
  }

  private judge(row: Row, i: number): void {
    const { evaluator } = this;
    const { invariants, actionProperties, final } = evaluator.model;
    const state = evaluator.stateOf(row);
    const before = i > 0 ? evaluator.stateOf(this.rows[i - 1] as Row) : undefined;
    if (before)
      for (const property of actionProperties)
        this.noteFor('action property', property.name, evaluator.breaks(property, before, state), i);
    for (const invariant of invariants)
      this.noteFor('invariant', invariant.name, evaluator.falsifies(invariant, state), i);
    if (i < this.rows.length - 1 || !this.deadlock) return;
    const { found, faults } = evaluator.successorsAnyhow(row);
    if (found.length + faults.length > 0) return;
    const rests = final && evaluator.predicate({ part: 'final', name: '' }, state, () => final(state));
    if (!rests) this.note({ kind: 'deadlock', property: 'deadlock' }, i);
  }

  /** Notes a property that falls for some parameters, if there are any. */
  private noteFor(
    kind: Fallen['kind'],
    property: string,
    parameters: Parameters | undefined,
    i: number,
  ): void {
    if (parameters)
      this.note({ kind, property, ...(Object.keys(parameters).length > 0 && { parameters }) }, i);
  }

  private note(fallen: Fallen, at: number): void {
    if (!this.found.has(fallen.property)) this.found.set(fallen.property, { ...fallen, at });
  }
}
