import type { Registry } from 'prom-client';
import type { Sequelize } from 'sequelize';
import { countPool } from '../stores/mysql/countPool.js';
import { registerLookMetrics } from './lookMetrics.js';

/** How this process uses its MySQL connections. */
export function registerPoolMetrics(registry: Registry, sequelize: Sequelize): void {
  registerLookMetrics(registry, async () => countPool(sequelize), [
    {
      name: 'spike_mysql_connections',
      help: 'Open MySQL connections of this process by state: busy or idle',
      type: 'gauge',
      labels: ['state'],
      samples: ({ busy, idle }) => [
        [{ state: 'busy' }, busy],
        [{ state: 'idle' }, idle],
      ],
    },
    {
      name: 'spike_mysql_connections_max',
      help: 'MySQL connections that this process may open (mysqlPoolMax)',
      type: 'gauge',
      labels: [],
      samples: ({ max }) => [[{}, max]],
    },
    {
      name: 'spike_mysql_waiting',
      help: 'Questions that wait for one of the MySQL connections of this process',
      type: 'gauge',
      labels: [],
      samples: ({ waiting }) => [[{}, waiting]],
    },
  ]);
}
