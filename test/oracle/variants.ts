import { actionSource, constraintSource, invariantSource, parametersOf, stateSource } from './clauses';
import { sourceOf } from './phrase';
import type { SpecDescription, VariantDescription } from './randomSpec';

/** The `index`-th variant in a chain, of the one before. */
export function variantSource(d: SpecDescription, v: VariantDescription, index: number): string {
  const last = index === d.variants.length - 1;
  const base = index === 0 ? 'base' : `base${index}`;
  const given = parametersOf(d);
  const gone = new Set(d.variants.slice(0, index).flatMap(({ withoutActions }) => withoutActions));
  const isThere = ([i]: readonly [number, unknown]) => i < d.actions.length && !gone.has(i);
  const replaced = v.actions.filter(isThere);
  const guarded = v.guards.filter(isThere);
  const taken = new Set(replaced.map(([i]) => i));
  const actions = [
    ...replaced.map(([i, clause]) => `a${i}: ${actionSource(clause)}`),
    ...guarded
      .filter(([i]) => !taken.has(i))
      .map(
        ([i, guard]) =>
          `a${i}: { ...base.a${i}, guard: (s, p) => (base.a${i}.guard?.(s, p) ?? true) && ${sourceOf(guard)} }`,
      ),
  ];
  const invariants = v.invariants.filter(([i]) => i < d.invariants.length);
  const changed = new Set([...replaced, ...guarded].map(([i]) => i));
  const without = v.withoutActions.filter((i) => i < d.actions.length && !gone.has(i) && !changed.has(i));
  const [c, definitions = '{}'] = given === '' ? ['c'] : given.split(/, (?=\{)/);
  const part = (name: string, list: readonly string[]) =>
    list.length === 0 ? '' : `  ${name}: (${c}, ${definitions}, base) => ({ ${list.join(', ')} }),\n`;
  const ofState = given === '' ? '(s)' : `(s, ${given})`;
  const within = constraintSource(d, v.constraint);
  const turned = v.definitions.filter((name) => d.asDefinitions && d.helpers.some((h) => h.name === name));
  return [
    `\n${last ? 'return' : `const base${index + 1} =`} variant(${base}, 'v${index}', {\n`,
    v.constants && d.constants ? `  constants: { K: ${2 - index} },\n` : '',
    turned.length > 0
      ? `  definitions: (c, base) => ({ ${turned.map((name) => `${name}: (...of) => turned(base.${name}(...of))`).join(', ')} }),\n`
      : '',
    v.init.length > 0
      ? `  init: (${given}) => [${v.init.map((values) => stateSource(d.variables, values)).join(', ')}],\n`
      : '',
    part('actions', actions),
    part(
      'newActions',
      v.newActions.map((clause, i) => `b${index}${i}: ${actionSource(clause)}`),
    ),
    without.length > 0 ? `  withoutActions: [${without.map((i) => `'a${i}'`).join(', ')}],\n` : '',
    part(
      'invariants',
      invariants.map(([i, clause]) => `i${i}: ${invariantSource(clause)}`),
    ),
    part(
      'newInvariants',
      v.newInvariants.map((clause, i) => `j${index}${i}: ${invariantSource(clause)}`),
    ),
    v.constraint.length > 0 ? `  constraint: ${ofState} => ${within},\n` : '',
    v.final.map((p) => `  final: ${ofState} => ${sourceOf(p)},\n`).join(''),
    '});',
  ].join('');
}
