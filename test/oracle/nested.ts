import { give, giveEach } from './templates';

interface Tables {
  readonly MAPS: readonly (readonly string[])[];
  readonly SETS: readonly (readonly string[])[];
  readonly LISTS: readonly (readonly string[])[];
}

/** What reaches two and three levels down, and ranges and choices that hang on what is there. */
export function giveNested({ MAPS }: Tables): void {
  const add = (type: string, more: readonly string[]): void => give(type, more, 'nested');

  add('Hub', [
    'Hub()',
    'Hub({ inbox: {Inbox}, tags: {Tags}, desk: {Desk} })',
    "3|{Hub}.update('inbox', (l$) => {Inbox l$:Inbox})",
    "2|{Hub}.set('tags', {Tags})",
    "{Hub}.set('desk', null)",
    "{Hub}.set('desk', {Desk})",
    "{Hub}.updateIn(['tags', {W}], Set(), (t$) => t$.add({W}))",
    "{Hub}.setIn(['tags', {W}], {Words})",
    "{Hub}.deleteIn(['tags', {W}])",
    "((h$) => (h$.inbox.isEmpty() ? h$ : h$.setIn(['inbox', 0, 'n'], {n})))({Hub})",
    "((h$) => (h$.inbox.isEmpty() ? h$ : h$.updateIn(['inbox', 0, 'marks'], (t$) => t$.delete({W}))))({Hub})",
    "((h$) => (h$.desk === null ? h$ : h$.updateIn(['desk', 'marks'], (t$) => {Words t$:Words})))({Hub})",
    '{Hub}.merge({ inbox: {Inbox} })',
    '({B} ? {Hub} : {Hub})',
  ]);
  give('InitHub', ['2|Hub({ inbox: List([{Desk}]), tags: Map([[{W}, Set([{W}])]]) })'], 'nested');
  add('Grid', [
    '3|{Grid}.setIn([{W}, {W}, {W}], {n})',
    '{Grid}.deleteIn([{W}, {W}])',
    '{Grid}.removeIn([{W}, {W}, {W}])',
    '{Grid}.updateIn([{W}, {W}, {W}], {n}, (x$) => {n x$:n})',
    '{Grid}.updateIn([{W}], Map(), (m$) => {Nest m$:Nest})',
    '{Grid}.mergeDeep({Grid})',
    '{Grid}.mergeIn([{W}, {W}], {Marks})',
    '{Grid}.map((g$) => g$.map((m$) => m$.set({W}, {n})))',
    '{Grid}.map((g$, k$) => (k$ === {W} ? g$.remove({W}) : g$))',
    '{Grid}.filterNot((g$) => g$.every((m$) => m$.isEmpty()))',
  ]);
  add('Crews', [
    '3|{Crews}.updateIn([{W}, {W}], Set(), (t$) => t$.add({W}))',
    '2|{Crews}.setIn([{W}, {W}], {Words})',
    '{Crews}.deleteIn([{W}, {W}])',
    '{Crews}.deleteIn([{W}, {W}, {W}])',
    '{Crews}.map((c$) => c$.map((t$) => t$.delete({W})))',
    '{Crews}.map((c$, k$) => c$.filter((t$, j$) => {B t$:Words k$:W j$:W}))',
    '{Crews}.update({W}, Map(), (c$) => c$.set({W}, {Words}))',
    '{Crews}.mergeDeep({Crews})',
    '((a$, b$, m$) => m$.set(a$, m$.get(b$, Map())).set(b$, m$.get(a$, Map())))({W}, {W}, {Crews})',
  ]);
  add('Posts', [
    "2|((m$, k$) => (m$.has(k$) ? m$.updateIn([k$, 'marks'], (t$) => t$.add({W})) : m$.set(k$, Desk())))({Posts}, {W})",
    "((m$, k$) => (m$.has(k$) ? m$.setIn([k$, 'row'], {Maybe}) : m$))({Posts}, {W})",
    "{Posts}.map((d$) => d$.set('n', {n d$:Desk}))",
  ]);
  add('Lanes', [
    '3|{Lanes}.update({W}, List(), (l$) => l$.push({Desk}))',
    '{Lanes}.update({W}, List(), (l$) => l$.rest())',
    "{Lanes}.map((l$) => l$.map((d$) => d$.update('marks', (t$) => t$.delete({W}))))",
    '{Lanes}.filterNot((l$) => l$.isEmpty())',
    '((m$, k$) => m$.set({W}, m$.get(k$, List())).delete(k$))({Lanes}, {W})',
  ]);
  add('ByTeam', [
    '2|{ByTeam}.update({Words}, {n}, (x$) => {n x$:n})',
    '{ByTeam}.mapKeys((t$) => t$.add({W}))',
    '{ByTeam}.filter((v$, t$) => t$.has({W}))',
  ]);
  add('Teams', [
    '2|{Teams}.map((t$) => t$.add({W}))',
    '{Teams}.filter((t$) => t$.has({W}))',
    '{Teams}.filter((t$) => t$.some((w$) => {B w$:W}))',
    '{ByTeam}.keySeq().toSet()',
    '{Bins}.toSet()',
  ]);
  add('Trips', [
    '{Trips}.map((p$) => p$.push({W}).take(2))',
    '{Routes}.toSet()',
    '{ByPath}.keySeq().toSet()',
  ]);
  add('Boards', ["{Boards}.map((d$) => d$.set('n', {n}))", '{Inbox}.toSet()', '{Posts}.toSet()']);
  add('Inbox', [
    '3|{Inbox}.push(Desk({ row: {Maybe}, marks: Set([{W}]), n: {n} }))',
    "{Inbox}.map((d$) => d$.update('marks', (t$) => t$.add({W})))",
    "{Inbox}.map((d$) => (d$.marks.has({W}) ? d$.set('row', {Maybe}) : d$))",
    "((l$) => (l$.isEmpty() ? l$ : l$.updateIn([0, 'marks'], (t$) => {Words t$:Words})))({Inbox})",
    "((l$) => (l$.size < 2 ? l$ : l$.setIn([-1, 'n'], l$.get(0).n)))({Inbox})",
    '{Inbox}.filter((d$) => d$.marks.isSubset({Words}))',
    '{Inbox}.sortBy((d$) => d$.n)',
    '{Hub}.inbox',
    '{Lanes}.get({W}, List())',
    '{Boards}.toList()',
  ]);
  add('Bins', [
    '3|((l$) => (l$.isEmpty() ? List([{Words}]) : l$.update(0, (t$) => t$.add({W}))))({Bins})',
    '{Bins}.map((t$) => t$.subtract({Words}))',
    '{Teams}.toList()',
  ]);
  add('Routes', [
    '2|((l$) => (l$.isEmpty() ? List([{Path}]) : l$.update(0, (p$) => p$.push({W}).takeLast(2))))({Routes})',
    '{Routes}.map((p$) => p$.reverse())',
    '{Routes}.push({Path})',
  ]);
  add('Words', [
    '{Hub}.tags.get({W}, Set())',
    '{Inbox}.flatMap((d$) => d$.marks).toSet()',
    '{Inbox}.reduce((t$, d$) => t$.union(d$.marks), Set())',
    '({Inbox}.find((d$) => d$.n === {n})?.marks ?? {Words})',
    '{Crews}.getIn([{W}, {W}], Set())',
    '{Crews}.get({W}, Map()).keySeq().toSet()',
    '{Crews}.valueSeq().flatMap((c$) => c$.keySeq()).toSet()',
    '{Tags}.valueSeq().flatMap((t$) => t$).toSet()',
    '{Bins}.first({Words})',
    'Set.union({Bins})',
    '{Teams}.flatMap((t$) => t$)',
    '({Posts}.get({W})?.marks ?? {Words})',
  ]);
  add('n', [
    '{Grid}.getIn([{W}, {W}, {W}], {n})',
    '{Grid}.get({W}, Map()).get({W}, Map()).get({W}, {n})',
    "{Inbox}.getIn([0, 'n'], {n})",
    '({Inbox}.find((d$) => d$.marks.has({W}))?.n ?? {n})',
    "{Hub}.getIn(['inbox', 0, 'n'], {n})",
    "{Posts}.getIn([{W}, 'n'], {n})",
    '{ByTeam}.get({Words}, {n})',
  ]);
  add('N', [
    '{Inbox}.reduce((t$, d$) => t$ + d$.marks.size, 0)',
    '{Inbox}.count((d$) => d$.marks.has({W}))',
    '{Crews}.reduce((t$, c$) => t$ + c$.reduce((u$, w$) => u$ + w$.size, 0), 0)',
    '{Crews}.get({W}, Map()).get({W}, Set()).size',
    '{Grid}.toSeq().flatMap((g$) => g$).count()',
    '{Lanes}.map((l$) => l$.size).reduce((t$, e$) => 2 * t$ + e$, 0)',
    '({Teams}.toSeq().map((t$) => t$.size).max() ?? 0)',
    '{Hub}.inbox.size',
    '{Hub}.tags.get({W}, Set()).size',
  ]);
  add('W', [
    "{ByPath}.get({Path}, 'a')",
    "({Inbox}.first()?.marks.first() ?? 'b')",
    "({Crews}.findKey((c$) => c$.some((t$) => t$.has({W}))) ?? 'c')",
    "{Routes}.getIn([0, 0], 'a')",
  ]);
  add('B', [
    '2|{Inbox}.some((d$) => d$.marks.has({W}))',
    '{Inbox}.every((d$) => d$.row === null || d$.marks.has(d$.row.who))',
    '{Inbox}.some((d$, i$) => i$ > 0 && d$.marks.some((w$) => {B d$:Desk w$:W}))',
    '{Inbox}.groupBy((d$) => d$.n).some((g$) => g$.size > 1)',
    "{Inbox}.hasIn([0, 'row', 'at'])",
    '2|{Crews}.some((c$) => c$.some((t$) => t$.has({W})))',
    '{Crews}.every((c$, k$) => c$.every((t$, j$) => {B t$:Words k$:W j$:W}))',
    '({Crews}.getIn([{W}, {W}])?.has({W}) === true)',
    '{Crews}.hasIn([{W}, {W}])',
    '{Grid}.hasIn([{W}, {W}, {W}])',
    '{Grid}.some((g$) => g$.some((m$) => m$.some((x$) => {B m$:Marks x$:n})))',
    'is({Grid}.get({W}), {Nest})',
    '{Lanes}.some((l$) => l$.some((d$) => {B d$:Desk}))',
    'is({Lanes}.get({W}, List()).first(), {Desk})',
    '{Hub}.inbox.some((d$) => {Hub}.tags.get({W}, Set()).isSuperset(d$.marks))',
    '({Hub}.desk === null)',
    "{Hub}.hasIn(['desk', 'row', 'at'])",
    'is({Hub}, {Hub})',
    '{Hub}.tags.every((t$, k$) => t$.has(k$) || {B t$:Words k$:W})',
    '{Posts}.some((d$, k$) => d$.marks.has(k$))',
    '{Teams}.some((t$) => t$.has({W}) && t$.size > 1)',
    '{Teams}.has({Words})',
    '{ByTeam}.has({Words})',
    '{ByPath}.has({Path})',
    '{Boards}.some((d$) => d$.marks.has({W}) && d$.row !== null)',
    '{Leagues}.some((x$) => x$.some((t$) => {B x$:Teams t$:Words}))',
    '{Sheets}.some((m$) => m$.get({W}) === {n})',
    '{Routes}.some((p$) => p$.first() === {W})',
  ]);
  add('RangeW', [
    '2|(s) => {Crews}.get({W}, Map()).keySeq()',
    '2|(s) => {Tags}.get({W}, Set())',
    '(s) => {Crews}.getIn([{W}, {W}], Set())',
    '(s) => {Tags}.valueSeq().flatMap((t$) => t$)',
    '(s) => {Inbox}.flatMap((d$) => d$.marks)',
    '(s) => {Inbox}.first()?.marks ?? []',
    '(s) => {Nest}.keySeq().flatMap((k$) => {Nest}.get(k$, Map()).keySeq())',
    '(s) => {Words}.filter((w$) => {Tags}.get(w$, Set()).some((x$) => {B w$:W x$:W}))',
    '(s) => ({B} ? {Tags}.get({W}, Set()) : {Words})',
    '(s) => {Hub}.tags.keySeq()',
    '(s) => {Bins}.last() ?? []',
    'function* (s) { for (const w$ of {Words}) if ({B w$:W}) yield w$; }',
    'function* (s) { for (const [k$, t$] of {Tags}) for (const e$ of t$) if ({B k$:W e$:W}) yield e$; }',
    '(s) => {Words}.values()',
  ]);
  add('Rangen', [
    '(s) => {Queues}.get({W}, List())',
    '(s) => {Nest}.get({W}, Map()).values()',
    '(s) => Range(0, {Queues}.get({W}, List()).size)',
    '(s) => {Inbox}.map((d$) => d$.n)',
    '(s) => {Grid}.get({W}, Map()).valueSeq().flatMap((m$) => m$.valueSeq())',
    'function* (s) { for (let i$ = 0; i$ < {N}; i$++) if (i$ < 3) yield i$; }',
  ]);
  add('RangeRow', [
    '(s) => {Inbox}.flatMap((d$) => (d$.row === null ? [] : [d$.row]))',
    '(s) => {Messages}.filter((m$) => {Messages}.some((o$) => {B m$:Row o$:Row}))',
    '(s) => {Pages}.first()?.values() ?? []',
    'function* (s) { for (const r$ of {Rows}.values()) if ({B r$:Row}) yield r$; }',
  ]);
  add('RangeB', ['(s) => {Words}.map((w$) => {B w$:W})', '(s) => {Inbox}.map((d$) => d$.row === null)']);
  add('Effect', [
    '2|P => Range(0, cap({N})).map((x$) => ({C x$:n}))',
    '2|function* P { for (const [w$, t$] of {Tags}) for (const e$ of t$) yield {C w$:W e$:W}; }',
    'P => {Crews}.get({W}, Map()).keySeq().map((w$) => ({C w$:W}))',
    'function* P { for (const d$ of {Inbox}) if ({B d$:Desk}) yield {C d$:Desk}; else yield {C}; }',
    'function* P { let x$ = {n}; while (x$ > 0) { x$ -= 1; yield {C x$:n}; } }',
    'function* P { const w$ = {Words}.first(); if (w$ === undefined) return; yield {C w$:W}; yield {C w$:W}; }',
    'P => {Words}.toList().flatMap((w$) => ({B w$:W} ? [{C w$:W}, {C w$:W}] : []))',
    'function* P { for (let x$ = 0; x$ < {N} && x$ < 3; x$++) if ({B x$:n}) yield {C x$:n}; }',
    'function* P { yield* {Words}.toArray().map((w$) => ({C w$:W})); if ({B}) yield {C}; }',
    'P => new globalThis.Set([{C}, {C}])',
  ]);
  // Two collections of one kind moved about: a whole branch for another.
  giveEach(
    MAPS.filter(([, ctor]) => ctor === 'Map'),
    ['Self', 'Ctor', 'Key', 'Val'],
    {
      Self: [
        '((m$, k$) => (m$.has(k$) ? m$.set({Key}, m$.get(k$)).delete(k$) : m$))({Self}, {Key})',
        '{Self}.filter((v$, k$) => !is(k$, {Key})).merge({Self})',
        '{Self}.toSeq().map((v$) => {Val v$:Val}).filter((v$, k$) => {B v$:Val k$:Key}).toMap()',
      ],
    },
    'nested',
  );
}
