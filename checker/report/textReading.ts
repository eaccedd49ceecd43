import type { Reading } from '../property/reads';
import { changeText } from '../trace/diff';
import { ABSENT, valueText } from '../value/text';

/** More than these are not told one by one in a text; data has all of them. */
const MOST_TOLD = 24;

/** What a property read, one text each. */
export function readingTexts(readings: readonly Reading[]): string[] {
  const told = readings.slice(0, MOST_TOLD).map(readingText);
  const left = readings.length - told.length;
  return left > 0 ? [...told, `… and ${left} more`] : told;
}

/** `believes.w1: 2`, `messages has m1`; of a step `written: 2 → 1`, `leases before and after: 2`. */
function readingText(reading: Reading): string {
  const { path, read, value, before } = reading;
  if (read === undefined) return lookText(reading, '', value);
  if (read === 'before') return lookText(reading, ' before', before);
  if (read === 'after') return lookText(reading, ' after', value);
  if (Object.is(before, value)) return lookText(reading, ' before and after', value);
  return changeText({
    path,
    ...(before !== undefined && { before }),
    ...(value !== undefined && { after: value }),
  });
}

/** What was found at a look into a state, or into two that have the same. */
function lookText({ path, member }: Reading, when: string, value: unknown): string {
  if (member === undefined) return `${path}${when}: ${value === undefined ? ABSENT : valueText(value)}`;
  const text = valueText(member);
  const set = path.slice(0, -text.length - 2);
  return `${set}${when} ${value === undefined ? 'has no' : 'has'} ${text}`;
}
