import type { Spec } from 'everystate';

type Fn = (...args: unknown[]) => unknown;
type Names = { readonly [name: string]: unknown };

/** What a chain of variants comes to, worked out in the most obvious way. */
export interface NaiveParts {
  readonly init: () => unknown;
  readonly actions: Names;
  readonly invariants: Names;
  readonly actionProperties: Names;
  readonly reachable: Names;
  readonly constraint: Fn | undefined;
  readonly final: Fn | undefined;
}

export function naiveParts(spec: Spec, overrides: Names = {}): NaiveParts {
  const chain: Spec[] = [];
  for (let one: Spec | undefined = spec; one; one = one.variantOf) chain.unshift(one);
  const [root, ...variants] = chain.map((one) => (one.changes ?? one.parts) as unknown as Names) as [
    Names,
    ...Names[],
  ];
  const constants = Object.assign(
    {},
    ...[root, ...variants].map((one) => one['constants'] ?? {}),
    overrides,
  ) as Names;
  let definitions = ((root['definitions'] as Fn | undefined)?.(constants) ?? {}) as Names;
  for (const one of variants)
    definitions = {
      ...definitions,
      ...((one['definitions'] as Fn | undefined)?.(constants, definitions) as object),
    };
  const given = (part: unknown, base?: Names): Names =>
    ((typeof part === 'function' ? (part as Fn)(constants, definitions, base) : part) ?? {}) as Names;
  let actions = given(root['actions']);
  let invariants = given(root['invariants']);
  let [init, constraint, final] = [
    root['init'],
    root['constraint'] as Fn | undefined,
    root['final'] as Fn | undefined,
  ];
  for (const one of variants) {
    const [replaced, added] = [given(one['actions'], actions), given(one['newActions'], actions)];
    const without = (one['withoutActions'] ?? []) as string[];
    invariants = {
      ...invariants,
      ...given(one['invariants'], invariants),
      ...given(one['newInvariants'], invariants),
    };
    actions = Object.fromEntries(
      Object.entries({ ...actions, ...replaced, ...added }).filter(([name]) => !without.includes(name)),
    );
    init = one['init'] ?? init;
    constraint = (one['constraint'] as Fn | undefined) ?? constraint;
    final = (one['final'] as Fn | undefined) ?? final;
  }
  const ofState = (part: Fn | undefined): Fn | undefined =>
    part && ((state) => part(state, constants, definitions));
  return {
    init: () => (typeof init === 'function' ? (init as Fn)(constants, definitions) : init),
    actions,
    invariants,
    actionProperties: given(root['actionProperties']),
    reachable: given(root['reachable']),
    constraint: ofState(constraint),
    final: ofState(final),
  };
}
