import { PARTS } from '../../spec/index';

/** A kind of property: how a spec declares one, what it is judged of, and how it is told. */
export interface PropertyKind {
  /** What results, reports and faults call it. */
  readonly kind: string;
  /** What messages about a spec call one, and `everystate list` all. */
  readonly noun: string;
  readonly heading: string;
  /** The part of a spec that declares them, and the part by which a variant adds some. */
  readonly part: string;
  readonly adds: string;
  /** The parts that one may have; absent where it is a predicate alone, without ranges. */
  readonly parts?: Readonly<Record<string, unknown>>;
  /** What it is judged of: each state, or each step, by the states before and after. */
  readonly of: 'state' | 'step';
  /** It falls where it does not hold, or where nothing is found for which it does. */
  readonly holds: 'always' | 'sometime';
  /** What a report says of one that fell, by its name with parameters. */
  readonly fell: (name: string) => string;
  /** What a test is named for that wants it to hold, or to fall. */
  readonly test: { readonly holds: string; readonly falls: string };
}

/** All kinds of properties, in the order in which a spec's are listed and judged. */
export const PROPERTY_KINDS = [
  {
    kind: 'invariant',
    noun: 'invariant',
    heading: 'invariants',
    part: 'invariants',
    adds: 'newInvariants',
    parts: PARTS.invariant,
    of: 'state',
    holds: 'always',
    fell: (name) => `${name} does not hold here`,
    test: { holds: 'holds', falls: 'falls' },
  },
  {
    kind: 'action property',
    noun: 'action property',
    heading: 'action properties',
    part: 'actionProperties',
    adds: 'newActionProperties',
    parts: PARTS['action property'],
    of: 'step',
    holds: 'always',
    fell: (name) => `${name} does not hold for this last step`,
    test: { holds: 'holds', falls: 'falls' },
  },
  {
    kind: 'reachable',
    noun: 'reachable property',
    heading: 'reachable',
    part: 'reachable',
    adds: 'newReachable',
    of: 'state',
    holds: 'sometime',
    fell: (name) => `${name}: no state that can be reached satisfies it`,
    test: { holds: 'is reachable', falls: 'is out of reach' },
  },
] as const satisfies readonly PropertyKind[];

export type PropertyKindName = (typeof PROPERTY_KINDS)[number]['kind'];
/** A part of a spec that declares properties. */
export type PropertyPart = (typeof PROPERTY_KINDS)[number]['part'];

const BY_NAME: ReadonlyMap<string, PropertyKind> = new Map(PROPERTY_KINDS.map((kind) => [kind.kind, kind]));

/** The kind with a name. */
export function propertyKind(name: PropertyKindName): PropertyKind {
  return BY_NAME.get(name) as PropertyKind;
}

/** Whether a name is one of a kind of property. */
export function isPropertyKind(name: string): name is PropertyKindName {
  return BY_NAME.has(name);
}
