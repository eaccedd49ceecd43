import { GROWING } from './grammar';
import { sourceOf, type Phrase } from './phrase';
import type { Clause, SpecDescription } from './randomSpec';

const MOST_OF_A_GROWING = 2;

/** The bounds on what grows, and what else keeps a state inside; empty where there is nothing. */
export function constraintSource({ variables }: SpecDescription, constraint: readonly Phrase[]): string {
  const growing = variables.filter(([, type]) => GROWING.includes(type));
  const bounds = growing.map(([v]) => `s.${v}.size <= ${MOST_OF_A_GROWING}`);
  return [...bounds, ...constraint.map(sourceOf)].join(' && ');
}

/** The parameters of a part that is a function of constants and definitions; empty where there are none. */
export function parametersOf({ constants, asDefinitions, helpers }: SpecDescription): string {
  const names = asDefinitions ? helpers.map(({ name }) => name) : [];
  return names.length > 0 ? `c, { ${names.join(', ')} }` : constants ? 'c' : '';
}

export function stateSource(variables: SpecDescription['variables'], values: readonly Phrase[]): string {
  return `{ ${values.map((value, i) => `v${numberOf(variables, i)}: ${sourceOf(value)}`).join(', ')} }`;
}

function numberOf(variables: SpecDescription['variables'], i: number): string {
  return (variables[i]?.[0] ?? '').slice(1);
}

export function actionSource({ ranges, guard, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  const parameters = names.length > 0 ? `(s, { ${names.join(', ')} })` : '(s)';
  const effect = sourceOf(body).replace(/^(function\* |)P /, `$1${parameters} `);
  const given = guard.map((p) => `guard: ${parameters} => ${sourceOf(p)}, `).join('');
  return `action(${rangesSource(ranges)}{ ${given}effect: ${effect} })`;
}

export function invariantSource({ ranges, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  return ranges.length === 0
    ? `(s) => ${sourceOf(body)}`
    : `invariant(${rangesSource(ranges)}(s, { ${names.join(', ')} }) => ${sourceOf(body)})`;
}

export function actionPropertySource({ ranges, body }: Clause): string {
  const names = ranges.map(([name]) => name);
  return ranges.length === 0
    ? `(before, after) => ${sourceOf(body)}`
    : `actionProperty(${rangesSource(ranges)}(before, after, { ${names.join(', ')} }) => ${sourceOf(body)})`;
}

function rangesSource(ranges: Clause['ranges']): string {
  return ranges.length === 0
    ? ''
    : `{ ${ranges.map(([name, range]) => `${name}: ${sourceOf(range)}`).join(', ')} }, `;
}
