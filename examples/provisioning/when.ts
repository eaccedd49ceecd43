/** Actions of an environment switch: there only where it is on. */
export function when<Actions>(on: boolean, actions: Actions): Actions {
  return on ? actions : ({} as Actions);
}
