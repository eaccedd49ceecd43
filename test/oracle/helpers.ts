import { LISTS, MAPS, SETS } from './grammar';
import type { Phrase } from './phrase';
import { parseTemplate, type Template } from './templates';

/** A function with a name that the rest of a random spec calls. */
export interface Helper {
  readonly name: string;
  /** Of what it is asked about. */
  readonly type: string;
  /** Whether it takes the state before that. */
  readonly withState: boolean;
  /** The type of what it gives. */
  readonly gives: string;
  readonly body: Phrase;
}

/** Ways to call them, by the type of what comes of it. */
export function ownTemplates(helpers: readonly Helper[]): Map<string, Template[]> {
  const templates = new Map<string, Template[]>();
  const give = (type: string, ...more: string[]): void =>
    void templates.set(type, [...(templates.get(type) ?? []), ...more.map(parseTemplate)]);
  for (const { name, type, withState, gives } of helpers) {
    const of = (argument: string) => `${name}(${withState ? '{State}, ' : ''}${argument})`;
    give(gives, `6|${of(`{${type}}`)}`);
    const collections = [...SETS.map(([self, , member]) => [self, member] as const), ...LISTS];
    const keyed = MAPS.flatMap(([self, , key, value]) => [
      ...(value === type ? [[self, `(e$) => `] as const] : []),
      ...(key === type ? [[self, `(_v$, e$) => `] as const] : []),
    ]);
    for (const [self, head] of [
      ...collections.flatMap(([self, member]) => (member === type ? [[self, '(e$) => '] as const] : [])),
      ...keyed,
    ]) {
      const answer = gives === 'B' ? of('e$') : `${of('e$')} === {${gives}}`;
      give(
        'B',
        `6|{${self}}.some(${head}${answer})`,
        `6|{${self}}.every(${head}${answer})`,
        `2|{${self}}.some(${head}!(${answer}) && {B e$:${type}})`,
      );
      give('N', `6|{${self}}.count(${head}${answer})`, `3|{${self}}.filter(${head}!(${answer})).size`);
      give(self, `6|{${self}}.filter(${head}${answer})`);
      if (gives === 'B' && !withState && head === '(e$) => ')
        give('B', `4|{${self}}.some(${name})`, `4|{${self}}.every(${name})`);
    }
  }
  return templates;
}
