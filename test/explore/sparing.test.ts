import type { State } from '../../checker/model/model';
import { Sparing, type Called } from '../../checker/explore/sparing';

/** Functions that take so many milliseconds: those learned, and those that are called in every state. */
function sparingOf(learned: readonly number[], called: readonly number[]) {
  const clock = { now: 0 };
  const sparing = new Sparing(() => clock.now);
  const functions = (times: readonly number[], direct: boolean): Called[] =>
    times.map((time) => ({ direct, call: () => void (clock.now += time) }));
  const all = [...functions(learned, false), ...functions(called, true)];
  return (more: readonly Called[] = []) => sparing.tooLittle(() => ({}) as State, [...all, ...more]);
}

const answers = (ask: () => boolean, times: number): boolean[] => Array.from({ length: times }, () => ask());

test('it takes some states to say that little is spared', () => {
  const said = answers(sparingOf([1], [4]), 20);
  expect(said.filter(Boolean)).toHaveLength(1);
  expect(said.indexOf(true)).toBe(7);
});

test('where more is spared than taking states apart costs, that is never said', () => {
  expect(answers(sparingOf([1, 2], [4]), 20)).not.toContain(true);
});

test('it is decided anew when another function is called in every state', () => {
  const clock = { now: 0 };
  const sparing = new Sparing(() => clock.now);
  const call = (time: number) => () => void (clock.now += time);
  const ask = (direct: boolean): boolean =>
    sparing.tooLittle(
      () => ({}) as State,
      [
        { direct: true, call: call(4) },
        { direct, call: call(3) },
        { direct: false, call: call(1) },
      ],
    );
  expect(answers(() => ask(false), 20)).not.toContain(true);
  expect(answers(() => ask(true), 20)).toContain(true);
});

test('after that, states are not looked at any more', () => {
  let looks = 0;
  const tooLittle = sparingOf([3], [4]);
  answers(() => tooLittle([{ direct: false, call: () => void looks++ }]), 50);
  expect(looks).toBeLessThan(20);
});

test('where all is called, that is said at once', () => {
  expect(sparingOf([], [4, 1])()).toBe(true);
});
