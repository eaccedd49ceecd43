/**
 * What random specs are made of: templates of TypeScript source, by the type of value they give. A hole `{T}`
 * is filled with source of type T; `{T v$:U}` puts a local name of type U in scope there. `3|` in front of a
 * template makes it three times as likely. A type's first template is its simplest and has no hole.
 *
 * Numbers come in two types: `n` is small and may be stored, `N` is any. That keeps the state spaces small.
 */

/** `Ctor` of `Key` to `Val`. */
const MAPS = [
  ['Marks', 'Map', 'W', 'n'],
  ['Rows', 'Map', 'W', 'Row'],
  ['Nest', 'Map', 'W', 'Marks'],
  ['Tags', 'Map', 'W', 'Words'],
  ['Queues', 'Map', 'W', 'Queue'],
  ['Offers', 'Map', 'W', 'Maybe'],
  ['ByNumber', 'Map', 'n', 'W'],
  ['ByRow', 'Map', 'Row', 'n'],
  ['Ranked', 'OrderedMap', 'W', 'n'],
] as const;

/** `Ctor` of `Elem`. */
const SETS = [
  ['Words', 'Set', 'W'],
  ['Numbers', 'Set', 'n'],
  ['Messages', 'Set', 'Row'],
  ['Teams', 'Set', 'Words'],
  ['Sorted', 'OrderedSet', 'W'],
] as const;

const LISTS = [
  ['Queue', 'n'],
  ['Mail', 'Row'],
  ['Path', 'W'],
] as const;

/** The types a variable may have, and what else can be had out of one. */
export const PARTS_OF: { readonly [type: string]: readonly string[] } = {
  n: [],
  W: [],
  U: [],
  B: [],
  Row: [],
  Maybe: ['Row'],
  Desk: ['Maybe', 'Row', 'Words'],
  Odd: ['Row', 'Marks'],
  Pile: [],
  ...Object.fromEntries(MAPS.map(([type, , key, value]) => [type, [key, value]])),
  ...Object.fromEntries(SETS.map(([type, , member]) => [type, [member]])),
  ...Object.fromEntries(LISTS.map(([type, member]) => [type, [member]])),
};

/** Types whose values can grow without end unless a constraint bounds their size. */
export const GROWING: readonly string[] = [
  ...LISTS.map(([type]) => type),
  'Messages',
  'Teams',
  'ByRow',
  'Pile',
  'Nest',
  'Tags',
  'Queues',
];

/** How an iterable becomes a range of each type of parameter. */
export const PARAMETER_TYPES = ['W', 'n', 'Row', 'B'] as const;

const templates = new Map<string, string[]>();
function give(type: string, more: readonly string[]): void {
  const known = templates.get(type);
  if (known) known.push(...more);
  else templates.set(type, [...more]);
}
/** Templates for several types at once: `Self`, `Key` and the like are replaced in each. */
function giveEach(
  rows: readonly (readonly string[])[],
  names: readonly string[],
  byType: { readonly [type: string]: readonly string[] },
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
    for (const [type, list] of Object.entries(byType)) give(fill(type), list.map(fill));
  }
}

