import type { StaffClient } from '../../client/createStaffClient.js';
import { TEST_BUYERS_PER_REQUEST_MAX } from '../../domain/testBuyers.js';
import type { TestBuyer } from '../../domain/wire/testBuyers.js';
import { FireError } from '../fireError.js';

/** Pages under way at once: each keeps two services busy for a moment. */
const PAGES_AT_ONCE = 2;

export interface MadeBuyers {
  buyers: TestBuyer[];
  /** How many did not exist before. */
  made: number;
}

interface MakeOptions {
  signal: AbortSignal;
  onProgress: (done: number) => void;
}

/**
 * As many buyers, logged in: the same ones in every run, and new ones where there are not enough. A number that somebody
 * registered under, or whose buyer is blocked, is made up for with one after the others.
 */
export async function makeBuyers(
  staff: Pick<StaffClient, 'makeTestBuyers'>,
  count: number,
  { signal, onProgress }: MakeOptions,
): Promise<MadeBuyers> {
  const buyers: TestBuyer[] = [];
  let made = 0;
  const make = async (from: number, size: number) => {
    signal.throwIfAborted();
    const page = await staff.makeTestBuyers({ from, count: size });
    made += page.made;
    buyers.push(...page.buyers);
    onProgress(Math.min(count, buyers.length));
  };
  const pages = Array.from({ length: Math.ceil(count / TEST_BUYERS_PER_REQUEST_MAX) }, (_, page) => {
    const from = page * TEST_BUYERS_PER_REQUEST_MAX;
    return [from, Math.min(TEST_BUYERS_PER_REQUEST_MAX, count - from)] as const;
  }).values();
  const work = async () => {
    for (const [from, size] of pages) await make(from, size);
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work));
  for (let from = count; buyers.length < count && from < 2 * count + TEST_BUYERS_PER_REQUEST_MAX;) {
    const size = Math.min(TEST_BUYERS_PER_REQUEST_MAX, count - buyers.length);
    await make(from, size);
    from += size;
  }
  if (buyers.length < count)
    throw new FireError('NO_BUYERS', `Only ${buyers.length} of ${count} test buyers could be made.`, {
      suggestions: ['Take fewer with --users, or free the phone numbers that begin with +999.'],
    });
  return { buyers, made };
}
