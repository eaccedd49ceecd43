import { rootOf, type Constant, type Spec } from '../../spec/index';
import { defaultsOf } from '../model/bind';
import { parseConstant } from '../model/constants';
import { UsageError, unknownName } from '../model/usageError';

/** Constants by name. */
export type Overrides = { readonly [name: string]: Constant };

/** The constants that an environment sets, with those given as `NAME=VALUE` laid over them. Throws `UsageError`. */
export function overridesOf(
  spec: Spec,
  environment: string | undefined,
  assignments: readonly string[],
): Overrides {
  return { ...environmentOf(spec, environment), ...assignedConstants(spec, assignments) };
}

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

function environmentOf(spec: Spec, name: string | undefined): Overrides {
  if (name === undefined) return {};
  const root = rootOf(spec);
  const environments = (root.parts.environments ?? {}) as { readonly [name: string]: Overrides };
  const found = Object.hasOwn(environments, name) ? environments[name] : undefined;
  if (found === undefined)
    throw unknownName('environment', name, Object.keys(environments), `spec '${root.name}'`);
  return found;
}

function example(defaults: Overrides): string {
  const [name, value] = Object.entries(defaults)[0] ?? ['N', 3];
  return `-c ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
