import { createRequire } from 'node:module';
import path from 'node:path';
import { readJsonFile } from '../../privateFile.js';
import { packageRoot } from '../../resolveHome.js';
import { ok, problem, warning, type Check, type Verdict } from '../check.js';
import { isAtLeast } from '../versions.js';

/** `engines` in package.json says the same. */
const NODE_FLOOR = '20.19.0';

export const nodeCheck: Check = {
  name: 'node',
  look: async () => judgeNode({ running: process.versions.node, file: process.execPath, pinned: await findPinned() }),
};

/** @param pinned version of the Node that the package brings; undefined when it is not installed */
export function judgeNode(facts: { running: string; file: string; pinned: string | undefined }): Verdict {
  const { running, file, pinned } = facts;
  const install = 'npm ci --include=dev';
  if (!isAtLeast(running, NODE_FLOOR)) {
    return problem(`${running} (${file}) is older than ${NODE_FLOOR}.`, 'Install a newer Node.js.');
  }
  if (pinned === undefined) {
    return warning(
      `${running} (${file}); the pinned Node, with which services answer faster, is not installed.`,
      install,
    );
  }
  if (major(running) < major(pinned)) {
    return warning(`${running} (${file}) runs, although ${pinned} is pinned.`, install);
  }
  return ok(`${running} (${file}); pinned: ${pinned}.`);
}

function major(version: string): number {
  return Number.parseInt(version, 10);
}

async function findPinned(): Promise<string | undefined> {
  const require = createRequire(path.join(packageRoot(), 'package.json'));
  try {
    return (await readJsonFile<{ version: string }>(require.resolve('node/package.json')))?.version;
  } catch {
    return undefined;
  }
}
