import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { showSettings } from './showSettings.js';

function show(sources: Parameters<typeof showSettings>[0]) {
  const { views, problems } = showSettings(sources);
  return { of: (name: string) => views.find((view) => view.name === name), views, problems };
}

describe('the settings as they are shown', () => {
  it('say where each value came from', () => {
    const { of, problems } = show({
      environment: { SPIKE_ADMIN_PORT: '9000' },
      file: { adminPort: 9001, orderPort: 9002 },
    });
    expect(of('adminPort')).toMatchObject({ value: 9000, origin: 'environment' });
    expect(of('orderPort')).toMatchObject({ value: 9002, origin: 'file' });
    expect(of('userPort')).toMatchObject({ value: 8080, origin: 'default' });
    expect(of('redisUrl')).toMatchObject({ value: null, origin: 'missing' });
    expect(problems).toEqual([]);
  });

  it('hold no secret, whether it is valid or not', () => {
    const environment = {
      SPIKE_USER_JWT_SECRET: 'top-secret-'.repeat(4),
      SPIKE_TICKET_SECRET: 'top-secret',
      SPIKE_MYSQL_URL: 'mysql://spike:top-secret@db.example:3306/spike',
      SPIKE_REDIS_URL: 'redis://:top-secret@redis.example:6379/0?password=top-secret',
      SPIKE_RABBITMQ_URL: 'top-secret',
    };
    const { of, views, problems } = show({ environment });
    expect(JSON.stringify({ views, problems })).not.toContain('top-secret');
    expect(of('mysqlUrl')?.value).toContain('db.example');
    expect(of('redisUrl')?.value).toContain('redis.example');
  });

  it('tell what this machine made for itself from what is missing', () => {
    const { views } = showSettings(
      { environment: { SPIKE_TICKET_SECRET: 'given-'.repeat(8) } },
      new Set(['serviceToken', 'ticketSecret', 'userPort'] as const),
    );
    const originOf = (name: string) => views.find((view) => view.name === name)?.origin;
    expect(originOf('serviceToken')).toBe('generated');
    expect(originOf('ticketSecret')).toBe('environment');
    expect(originOf('userPort')).toBe('default');
    expect(originOf('nationalIdKey')).toBe('missing');
  });

  it('show a value that is not valid with its problem, and all others as they are', () => {
    const { of, problems } = show({ environment: { SPIKE_ADMIN_PORT: 'http' }, file: { adminPrt: 1 } });
    expect(of('adminPort')).toMatchObject({ value: 'http', origin: 'environment', problem: expect.any(String) });
    expect(of('userPort')).toMatchObject({ value: 8080, problem: null });
    expect(problems).toHaveLength(2);
  });

  it('name the file that a value was read from, and one that cannot be read', () => {
    const file = fileURLToPath(import.meta.url);
    const { of, problems } = show({
      environment: { SPIKE_TICKET_SECRET_FILE: file, SPIKE_SERVICE_TOKEN_FILE: `${file}.gone` },
    });
    expect(of('ticketSecret')).toMatchObject({ value: '********', origin: 'environment', originFile: file });
    expect(of('serviceToken')).toMatchObject({ value: null, origin: 'environment', originFile: `${file}.gone` });
    expect(of('userJwtSecret')).toMatchObject({ origin: 'missing', originFile: null });
    expect(problems).toEqual([expect.stringContaining(`${file}.gone`)]);
  });
});
