import type { Evaluator, Row, Successor } from '../model/evaluator';
import { UsageError, suggestion } from '../model/usageError';
import { normaliseLabel, stepLabel } from './label';
import { choiceOf, stepOf } from './rebuild';
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
  const first = evaluator.initial[start - 1];
  if (first === undefined)
    throw new UsageError(`there is no initial state ${start}: the spec has ${evaluator.initial.length}`);
  const rows: Row[] = [first];
  const steps: TraceStep[] = [];
  labels.forEach((label, index) => {
    const from = rows[index] as Row;
    const all = evaluator.successors(from);
    const successor = pick(all, label, index + 1, evaluator);
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

function pick(all: readonly Successor[], label: string, number: number, evaluator: Evaluator): Successor {
  const wanted = normaliseLabel(label);
  const labelled = all.map((s) => [stepLabel(s.action.name, s.parameters, choiceOf(s, all)), s] as const);
  const found =
    labelled.find(([known]) => known === wanted) ?? labelled.find(([, s]) => onlyStep(s, all) === wanted);
  if (found) return found[1];
  const name = wanted.replace(/[([].*$/s, '');
  const actions = evaluator.model.actions.map((action) => action.name);
  const head = `step ${number}, '${label}',`;
  if (!actions.includes(name))
    throw new UsageError(`${head} names no action of the spec${suggestion(name, actions, 'action')}`);
  const enabled = labelled.map(([known]) => known);
  throw new UsageError(
    enabled.length === 0
      ? `${head} is not enabled: no step is, the state is a deadlock`
      : `${head} is not enabled there; these are:\n  ${enabled.join('\n  ')}`,
  );
}

/** An action's bare name will do where it has only one enabled step. */
function onlyStep(successor: Successor, all: readonly Successor[]): string | undefined {
  return all.filter((s) => s.action === successor.action).length === 1 ? successor.action.name : undefined;
}

function splitOutsideQuotes(text: string): string[] {
  const parts = [''];
  let quoted = false;
  let comment = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '\n') comment = false;
    else if (comment) continue;
    if (c === '"' && text[i - 1] !== '\\') quoted = !quoted;
    const comments = c === '#' && !quoted && /(^|\s)$/.test(text.slice(Math.max(0, i - 1), i));
    if (comments) comment = true;
    else if (!quoted && (c === ';' || c === '\n')) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}
