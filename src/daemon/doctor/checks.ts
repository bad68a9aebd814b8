import type { Check } from './check.js';
import { clockCheck } from './checks/clock.js';
import { deadLettersCheck } from './checks/deadLetters.js';
import { diskCheck } from './checks/disk.js';
import { healthCheck } from './checks/health.js';
import { locksCheck } from './checks/locks.js';
import { logsCheck } from './checks/logs.js';
import { migrationsCheck } from './checks/migrations.js';
import { mysqlSettingsCheck } from './checks/mysqlSettings.js';
import { nodeCheck } from './checks/node.js';
import { portsCheck } from './checks/ports.js';
import { processesCheck } from './checks/processes.js';
import { queuesCheck } from './checks/queues.js';
import { redisMemoryCheck } from './checks/redisMemory.js';
import { redisPersistenceCheck } from './checks/redisPersistence.js';
import { redisScriptsCheck } from './checks/redisScripts.js';
import { rightsCheck } from './checks/rights.js';
import { serversCheck } from './checks/servers.js';
import { settingsCheck } from './checks/settings.js';
import { mysqlCheck, rabbitmqCheck, redisCheck } from './checks/stores.js';

/** `machine`: what the command line itself needs; `system`: also what runs on this machine. */
export type Scope = 'machine' | 'system';

/** Everything that doctor looks at, in the order in which it is shown: from the machine up to the services. */
const all: readonly Check[] = [
  nodeCheck,
  settingsCheck,
  rightsCheck,
  diskCheck,
  logsCheck,
  locksCheck,
  serversCheck,
  mysqlCheck,
  mysqlSettingsCheck,
  migrationsCheck,
  redisCheck,
  redisMemoryCheck,
  redisPersistenceCheck,
  redisScriptsCheck,
  rabbitmqCheck,
  queuesCheck,
  deadLettersCheck,
  clockCheck,
  portsCheck,
  processesCheck,
  healthCheck,
];

export function checksOf(scope: Scope): readonly Check[] {
  return scope === 'system' ? all : [nodeCheck, settingsCheck, rightsCheck];
}
