import { kindOf } from './kind';
import { valueText } from './text';

/** For what throws when it is asked what it is: a getter, a Proxy, an object that has no text. */
const UNSPEAKABLE = 'an object that can not be shown';

/** What somebody gave in place of something else, as a person would name it. Never throws, whatever it is. */
export function shown(value: unknown): string {
  return safely(() => {
    if (kindOf(value) !== undefined) return valueText(value);
    if (typeof value === 'function') return 'a function';
    if (Array.isArray(value)) return 'an array';
    if (typeof value !== 'object') return String(value);
    const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
    return kind === 'Object' ? 'an object' : `a ${kind}`;
  });
}

/** What was thrown: `TypeError: x is not a function`; anything may be. Never throws. */
export function thrownText(thrown: unknown): string {
  return safely(() => {
    if (!isErrorLike(thrown)) return shown(thrown);
    const { name, message } = thrown;
    return `${String(name)}: ${String(message)}`;
  });
}

/** By shape, not by `instanceof`: the error may come from another realm. */
function isErrorLike(thrown: unknown): thrown is { readonly name: unknown; readonly message: unknown } {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown && 'name' in thrown;
}

function safely(text: () => string): string {
  try {
    return text();
  } catch {
    return UNSPEAKABLE;
  }
}
