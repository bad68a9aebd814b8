import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackages } from './installPackages.js';

let folder: string;
let policyFile: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-install-'));
  policyFile = path.join(folder, 'policy-rc.d');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Puts a package manager in place that notes what it was told and what the policy said meanwhile. */
async function provideApt(ending: string): Promise<void> {
  const script = `#!/bin/sh
echo "$@" >> ${folder}/calls
sh ${policyFile}; echo $? >> ${folder}/policy
${ending}
`;
  for (const name of ['apt-get', 'sudo']) {
    const file = path.join(folder, name);
    // As another user than root everything goes through sudo, which here is what carries it out.
    await writeFile(file, name === 'sudo' ? '#!/bin/sh\nshift\nexec "$@"\n' : script);
    await chmod(file, 0o755);
  }
}

const install = () =>
  installPackages({ what: ['redis'], report: () => undefined, searchPath: `${folder}:/usr/bin:/bin`, policyFile });

describe('installing packages', () => {
  test('forbids services to start meanwhile, and lifts that afterwards', async () => {
    await provideApt('exit 0');
    await install();
    const calls = (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatch(/update$/);
    expect(calls[1]).toMatch(/--no-install-recommends .*install redis-server$/);
    expect(await readFile(path.join(folder, 'policy'), 'utf8')).toBe('101\n101\n');
    expect(existsSync(policyFile)).toBe(false);
  });

  test('lifts it after a failure too, whose reason is told with what to type', async () => {
    await provideApt('echo "E: no space left" >&2; exit 100');
    await expect(install()).rejects.toMatchObject({
      code: 'INSTALLATION_FAILED',
      exit: 5,
      message: expect.stringContaining('E: no space left'),
      suggestions: [expect.stringContaining('apt-get')],
    });
    expect(existsSync(policyFile)).toBe(false);
  });

  test("leaves the machine owner's own policy in place", async () => {
    await provideApt('exit 0');
    await writeFile(policyFile, 'exit 7\n');
    await install();
    expect(await readFile(policyFile, 'utf8')).toBe('exit 7\n');
  });
});
