import { give, giveEach } from './templates';

interface Tables {
  readonly MAPS: readonly (readonly string[])[];
  readonly SETS: readonly (readonly string[])[];
  readonly LISTS: readonly (readonly string[])[];
}

/** Named functions that the templates below call: what a module has beside its spec. */
export const NAMED_FUNCTIONS = `\
const must = (ok, value) => { if (!ok) throw new Error('must'); return value; };
const attempt = (body, otherwise) => { try { return body(); } catch { return otherwise; } };
const note = (log, value, answer) => { log.push(value); return answer; };
const counter = () => { let n = 0; return () => (n += 1); };
const unique = () => { const seen = []; return (e) => !seen.some((o) => is(o, e)) && seen.push(e) > 0; };
const turned = (answer) => (typeof answer === 'boolean' ? !answer : answer === 0 ? 1 : answer);
const within = (budget) => { let left = budget; return (n) => (left -= Math.max(1, n)) >= 0; };
`;

/** What a function does beside its answer: it keeps something on the side, throws in some states, catches. */
export function giveSides({ MAPS, SETS, LISTS }: Tables): void {
  const members = [...SETS.map(([type, , member]) => [type, member]), ...LISTS] as string[][];
  const values = MAPS.map(([type, , , value]) => [type, value]) as string[][];
  giveEach(
    [...members, ...values],
    ['Self', 'Elem'],
    {
      N: [
        '(() => { let n$ = 0; const tick$ = (e$) => { n$ += 1; return {B e$:Elem}; }; {Self}.some((e$) => tick$(e$)); return n$; })()',
        '(() => { let t$ = 0; const sum$ = (e$) => (t$ += {N e$:Elem}) < 2; return {Self}.every((e$) => sum$(e$)) ? t$ : {N}; })()',
        '(() => { const log$ = []; {Self}.every((e$) => note(log$, e$, {B e$:Elem})); return log$.length; })()',
        '(() => { const next$ = counter(); {Self}.filter((e$) => {B e$:Elem} && next$() > 0).size; return next$(); })()',
        '{Self}.count(within({n}))',
        '(() => { const next$ = counter(); return {Self}.count((e$) => next$() % 2 === 0 && {B e$:Elem}); })()',
        '(() => { let last$ = 0; {Self}.forEach((e$) => { last$ = {N e$:Elem}; }); return last$; })()',
        '(() => { let most$ = -1; const up$ = (n$) => { if (n$ > most$) most$ = n$; return false; }; {Self}.find((e$) => up$({N e$:Elem})); return most$; })()',
      ],
      B: [
        '{Self}.map((e$) => {W e$:Elem}).every(unique())',
        '(() => { const ok$ = within({n}); return {Self}.every((e$) => ok$({N e$:Elem})); })()',
        '(() => { const log$ = []; return {Self}.some((e$) => note(log$, e$, log$.length > 0 && {B e$:Elem})); })()',
        '(() => { let met$ = null; {Self}.some((e$) => { met$ = e$; return {B e$:Elem}; }); return is(met$, {Self}.first() ?? null); })()',
        '(() => { const next$ = counter(); return {Self}.some((e$) => next$() > 1 && {B e$:Elem}); })()',
      ],
    },
    'sides',
  );
  giveEach(
    members,
    ['Self', 'Elem'],
    {
      Self: [
        '{Self}.filter(unique())',
        '(() => { const next$ = counter(); return {Self}.filter((e$) => next$() < 2 || {B e$:Elem}); })()',
      ],
      Elem: ['(() => { const next$ = counter(); return {Self}.find((e$) => next$() > 1) ?? {Elem}; })()'],
    },
    'sides',
  );
  for (const type of ['n', 'W', 'Row', 'Words', 'Marks', 'Queue']) {
    give(
      type,
      [`must({B}, {${type}})`, `(() => { if ({B}) throw new Error('no'); return {${type}}; })()`],
      'throws',
    );
    give(
      type,
      [
        `attempt(() => {${type}}, {${type}})`,
        `(() => { try { return {${type}}; } catch { return {${type}}; } })()`,
        `(() => { let x$ = {${type}}; try { x$ = {${type}}; if ({B}) throw new Error('no'); } catch { x$ = {${type}}; } return x$; })()`,
        `(() => { try { return must({B}, {${type}}); } catch { return {${type}}; } finally { void 0; } })()`,
      ],
      'catches',
    );
  }
  give('W', ['(() => { try { throw new Error({W}); } catch (x$) { return x$.message; } })()'], 'catches');
  give(
    'B',
    [
      'attempt(() => {B}, {B})',
      '(() => { try { return {B}; } catch { return {B}; } })()',
      'attempt(() => { {Rows}.get({W}).at; return {B}; }, {B})',
      '{Words}.some((w$) => attempt(() => {Rows}.get(w$).at === {n}, false))',
      '{Messages}.every((m$) => { try { return {Rows}.get(m$.who).at === {n m$:Row}; } catch { return {B m$:Row}; } })',
    ],
    'catches',
  );
  give('Effect', ['P => { if ({B}) throw new Error("no"); return {C}; }'], 'throws');
  give(
    'Effect',
    [
      'P => { try { return {C}; } catch { return {C}; } }',
      'function* P { try { yield {C}; if ({B}) throw new Error("no"); yield {C}; } catch { yield {C}; } }',
    ],
    'catches',
  );
  give('RangeW', ["['a', 'b'].values()", "Map([['a', 0], ['c', 1]]).keys()"], 'oneShot');
  give('Rangen', ['[0, 1].values()', '(function* () { yield 0; yield 1; })()'], 'oneShot');
}
