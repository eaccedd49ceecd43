import type { Random } from 'fast-check';
import { GRAMMAR, PARTS_OF } from './grammar';
import type { Template } from './templates';

/** A piece of source: a template with its holes filled. As data, so that it can be made smaller. */
export interface Phrase {
  readonly type: string;
  /** Source around and between the holes, local names already made unique. */
  readonly pieces: readonly string[];
  readonly holes: readonly Phrase[];
  /** Expressions at hand at this place, with their types. */
  readonly scope: Scope;
  /** The one at hand that this is, where it is one. */
  readonly atom?: string;
}
/** Source of an expression → its type: `s.queue`, `k`. */
export type Scope = ReadonlyMap<string, string>;

const SCALAR = new Set(['n', 'N', 'W', 'U', 'B', 'Row', 'Maybe', 'C', 'Effect', 'Odd', 'State']);
/** How often an expression at hand is taken where there is one: else source about the state would be rare. */
const TAKE_SCALAR = 0.45;
const TAKE_COLLECTION = 0.75;
const TAKE_FRESH = 0.1;
/** From this weight on a template is the usual way to make a value. */
const USUAL = 2;
/** How likely a template is, by what its holes need: what is at hand, a part of it, or neither. */
const LOCAL = 10;
const LOCAL_SCALAR = 2;
const AT_HAND = 4;
const NEAR = 0.2;
const FAR = 0.0005;

/** The types of what is at hand in a scope, of what is local among that, and both as text. */
interface Known {
  readonly types: ReadonlySet<string>;
  readonly local: ReadonlySet<string>;
  readonly text: string;
}

/** Makes phrases for one spec's variables. */
export class Speaker {
  private readonly near = new Set<string>();
  private readonly choices = new Map<string, Weighted>();
  private readonly known = new WeakMap<Scope, Known>();
  private unique = 0;

  /** `own` are templates of this spec's alone, by type: of changes, which name its variables, and of its functions. */
  constructor(
    variableTypes: readonly string[],
    private readonly own: ReadonlyMap<string, readonly Template[]>,
  ) {
    const add = (type: string): void => {
      if (this.near.has(type)) return;
      this.near.add(type);
      PARTS_OF[type]?.forEach(add);
    };
    variableTypes.forEach(add);
  }

  /** `fresh`: a value to store, which had better be another than those at hand. */
  speak(type: string, scope: Scope, depth: number, random: Random, fresh = false): Phrase {
    const atoms = atomsOf(type, scope);
    const chance =
      type === 'State' ? 1 : fresh ? TAKE_FRESH : SCALAR.has(type) ? TAKE_SCALAR : TAKE_COLLECTION;
    if (atoms.length > 0 && (depth <= 0 || random.nextInt(0, 99) < chance * 100)) {
      const local = atoms.filter(isLocal);
      const among = local.length > 0 && random.nextInt(0, 99) < 60 ? local : atoms;
      return atomPhrase(among[random.nextInt(0, among.length - 1)] as string, type, scope);
    }
    const usual = fresh && random.nextInt(0, 99) < 75;
    const template = pick(
      this.choicesOf(type, scope, depth > 0 ? (usual ? 'usual' : 'deep') : 'flat'),
      random,
    );
    const id = (this.unique++).toString(36);
    const local = (text: string) => text.replace(/([a-z])\$/g, `$1_${id}`);
    return {
      type,
      scope,
      pieces: template.pieces.map(local),
      holes: this.fill(template, local, type, scope, depth, random),
    };
  }

  private fill(
    template: Template,
    local: (text: string) => string,
    type: string,
    scope: Scope,
    depth: number,
    random: Random,
  ): Phrase[] {
    const said = new Set<string>();
    const inside = depth - (type === 'Effect' || type === 'C' ? 0 : 1);
    return template.holes.map((hole) => {
      const names = hole.names.map(([name, t]) => [local(name), t] as const);
      const inner = names.length === 0 ? scope : new Map([...scope, ...names]);
      let phrase = this.speak(hole.type, inner, inside, random, type === 'C');
      // What is compared with itself, or written over itself, is dull: once more, then let it be.
      if (said.has(sourceOf(phrase))) phrase = this.speak(hole.type, inner, inside, random, true);
      said.add(sourceOf(phrase));
      return phrase;
    });
  }

  private knownOf(scope: Scope): Known {
    let known = this.known.get(scope);
    if (!known) {
      const types = new Set(scope.values());
      const local = new Set([...scope].filter(([atom]) => isLocal(atom)).map(([, t]) => t));
      known = { types, local, text: `${[...types].sort().join(' ')} ${[...local].sort().join(' ')}` };
      this.known.set(scope, known);
    }
    return known;
  }

