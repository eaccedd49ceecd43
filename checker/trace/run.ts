import type { Parameters } from '../../spec/index';
import type { Evaluator, Row, Successor } from '../model/evaluator';
import type { ModelAction } from '../model/model';

/** One step of a run: all that a step is but for the states that it leads from and to. */
export interface RunStep {
  readonly action: ModelAction;
  /** Canonical values. */
  readonly parameters: Parameters;
  /** Which of the effect's changes was taken, from 0. */
  readonly choice: number;
}

/** A run as a search finds it: which actions were taken, from which initial state. */
export interface Run {
  /** The index of the initial state, from 0. */
  readonly start: number;
  readonly steps: readonly RunStep[];
}

/** The number of a run's states. */
export function lengthOf({ steps }: Run): number {
  return steps.length + 1;
}

/** The states of a run, by the user's own functions. Throws the `Fault` of a step that can't be taken again. */
export function follow(evaluator: Evaluator, { start, steps }: Run): Row[] {
  const rows = [evaluator.initial.at(start) as Row];
  for (const { action, parameters, choice } of steps)
    rows.push(evaluator.step(rows.at(-1) as Row, action, parameters, choice));
  return rows;
}

/** Which of the steps out of a state is the one of a run; undefined where none is. */
export function stepAmong(all: readonly Successor[], step: RunStep): Successor | undefined {
  const names = Object.keys(step.parameters);
  return all.find(
    ({ action, parameters, choice }) =>
      action === step.action &&
      choice === step.choice &&
      names.every((name) => parameters[name] === step.parameters[name]),
  );
}
