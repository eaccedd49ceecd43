import type { Parameters } from '../../spec/index';
import type { Finding } from '../exploration';
import type { Evaluator, Row, Successor } from '../model/evaluator';
import { Fault } from '../model/fault';
import { follow, type Run } from '../trace/run';

/**
 * What falls at the last state of a run, at which the spec is at fault, or in the steps to it and from it: where a search
 * comes upon the fault first, it has not judged those. The same for every way of searching. `known` has fallen already.
 */
export function besidesFault(evaluator: Evaluator, run: Run, known: readonly Finding[]): readonly Finding[] {
  const rows = evaluator.sparing(() => follow(evaluator, run));
  const [last, before] = [rows.at(-1) as Row, rows.at(-2)];
  const beside = new Beside(evaluator, new Set(known.map(({ property }) => property)));
  beside.judge(run, last, before);
  const { start, steps } = run;
  if (before)
    for (const step of beside.after(before))
      beside.judge({ start, steps: [...steps.slice(0, -1), step] }, step.row, before);
  for (const step of beside.after(last)) beside.judge({ start, steps: [...steps, step] }, step.row, last);
  return beside.found;
}

class Beside {
  readonly found: Finding[] = [];

  constructor(
    private readonly evaluator: Evaluator,
    private readonly known: Set<string>,
  ) {}

  after(row: Row): readonly Successor[] {
    return this.evaluator.sparing(() => this.evaluator.successorsAnyhow(row)).found;
  }

  /** Judges the last state of a run, and the step to it. */
  judge(run: Run, last: Row, before: Row | undefined): void {
    const { evaluator } = this;
    const state = evaluator.stateOf(last);
    const { invariants, actionProperties } = evaluator.model;
    if (before)
      for (const property of actionProperties)
        this.note('action property', property.name, run, () =>
          evaluator.breaks(property, evaluator.stateOf(before), state),
        );
    for (const invariant of invariants)
      this.note('invariant', invariant.name, run, () => evaluator.falsifies(invariant, state));
  }

  private note(kind: Finding['kind'], property: string, run: Run, fails: () => Parameters | undefined): void {
    if (this.known.has(property)) return;
    try {
      const parameters = this.evaluator.sparing(fails);
      if (parameters === undefined) return;
      this.known.add(property);
      this.found.push({ kind, property, ...(Object.keys(parameters).length > 0 && { parameters }), run });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
}
