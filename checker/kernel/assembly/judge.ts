import { JUDGE_KIND, VERDICT } from '../codes';
import { Cells } from './cells';
import { Context } from './context';
import { header } from './header';
import { apply, revert } from './steps';
import { Affected, Step } from './tables';
import { Walk, walkStep } from './walk';

/** The leaves of predicates. */
const NO = 1;
const YES = 2;

/** Judges a state by a list of judges, if there is one; what is in doubt is for the caller to say. */
export function verdictOn(cells: Cells, affected: Affected | null): i32 {
  if (affected === null) return VERDICT.IN_DOUBT;
  const tries = header.words;
  const judges = header.judges;
  const entries = affected.entries;
  const count = affected.judges;
  // A state outside the constraint is judged all the same.
  let verdict: i32 = VERDICT.INSIDE;
  for (let k = 0; k < count; k++) {
    const judge = judges.at(entries.at(k));
    const kind = judge.kind;
    if (kind === JUDGE_KIND.CLOSED) continue;
    if (kind === JUDGE_KIND.DIRECT) return VERDICT.IN_DOUBT;
    const leaf =
      kind === JUDGE_KIND.QUIET
        ? -walkStep(header.pairWords.at(judge.root), cells, cells)
        : -Walk.inState(tries, tries.at(judge.root), cells);
    if (leaf === 0) return VERDICT.IN_DOUBT;
    if (kind === JUDGE_KIND.CONSTRAINT) verdict = leaf === NO ? VERDICT.OUTSIDE : VERDICT.INSIDE;
    else if ((leaf === NO) !== (kind === JUDGE_KIND.REACHABLE)) return VERDICT.IN_DOUBT;
  }
  return verdict;
}

/** Judges the state at the end of the chunk, which no learned step has led to. */
export function judge(c: Context, everyone: Affected | null): i32 {
  return verdictOn(c.nextRow(header.stride).cells, everyone);
}

/** Whether a step keeps the action properties that it may affect. `after` is made the state after it, and then put back. */
export function keepsProperties(cells: Cells, after: Cells, step: Step, affected: Affected): bool {
  apply(step, after);
  const tries = header.pairWords;
  const judges = header.pairJudges;
  const entries = affected.entries;
  const first = affected.judges;
  const count = affected.stepJudges;
  let kept = true;
  for (let k = 0; k < count && kept; k++) {
    const judge = judges.at(entries.at(first + k));
    const kind = judge.kind;
    if (kind === JUDGE_KIND.CLOSED) continue;
    kept = kind !== JUDGE_KIND.DIRECT && walkStep(tries.at(judge.root), cells, after) === -YES;
  }
  revert(step, after, cells);
  return kept;
}