// ——— Scalars ———
give('n', [
  '3|0',
  '3|1',
  '2|2',
  '-1',
  '-0',
  '6|cap({N})',
  '4|cap({n} + 1)',
  '({B} ? {n} : {n})',
  '2|{Row}.at',
  "{Row}.get('at', 0)",
  "{Row}.getIn(['at'])",
  '(({ at }) => at)({Row})',
  '2|({Maybe}?.at ?? {n})',
  '2|{Desk}.n',
  "{Desk}.getIn(['row', 'at'], {n})",
  '{Nest}.getIn([{W}, {W}], {n})',
  'getIn({Nest}, [{W}, {W}], {n})',
  "{Offers}.getIn([{W}, 'at'], {n})",
  '{Queues}.getIn([{W}, 0], {n})',
  '((o$) => (Map.isMap(o$) ? o$.get({W}, 0) : o$ === null ? -1 : o$.at))({Odd})',
  '{Pile}.peek() ?? {n}',
  '({Pile}.first() ?? {n})',
  '{Rows}.get({W}).at',
  '({Rows}.get({W})?.at ?? {n})',
]);
give('N', [
  '0',
  '1',
  '4|{n}',
  '3|({N} + {N})',
  '2|({N} - {N})',
  '({N} * {N})',
  '({B} ? {N} : {N})',
  'Math.max({N}, {N})',
  'Math.min({N}, {N})',
  'Number({B})',
  '{Pile}.size',
  '{W}.length',
  'Math.max(0, ...{Queue})',
  'Math.max(...{Numbers}, 0)',
  '{Numbers}.reduce((t$, e$) => t$ + e$, 0)',
  '({Numbers}.max() ?? 0)',
  '({Marks}.min() ?? 0)',
  '{Queue}.reduce((t$, e$) => 2 * t$ + e$, 0)',
  '{Messages}.toSeq().map((m$) => m$.at).reduce((t$, e$) => t$ + e$, 0)',
  '{Messages}.map((m$) => m$.who).size',
  '{Desk}.marks.size',
  'Object.keys({Rows}.toJS()).length',
  'Object.keys({Marks}.toObject()).length',
  '((o$) => (Map.isMap(o$) ? o$.size : 0))({Odd})',
  '(() => { switch ({U}) { case null: return {N}; case "a": return {N}; default: return {N}; } })()',
]);
give('W', [
  "5|'a'",
  "5|'b'",
  "3|'c'",
  '({U} ?? {W})',
  '2|({B} ? {W} : {W})',
  "({ a: 'b', b: 'c', c: 'a' }[{W}] ?? 'a')",
  "(['a', 'b', 'c'][{n}] ?? 'a')",
  '({W} + {W}).slice(0, 1)',
  '({W} + {W}).slice(0, 2)',
  "({Words}.min() ?? 'b')",
  "{Words}.sort().join('').charAt(0)",
  "{Words}.reduce((t$, w$) => (t$ < w$ ? w$ : t$), 'a')",
]);
give('U', ['null', '{W}', '2|{Row}.who', "{Row}.get('who')", '({B} ? {U} : {U})', '({Maybe}?.who ?? null)']);
give('B', [
  'true',
  'false',
  '3|({N} < {N})',
  '2|({N} === {N})',
  '({n} !== {n})',
  '({N} % 2 === 0)',
  '2|({W} === {W})',
  '({W} < {W})',
  '({U} === {U})',
  '({U} === null)',
  '2|!{B}',
  '2|({B} && {B})',
  '2|({B} || {B})',
  '({B} ? {B} : {B})',
  '(({B} && !{B}) || {B})',
  '{Row}.equals({Row})',
  'is({Row}, {Row})',
  '({Row}.who === {U})',
  "{Row}.has('at')",
  '({Row}.toJS().at === {n})',
  '({Row}.toObject().who === {U})',
  '({Row} instanceof Row)',
  'Record.isRecord({Maybe})',
  '(JSON.stringify({Row}) === JSON.stringify({Row}))',
  '({Maybe} === null)',
  '({Maybe} !== null)',
  'is({Maybe}, {Maybe})',
  '({Maybe}?.who === {U})',
  '({Desk}.row === null)',
  "{Desk}.hasIn(['row', 'at'])",
  '{Desk}.marks.has({W})',
  'is({Desk}, {Desk})',
  '(({ row, n }) => (row === null ? n > 0 : row.at === n))({Desk})',
  '({Odd} === null)',
  'Map.isMap({Odd})',
  'Record.isRecord({Odd})',
  'is({Odd}, {Odd})',
  '({Pile}.peek() === {n})',
  '{Pile}.includes({n})',
  '{Pile}.isEmpty()',
  'is({Pile}, {Pile})',
  '{Nest}.hasIn([{W}, {W}])',
  '{Nest}.get({W}, Map()).isEmpty()',
  '{Nest}.get({W})?.has({W}) === true',
  '{Nest}.some((m$) => m$.some((v$) => {B m$:Marks v$:n}))',
  '{Tags}.get({W}, Set()).has({W})',
  '{Tags}.every((t$, k$) => !t$.has(k$))',
  '{Tags}.some((t$) => t$.isSubset({Words}))',
  '{Queues}.some((q$) => q$.first() === {n})',
  '{Queues}.get({W}, List()).includes({n})',
  '{Messages}.filter((m$) => {Rows}.has(m$.who)).some((m$) => {Rows}.get(m$.who).at === {n})',
  '{Messages}.some((m$) => {Rows}.get(m$.who).at === {n})',
  '{Words}.some((w$) => { if (!{Words}.has(w$)) throw new Error(`no ${w$}`); return {B w$:W}; })',
  '{Rows}.every((r$) => r$.who === null || {Rows}.has(r$.who))',
  '{Messages}.some((m$) => {Messages}.some((o$) => m$.who === o$.who && m$.at < o$.at))',
  '{Messages}.groupBy((m$) => m$.who).every((g$) => g$.size < 2)',
  "({Words}.join('') === 'ab')",
  "({Sorted}.join('') === 'ba')",
  '[...{Words}].includes({W})',
  '{Words}.toArray().every((w$) => {B w$:W})',
  "['a', 'b'].every((w$) => {Words}.has(w$))",
  "['a', 'b', 'c'].some((w$) => {Marks}.get(w$, 0) > {n})",
  '(Array.from({Numbers}).length > {n})',
  'new globalThis.Set({Words}).has({W})',
  'new globalThis.Map({Marks}).has({W})',
]);

