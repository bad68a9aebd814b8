import { serviceNames, servicePorts, type ServiceName } from '../../config/serviceSettings.js';
import type { SettingName } from '../../config/settings.js';

export { serviceNames, type ServiceName };

/** What pm2 runs: the services, and the ingress in front of them. */
export const processNames = [...serviceNames, 'ingress'] as const;

export type ProcessName = (typeof processNames)[number];

export const portSettings = {
  ...servicePorts,
  ingress: 'ingressPort',
} as const satisfies Record<ProcessName, SettingName>;
