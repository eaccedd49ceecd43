import { variant, type Action } from 'everystate';
import { tableRow } from '../log';
import provisioning from '../provisioning';
import { action, type State } from '../state';
import { F1 as landed } from '../variants';
import { quoted } from './quoted';

/**
 * The system with those in it whom the report names, and in their sizes: the instance of 16 CPUs that is started
 * twice, a bystander of 16 that is started while it runs, and "testing", of 8, which is the last to be started.
 * It shows the lines that the report quotes, under the report's own ids.
 */
export function incidentOf(system: typeof provisioning) {
  return variant(system, `${system.variantName ?? 'unfixed'}, 2024-02-09`, {
    constants: {
      ...{ INSTANCES: 3, STARTS: 2, SLEDS: 2, BYSTANDERS: 0, DISKS: 0, PROJECTS: 1 },
      ...{ CPUS: [16, 16, 8], FLOOR: -16, retry: true },
    },
    actions: (_constants, _rules, actions: { readonly [name: string]: Action<State> }) =>
      Object.fromEntries(
        Object.entries(actions).map(([name, one]) => [
          name,
          {
            ...one,
            observed: (before: State, parameters: unknown, after: State) =>
              quoted(one.observed?.(before, parameters, after)),
          },
        ]),
      ) as never,
    newActions: {
      /** Somebody looks at the project's row. */
      look: action({
        effect: () => ({}),
        says: 'Somebody looks at the table',
        observed: (s) => quoted(tableRow(s, 'P1')),
      }),
    },
  });
}

/** The system as it was on the day. */
export default incidentOf(provisioning);

/** The same day, had the landed fix been in. */
export const F1 = incidentOf(landed);