// ——— Records, unions, the odd one out ———
give('Row', [
  'Row()',
  '2|Row({ at: {n}, who: {U} })',
  'Row({ at: {n} })',
  "{Row}.set('at', {n})",
  "{Row}.set('who', {U})",
  '{Row}.merge({ at: {n} })',
  "{Row}.update('at', (x$) => {n x$:n})",
  "{Row}.remove('at')",
  '{Row}.clear()',
  "{Row}.setIn(['who'], {U})",
  'Row({ ...{Row}.toObject(), at: {n} })',
  'Row({Row})',
  "{Row}.withMutations((r$) => { r$.set('at', {n}).set('who', {U}); })",
  "{Row}.withMutations((r$) => { r$.at = {n}; r$.update('who', (u$) => {U u$:U}); if (r$.at > 0) r$.clear(); })",
  "set({Row}, 'at', {n})",
  '({Maybe} ?? {Row})',
  '({B} ? {Row} : {Row})',
  '((o$) => (Record.isRecord(o$) ? o$ : {Row}))({Odd})',
]);
give('Maybe', ['null', '3|{Row}', '2|{Desk}.row', '({B} ? {Maybe} : null)', '({Rows}.get({W}) ?? null)']);
give('Desk', [
  'Desk()',
  'Desk({ row: {Maybe}, marks: {Words}, n: {n} })',
  "2|{Desk}.set('row', {Maybe})",
  "{Desk}.set('row', null)",
  "{Desk}.set('marks', {Words})",
  "{Desk}.update('marks', (w$) => {Words w$:Words})",
  "{Desk}.update('n', (x$) => {n x$:n})",
  '{Desk}.merge({ n: {n}, row: {Maybe} })',
  "((d$) => (d$.row === null ? d$ : d$.setIn(['row', 'at'], {n})))({Desk})",
  "((d$) => (d$.row === null ? d$ : d$.updateIn(['row', 'who'], (u$) => {U u$:U})))({Desk})",
  "{Desk}.updateIn(['marks'], (w$) => w$.add({W}))",
  'Desk({ row: {Desk}.row, marks: {Desk}.marks, n: {n} })',
  'Desk({ ...{Desk}.toObject(), marks: {Words} })',
  '({B} ? {Desk} : {Desk})',
]);
give('Odd', [
  'null',
  '2|{Row}',
  '2|{Marks}',
  '({B} ? {Odd} : {Odd})',
  '((o$) => (Map.isMap(o$) ? o$.set({W}, {n}) : o$ === null ? Map() : null))({Odd})',
]);
give('Pile', [
  'Stack()',
  'Stack([{n}])',
  '2|{Pile}.push({n})',
  '{Pile}.pop()',
  '{Pile}.unshift({n})',
  '{Pile}.clear()',
  'Stack({Queue})',
  '{Pile}.filter((e$) => {B e$:n})',
]);

