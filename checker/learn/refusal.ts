import { StateMisuse } from '../model/stateObject';
import { voidRuns } from '../model/underWay';

/** What a stand-in can't answer as the value it shows would. The run it is thrown in is void: the function is called plainly. */
export class Refusal extends Error {}

/** Refuses to answer; what the runs under way give is void, whether or not the user's code catches this. */
export function refuse(why: string): never {
  if (voidRuns()) throw new Refusal(why);
  throw new StateMisuse(
    'a collection of an earlier state is still in use',
    'a guard, effect or property must not keep what it was given for its next call',
  );
}
