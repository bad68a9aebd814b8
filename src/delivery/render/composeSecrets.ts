import { randomBytes } from 'node:crypto';
import { inspectTarget } from './inspectTarget.js';
import type { RenderValues } from './renderValues.js';
import type { WantedFile } from './replaceFiles.js';

const SECRET_BYTES = 32;

/**
 * A file bears the same permissions in a container, where another user reads it; the folder around it keeps others of this
 * machine out.
 */
const FILE_MODE = 0o444;
const FOLDER_MODE = 0o700;

/** Who the services are to MySQL and RabbitMQ, and the name of the database and the vhost. */
export const COMPOSE_ACCOUNT = 'spike';

/** Those that the stores need beside what the services read. */
const STORE_FILES = [
  'admin-password',
  'mysql-password',
  'mysql-root-password',
  'rabbitmq-password',
  'rabbitmq.conf',
  'redis-password',
  'redis.conf',
];

/** The names of all secret files, sorted. */
export function composeSecretFiles(secrets: RenderValues['secrets']): string[] {
  return [...STORE_FILES, ...secrets.map(({ file }) => file)].sort();
}

/**
 * The secret files of the Compose system. A secret that is there is kept, and what others need of it (the address with the
 * password in it) follows it.
 */
export async function composeSecrets(folder: string, values: RenderValues): Promise<WantedFile[]> {
  const known = async (file: string): Promise<string> =>
    (await inspectTarget(folder, `secrets/${file}`))?.toString('utf8').trim() ??
    randomBytes(SECRET_BYTES).toString('hex');
  const passwords = {
    mysql: await known('mysql-password'),
    redis: await known('redis-password'),
    rabbitmq: await known('rabbitmq-password'),
  };
  const derived: Record<string, string> = {
    'mysql-password': passwords.mysql,
    'mysql-root-password': await known('mysql-root-password'),
    'mysql-url': `mysql://${COMPOSE_ACCOUNT}:${encodeURIComponent(passwords.mysql)}@mysql:3306/${COMPOSE_ACCOUNT}`,
    'redis-password': passwords.redis,
    'redis-url': `redis://:${encodeURIComponent(passwords.redis)}@redis:6379`,
    'redis.conf': `requirepass ${passwords.redis}`,
    'rabbitmq-password': passwords.rabbitmq,
    'rabbitmq-url': `amqp://${COMPOSE_ACCOUNT}:${encodeURIComponent(passwords.rabbitmq)}@rabbitmq:5672/${COMPOSE_ACCOUNT}`,
    'rabbitmq.conf': `default_user = ${COMPOSE_ACCOUNT}\ndefault_pass = ${passwords.rabbitmq}\ndefault_vhost = ${COMPOSE_ACCOUNT}`,
    'admin-password': await known('admin-password'),
  };
  for (const { file } of values.secrets) derived[file] ??= await known(file);
  return values.secretFiles.map((file) => ({
    path: `secrets/${file}`,
    content: `${derived[file]}\n`,
    mode: FILE_MODE,
    folderMode: FOLDER_MODE,
    isKept: true,
  }));
}