// ——— Maps ———
giveEach(MAPS, ['Self', 'Ctor', 'Key', 'Val'], {
  Self: [
    'Ctor()',
    'Ctor([[{Key}, {Val}]])',
    '8|{Self}.set({Key}, {Val})',
    '2|{Self}.delete({Key})',
    '{Self}.remove({Key})',
    '((m$) => (m$.has({Key}) ? m$ : m$.set({Key}, {Val})))({Self})',
    '((m$) => m$.map((v$, k$) => {Val v$:Val k$:Key}))({Self})',
    '{Self}.clear()',
    '{Self}.merge({Self})',
    '{Self}.merge([[{Key}, {Val}]])',
    '{Self}.concat({Self})',
    '{Self}.mergeWith((v$, u$) => {Val v$:Val u$:Val}, {Self})',
    '{Self}.filter((v$, k$) => {B v$:Val k$:Key})',
    '{Self}.filterNot((v$) => {B v$:Val})',
    '{Self}.map((v$) => {Val v$:Val})',
    '{Self}.mapKeys((k$) => {Key k$:Key})',
    '{Self}.withMutations((m$) => { m$.set({Key}, {Val}); m$.delete({Key}); })',
    '{Self}.withMutations((m$) => { for (const k$ of [{Key}, {Key}]) if (!m$.has(k$)) m$.set(k$, {Val k$:Key}); })',
    '{Self}.withMutations((m$) => { m$.update({Key}, (v$ = {Val}) => {Val v$:Val}).merge([[{Key}, {Val}]]); if (m$.size > 1) m$.remove({Key}); })',
    '{Self}.withMutations((m$) => { m$.clear().set({Key}, {Val}); })',
    '{Self}.withMutations((m$) => { m$.deleteAll([{Key}]).map((v$) => {Val v$:Val}); m$.set({Key}, m$.first({Val})); })',
    '{Self}.withMutations((m$) => { if (m$.some((v$) => {B v$:Val})) m$.set({Key}, {Val}); else m$.filter((v$) => {B v$:Val}).forEach((v$, k$) => m$.delete(k$)); })',
    '{Self}.withMutations((m$) => { m$.update({Key}, (v$ = {Val}) => { m$.set({Key}, {Val v$:Val}); return {Val v$:Val}; }); })',
    '{Self}.setIn([{Key}], {Val})',
    '{Self}.updateIn([{Key}], (v$ = {Val}) => {Val v$:Val})',
    '{Self}.deleteIn([{Key}])',
    '{Self}.deleteAll([{Key}, {Key}])',
    '{Self}.delete({Key}).set({Key}, {Val})',
    '{Self}.set({Key}, {Val}).delete({Key})',
    '{Self}.update((m$) => {Self m$:Self})',
    'Ctor({Self})',
    'Ctor([...{Self}].filter(([k$, v$]) => {B k$:Key v$:Val}))',
    '{Self}.toSeq().filter((v$) => {B v$:Val}).toCtor()',
    '{Self}.partition((v$) => {B v$:Val})[1]',
    '{Self}.take(1)',
    '{Self}.skip(1)',
    '{Self}.sortBy((v$, k$) => k$).toCtor()',
    '({B} ? {Self} : {Self})',
    'set({Self}, {Key}, {Val})',
    'remove({Self}, {Key})',
    'merge({Self}, {Self})',
  ],
  Val: [
    '3|{Self}.get({Key}, {Val})',
    '2|({Self}.get({Key}) ?? {Val})',
    '{Self}.first({Val})',
    '({Self}.last() ?? {Val})',
    '({Self}.find((v$, k$) => {B v$:Val k$:Key}) ?? {Val})',
    '({Self}.valueSeq().first() ?? {Val})',
    '{Self}.toList().get(0, {Val})',
    '{Self}.getIn([{Key}], {Val})',
    '(([v$ = {Val}]) => v$)({Self}.values())',
    'get({Self}, {Key}, {Val})',
    '({Self}.filter((v$) => {B v$:Val}).first() ?? {Val})',
    '(() => { for (const [k$, v$] of {Self}) if ({B v$:Val k$:Key}) return v$; return {Val}; })()',
  ],
  Key: [
    '({Self}.keyOf({Val}) ?? {Key})',
    '({Self}.findKey((v$) => {B v$:Val}) ?? {Key})',
    '{Self}.keySeq().first({Key})',
    '({Self}.keySeq().last() ?? {Key})',
    '({Self}.findEntry((v$, k$) => {B v$:Val k$:Key})?.[0] ?? {Key})',
    '([...{Self}.keys()][0] ?? {Key})',
    '{Self}.entrySeq().map(([k$]) => k$).first({Key})',
  ],
  B: [
    '2|{Self}.has({Key})',
    '{Self}.includes({Val})',
    '{Self}.isEmpty()',
    '!{Self}.size',
    '{Self}.some((v$, k$) => {B v$:Val k$:Key})',
    '{Self}.every((v$, k$) => {B v$:Val k$:Key})',
    'is({Self}, {Self})',
    '{Self}.equals({Self})',
    '{Self}.hasIn([{Key}])',
    '({Self}.get({Key}) === undefined)',
    'is({Self}.get({Key}), {Val})',
    '{Self}.keySeq().includes({Key})',
    '{Self}.keySeq().toSet().has({Key})',
    '{Self}.keySeq().toSet().isSuperset([{Key}])',
    '({Self}.find((v$) => {B v$:Val}) !== undefined)',
    '{Self}.valueSeq().some((v$) => {B v$:Val})',
    '{Self}.toSeq().filter((v$) => {B v$:Val}).isEmpty()',
    '{Self}.filter((v$, k$) => {B v$:Val k$:Key}).every((v$) => {B v$:Val})',
    '{Self}.filter((v$, k$) => {B v$:Val k$:Key}).has({Key})',
    '(String({Self}) === String({Self}))',
    '({Self}.hashCode() === {Self}.hashCode())',
    'has({Self}, {Key})',
    '(() => { for (const [k$, v$] of {Self}) if ({B k$:Key v$:Val}) return true; return false; })()',
    '(() => { for (const k$ of {Self}.keys()) if ({B k$:Key}) return false; return true; })()',
  ],
  N: [
    '2|{Self}.size',
    '{Self}.count()',
    '{Self}.count((v$, k$) => {B v$:Val k$:Key})',
    '{Self}.filter((v$) => {B v$:Val}).size',
    '{Self}.reduce((t$, v$, k$) => {N t$:N v$:Val k$:Key}, 0)',
    '{Self}.keySeq().count()',
    '{Self}.countBy((v$) => {W v$:Val}).get({W}, 0)',
    '{Self}.groupBy((v$) => {B v$:Val}).size',
    '[...{Self}.values()].length',
    '{Self}.toSet().size',
    '({Self}.toSeq().map((v$) => {N v$:Val}).max() ?? 0)',
    '{Self}.map((v$) => {N v$:Val}).reduce((t$, e$) => t$ + e$, 0)',
    '(() => { let n$ = 0; {Self}.forEach((v$, k$) => { n$ += {N v$:Val k$:Key}; }); return n$; })()',
    '(() => { let n$ = 0; for (const [k$, v$] of {Self}.entries()) { if ({B k$:Key v$:Val}) break; n$ += 1; } return n$; })()',
    '(() => { let n$ = 0; {Self}.some((v$) => { n$ += 1; return {B v$:Val}; }); return n$; })()',
  ],
});
giveEach(
  MAPS.filter(([, ctor, key]) => ctor === 'Map' && key === 'W'),
  ['Self'],
  {
    Words: ['{Self}.keySeq().toSet()', 'Set.fromKeys({Self})', 'Set({Self}.keys())'],
    RangeW: [
      '(s) => {Self}.keys()',
      '(s) => {Self}.keySeq()',
      '(s) => {Self}.filter((v$, k$) => {B k$:W}).keySeq()',
    ],
  },
);
give('Rows', [
  '((m$) => (m$.has({W}) ? m$ : m$.setIn([{W}], Row())))({Rows})',
  "((m$, k$) => (m$.has(k$) ? m$.setIn([k$, 'at'], {n}) : m$))({Rows}, {W})",
  "((m$, k$) => (m$.has(k$) ? m$.updateIn([k$, 'who'], (u$) => {U u$:U}) : m$))({Rows}, {W})",
  '{Rows}.map((r$) => r$.set("at", {n}))',
  '{Rows}.map((r$, k$) => (k$ === {W} ? r$.set("at", {n}) : r$))',
  '{Rows}.filter((r$) => {B r$:Row}).mergeIn([{W}], { at: {n} })',
  'Map({Rows}.entrySeq().map(([k$, r$]) => [k$, {B k$:W} ? r$ : r$.set("who", {U})]))',
  'Map({Messages}.toArray().map((m$) => [m$.who ?? "a", m$]))',
]);
give('Nest', [
  '2|{Nest}.setIn([{W}, {W}], {n})',
  '2|{Nest}.deleteIn([{W}, {W}])',
  '{Nest}.updateIn([{W}, {W}], {n}, (x$) => {n x$:n})',
  '{Nest}.update({W}, Map(), (m$) => m$.set({W}, {n}))',
  '{Nest}.set({W}, Map())',
  '{Nest}.filterNot((m$) => m$.isEmpty())',
  '{Nest}.mergeDeep({Nest})',
  '{Nest}.mergeIn([{W}], Map([[{W}, {n}]]))',
  '{Nest}.mergeDeep(Map([[{W}, Map([[{W}, {n}]])]]))',
  '{Nest}.map((m$, k$) => (k$ === {W} ? m$.set({W}, {n}) : m$))',
  '{Nest}.map((m$, k$) => (k$ === {W} ? {Nest}.get({W}, m$) : m$))',
  '{Nest}.filter((m$, k$) => {B k$:W}).set({W}, {Nest}.get({W}, Map()))',
  '{Nest}.update({W}, (m$ = {Nest}.get({W}, Map())) => m$.remove({W}))',
  '{Nest}.updateIn([{W}, {W}], {n}, (x$) => x$)',
  'Map({ a: {Nest}.get("a", Map()), b: {Nest}.get("a", Map()) })',
  '{Nest}.withMutations((m$) => { m$.setIn([{W}, {W}], {n}).updateIn([{W}, {W}], 0, (x$) => {n x$:n}).removeIn([{W}, {W}]); })',
]);
give('Tags', [
  '2|{Tags}.update({W}, Set(), (t$) => t$.add({W}))',
  '{Tags}.update({W}, Set(), (t$) => t$.delete({W}))',
  '{Tags}.map((t$, k$) => t$.delete(k$))',
  '{Tags}.removeIn([{W}, {W}])',
  '{Tags}.map((t$, k$) => (k$ === {W} ? t$.add({W}) : t$))',
  '{Words}.toMap().map(() => {Words})',
]);
give('Queues', [
  '2|{Queues}.update({W}, List(), (q$) => q$.push({n}))',
  '{Queues}.update({W}, List(), (q$) => q$.shift())',
  '{Queues}.map((q$, k$) => (k$ === {W} ? q$.push({n}) : q$))',
]);
give('ByNumber', ['{ByNumber}.set({ByNumber}.size, {W})']);
give('Messages', [
  'Set.union([{Messages}, {Messages}])',
  '{Rows}.toSet()',
  'Set({Rows}.values())',
  '{Rows}.valueSeq().toSet()',
  'Set({Mail})',
  '{Messages}.add(Row({ at: {n}, who: {W} }))',
  '{Messages}.filter((m$) => m$.who !== {U})',
  '{Messages}.map((m$) => m$.set("at", {n m$:Row}))',
  '{Messages}.filter((m$) => m$.at === {n}).map((m$) => m$.set("who", {U}))',
  '{ByRow}.keySeq().toSet()',
]);
give('Numbers', ['{Marks}.toSet()', 'Set({Queue})', '{Messages}.map((m$) => m$.at)']);
give('Words', [
  'Set.union([{Words}, {Words}])',
  'Set.intersect([{Words}, {Words}])',
  '{Desk}.marks',
  '{Sorted}.toSet()',
  '{Tags}.reduce((t$, w$) => t$.union(w$), Set())',
  'Set({Path})',
]);
give('Sorted', ['OrderedSet({Words})', '{Words}.sort()', '{Words}.toOrderedSet()']);
give('Ranked', ['OrderedMap({Marks})', '{Marks}.sort()', '{Marks}.sortBy((v$, k$) => k$)']);
give('Marks', [
  'Map({Ranked})',
  '{Ranked}.toMap()',
  '{Words}.toMap().map(() => {n})',
  'Map({Words}.toArray().map((w$) => [w$, {n w$:W}]))',
  '((o$) => (Map.isMap(o$) ? o$ : {Marks}))({Odd})',
]);