  private choicesOf(type: string, scope: Scope, depth: 'flat' | 'usual' | 'deep'): Weighted {
    const { types, local, text } = this.knownOf(scope);
    const key = `${type} ${depth} ${text}`;
    const known = this.choices.get(key);
    if (known) return known;
    const atHand = (hole: string) => [...types].some((t) => fits(t, hole));
    const factor = (hole: string) =>
      local.has(hole)
        ? SCALAR.has(hole)
          ? LOCAL_SCALAR
          : LOCAL
        : SCALAR.has(hole)
          ? 1
          : atHand(hole)
            ? AT_HAND
            : this.near.has(hole)
              ? NEAR
              : FAR;
    // Where there is no state, what takes one can't be said.
    const templates = [...(this.own.get(type) ?? []), ...(GRAMMAR.get(type) ?? [])].filter(
      ({ holes }) => types.has('State') || !holes.some((hole) => hole.type === 'State'),
    );
    if (templates.length === 0) missing(type);
    const usable = {
      deep: templates,
      usual: templates.filter(({ weight }) => weight >= USUAL),
      flat: templates.filter(({ holes }) => holes.every((h) => atHand(h.type))),
    }[depth];
    const choices = weigh(
      (usable.length > 0 ? usable : templates).map((t) => [
        t,
        t.holes.reduce((weight, hole) => weight * factor(hole.type), t.weight),
      ]),
    );
    this.choices.set(key, choices);
    return choices;
  }
}

/** The phrase as source. */
export function sourceOf(phrase: Phrase): string {
  let source = phrase.pieces[0] ?? '';
  phrase.holes.forEach((hole, i) => (source += sourceOf(hole) + (phrase.pieces[i + 1] ?? '')));
  return source;
}

/** What a phrase takes from its scope. */
export function atomsIn(phrase: Phrase): string[] {
  return phrase.atom !== undefined ? [phrase.atom] : phrase.holes.flatMap(atomsIn);
}

/** Smaller phrases to put in its place, the smallest first. Each says something else of the same type. */
export function* smaller(phrase: Phrase): Generator<Phrase> {
  if (phrase.atom !== undefined) return;
  const length = sourceOf(phrase).length;
  const shorter = (other: Phrase) => sourceOf(other).length < length;
  const simplest = GRAMMAR.get(phrase.type)?.find((t) => t.holes.length === 0);
  if (simplest) {
    const leaf = { type: phrase.type, scope: phrase.scope, pieces: [simplest.text], holes: [] };
    if (shorter(leaf)) yield leaf;
  }
  for (const atom of atomsOf(phrase.type, phrase.scope)) {
    const other = atomPhrase(atom, phrase.type, phrase.scope);
    if (shorter(other)) yield other;
  }
  for (const inner of within(phrase))
    if (fits(inner.type, phrase.type) && atomsIn(inner).every((atom) => phrase.scope.has(atom))) yield inner;
  if (phrase.type === 'Effect')
    for (const inner of within(phrase))
      if (inner.type === 'C' && atomsIn(inner).every((atom) => phrase.scope.has(atom))) {
        const effect = { ...phrase, pieces: ['P => (', ')'], holes: [inner] };
        if (shorter(effect)) yield effect;
      }
  if (phrase.type === 'C' && phrase.holes.length > 1)
    yield* phrase.holes.map((hole, i) => oneChange(phrase, hole, i));
  for (let i = 0; i < phrase.holes.length; i++)
    for (const hole of smaller(phrase.holes[i] as Phrase))
      yield { ...phrase, holes: phrase.holes.with(i, hole) };
}

/** `{ a: …, b: … }` without the others. */
function oneChange(phrase: Phrase, hole: Phrase, i: number): Phrase {
  const name = /(\w+): $/.exec(phrase.pieces[i] ?? '')?.[1] ?? '';
  return { ...phrase, pieces: [`{ ${name}: `, ' }'], holes: [hole] };
}

function* within(phrase: Phrase): Generator<Phrase> {
  for (const hole of phrase.holes) yield hole;
  for (const hole of phrase.holes) yield* within(hole);
}

/** A parameter or a name bound around the place, not a variable of the state. */
function isLocal(atom: string): boolean {
  return !atom.includes('.');
}

function atomPhrase(atom: string, type: string, scope: Scope): Phrase {
  return { type, scope, pieces: [atom], holes: [], atom };
}

function atomsOf(type: string, scope: Scope): string[] {
  return [...scope].filter(([, known]) => fits(known, type)).map(([atom]) => atom);
}

function fits(given: string, wanted: string): boolean {
  return given === wanted || (given === 'n' && wanted === 'N') || (given === 'W' && wanted === 'U');
}

type Weighted = { readonly templates: readonly Template[]; readonly sums: readonly number[] };

function weigh(pairs: readonly (readonly [Template, number])[]): Weighted {
  let sum = 0;
  return { templates: pairs.map(([t]) => t), sums: pairs.map(([, weight]) => (sum += weight * 1000)) };
}

function pick({ templates, sums }: Weighted, random: Random): Template {
  const at = random.nextInt(0, Math.floor(sums.at(-1) ?? 0) - 1);
  return templates[sums.findIndex((sum) => at < sum)] as Template;
}

function missing(type: string): never {
  throw new Error(`the grammar has no template for ${type}`);
}
