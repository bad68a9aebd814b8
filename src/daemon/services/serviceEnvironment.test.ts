import { generatedSecrets, type LocalConfig } from '../localConfig.js';
import { processNames } from './processNames.js';
import { serviceEnvironment } from './serviceEnvironment.js';

const secrets = Object.fromEntries(generatedSecrets.map((name) => [name, `made-${name}`])) as LocalConfig['secrets'];
const storeUrls = { mysql: 'mysql://m', redis: 'redis://r', rabbitmq: 'amqp://q' };

function environmentOf(name: (typeof processNames)[number], given: Record<string, string> = {}) {
  return serviceEnvironment({ name, local: { secrets, environment: given }, storeUrls });
}

describe('the environment of a process', () => {
  test('holds no secret for the ingress', () => {
    const text = JSON.stringify(environmentOf('ingress'));
    expect(text).not.toMatch(/made-|mysql|redis:|amqp/);
  });

  test('keeps the database from the spike service, and the signing secret of staff from all but admin', () => {
    expect(environmentOf('spike')).not.toHaveProperty('SPIKE_MYSQL_URL');
    for (const name of processNames) {
      expect(environmentOf(name).SPIKE_ADMIN_JWT_SECRET).toBe(name === 'admin' ? 'made-adminJwtSecret' : undefined);
    }
  });

  test('takes a secret that was given before the one that was made up, and hands it to the same processes only', () => {
    const given = { SPIKE_TICKET_SECRET: 'given' };
    expect(environmentOf('spike', given).SPIKE_TICKET_SECRET).toBe('given');
    expect(environmentOf('user', given)).not.toHaveProperty('SPIKE_TICKET_SECRET');
  });

  test('points at the access service and the user service where those were put', () => {
    expect(environmentOf('admin', { SPIKE_USER_PORT: '9080' }).SPIKE_USER_URL).toBe('http://127.0.0.1:9080');
    expect(environmentOf('spike', { SPIKE_ACCESS_PORT: '9082' }).SPIKE_ACCESS_URL).toBe('http://127.0.0.1:9082');
  });

  test('believes the ingress about addresses only while nobody else can reach the service', () => {
    expect(environmentOf('user').SPIKE_TRUSTED_PROXY_HOPS).toBe('1');
    expect(environmentOf('user', { SPIKE_HOST: '0.0.0.0' }).SPIKE_TRUSTED_PROXY_HOPS).toBe('0');
  });
});