// ——— Sets ———
giveEach(SETS, ['Self', 'Ctor', 'Elem'], {
  Self: [
    'Ctor()',
    'Ctor([{Elem}])',
    'Ctor.of({Elem}, {Elem})',
    '8|{Self}.add({Elem})',
    '2|{Self}.delete({Elem})',
    '{Self}.remove({Elem})',
    '((x$) => (x$.has({Elem}) ? x$.remove({Elem}) : x$.add({Elem})))({Self})',
    '{Self}.clear()',
    '{Self}.union({Self})',
    '{Self}.union([{Elem}])',
    '{Self}.subtract({Self})',
    '{Self}.subtract([{Elem}])',
    '{Self}.intersect({Self})',
    '{Self}.merge({Self})',
    '{Self}.concat({Self})',
    '{Self}.filter((e$) => {B e$:Elem})',
    '{Self}.filterNot((e$) => {B e$:Elem})',
    '{Self}.map((e$) => {Elem e$:Elem})',
    '{Self}.flatMap((e$) => [e$, {Elem e$:Elem}])',
    '{Self}.withMutations((x$) => { x$.add({Elem}); x$.delete({Elem}); })',
    '{Self}.withMutations((x$) => { x$.union([{Elem}]).subtract({Self}); if (!x$.has({Elem})) x$.add({Elem}); })',
    '{Self}.withMutations((x$) => { if (x$.some((e$) => {B e$:Elem})) x$.clear(); x$.intersect([{Elem}]).add({Elem}); })',
    '{Self}.intersect([{Elem}, {Elem}])',
    'Ctor({Self})',
    'Ctor([...{Self}, {Elem}])',
    'Ctor({Self}.toList())',
    '{Self}.toSeq().filter((e$) => {B e$:Elem}).toCtor()',
    '{Self}.partition((e$) => {B e$:Elem})[0]',
    '{Self}.take(1)',
    '{Self}.rest()',
    '({B} ? {Self} : {Self})',
    '{Self}.delete({Elem}).add({Elem})',
  ],
  Elem: [
    '{Self}.first({Elem})',
    '({Self}.last() ?? {Elem})',
    '({Self}.find((e$) => {B e$:Elem}) ?? {Elem})',
    '({Self}.toArray()[0] ?? {Elem})',
    '({Self}.maxBy((e$) => {N e$:Elem}) ?? {Elem})',
    '({Self}.sortBy((e$) => {N e$:Elem}).first() ?? {Elem})',
    '(([e$ = {Elem}]) => e$)({Self})',
    '(() => { for (const e$ of {Self}) if ({B e$:Elem}) return e$; return {Elem}; })()',
  ],
  B: [
    '3|{Self}.has({Elem})',
    '{Self}.includes({Elem})',
    '{Self}.isEmpty()',
    '2|{Self}.some((e$) => {B e$:Elem})',
    '2|{Self}.every((e$) => {B e$:Elem})',
    '{Self}.isSubset({Self})',
    '{Self}.isSuperset({Self})',
    '{Self}.isSuperset([{Elem}, {Elem}])',
    'is({Self}, {Self})',
    '{Self}.equals({Self})',
    '{Self}.intersect({Self}).isEmpty()',
    '{Self}.intersect([{Elem}, {Elem}]).isEmpty()',
    '({Self}.find((e$) => {B e$:Elem}) !== undefined)',
    '{Self}.filter((e$) => {B e$:Elem}).every((e$) => {B e$:Elem})',
    '{Self}.filter((e$) => {B e$:Elem}).isEmpty()',
    '{Self}.filter((e$) => {B e$:Elem}).equals({Self})',
    '{Self}.filter((e$) => {B e$:Elem}).filter((e$) => {B e$:Elem}).some((e$) => {B e$:Elem})',
    '{Self}.some((e$) => {Self}.some((x$) => {B e$:Elem x$:Elem}))',
    '{Self}.map((e$) => {W e$:Elem}).has({W})',
    '{Self}.add({Elem}).isSubset({Self})',
    '({Self}.has({Elem}) && {Self}.size === {N})',
    '{Self}.toSeq().map((e$) => {N e$:Elem}).includes({N})',
    '({Self}.hashCode() === {Self}.hashCode())',
    '(() => { for (const e$ of {Self}) if ({B e$:Elem}) return true; return false; })()',
    '(() => { const x$ = {Self}; const p$ = (e$) => {B e$:Elem}; return x$.some(p$) && !x$.every(p$); })()',
  ],
  N: [
    '3|{Self}.size',
    '{Self}.count()',
    '2|{Self}.count((e$) => {B e$:Elem})',
    '2|{Self}.filter((e$) => {B e$:Elem}).size',
    '{Self}.reduce((t$, e$) => {N t$:N e$:Elem}, 0)',
    '{Self}.toList().size',
    '{Self}.map((e$) => {W e$:Elem}).size',
    '{Self}.groupBy((e$) => {B e$:Elem}).size',
    '{Self}.countBy((e$) => {W e$:Elem}).get({W}, 0)',
    '(() => { let n$ = 0; {Self}.forEach((e$) => { n$ += {N e$:Elem}; }); return n$; })()',
    '(() => { let n$ = 0; for (const e$ of {Self}) { if ({B e$:Elem}) continue; n$ += {N e$:Elem}; if (n$ > 2) break; } return n$; })()',
    '(() => { let n$ = 0; {Self}.every((e$) => { n$ += 1; return {B e$:Elem}; }); return n$; })()',
    '(() => { let x$ = {Elem}; const p$ = (e$) => is(e$, x$); const n$ = {Self}.count(p$); x$ = {Elem}; return n$ + {Self}.count(p$); })()',
    '(() => { let x$ = {Elem}; const lazy$ = {Self}.toSeq().filter((e$) => !is(e$, x$)); x$ = {Elem}; return lazy$.count(); })()',
    '(() => { const seen$ = []; {Self}.some((e$) => { seen$.push(e$); return {B e$:Elem}; }); return seen$.length; })()',
  ],
});

