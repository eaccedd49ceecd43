import type { Finding } from '../exploration';
import type { Evaluator, Row, Successor } from '../model/evaluator';
import { follow, type Run } from '../trace/run';
import { PlainJudge } from './plainJudge';

/**
 * What falls at the last state of a run, at which the spec is at fault, or in the steps to it and from it: where a search
 * comes upon the fault first, it has not judged those. The same for every way of searching. `known` has fallen already.
 */
export function besidesFault(evaluator: Evaluator, run: Run, known: readonly Finding[]): readonly Finding[] {
  const rows = evaluator.sparing(() => follow(evaluator, run));
  const [last, before] = [rows.at(-1) as Row, rows.at(-2)];
  const settled = known.map(({ property }) => property);
  const plainJudge = new PlainJudge(evaluator, { settled, anyhow: true });
  const found: Finding[] = [];
  const judge = (to: Run, end: Row, from: Row | undefined): void => {
    if (from) for (const fallen of plainJudge.step(from, end)) found.push({ ...fallen, run: to });
    for (const fallen of plainJudge.state(end)) found.push({ ...fallen, run: to });
  };
  const after = (row: Row): readonly Successor[] =>
    plainJudge.isInside(row) ? evaluator.sparing(() => evaluator.successorsAnyhow(row)).found : [];
  judge(run, last, before);
  const { start, steps } = run;
  if (before)
    for (const step of after(before))
      judge({ start, steps: [...steps.slice(0, -1), step] }, step.row, before);
  for (const step of after(last)) judge({ start, steps: [...steps, step] }, step.row, last);
  return found;
}
