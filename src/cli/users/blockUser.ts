import type { StaffUserView } from '../../client/answers.js';
import type { StaffClient } from '../../client/createStaffClient.js';
import { usageError } from '../errors.js';
import type { Output } from '../output.js';
import { findUser } from './findUser.js';
import { userName } from './userText.js';

export type ChangedUser = StaffUserView & { dryRun: boolean };

interface ChangeOptions {
  /** Id or phone number. */
  user: string;
  dryRun: boolean;
  out: Output;
}

/** Locks the account and puts the user on the deny list, or with `onlyRules` on the deny list alone. */
export async function blockUser(
  staff: StaffClient,
  { user, reason: given, onlyRules, ...options }: ChangeOptions & { reason: string; onlyRules: boolean },
): Promise<ChangedUser> {
  const reason = given.trim();
  if (reason === '') throw usageError('--reason is empty.', '--reason "bought for resale"');
  const before = await findUser(staff, user);
  const isSo = before.deniedReason === reason && (onlyRules || before.blockedReason === reason);
  const effect = onlyRules
    ? 'is refused where a rule has the filter untrustworthy'
    : 'can neither log in nor buy, and is refused where a rule has the filter untrustworthy';
  return change(before, {
    ...options,
    isSo,
    effect,
    send: async () =>
      onlyRules ? staff.denyUser(before.id, reason) : staff.blockUser(before.id, { reason, deny: true }),
  });
}

/** Lifts both. */
export async function unblockUser(staff: StaffClient, { user, ...options }: ChangeOptions): Promise<ChangedUser> {
  const before = await findUser(staff, user);
  return change(before, {
    ...options,
    isSo: before.blockedAt === null && before.deniedReason === null,
    effect: 'can log in and buy, and is off the deny list',
    send: async () => staff.unblockUser(before.id, { deny: true }),
  });
}

interface Change {
  isSo: boolean;
  effect: string;
  send(): Promise<{ user: StaffUserView }>;
  dryRun: boolean;
  out: Output;
}

async function change(before: StaffUserView, { isSo, effect, send, dryRun, out }: Change): Promise<ChangedUser> {
  const name = userName(before);
  if (isSo) {
    out.info(`Nothing to change: ${name} ${effect} already.`);
    return { ...before, dryRun };
  }
  if (dryRun) {
    out.info('Nothing was changed. It would be:');
    out.result(`${capital(name)} ${effect}.`);
    return { ...before, dryRun };
  }
  const { user } = await send();
  out.success(`${capital(name)} ${effect}.`);
  return { ...user, dryRun };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
