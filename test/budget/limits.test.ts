import { totalmem } from 'node:os';
import { limitsOf } from '../../checker/budget/limits';

test('memory is bounded where nobody says, by three quarters of the machine’s; nothing else is', () => {
  const { maxMemory, ...others } = limitsOf({});
  expect(maxMemory).toBe(Math.floor((totalmem() * 0.75) / 1e6));
  expect(others).toEqual({});
});

test.each([
  ['maxStates', 0],
  ['maxStates', 1.5],
  ['maxDepth', NaN],
  ['maxSeconds', -1],
  ['maxMemory', 0],
])('%s %p is refused', (name, value) => {
  expect(() => limitsOf({ [name]: value })).toThrow(
    new RegExp(`^${name} must be a .* above 0, but is ${value}$`),
  );
});

test('bounds given are taken', () => {
  const bounds = { maxStates: 3, maxDepth: 4, maxSeconds: 0.5, maxMemory: 100 };
  expect(limitsOf(bounds)).toEqual(bounds);
});
