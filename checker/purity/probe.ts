import type { Session } from 'node:inspector';

/** The variables of one scope that a function closes over, with the values that they have now. */
export type Scope = { readonly [name: string]: unknown };

/**
 * The scopes that a function closes over, innermost first, without the global one; undefined where they can't be had:
 * a function that is not written in JavaScript, or a runtime without an inspector. Nothing is run to find them.
 */
export function scopesOf(fn: object): readonly Scope[] | undefined {
  if (probe === undefined) probe = connected();
  return probe?.(fn);
}

type Probe = (fn: object) => readonly Scope[] | undefined;

/** Null where there is no inspector. */
let probe: Probe | null | undefined;

/** Under this name the inspector, whose own global object need not be ours, finds what we hand it. */
const EXCHANGE = Symbol.for('everystate.purity.exchange');

/** Objects that the inspector has names for are kept alive until these are let go. */
const GROUP = 'everystate.purity';
const MOST_KEPT = 64;

function connected(): Probe | null {
  try {
    return connect();
  } catch {
    return null; // built without an inspector, or not permitted to use it
  }
}

function connect(): Probe {
  const inspector = require('node:inspector') as typeof import('node:inspector') & {
    [EXCHANGE]?: { fn: object | null; scopes: unknown };
  };
  const session: Session = new inspector.Session();
  session.connect();
  const exchange: { fn: object | null; scopes: unknown } = { fn: null, scopes: undefined };
  const post = (method: string, parameters: object): Answer => {
    let failed: unknown;
    let answer: Answer | undefined;
    // Within one thread the inspector answers before `post` returns.
    session.post(method, parameters, (error: unknown, given?: object) => {
      failed = error;
      answer = given as Answer | undefined;
    });
    if (failed || !answer || answer.exceptionDetails)
      throw new Error(`the inspector does not answer ${method}`);
    return answer;
  };
  inspector[EXCHANGE] = exchange;
  const { result } = post('Runtime.evaluate', {
    expression: `require('node:inspector')[Symbol.for('${EXCHANGE.description}')]`,
    includeCommandLineAPI: true,
  });
  delete inspector[EXCHANGE];
  const here = (result as Remote).objectId;
  let kept = 0;
  return (fn) => {
    exchange.fn = fn;
    try {
      const { objectId } = post('Runtime.callFunctionOn', {
        objectId: here,
        functionDeclaration: 'function () { return this.fn; }',
        objectGroup: GROUP,
      }).result as Remote;
      const { internalProperties = [] } = post('Runtime.getProperties', { objectId, ownProperties: true });
      const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
      if (scopes === undefined) return undefined;
      post('Runtime.callFunctionOn', {
        objectId: scopes,
        functionDeclaration: 'function (to) { to.scopes = Array.prototype.slice.call(this); }',
        arguments: [{ objectId: here }],
        objectGroup: GROUP,
      });
      return variablesOf(exchange.scopes as readonly RawScope[]);
    } catch {
      return undefined;
    } finally {
      exchange.fn = null;
      exchange.scopes = undefined;
      if (++kept % MOST_KEPT === 0) post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    }
  };
}

interface Remote {
  readonly objectId: string;
}

interface Answer {
  readonly result: unknown;
  readonly exceptionDetails?: unknown;
  readonly internalProperties?: readonly { readonly name: string; readonly value?: Partial<Remote> }[];
}

interface RawScope {
  readonly description: string;
  readonly object: Scope;
}

/** Undefined where a scope is one whose names can't be told beforehand. */
function variablesOf(scopes: readonly RawScope[]): readonly Scope[] | undefined {
  if (scopes.some(({ description }) => description.startsWith('With'))) return undefined;
  return scopes.filter(({ description }) => description !== 'Global').map(({ object }) => object);
}
