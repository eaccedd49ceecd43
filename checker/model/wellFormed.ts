import { isSpec, PARTS, type Spec } from '../../spec/index';
import { BASE } from './base';
import { isPlain, requireKnownKeys, shown } from './given';
import { UsageError } from './usageError';

/**
 * Refuses a spec with a part that no spec has, or a value that none of its parts can have, in whatever link of its
 * chain of variants. Whatever looks into a spec asks this first. Throws `UsageError`.
 */
export function requireWellFormed(spec: Spec): void {
  const chain = chainOf(spec);
  const [root, ...variants] = chain as [Spec, ...Spec[]];
  requireParts(root);
  const names = variants.map(({ variantName }) => variantName);
  variants.forEach((variant, i) => {
    requireChanges(variant, root);
    if (names.indexOf(variant.variantName) !== i)
      throw new UsageError(
        `spec '${root.name}': variant '${variant.variantName}' is a variant of one of that name; rename one of them`,
      );
  });
}

/** The root, then each variant of the one before it, up to this spec. */
export function chainOf(spec: Spec): Spec[] {
  const chain: Spec[] = [];
  for (let link: Spec | undefined = spec; link !== undefined; link = link.variantOf) {
    if (!isSpec(link))
      throw new UsageError(
        chain.length === 0
          ? `that is no spec, but ${shown(link)}: give what spec({ … }) or variant(…) returns`
          : `variant '${String(chain[0]?.variantName)}' is one of ${shown(link)}, which is no spec`,
      );
    chain.unshift(link);
  }
  return chain;
}

function requireParts({ parts }: Spec): void {
  if (!isPlain(parts)) throw new UsageError(`spec wants an object of parts, but got ${shown(parts)}`);
  if (typeof parts.name !== 'string' || parts.name === '')
    throw new UsageError(
      `a spec has no name, but ${shown(parts.name)}; give it one: spec({ name: 'lease', … })`,
    );
  const where = `spec '${parts.name}'`;
  requireKnownKeys(where, 'part', parts, PARTS.spec);
  for (const part of ['init', 'actions'] as const)
    if (parts[part] === undefined) throw new UsageError(`${where} has no ${part}, which every spec needs`);
}

function requireChanges({ variantName, changes }: Spec, root: Spec): void {
  if (typeof variantName !== 'string' || variantName === '')
    throw new UsageError(
      `a variant of '${root.name}' has no name, but ${shown(variantName)}; write variant(base, 'its name', { … })`,
    );
  if (variantName === BASE)
    throw new UsageError(
      `a variant of '${root.name}' is named '${BASE}', which stands for the spec itself; rename it`,
    );
  const where = `variant '${variantName}'`;
  if (!isPlain(changes))
    throw new UsageError(
      `${where} must say what it changes, but got ${shown(changes)}; write variant(base, '${variantName}', { … })`,
    );
  requireKnownKeys(where, 'part', changes, PARTS.variant);
}
