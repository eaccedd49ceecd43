import type { Parameters } from '../../spec/index';
import type { Successor } from '../model/evaluator';
import { exactText, nameText, requoted, unquoted } from '../value/text';

/** `consistent(one: rm1, other: rm2)`: a part of the spec by its own name, and what it was called with. */
export function callText(name: string, parameters: Parameters): string {
  const list = Object.entries(parameters).map(([key, value]) => `${nameText(key)}: ${exactText(value)}`);
  return list.length === 0 ? name : `${name}(${list.join(', ')})`;
}

/**
 * A step's name: `prepare(rm: rm1)`; `drop[2]` is the second change that the effect gives there, `send(to: Row(at: 1))#2`
 * the second of the parameters that read alike.
 */
export function stepLabel(
  action: string,
  parameters: Parameters,
  choice: number | undefined,
  among?: number,
): string {
  const call = callText(nameText(action), parameters);
  return `${call}${among === undefined ? '' : `#${among}`}${choice === undefined ? '' : `[${choice}]`}`;
}

/** The label of a step, which no other step of those enabled in its state has. */
export function labelOf(successor: Successor, all: readonly Successor[]): string {
  const { action, parameters } = successor;
  const alike = readingAlike(successor, all);
  const among = alike.length === 1 ? undefined : alike.indexOf(parameters) + 1;
  return stepLabel(action.name, parameters, choiceOf(successor, all), among);
}

/** The label of a step by what can be read of it alone: others may have it too. */
export function plainLabelOf(successor: Successor, all: readonly Successor[]): string {
  return stepLabel(successor.action.name, successor.parameters, choiceOf(successor, all));
}

/** The parameters of an action, among all that are enabled, that nobody could tell from a step's own: Records' kinds, say. */
function readingAlike({ action, parameters }: Successor, all: readonly Successor[]): Parameters[] {
  const text = callText('', parameters);
  const others = all.filter((s) => s.action === action && callText('', s.parameters) === text);
  return [...new Set(others.map((s) => s.parameters))];
}

/** The choice's number from 1, or undefined where the effect leaves no choice. */
export function choiceOf(successor: Successor, all: readonly Successor[]): number | undefined {
  const { action, parameters, choice } = successor;
  const alone = !all.some((s) => s.action === action && s.parameters === parameters && s.choice !== choice);
  return alone ? undefined : choice + 1;
}

/** How labels are compared: white space between words is the writer's own, inside of quotes it is not. */
export function normaliseLabel(label: string): string {
  return label
    .split(QUOTED)
    .map((part, k) => (k % 2 === 1 ? requoted(part) : withoutSpace(part)))
    .join('')
    .trim()
    .replace(/\(\)(?=(#\d+)?(\[\d+\])?$)/, '');
}

/** The action's name in a normalised label. */
export function nameIn(label: string): string {
  const quotation = /^"(?:[^"\\]|\\.)*"/s.exec(label)?.[0] ?? '';
  return unquoted(quotation) ?? label.replace(/[([#].*$/s, '');
}

const QUOTED = /("(?:[^"\\]|\\.)*")/s;

function withoutSpace(unquoted: string): string {
  return unquoted.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')');
}
