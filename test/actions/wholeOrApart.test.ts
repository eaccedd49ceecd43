import { POLICY } from '../../checker/learn/policy';
import { sparesTooLittle } from '../../checker/actions/wholeOrApart';

const tooLittle = (learned: readonly number[], called: readonly number[]): boolean =>
  sparesTooLittle(
    [...learned.map((cost) => ({ direct: false, cost })), ...called.map((cost) => ({ direct: true, cost }))],
    POLICY,
  );

test('taking states apart costs half as much as what is called: less is too little to spare', () => {
  expect(tooLittle([1], [4])).toBe(true);
  expect(tooLittle([1, 2], [4])).toBe(false);
});

test('where all is called there is nothing to spare', () => {
  expect(sparesTooLittle([{ direct: true, cost: 5 }], { ...POLICY, keepsWhole: () => false })).toBe(true);
});
