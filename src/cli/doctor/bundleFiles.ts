import os from 'node:os';
import { collectLogs } from '../../daemon/doctor/bundle/collectLogs.js';
import { collectSecrets } from '../../daemon/doctor/bundle/collectSecrets.js';
import { createScrub } from '../../daemon/doctor/bundle/scrub.js';
import type { LocalDeployment } from '../../daemon/localDeployment.js';
import { systemStatus } from '../../daemon/systemStatus.js';
import { readContexts } from '../contexts.js';
import { generatedSettings } from '../local/generatedSettings.js';
import { readSettingsFile } from '../loadSettings.js';
import { showSettings } from '../showSettings.js';

/**
 * What a bug report needs, by file name: doctor's findings, versions, status, settings and the last log lines. All of it goes
 * through the same sieve, whatever it came from: no secret of this machine is in what is returned.
 *
 * @param options.doctor what doctor prints under --json
 */
export async function bundleFiles(options: {
  deployment: LocalDeployment;
  doctor: unknown;
  version: string;
}): Promise<Record<string, string>> {
  const { deployment, doctor, version } = options;
  const documents = {
    'doctor.json': doctor,
    'versions.json': versions(version),
    'status.json': await orFault(() => systemStatus(deployment)),
    'config.json': await orFault(shownSettings),
  };
  const files = {
    ...Object.fromEntries(Object.entries(documents).map(([name, value]) => [name, JSON.stringify(value, null, 2)])),
    ...(await collectLogs(deployment)),
  };
  const scrub = createScrub([...(await collectSecrets(deployment)), ...(await contextTokens())]);
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, scrub(text)]));
}

function versions(spikectl: string) {
  const { node, v8, openssl } = process.versions;
  return {
    spikectl,
    node,
    v8,
    openssl,
    platform: `${os.type()} ${os.release()} ${os.arch()}`,
    processors: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    madeAt: new Date().toISOString(),
  };
}

async function shownSettings() {
  const file = await readSettingsFile();
  const sources = { environment: process.env, file: file.values };
  return showSettings(sources, await generatedSettings(process.env));
}

/** What cannot be told is told so: a report about a broken machine is made on it. */
async function orFault(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function contextTokens(): Promise<string[]> {
  const known = await readContexts({ closeToOthers: false }).catch(() => undefined);
  return Object.values(known?.contexts ?? {}).flatMap(({ token }) => token ?? []);
}
