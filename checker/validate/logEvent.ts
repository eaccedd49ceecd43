import type { Event } from '../../spec/index';
import { UsageError } from '../model/usageError';

/** A log's entry, if it can be compared with an observed event. Throws `UsageError`; `where` says which entry it is. */
export function requireEvent(value: unknown, where: string): Event {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(
      `${where} is ${nameOf(value)}, not an event; write an object of fields, as in {"event": "sent", "to": "n1"}`,
    );
  for (const [field, member] of Object.entries(value))
    if (!isScalar(member))
      throw new UsageError(
        `${where}: field '${field}' is ${nameOf(member)}; give text, a number, true, false or null, and spread parts over fields of their own`,
      );
  return value as Event;
}

/** Whether a value may stand in a field of an event. */
export function isScalar(value: unknown): value is Event[string] {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}

/** What a value is, for a message about what it should be. */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
