import { rootOf, type Spec } from '../../spec/index';
import { BASE } from './base';
import type { Environments } from './comparison';

/** The environments that a spec names, in its order; first of all the one without overrides, unless it names that itself. */
export function environmentsOf(spec: Spec): Environments {
  return { [BASE]: {}, ...(rootOf(spec).parts.environments as Environments | undefined) };
}
