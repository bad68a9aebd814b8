import type { TestBuyersAnswer, TestTokensAnswer } from '../../../domain/wire/testBuyers.js';

export function presentTestBuyers(made: number, tokens: TestTokensAnswer['tokens']): TestBuyersAnswer {
  const buyers = tokens.map(({ userId, token }) => ({ userId, token }));
  return { status: 'success', made, buyers, expire: tokens[0]?.expire ?? new Date().toISOString() };
}
