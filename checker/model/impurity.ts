import type { FaultDetails, Place } from './fault';
import type { State } from './model';

/** The fault of a predicate whose answer about real values is not the one known, nor perhaps the one learned `again`. */
export function disagreement(
  place: Place,
  state: State,
  answer: () => boolean,
  again: boolean | undefined,
): FaultDetails {
  const steady = alike(() => String(answer()));
  const differs = again !== undefined && again !== answer();
  return steady && differs ? byIdentity(place, state) : notPure(place, state);
}

/** The fault of a function that answered differently about states that look the same to it. */
export function notPure(place: Place, state: State): FaultDetails {
  return {
    place,
    what: 'it is not pure: for all it reads of the state being the same, it answered differently this time',
    advice: 'use no Math.random, no time, and no variable outside that changes between calls',
    state,
  };
}

/** Whether something answers the same over and over: neither by chance nor by counting its calls. */
export function alike(answer: () => string): boolean {
  return new Set(Array.from({ length: 16 }, answer)).size === 1;
}

/** The fault of a function that tells a collection from an equal one. */
export function byIdentity(place: Place, state: State): FaultDetails {
  return {
    place,
    what: 'it tells equal collections apart: by ===, or by an updater that gives back the very object; or a predicate that it hands to a collection changes something outside',
    advice: 'compare collections with is(a, b) or a.equals(b), and let predicates only answer',
    state,
  };
}
