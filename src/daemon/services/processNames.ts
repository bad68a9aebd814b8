import type { SettingName } from '../../config/settings.js';

export const serviceNames = ['user', 'spike', 'access', 'order', 'admin'] as const;

export type ServiceName = (typeof serviceNames)[number];

/** What pm2 runs: the services, and the ingress in front of them. */
export const processNames = [...serviceNames, 'ingress'] as const;

export type ProcessName = (typeof processNames)[number];

export const portSettings = {
  user: 'userPort',
  spike: 'spikePort',
  access: 'accessPort',
  order: 'orderPort',
  admin: 'adminPort',
  ingress: 'ingressPort',
} as const satisfies Record<ProcessName, SettingName>;
