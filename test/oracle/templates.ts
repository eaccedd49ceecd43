/**
 * One template of TypeScript source, taken apart. A hole `{T}` is filled with source of type T; `{T v$:U}` puts a
 * local name of type U in scope there. `3|` in front of a template makes it three times as likely. `pieces` stand
 * around and between the holes.
 */
export interface Template {
  readonly text: string;
  readonly weight: number;
  readonly pieces: readonly string[];
  readonly holes: readonly Hole[];
}
export interface Hole {
  readonly type: string;
  /** Local names in scope in the hole, with their types. */
  readonly names: readonly (readonly [name: string, type: string])[];
}

/** What random specs may be made without, to look for what else is wrong: `EVERYSTATE_RANDOM_WITHOUT=throws,catches`. */
export type Feature = 'helpers' | 'sides' | 'throws' | 'catches' | 'nested' | 'oneShot' | 'maxStates';

const without = process.env.EVERYSTATE_RANDOM_WITHOUT?.split(',') ?? [];

export function enabled(feature: Feature): boolean {
  return !without.includes(feature);
}

const templates = new Map<string, string[]>();

/** Adds templates of a type. Its first is its simplest and has no hole. */
export function give(type: string, more: readonly string[], feature?: Feature): void {
  if (feature && !enabled(feature)) return;
  const known = templates.get(type);
  if (known) known.push(...more);
  else templates.set(type, [...more]);
}

/** Templates for several types at once: `Self`, `Key` and the like are replaced in each. */
export function giveEach(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  byType: { readonly [type: string]: readonly string[] },
  feature?: Feature,
): void {
  for (const row of rows) {
    const fill = (text: string) =>
      names.reduce(
        (filled, name, i) =>
          filled.replace(
            new RegExp(name === 'Ctor' || name === 'Self' ? name : `\\b${name}\\b`, 'g'),
            row[i] ?? '',
          ),
        text,
      );
    for (const [type, list] of Object.entries(byType)) give(fill(type), list.map(fill), feature);
  }
}

const HOLE = /\{(n|[A-Z][A-Za-z]*)((?: [a-z]\w*\$:[A-Za-z]+)*)\}/g;

/** Takes a template's text apart. */
export function parseTemplate(source: string): Template {
  const [, weight = '1', text = ''] = /^(?:(\d+)\|)?([^]*)$/.exec(source) ?? [];
  const holes = [...text.matchAll(HOLE)].map(([, type = '', names = '']) => ({
    type,
    names: names
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => name.split(':') as [string, string]),
  }));
  return { text, weight: Number(weight), pieces: text.replace(HOLE, '\0').split('\0'), holes };
}

/** Type → its templates, the simplest first. */
export function allTemplates(): ReadonlyMap<string, readonly Template[]> {
  return new Map([...templates].map(([type, list]) => [type, list.map(parseTemplate)]));
}
