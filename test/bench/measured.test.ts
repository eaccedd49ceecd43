import { usageOf } from '../../bench/measured';

test('a report of measure is read: microseconds and kilobytes', () => {
  expect(usageOf('1500000 2250000 65536 0\n')).toEqual({
    usage: { elapsed: 1.5, processor: 2.25, resident: 64 * 2 ** 20 },
    status: 0,
  });
});

test.each(['', '1 2 3\n', 'a b c d\n'])('%j is none', (text) => {
  expect(() => usageOf(text)).toThrow("not a report of measure's");
});
