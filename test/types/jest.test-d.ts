import { check, type Result } from 'everystate';
import { describeSpec } from 'everystate/jest';
import { expect as imported } from '@jest/globals';
import { good } from './language.test-d';

declare const result: Result<'small' | 'top'>;
declare const promised: Promise<Result<'small' | 'top'>>;

expect(result).toHold();
expect(result).not.toHold();
expect(result).toViolate('small', { length: 3, lastAction: 'up' });
expect(result).toViolate('deadlock');
expect(result).toReach('top', { length: 3 });
expect(result).toHaveDistinctStates(4);
void expect(promised).resolves.toViolate('small');
imported(result).toHold();
imported(result).not.toViolate('small');

// A misspelt property.
// @ts-expect-error
expect(result).toViolate('smal');
// @ts-expect-error
expect(result).not.toReach('tip');
// @ts-expect-error
imported(result).toViolate('smal');
// @ts-expect-error
void expect(promised).resolves.toViolate('smal');
// A misspelt option, a wrong value.
// @ts-expect-error
expect(result).toViolate('small', { lenght: 3 });
// @ts-expect-error
expect(result).toReach('top', { lastAction: 'up' });
// @ts-expect-error
expect(result).toHaveDistinctStates('4');

describeSpec(good, { violates: ['small', 'deadlock'], properties: ['committed'], constants: { RMS: 4 } });
// @ts-expect-error
describeSpec(good, { violates: ['smal'] });
// @ts-expect-error
describeSpec(good, { properties: ['smal'] });
// @ts-expect-error
describeSpec(good, { constants: { RMS: 'four' } });

void check(good).then((found) => {
  expect(found).toViolate('each');
  // @ts-expect-error
  expect(found).toViolate('eech');
});

const event = { event: 'sent', to: 1, last: true, from: null };
const explained: Promise<void> = expect(good).toExplain([event], { constants: { RMS: 4 }, ignore: ['host'] });
void imported(good).not.toExplain([event]);
// @ts-expect-error
void expect(good).toExplain([{ at: { x: 1 } }]);
// @ts-expect-error
void expect(good).toExplain([event], { constants: { RMS: 'four' } });
// @ts-expect-error
void expect(good).toExplain([event], { ignored: [] });
