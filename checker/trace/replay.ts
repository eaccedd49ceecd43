import type { Evaluator, Row, Successor } from '../model/evaluator';
import type { Fault } from '../model/fault';
import { UsageError, suggestion } from '../model/usageError';
import { nameText } from '../value/text';
import { labelOf, nameIn, normaliseLabel, plainLabelOf } from './label';
import { stepOf } from './rebuild';
import type { Trace, TraceStep } from './trace';

/**
 * Follows steps by their labels from an initial state. Throws `UsageError` at the first step that is not
 * enabled, with those that are. `start` counts initial states from 1.
 */
export function replaySteps(
  evaluator: Evaluator,
  labels: readonly string[],
  start = 1,
): { trace: Trace; rows: Row[] } {
  const first = evaluator.initial.at(start - 1);
  if (first === undefined)
    throw new UsageError(
      `there is no initial state ${start}: ${start < 1 ? 'they are counted from 1' : `the spec has ${evaluator.initial.known}`}`,
    );
  const rows: Row[] = [first];
  const steps: TraceStep[] = [];
  labels.forEach((label, index) => {
    const from = rows[index] as Row;
    const { found: all, faults } = evaluator.successorsAnyhow(from);
    const successor = pick(all, label, index + 1, evaluator, faults[0]);
    steps.push(stepOf(evaluator, from, successor, all, index + 1));
    rows.push(successor.row);
  });
  return { trace: { start, initial: evaluator.plainStateOf(first), steps, length: rows.length }, rows };
}

/** Splits a line or file of steps: by `;` or line, `#` starts a comment, a leading number and dot are skipped. */
export function parseSteps(text: string): string[] {
  return splitOutsideQuotes(text)
    .map((step) => step.replace(/^\s*\d+\.\s*/, '').trim())
    .filter((step) => step !== '');
}

/** The step with a label. Where there is none, but some are at `fault`, one can't tell. */
function pick(
  all: readonly Successor[],
  label: string,
  number: number,
  evaluator: Evaluator,
  fault: Fault | undefined,
): Successor {
  const wanted = normaliseLabel(label);
  const those = (by: (s: Successor) => string | undefined) =>
    all.filter((s) => normaliseLabel(by(s) ?? '') === wanted);
  const [found] = those((s) => labelOf(s, all));
  if (found) return found;
  const alike = those((s) => plainLabelOf(s, all));
  const head = `step ${number}, '${label}',`;
  const list = (steps: readonly Successor[]) => steps.map((s) => `\n  ${labelOf(s, all)}`).join('');
  if (alike.length > 0) throw new UsageError(`${head} may be any of these; say which:${list(alike)}`);
  const [only] = those((s) => onlyStep(s, all));
  if (only) return only;
  if (fault) throw fault;
  const name = nameIn(wanted);
  const actions = evaluator.model.actions.map((action) => action.name);
  if (!actions.includes(name))
    throw new UsageError(`${head} names no action of the spec${suggestion(name, actions, 'action')}`);
  throw new UsageError(
    all.length === 0
      ? `${head} is not enabled: no step is, the state is a deadlock`
      : `${head} is not enabled there; these are:${list(all)}`,
  );
}

/** An action's bare name will do where it has only one enabled step. */
function onlyStep(successor: Successor, all: readonly Successor[]): string | undefined {
  return all.filter((s) => s.action === successor.action).length === 1
    ? nameText(successor.action.name)
    : undefined;
}

function splitOutsideQuotes(text: string): string[] {
  const parts = [''];
  const add = (some: string) => (parts[parts.length - 1] += some);
  let quoted = false;
  let comment = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') comment = false;
    else if (comment) continue;
    if (c === '"') quoted = !quoted;
    const comments = c === '#' && !quoted && /^\s?$/.test(text.slice(Math.max(0, i - 1), i));
    if (comments) comment = true;
    else if (quoted && c === '\\') add(c + (text[++i] ?? ''));
    else if (!quoted && (c === ';' || c === '\n')) parts.push('');
    else add(c);
  }
  return parts;
}
