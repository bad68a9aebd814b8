/** One server of a Redis deployment, or one of its Sentinels. */
interface RedisAddress {
  host: string;
  port: number;
}

interface RedisLogin {
  username: string | undefined;
  password: string | undefined;
  isTls: boolean;
}

/** What a Redis URL names: one server, a primary that Sentinels know, or a Redis Cluster. */
export type RedisTarget = RedisLogin &
  (
    | { kind: 'single'; address: RedisAddress; database: number }
    | {
        kind: 'sentinel';
        sentinels: readonly RedisAddress[];
        master: string;
        database: number;
        /** The Sentinels' own login, where they have one. */
        sentinelUsername: string | undefined;
        sentinelPassword: string | undefined;
      }
    | { kind: 'cluster'; nodes: readonly RedisAddress[] }
  );

/** The forms that `SPIKE_REDIS_URL` takes; `rediss` instead of `redis` in front means TLS. */
export const redisUrlForms = [
  'redis://[[user]:password@]host[:port][/database]',
  'redis+sentinel://[[user]:password@]host[:port],…/master[/database][?sentinelPassword=…]',
  'redis+cluster://[[user]:password@]host[:port],…',
] as const;

const REDIS_PORT = 6_379;
const SENTINEL_PORT = 26_379;
const DATABASE_MAX = 1_023;

const URL_PARTS =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<username>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^/?#@]+)(?<path>\/[^?#]*)?(?:\?(?<query>[^#]*))?$/;
const ADDRESS = /^(?<host>\[[0-9a-fA-F:.]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;

/**
 * Reads a Redis URL. Several addresses stand in it with commas, as in other clients, so that it is no URL for WHATWG's parser.
 *
 * @throws Error that says what is wrong, without the password
 */
export function parseRedisUrl(text: string): RedisTarget {
  const parts = URL_PARTS.exec(text)?.groups;
  if (parts === undefined) throw new Error(`must be one of ${redisUrlForms.join(' | ')}`);
  const kind = (parts.kind ?? 'single') as RedisTarget['kind'];
  const addresses = parts.hosts!.split(',').map((part) => parseAddress(part, kind));
  const path = (parts.path ?? '').split('/').filter((part) => part !== '');
  const query = new URLSearchParams(parts.query ?? '');
  const login = { username: decode(parts.username), password: decode(parts.password), isTls: parts.tls === 's' };
  const unknown = [...query.keys()].filter((key) => kind !== 'sentinel' || !sentinelOptions.includes(key));
  if (unknown.length > 0) throw new Error(`does not take ${unknown.join(', ')}`);

  if (kind === 'cluster') {
    if (path.length > 0 && path.join('/') !== '0')
      throw new Error('has a database, which a Redis Cluster does not know');
    return { kind, ...login, nodes: addresses };
  }
  if (kind === 'sentinel') {
    const [master, database, ...rest] = path;
    if (master === undefined || rest.length > 0)
      throw new Error('must name the primary that the Sentinels watch: redis+sentinel://host:26379/master');
    const [sentinelUsername, sentinelPassword] = sentinelOptions.map((name) => query.get(name) ?? undefined);
    const named = { master: decode(master)!, database: parseDatabase(database) };
    return { kind, ...login, sentinels: addresses, ...named, sentinelUsername, sentinelPassword };
  }
  const [address, ...others] = addresses;
  if (others.length > 0) throw new Error('names several servers: begin it with redis+sentinel:// or redis+cluster://');
  if (path.length > 1) throw new Error('has more behind the host than a database');
  return { kind, ...login, address: address!, database: parseDatabase(path[0]) };
}

const sentinelOptions = ['sentinelUsername', 'sentinelPassword'];

function parseAddress(text: string, kind: RedisTarget['kind']): RedisAddress {
  const { host, port } = ADDRESS.exec(text)?.groups ?? {};
  const number = port === undefined ? (kind === 'sentinel' ? SENTINEL_PORT : REDIS_PORT) : Number(port);
  if (host === undefined || number < 1 || number > 65_535) throw new Error(`has "${text}" where host:port should be`);
  return { host: host.replace(/^\[|\]$/g, ''), port: number };
}

function parseDatabase(text: string | undefined): number {
  const database = Number(text ?? 0);
  if (Number.isInteger(database) && database >= 0 && database <= DATABASE_MAX) return database;
  throw new Error(`has "${text}" where the number of a database should be`);
}

function decode(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a "%" that does not begin an escape: write a "%" in a password as %25');
  }
}
