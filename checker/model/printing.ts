import { Collection, Record } from 'immutable';
import { calls } from './calls';
import { quietly } from './underWay';

/** What Node asks objects under for the text that they are printed as. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** What stands in the stack where an object is printed on a console: Node's own, Jest's. */
const CONSOLES = ['(node:internal/console/', '/@jest/console/', '\\@jest\\console\\'];

// Functions are called on stand-ins and on real values alike: what they print of Immutable's collections on a console is
// their text, not how they are made. Nothing changes elsewhere.
for (const { prototype } of [Collection, Record] as unknown as { prototype: object }[])
  Object.defineProperty(prototype, INSPECT, {
    value: function (this: object): unknown {
      return calls.place !== undefined && onConsole() ? String(this) : this;
    },
    configurable: true,
    writable: true,
  });

/** Whether what is under way ends on a console, so that the user's code won't see the text. */
function onConsole(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Infinity;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return CONSOLES.some((file) => stack?.includes(file));
}

/**
 * The text of an object that is being inspected. For a console nothing is noted of what it reads; elsewhere `otherwise`
 * comes first, since the text may decide what the user's code does.
 */
export function printed(text: () => string, otherwise: () => void = () => {}): string {
  if (onConsole()) return quietly(text);
  otherwise();
  return text();
}
