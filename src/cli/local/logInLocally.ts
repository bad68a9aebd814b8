import { createStaffClient } from '../../client/createStaffClient.js';
import { ServiceRefusal } from '../../client/errors.js';
import { saveContext } from '../contexts.js';

const LOCAL_CONTEXT = 'local';

/**
 * Logs the first admin in at this machine's deployment and keeps that as the context `local`.
 *
 * @returns the token; undefined when the admin's password was changed since, so that only a person can log in
 */
export async function logInLocally(options: {
  ingressUrl: string;
  admin: { username: string; password: string };
}): Promise<string | undefined> {
  const { ingressUrl, admin } = options;
  const staff = createStaffClient({ url: ingressUrl });
  try {
    const { token, expire } = await staff.login(admin.username, admin.password);
    await saveContext(LOCAL_CONTEXT, { url: ingressUrl, username: admin.username, token, tokenExpiresAt: expire });
    return token;
  } catch (error) {
    if (error instanceof ServiceRefusal && error.code === 'BAD_CREDENTIALS') return undefined;
    throw error;
  } finally {
    await staff.close();
  }
}
