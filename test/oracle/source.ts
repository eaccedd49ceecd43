import {
  actionPropertySource,
  actionSource,
  constraintSource,
  invariantSource,
  parametersOf,
  stateSource,
} from './clauses';
import { sourceOf } from './phrase';
import type { SpecDescription } from './randomSpec';
import { NAMED_FUNCTIONS } from './sides';
import { variantSource } from './variants';

/** What every random spec starts with. */
export const PRELUDE = `\
const Row = Record({ at: 0, who: null }, 'Row');
const Desk = Record({ row: null, marks: Set(), n: 0 }, 'Desk');
const Hub = Record({ inbox: List(), tags: Map(), desk: Desk() }, 'Hub');
const cap = (n) => Math.max(-1, Math.min(2, n));
${NAMED_FUNCTIONS}const { action, actionProperty, invariant, spec } = language();
`;

/** The spec as a user would write it, apart from `language` and Immutable's names, which are in scope. */
export function specSource(description: SpecDescription): string {
  const { variables, init, actions, invariants, sane, actionProperties, reachable, final } = description;
  const { helpers, asDefinitions, constants, variants } = description;
  const within = constraintSource(description, description.constraint);
  const lines = (list: readonly string[]) => list.map((line) => `    ${line},\n`).join('');
  const given = parametersOf(description);
  const part = (name: string, list: readonly string[]) =>
    list.length === 0
      ? ''
      : given === ''
        ? `  ${name}: {\n${lines(list)}  },\n`
        : `  ${name}: (${given}) => ({\n${lines(list)}  }),\n`;
  const ofState = given === '' ? '(s)' : `(s, ${given})`;
  const beside = helpers.map(({ name, withState, body }) => [
    name,
    `(${withState ? 's, ' : ''}x) => ${sourceOf(body)}`,
  ]);
  return [
    PRELUDE,
    asDefinitions ? '' : beside.map(([name, source]) => `const ${name} = ${source};\n`).join(''),
    variants.length > 0 ? 'const base = spec({' : 'return spec({',
    "\n  name: 'random',\n",
    constants ? '  constants: { K: 1, ON: false },\n' : '',
    asDefinitions && helpers.length > 0
      ? `  definitions: (c) => ({\n${lines(beside.map(([name, source]) => `${name}: ${source}`))}  }),\n`
      : '',
    `  init: (${given}) => [\n${lines(init.map((values) => stateSource(variables, values)))}  ],\n`,
    part(
      'actions',
      actions.map((clause, i) => `a${i}: ${actionSource(clause)}`),
    ),
    part('invariants', [
      ...(sane ? ['sane: () => true'] : []),
      ...invariants.map((clause, i) => `i${i}: ${invariantSource(clause)}`),
    ]),
    part(
      'actionProperties',
      actionProperties.map((clause, i) => `t${i}: ${actionPropertySource(clause)}`),
    ),
    part(
      'reachable',
      reachable.map((p, i) => `r${i}: (s) => ${sourceOf(p)}`),
    ),
    within && `  constraint: ${ofState} => ${within},\n`,
    final.map((p) => `  final: ${ofState} => ${sourceOf(p)},\n`).join(''),
    '});',
    ...variants.map((one, i) => variantSource(description, one, i)),
  ].join('');
}