// ——— Lists ———
giveEach(LISTS, ['Self', 'Elem'], {
  Self: [
    'List()',
    'List([{Elem}])',
    '6|{Self}.push({Elem})',
    '2|{Self}.shift()',
    '{Self}.pop()',
    '{Self}.unshift({Elem})',
    '{Self}.rest()',
    '{Self}.butLast()',
    '{Self}.slice(1)',
    '{Self}.take(2)',
    '{Self}.skip(1)',
    '{Self}.takeLast(2)',
    '{Self}.clear()',
    '{Self}.filter((e$) => {B e$:Elem})',
    '{Self}.filterNot((e$, i$) => {B e$:Elem i$:n})',
    '{Self}.map((e$) => {Elem e$:Elem})',
    '{Self}.reverse()',
    '{Self}.concat({Self})',
    '{Self}.insert(0, {Elem})',
    '{Self}.delete(0)',
    '{Self}.remove({n})',
    '{Self}.splice(0, 1, {Elem})',
    '{Self}.push({Elem}).shift()',
    '{Self}.withMutations((l$) => { l$.push({Elem}); l$.shift(); })',
    '{Self}.withMutations((l$) => { if (l$.includes({Elem})) l$.pop(); l$.push({Elem}).push({Elem}).pop(); })',
    '{Self}.withMutations((l$) => { l$.clear().push({Elem}, {Elem}); if (l$.first() !== undefined) l$.set(0, {Elem}); })',
    '{Self}.pop().push({Elem})',
    '{Self}.push({Elem}).pop().pop()',
    '((l$) => (l$.isEmpty() ? l$ : l$.set(0, {Elem l$:Self})))({Self})',
    '((l$) => (l$.size < 2 ? l$ : l$.update(1, (e$) => {Elem e$:Elem})))({Self})',
    '((l$) => (l$.size > 1 ? l$.setIn([0], l$.get(1)) : l$))({Self})',
    'List({Self})',
    'List([...{Self}, {Elem}])',
    '{Self}.toSeq().map((e$) => {Elem e$:Elem}).toList()',
    '({B} ? {Self} : {Self})',
    '{Self}.set({n}, {Elem})',
  ],
  Elem: [
    '2|{Self}.get({n}, {Elem})',
    '2|({Self}.first() ?? {Elem})',
    '({Self}.last() ?? {Elem})',
    '({Self}.get(-1) ?? {Elem})',
    '({Self}.find((e$) => {B e$:Elem}) ?? {Elem})',
    '({Self}.toArray()[0] ?? {Elem})',
    '(([e$ = {Elem}]) => e$)({Self})',
  ],
  B: [
    '{Self}.includes({Elem})',
    '{Self}.isEmpty()',
    '{Self}.some((e$, i$) => {B e$:Elem i$:n})',
    '{Self}.every((e$) => {B e$:Elem})',
    'is({Self}, {Self})',
    '{Self}.equals({Self})',
    '({Self}.first() === undefined)',
    'is({Self}.first(), {Elem})',
    'is({Self}.get({n}), {Elem})',
    '{Self}.has({n})',
    '({Self}.indexOf({Elem}) >= 0)',
    '({Self}.filter((e$) => {B e$:Elem}).first() !== undefined)',
    '(() => { for (const e$ of {Self}) if ({B e$:Elem}) return true; return false; })()',
    '{Self}.toSet().has({Elem})',
  ],
  N: [
    '3|{Self}.size',
    '{Self}.count((e$) => {B e$:Elem})',
    '{Self}.filter((e$) => {B e$:Elem}).size',
    '{Self}.indexOf({Elem})',
    '{Self}.lastIndexOf({Elem})',
    '{Self}.findIndex((e$) => {B e$:Elem})',
    '{Self}.reduce((t$, e$, i$) => {N t$:N e$:Elem i$:n}, 0)',
    '{Self}.toSet().size',
    '(() => { let n$ = 0; for (const [i$, e$] of {Self}.entries()) { if ({B i$:n e$:Elem}) break; n$ += 1; } return n$; })()',
  ],
});
give('Queue', [
  '{Numbers}.toList()',
  '{Numbers}.sort().toList()',
  'List({Numbers})',
  '{Queue}.sort()',
  '{Pile}.toList()',
  '{Marks}.toList()',
]);
give('Mail', ['{Messages}.toList()', '{Rows}.toList()', '{Mail}.sortBy((m$) => m$.at)']);
give('Path', ['{Words}.toList()', '{Marks}.keySeq().toList()', '{Path}.sort()', '{Words}.sort().toList()']);

