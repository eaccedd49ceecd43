import type { Constant, Spec } from '../../spec/index';
import { constantText } from '../model/constantText';
import { defaultsOf, parseConstant } from '../model/constants';
import { UsageError } from '../model/usageError';

/** Constants by name. */
export type Overrides = { readonly [name: string]: Constant };

/** The constants that `NAME=VALUE` sets, each by the type of its default. Throws `UsageError`. */
export function assignedConstants(spec: Spec, assignments: readonly string[]): Overrides {
  const defaults = defaultsOf(spec);
  const where = `spec '${spec.name}'`;
  const overrides: { [name: string]: Constant } = {};
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=');
    if (equals < 1)
      throw new UsageError(
        `-c ${assignment} is no assignment; write -c NAME=VALUE, as in ${example(defaults)}`,
      );
    const name = assignment.slice(0, equals).trim();
    if (Object.hasOwn(overrides, name))
      throw new UsageError(`constant ${name} was given twice: -c ${assignment}`);
    overrides[name] = parseConstant(name, assignment.slice(equals + 1), defaults, where);
  }
  return overrides;
}

function example(defaults: Overrides): string {
  const [name, value] = Object.entries(defaults)[0] ?? ['N', 3];
  return `-c ${name}=${constantText(value)}`;
}
