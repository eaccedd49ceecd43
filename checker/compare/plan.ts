import { rootOf, type Constant, type Spec } from '../../spec/index';
import type { CheckOptions } from '../check';
import { boundsOf } from '../budget/limits';
import { BASE } from '../model/base';
import { bind } from '../model/bind';
import { sameConstant } from '../model/constantText';
import { defaultsOf, resolveConstants } from '../model/constants';
import { overridesIn, requireEnvironments, type Environments } from '../model/environments';
import { isPlain, shown } from '../model/given';
import { UsageError } from '../model/usageError';
import { requireWellFormed } from '../model/wellFormed';
import type { Cell, Making } from './comparison';

type PlanOptions = Pick<
  CheckOptions,
  'constants' | 'properties' | 'deadlock' | 'maxStates' | 'maxDepth' | 'maxSeconds' | 'maxMemory'
>;

/** A search to make. */
export interface PlannedCell extends Pick<Cell, 'variant' | 'environment' | 'properties'> {
  readonly spec: Spec;
  readonly constants: { readonly [name: string]: unknown };
}

/** A table before any of its searches. */
export interface Plan {
  readonly making: Making;
  readonly cells: readonly PlannedCell[];
}

/** Says what a table will be made with. Throws `UsageError` where specs, environments, names or values don't fit together. */
export function planOf(specs: readonly Spec[], environments: Environments, options: PlanOptions): Plan {
  if (!Array.isArray(specs))
    throw new UsageError(`compareVariants wants a list of specs, but got ${shown(specs)}`);
  if (!isPlain(environments))
    throw new UsageError(
      `compareVariants wants an object of environments by name, but got ${shown(environments)}`,
    );
  specs.forEach(requireWellFormed);
  const variants = specs.map(variantNameOf);
  const names = Object.keys(environments);
  requireOneTable(specs, variants, names);
  const root = rootOf(specs[0] as Spec);
  const defaults = defaultsOf(root);
  const given = options.constants ?? {};
  const constants = resolveConstants(defaults, given, `spec '${root.name}'`);
  const deadlock = options.deadlock ?? true;
  const last = deadlock ? ['deadlock'] : [];
  let making: Pick<Making, 'properties' | 'unchecked'> | undefined;
  const cells = specs.flatMap((spec, i) => {
    requireEnvironments(environments, defaultsOf(spec), `spec '${spec.name}'`);
    return names.map((environment): PlannedCell => {
      const set = environments[environment] ?? {};
      const cell = {
        spec,
        variant: variants[i] as string,
        environment,
        constants: overridesIn(environment, set, given, `spec '${spec.name}'`),
      };
      const checked = propertiesOf(spec, cell.constants, options.properties);
      if (checked === undefined) return cell;
      const properties = [...checked.properties, ...last];
      making ??= { properties, unchecked: checked.unchecked };
      return { ...cell, ...(!same(properties, making.properties) && { properties }) };
    });
  });
  return {
    making: {
      spec: root.name,
      constants,
      overridden: differing(constants, defaults),
      variants,
      defaults: Object.fromEntries(
        specs.flatMap((spec, i) => {
          const own = differing(defaultsOf(spec), defaults);
          return Object.keys(own).length === 0 ? [] : [[variants[i] as string, own]];
        }),
      ),
      environments: names,
      settings: environments,
      ...(making ?? { properties: last, unchecked: [] }),
      deadlock,
      bounds: boundsOf(options),
    },
    cells,
  };
}

/** What will be checked in a cell; undefined where the spec can't be put together, as its search will tell. */
function propertiesOf(
  spec: Spec,
  constants: { readonly [name: string]: unknown },
  chosen: readonly string[] | undefined,
): { properties: string[]; unchecked: readonly string[] } | undefined {
  try {
    const { properties, unchecked } = bind(spec, { constants, properties: chosen });
    return { properties: properties.map(({ name }) => name), unchecked };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return undefined;
  }
}

function same(names: readonly string[], others: readonly string[]): boolean {
  return names.length === others.length && names.every((name, i) => name === others[i]);
}

function differing(
  constants: { readonly [name: string]: Constant },
  defaults: { readonly [name: string]: Constant },
): { [name: string]: Constant } {
  return Object.fromEntries(
    Object.entries(constants).filter(([name, value]) => !sameConstant(value, defaults[name])),
  );
}

function variantNameOf(spec: Spec): string {
  return spec.variantOf === undefined ? BASE : (spec.variantName ?? spec.name);
}

function requireOneTable(
  specs: readonly Spec[],
  variants: readonly string[],
  environments: readonly string[],
): void {
  const [first] = specs;
  if (first === undefined) throw new UsageError('there is no spec to compare; give at least one');
  if (environments.length === 0)
    throw new UsageError(`there is no environment to compare in; give at least { ${BASE}: {} }`);
  const stranger = specs.find((spec) => rootOf(spec) !== rootOf(first));
  if (stranger)
    throw new UsageError(
      `'${stranger.name}' is no variant of '${rootOf(first).name}': a table has the variants of one spec`,
    );
  const twice = variants.find((name, i) => variants.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(
      twice === BASE
        ? `'${rootOf(first).name}' is there twice; leave one out`
        : `'${rootOf(first).name}' has two variants named '${twice}'; rename one of them`,
    );
}