// ——— Initial values: fuller than what would come about by chance ———
for (const type of Object.keys(PARTS_OF)) give(`Init${type}`, [`{${type}}`]);
giveEach(MAPS, ['Self', 'Ctor', 'Key', 'Val'], {
  InitSelf: ['Ctor()', '3|Ctor([[{Key}, {Val}]])', '3|Ctor([[{Key}, {Val}], [{Key}, {Val}]])'],
});
giveEach(SETS, ['Self', 'Ctor', 'Elem'], {
  InitSelf: ['2|Ctor()', '2|Ctor([{Elem}])', '3|Ctor([{Elem}, {Elem}])'],
});
giveEach(LISTS, ['Self', 'Elem'], { InitSelf: ['2|List()', 'List([{Elem}])', 'List.of({Elem}, {Elem})'] });
give('Marks', ['2|{Marks}.update({W}, {n}, (v$) => {n v$:n})']);
give('InitDesk', ['2|Desk({ row: {Maybe}, marks: Set([{W}]), n: {n} })']);
give('InitRow', ['2|Row({ at: {n}, who: {W} })']);

// ——— Ranges of parameters: outright, or a function of the state ———
give('RangeW', [
  "['a']",
  "['a', 'b', 'c']",
  "['b', 'c', 'b']",
  "Set(['a', 'b'])",
  '2|(s) => {Words}',
  '(s) => {Words}.filter((w$) => {B w$:W})',
  '(s) => {Sorted}',
  '(s) => {Path}',
  '(s) => [{W}, {W}]',
  "(s) => ({B} ? ['a', 'b'] : [])",
  '(s) => {Desk}.marks',
]);
give('Rangen', [
  '[0]',
  '[0, 1, 2]',
  '[0, -0, 1]',
  'List([1, 2])',
  'Range(0, 3)',
  '2|(s) => {Numbers}',
  '(s) => {Queue}',
  '(s) => {Marks}.values()',
  '(s) => {Marks}.valueSeq().filter((v$) => {B v$:n})',
  '(s) => Range(0, cap({N}) + 1)',
  '(s) => [{n}, {n}]',
  '(s) => {Messages}.map((m$) => m$.at)',
]);
give('RangeRow', [
  '[Row()]',
  '[Row({ at: 1 }), Row({ who: "a" }), Row({ at: 1 })]',
  '4|(s) => {Messages}',
  '3|(s) => {Messages}.filter((m$) => {B m$:Row})',
  '2|(s) => {Rows}.values()',
  '(s) => {Rows}.valueSeq()',
  '(s) => {Mail}',
  '(s) => {Mail}.take(1)',
  '(s) => {ByRow}.keys()',
  '(s) => [{Row}]',
  '(s) => { const m$ = {Maybe}; return m$ === null ? [] : [m$]; }',
]);
give('RangeB', ['[true]', '[true, false]', '(s) => [{B}]', '(s) => Set([{B}, {B}])']);

