import type { Event } from '../../spec/index';
import type { ReportOptions } from './options';

/** How a validation is reported. */
export interface ValidationReportOptions extends Omit<ReportOptions, 'replay'> {
  /** The events that were given. */
  readonly log: readonly Event[];
  /** For each event the line of the log file it stands on, from 1; events are numbered where there is no file. */
  readonly lines?: readonly number[];
}

/** `line 12` or `event 12`; `event` counts from 1. */
export function eventName(event: number, { lines }: ValidationReportOptions): string {
  const line = lines?.[event - 1];
  return line === undefined ? `event ${event}` : `line ${line}`;
}
