import type { Event } from '../../spec/index';
import { UsageError } from '../model/usageError';
import { requireEvent } from '../validate/logEvent';
import { TIME } from '../validate/match';

/** The events of a log file, and the line each stands on. */
export interface Log {
  readonly events: readonly Event[];
  /** From 1; empty lines hold no event, but count. */
  readonly lines: readonly number[];
}

/** Reads a log: one JSON object a line. `shown` is how messages name the file. Throws `UsageError`. */
export function parseLog(content: string, shown: string): Log {
  const events: Event[] = [];
  const lines: number[] = [];
  content.split('\n').forEach((text, i) => {
    if (text.trim() === '') return;
    const where = `${shown}, line ${i + 1}`;
    const event = requireEvent(parse(text, where), where);
    const last = events.at(-1);
    if (last !== undefined && isEarlier(event[TIME], last[TIME]))
      throw new UsageError(
        `${where}: its time ${JSON.stringify(event[TIME])} is before ${JSON.stringify(last[TIME])} of line ${lines.at(-1)}; a log must be in the order in which things happened: sort it, or leave ${TIME} out`,
      );
    events.push(event);
    lines.push(i + 1);
  });
  if (events.length === 0) throw new UsageError(`${shown} holds no event; write one JSON object a line`);
  return { events, lines };
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = text.trim().slice(0, 40);
    throw new UsageError(
      `${where} is no JSON: ${start}${start.length < text.trim().length ? '…' : ''}; write one JSON object a line, as in {"event": "sent", "to": "n1"}`,
    );
  }
}

/** Times are numbers, or texts that a Date or the alphabet can put in order; others say nothing. */
function isEarlier(time: Event[string] | undefined, before: Event[string] | undefined): boolean {
  if (typeof time === 'number' && typeof before === 'number') return time < before;
  if (typeof time !== 'string' || typeof before !== 'string') return false;
  const [a, b] = [Date.parse(time), Date.parse(before)];
  // A Date has milliseconds only: below them the alphabet decides, as it does where no Date can be made.
  return Number.isNaN(a) || Number.isNaN(b) || a === b
    ? time.length === before.length && time < before
    : a < b;
}
