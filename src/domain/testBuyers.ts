/** Test buyers in one request: their tokens are some 300 kB of answer and a tenth of a second of signing. */
export const TEST_BUYERS_PER_REQUEST_MAX = 1_000;

/** Test buyers that one deployment can have. */
export const TEST_BUYERS_MAX = 1_000_000;
