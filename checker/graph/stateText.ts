import type { State } from '../model/model';
import { valueText } from '../value/text';

/** A state on one line: `big: 5, small: 0`. */
export function stateText(state: State): string {
  return Object.entries(state)
    .map(([variable, value]) => `${variable}: ${valueText(value)}`)
    .join(', ');
}
