import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

/** What this program keeps in its home; anything else in there is somebody's own and stays. */
const KEPT = ['middleware', 'logs', 'pm2', 'local.json', 'credentials.json', 'pm2-daemon.json', 'services.lock'];

/** Removes data, passwords, accounts and logs of this machine's deployment, whose processes must have ended. */
export async function forgetHome(home: string): Promise<void> {
  for (const name of KEPT) await rm(path.join(home, name), { recursive: true, force: true });
  try {
    await rmdir(home);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
