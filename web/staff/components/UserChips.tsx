import type { StaffUserView } from '../../../src/client/answers.js';
import { userTexts } from '../text/users.js';
import { Chip } from './Chip.js';

/** Whether the account is open, blocked, on the deny list. */
export function UserChips({ user }: { user: StaffUserView }) {
  if (user.blockedAt === null && user.deniedReason === null) return <Chip text={userTexts.accountOpen} tone="good" />;
  return (
    <>
      {user.blockedAt !== null && <Chip text={userTexts.blocked} tone="bad" />}{' '}
      {user.deniedReason !== null && <Chip text={userTexts.denied} tone="warn" />}
    </>
  );
}
