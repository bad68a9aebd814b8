import { usageError } from '../errors.js';
import { readUserList } from './readUserList.js';
import { toUserRef, type UserRef } from './toUserRef.js';

/** The users of `--file` and `--user` together; nothing is sent before all of them can be read. */
export async function readUsers({
  file,
  user = [],
}: {
  file?: string | undefined;
  user?: string[] | undefined;
}): Promise<UserRef[]> {
  if (file === undefined && user.length === 0) {
    throw usageError('Nobody is named.', 'Pass --file FILE or --user ID|PHONE; --list shows who is on the list.');
  }
  const named = user.map((typed) => {
    const ref = toUserRef(typed);
    if (ref !== undefined) return ref;
    throw usageError(`--user: '${typed}' is neither the id of a user nor a phone number.`, 'spikectl user list');
  });
  return [...(file === undefined ? [] : await readUserList(file)), ...named];
}
