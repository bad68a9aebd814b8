/** A buyer that exists for load tests alone, logged in. */
export interface TestBuyer {
  userId: string;
  token: string;
}

/** `POST /admin/test-buyers` */
export interface TestBuyersAnswer {
  status: 'success';
  /** How many of them did not exist before. */
  made: number;
  buyers: TestBuyer[];
  /** When the first of the tokens stops being valid, ISO 8601. */
  expire: string;
}

/** `POST /users/internal/test-tokens`: between the services. */
export interface TestTokensAnswer {
  status: 'success';
  tokens: { userId: string; token: string; expire: string }[];
}
