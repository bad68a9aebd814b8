import type { Finding } from '../../daemon/doctor/check.js';
import { examine } from '../../daemon/doctor/examine.js';
import { mend, type Mended } from '../../daemon/doctor/mend.js';
import type { LocalDeployment } from '../../daemon/localDeployment.js';
import { readLocalConfig } from '../../daemon/localConfig.js';
import { storeTitles } from '../../daemon/middleware/store.js';
import { contextsFile } from '../contexts.js';
import { findDeployment } from '../local/findDeployment.js';
import type { Output } from '../output.js';
import { runSteps } from '../progress.js';
import { deploymentElsewhere } from './deploymentElsewhere.js';
import { examineElsewhere } from './examineElsewhere.js';

interface Examined {
  deployment: LocalDeployment;
  findings: readonly Finding[];
  mended: readonly Mended[];
}

/**
 * Looks at this machine and, when commands talk to a deployment elsewhere, at what that one tells. Whoever only talks to one
 * elsewhere runs no system here: then of this machine only what the command line needs is looked at.
 */
export async function examineAll(options: {
  contextName: string | undefined;
  fix: boolean;
  out: Output;
}): Promise<Examined> {
  const { contextName, fix, out } = options;
  const elsewhere = await deploymentElsewhere(contextName);
  const deployment = await findDeployment();
  const privateFiles = [contextsFile()];
  const runsHere = elsewhere === undefined || (await hasSystem(deployment.home));
  const scope = runsHere ? ('system' as const) : ('machine' as const);
  const asked = elsewhere === undefined ? [] : await examineElsewhere(elsewhere);
  const inspected = await examine({ deployment, privateFiles, scope });
  if (!fix || !inspected.some(({ fixable }) => fixable)) {
    return { deployment, findings: [...inspected, ...asked], mended: [] };
  }
  let after: { mended: readonly Mended[]; findings: readonly Finding[] } = { mended: [], findings: inspected };
  await runSteps(
    [
      {
        title: 'Mending',
        run: async (say) => {
          const report = ({ store, message }: { store: keyof typeof storeTitles | null; message: string }) =>
            say(store === null ? message : `${storeTitles[store]} ${message}`);
          after = await mend({ deployment, privateFiles, scope, findings: inspected, report });
        },
      },
    ],
    out,
  );
  return { deployment, findings: [...after.findings, ...asked], mended: after.mended };
}

async function hasSystem(home: string): Promise<boolean> {
  return readLocalConfig(home).then(
    (local) => local !== undefined,
    () => true,
  );
}