// ——— Effects: `P` stands for the list of parameters, `C` for an object of changes ———
give('Effect', [
  '12|P => ({C})',
  '2|P => [{C}, {C}]',
  '2|P => ({B} ? {C} : {C})',
  'P => ({B} ? [{C}] : [])',
  'P => List([{C}])',
  'P => ((c$) => [c$, c$])({C})',
  'P => ({ ...{C}, ...{C} })',
  'P => { const x$ = {n}; return {C x$:n}; }',
  'P => { const x$ = {Row}; return {C x$:Row}; }',
  'P => { const x$ = {W}; return {B x$:W} ? {C x$:W} : {}; }',
  'P => { const x$ = {Words}; return {C x$:Words}; }',
  'P => { let x$ = {n}; for (const w$ of {Words}) if ({B w$:W}) x$ = {n w$:W x$:n}; return {C x$:n}; }',
  'P => {Words}.toArray().map((w$) => ({C w$:W}))',
  'P => {Messages}.toList().map((m$) => ({C m$:Row}))',
  'P => {Queue}.toSeq().map((x$) => ({C x$:n}))',
  'P => [...{Marks}.keys()].map((w$) => ({C w$:W}))',
  'function* P { yield {C}; if ({B}) yield {C}; }',
  'function* P { for (const w$ of {Words}) { if ({B w$:W}) continue; yield {C w$:W}; } }',
  'function* P { for (const m$ of {Messages}) yield {C m$:Row}; }',
  'function* P { for (const [w$, x$] of {Marks}) yield {C w$:W x$:n}; }',
  "function* P { for (const w$ of ['a', 'b']) if ({Words}.has(w$)) yield {C w$:W}; }",
  'function* P { yield* [{C}, {C}]; }',
]);

/** One template, taken apart. `pieces` stand around and between the holes. */
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
export const GRAMMAR: ReadonlyMap<string, readonly Template[]> = new Map(
  [...templates].map(([type, list]) => [type, list.map(parseTemplate)]),
);
