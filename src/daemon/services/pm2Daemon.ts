import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchProcess } from '../launchProcess.js';
import { machinePath } from '../middleware/machineFolders.js';
import { shortFolder } from '../middleware/storeLayout.js';
import { OperatorError } from '../operatorError.js';
import { makePrivateFolder, readJsonFile, writePrivateFile } from '../privateFile.js';
import { isRunning, type ProcessIdentity } from '../processIdentity.js';
import { stopProcess } from '../stopProcess.js';
import { tailFile } from '../tailFile.js';

const START_DEADLINE_MS = 15_000;
const STOP_DEADLINE_MS = 10_000;
const POLL_MS = 25;
const LOG_LINES_SHOWN = 10;
/** All at once: the processes wait for their stores, not for a processor. */
const CONCURRENT_ACTIONS = 8;
/** A reload lets the old process finish what it began for this long; above every drain deadline in use. */
const RELOAD_GRACE_MS = 30_000;

/** The folder of a pm2 of our own: `~/.pm2` is never looked at. Short enough for the sockets in it. */
function pm2Folder(home: string): string {
  return shortFolder(path.join(home, 'pm2'));
}

/** What pm2 itself has to say; the services write to files of their own. */
export function pm2LogFile(home: string): string {
  return path.join(pm2Folder(home), 'pm2.log');
}

export function pm2Environment(home: string): Record<string, string> {
  return {
    PM2_HOME: pm2Folder(home),
    PM2_DISABLE_VERSION_CHECK: 'true',
    PM2_NO_INTERACTION: 'true',
    PM2_PROGRAMMATIC: 'true',
    PM2_CONCURRENT_ACTIONS: String(CONCURRENT_ACTIONS),
    PM2_GRACEFUL_TIMEOUT: String(RELOAD_GRACE_MS),
  };
}

/** The running pm2 daemon of this home. */
export async function findPm2Daemon(home: string): Promise<ProcessIdentity | undefined> {
  const identity = await readJsonFile<ProcessIdentity>(identityFile(home));
  return identity && (await isRunning(identity)) ? identity : undefined;
}

/**
 * Starts the pm2 daemon unless it runs. We start it ourselves instead of leaving that to pm2's client, so that it gets an
 * environment of its own and we know the very process that we may stop later.
 */
export async function startPm2Daemon(home: string): Promise<void> {
  if (await findPm2Daemon(home)) return;
  const folder = pm2Folder(home);
  await makePrivateFolder(folder);
  const socket = path.join(folder, 'rpc.sock');
  await rm(socket, { force: true });
  await rm(path.join(folder, 'pub.sock'), { force: true });
  const logFile = pm2LogFile(home);
  const identity = await launchProcess({
    file: process.execPath,
    args: [createRequire(import.meta.url).resolve('pm2/lib/Daemon.js')],
    env: {
      PATH: machinePath(process.env.PATH),
      HOME: folder,
      SILENT: 'true',
      PM2_DAEMON_TITLE: `spikectl pm2 (${home})`,
      ...pm2Environment(home),
    },
    cwd: folder,
    logFile,
  });
  await writePrivateFile(identityFile(home), JSON.stringify(identity));
  const deadline = performance.now() + START_DEADLINE_MS;
  while (!(await accepts(socket))) {
    if (performance.now() < deadline && (await isRunning(identity))) {
      await sleep(POLL_MS);
      continue;
    }
    await stopProcess(identity, { deadlineMs: STOP_DEADLINE_MS });
    throw new OperatorError({
      code: 'DAEMON_NOT_STARTED',
      message: [
        `The pm2 daemon did not start. Its last words (${logFile}):`,
        ...(await tailFile(logFile, LOG_LINES_SHOWN)),
      ].join('\n  '),
      suggestions: ['spikectl daemon'],
    });
  }
}

/** Stops the daemon; its processes must have been deleted before. */
export async function stopPm2Daemon(home: string): Promise<void> {
  const identity = await findPm2Daemon(home);
  if (identity) await stopProcess(identity, { deadlineMs: STOP_DEADLINE_MS });
  await rm(identityFile(home), { force: true });
  if (!pm2Folder(home).startsWith(home)) await rm(pm2Folder(home), { recursive: true, force: true });
  // pm2 writes the list of its processes, with their environment, when it is told to stop.
  for (const dump of ['dump.pm2', 'dump.pm2.bak']) await rm(path.join(pm2Folder(home), dump), { force: true });
}

function identityFile(home: string): string {
  return path.join(home, 'pm2-daemon.json');
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}
