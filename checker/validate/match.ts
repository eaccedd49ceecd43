import type { Event } from '../../spec/index';

/** Fields of a log line that say when, not what. */
export const TIME = 'time';

/** The fields of a log line that an observed event must have as well. */
export function comparedFields(line: Event, ignore: readonly string[]): readonly string[] {
  return Object.keys(line).filter((field) => field !== TIME && !ignore.includes(field));
}

/**
 * The fields, of those compared, that an observed event has otherwise than the log line, or not at all. None: the
 * line shows that event. What the line doesn't say may be anything: logs leave things out.
 */
export function differingFields(line: Event, fields: readonly string[], observed: Event): string[] {
  return fields.filter((field) => !Object.hasOwn(observed, field) || observed[field] !== line[field]);
}
