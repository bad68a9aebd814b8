import { localDeployment, type LocalDeployment } from '../../daemon/localDeployment.js';
import { readSettingsFile } from '../loadSettings.js';

/** This machine's deployment, as the environment and the nearest `spikectl.yaml` describe it. */
export async function findDeployment(): Promise<LocalDeployment> {
  const { values } = await readSettingsFile();
  return localDeployment({ environment: process.env, file: values });
}
