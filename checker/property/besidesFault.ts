import type { Parameters } from '../../spec/index';
import type { Finding } from '../exploration';
import type { Evaluator, Row } from '../model/evaluator';
import { Fault } from '../model/fault';

/**
 * What falls at the last state of a run, at which the spec is at fault, or in the steps to it and from it: where a search
 * comes upon the fault first, it has not judged those. The same for every way of searching. `known` has fallen already.
 */
export function besidesFault(
  evaluator: Evaluator,
  path: readonly Row[],
  known: readonly Finding[],
): readonly Finding[] {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (last === undefined) return [];
  const beside = new Beside(evaluator, new Set(known.map(({ property }) => property)));
  beside.judge(path);
  if (before) for (const row of beside.after(before)) beside.judge([...path.slice(0, -1), row]);
  for (const row of beside.after(last)) beside.judge([...path, row]);
  return beside.found;
}

class Beside {
  readonly found: Finding[] = [];

  constructor(
    private readonly evaluator: Evaluator,
    private readonly known: Set<string>,
  ) {}

  after(row: Row): Row[] {
    const { found } = this.evaluator.sparing(() => this.evaluator.successorsAnyhow(row));
    return found.map((successor) => successor.row);
  }

  /** Judges the last state of a run, and the step to it. */
  judge(path: readonly Row[]): void {
    const { evaluator } = this;
    const [last, before] = [path.at(-1) as Row, path.at(-2)];
    const state = evaluator.stateOf(last);
    const { invariants, actionProperties } = evaluator.model;
    if (before)
      for (const property of actionProperties)
        this.note('action property', property.name, path, () =>
          evaluator.breaks(property, evaluator.stateOf(before), state),
        );
    for (const invariant of invariants)
      this.note('invariant', invariant.name, path, () => evaluator.falsifies(invariant, state));
  }

  private note(
    kind: Finding['kind'],
    property: string,
    path: readonly Row[],
    fails: () => Parameters | undefined,
  ): void {
    if (this.known.has(property)) return;
    try {
      const parameters = this.evaluator.sparing(fails);
      if (parameters === undefined) return;
      this.known.add(property);
      this.found.push({ kind, property, ...(Object.keys(parameters).length > 0 && { parameters }), path });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
}
