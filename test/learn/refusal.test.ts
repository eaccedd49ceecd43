import { Refusal, refuse } from '../../checker/learn/refusal';
import { StateMisuse } from '../../checker/model/stateObject';
import { during } from '../../checker/model/underWay';
import type { Run } from '../../checker/model/underWay';

const run = (): Run => ({ refused: false, stopped: undefined, quiet: false });

test('what is refused makes void what the runs under way give, though the user’s code catch it', () => {
  const [outer, inner] = [run(), run()];
  const body = () => {
    try {
      refuse('it has no such thing');
    } catch {
      return 'caught';
    }
  };
  expect(during(outer, () => during(inner, body))).toBe('caught');
  expect([outer.refused, inner.refused]).toEqual([true, true]);
});

test('it throws a Refusal with the reason', () => {
  expect(() => during(run(), () => refuse('it has no such thing'))).toThrow(
    new Refusal('it has no such thing'),
  );
});

test('where no run is under way, a collection of an earlier state is still in use, and that is misuse', () => {
  expect(() => refuse('its run is over')).toThrow(StateMisuse);
});
