import type { Parameters } from '../../spec/index';
import { valueText } from '../value/text';

/** A step's name: `prepare(rm: rm1)`; `drop()[2]` is the second change that the effect gives there. */
export function stepLabel(action: string, parameters: Parameters, choice: number | undefined): string {
  const list = Object.entries(parameters).map(([name, value]) => `${name}: ${valueText(value)}`);
  const call = list.length === 0 ? action : `${action}(${list.join(', ')})`;
  return choice === undefined ? call : `${call}[${choice}]`;
}

/** How labels are compared: white space between words is the writer's own. */
export function normaliseLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').replace(/\(\s+/g, '(').replace(/\s+\)/g, ')').replace(/\(\)$/, '');
}
