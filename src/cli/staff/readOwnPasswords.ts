import { text as readAll } from 'node:stream/consumers';
import { usageError } from '../errors.js';
import { ask, checkPassword, noPasswordOnStdin, readNewPassword, type NewPassword } from '../newPassword.js';

const COMMAND = 'admin passwd';

/**
 * The password that somebody has and the one that they want: two lines of stdin; or the old one from SPIKE_PASSWORD or asked for,
 * and the new one asked for, or made up where nobody can be asked.
 */
export async function readOwnPasswords(options: {
  fromStdin: boolean;
  canAsk: boolean;
}): Promise<{ oldPassword: string; new: NewPassword }> {
  const { fromStdin, canAsk } = options;
  if (fromStdin) {
    const [oldPassword, password] = (await readAll(process.stdin)).split(/\r?\n/);
    if (!oldPassword) throw noPasswordOnStdin(COMMAND);
    if (!password) {
      throw usageError(
        'There is one line on stdin: the old password and the new one are needed.',
        'printf "%s\\n%s\\n" "$OLD" "$NEW" | spikectl admin passwd --password-stdin',
      );
    }
    return { oldPassword, new: { password: checkPassword(password), isGenerated: false } };
  }
  const oldPassword = process.env.SPIKE_PASSWORD || (canAsk ? await ask('Your password now') : '');
  if (oldPassword === '') {
    throw usageError(
      'Your password is missing, and there is no terminal to ask on.',
      'Pipe the old and the new one in, each on a line, with --password-stdin.',
    );
  }
  return { oldPassword, new: await readNewPassword({ fromStdin: false, canAsk, command: COMMAND, environment: {} }) };
}
