/** The model's names for whom the report names, by the first part of their ids. */
export const names: { readonly [modelled: string]: string } = {
  // The instance whose start was undone, and its two starts.
  I1: '3debbe6e',
  A1: 'f7278691',
  V1: '9b76e3f6',
  S1: '2707b587',
  A2: '415e11aa',
  V2: '2ba1f42e',
  S2: 'b886b58a',
  // The bystander who met the error.
  I2: '3b0e9b33',
  V3: '047470f6',
  // "testing", whose creation the user reported.
  I3: '3e031726',
  V5: '1cea44bb',
  P1: 'ea038803',
};
