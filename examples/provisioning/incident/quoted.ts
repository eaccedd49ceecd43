import type { Event } from 'everystate';
import { names } from './names';

/** The sagas' own lines that the report quotes; it leaves out the others. */
const sagaLines: { readonly [event: string]: readonly string[] } = {
  registering: ['A2'],
  running: ['A2'],
  unregistering: ['A1'],
};
/** Likewise of the replies to a request to run. */
const replies = ['V2'];

/** An event as the report shows it, with the ids it uses; undefined where it does not quote that line. */
export function quoted(event: Event | undefined): Event | undefined {
  if (event === undefined) return undefined;
  const of = sagaLines[String(event['event'])];
  if (of !== undefined && !of.includes(String(event['saga']))) return undefined;
  if (event['event'] === 'reply' && !replies.includes(String(event['vmm']))) return undefined;
  return Object.fromEntries(
    Object.entries(event).map(([field, value]) => [
      field,
      (typeof value === 'string' && names[value]) || value,
    ]),
  );
}
