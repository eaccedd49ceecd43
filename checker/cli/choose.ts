import { rootOf, type Spec } from '../../spec/index';
import { UsageError, unknownName } from '../model/usageError';
import type { ExportedSpec } from './load';

/** Which of a file's specs is meant. */
export interface Choice {
  readonly spec?: string | undefined;
  readonly variant?: string | undefined;
}

/**
 * Picks one spec of a file: by `spec` (its own name or the name it is exported by; else the default export,
 * else the only one), then by `variant` among that spec's variants. Throws `UsageError`.
 */
export function chooseSpec(exported: readonly ExportedSpec[], choice: Choice, file: string): Spec {
  const base = chooseBase(exported, choice.spec, file);
  if (choice.variant === undefined) return base;
  return variantNamed(variantsOf(exported, base), choice.variant, `spec '${rootOf(base).name}' in ${file}`);
}

/** The variant of a name, its own or its export's. Throws `UsageError` where there is none, or more than one. */
export function variantNamed(variants: readonly ExportedSpec[], name: string, where: string): Spec {
  const found = theOnly(
    variants.filter(({ exportName, spec }) => spec.variantName === name || exportName === name),
    'variant',
    name,
    where,
  );
  if (found) return found;
  throw unknownName(
    'variant',
    name,
    variants.map(({ spec }) => spec.variantName ?? spec.name),
    where,
  );
}

/** One spec, under however many names it is exported. Which of several was meant, nobody can tell: throws `UsageError`. */
function theOnly(
  found: readonly ExportedSpec[],
  kind: string,
  name: string,
  where: string,
): Spec | undefined {
  const [first] = found;
  const other = found.find(({ spec }) => spec !== first?.spec);
  if (first !== undefined && other !== undefined)
    throw new UsageError(
      `${where} has two ${kind}s that '${name}' may mean, exported as ${first.exportName} and as ${other.exportName}; rename one of them`,
    );
  return first?.spec;
}

/** The exported variants of whatever a spec is a variant of. */
export function variantsOf(exported: readonly ExportedSpec[], base: Spec): ExportedSpec[] {
  const found = exported.filter(({ spec }) => spec.variantOf !== undefined && rootOf(spec) === rootOf(base));
  return found.filter(({ spec }, i) => found.findIndex((other) => other.spec === spec) === i);
}

/** The exported specs that are no variants of one another: what `--spec` chooses among. */
export function basesOf(exported: readonly ExportedSpec[]): ExportedSpec[] {
  const roots = exported.filter(({ spec }) => spec.variantOf === undefined);
  const orphans = exported.filter(
    ({ spec }) => spec.variantOf !== undefined && !roots.some((base) => base.spec === rootOf(spec)),
  );
  const bases = [...roots, ...orphans];
  return bases.filter(({ spec }, i) => bases.findIndex((other) => other.spec === spec) === i);
}

function chooseBase(exported: readonly ExportedSpec[], wanted: string | undefined, file: string): Spec {
  const bases = basesOf(exported);
  if (wanted === undefined) {
    const [only, ...others] = bases;
    const chosen =
      exported.find(({ exportName }) => exportName === 'default') ?? (others.length === 0 ? only : undefined);
    if (chosen) return chosen.spec;
    throw new UsageError(
      `${file} exports ${bases.length} specs and none by default; choose one with --spec: ${bases.map(shownName).join(', ')}`,
    );
  }
  const found = theOnly(
    exported.filter(
      ({ exportName, spec }) =>
        exportName === wanted ||
        spec.variantName === wanted ||
        (spec.name === wanted && spec.variantOf === undefined),
    ),
    'spec',
    wanted,
    file,
  );
  if (found) return found;
  throw unknownName('spec', wanted, bases.map(shownName), file);
}

function shownName({ exportName, spec }: ExportedSpec): string {
  return exportName === 'default' ? spec.name : exportName;
}
