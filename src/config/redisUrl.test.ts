import { describe, expect, test } from '@jest/globals';
import { parseRedisUrl } from './redisUrl.js';

const login = { username: undefined, password: undefined, isTls: false };

describe('a Redis URL', () => {
  test('names one server, with the usual port and database when they are left out', () => {
    expect(parseRedisUrl('redis://cache')).toEqual({
      kind: 'single',
      ...login,
      address: { host: 'cache', port: 6_379 },
      database: 0,
    });
    expect(parseRedisUrl('redis://[::1]:7000/3')).toMatchObject({ address: { host: '::1', port: 7_000 }, database: 3 });
  });

  test('carries a login, whose special characters are escaped, and asks for TLS with rediss', () => {
    expect(parseRedisUrl('rediss://spike:p%40ss%2Fword@cache:6380')).toMatchObject({
      username: 'spike',
      password: 'p@ss/word',
      isTls: true,
    });
    expect(parseRedisUrl('redis://:secret@cache')).toMatchObject({ username: undefined, password: 'secret' });
  });

  test('names Sentinels and the primary that they watch', () => {
    expect(parseRedisUrl('redis+sentinel://:secret@s1,s2:26380/mymaster/2?sentinelPassword=other')).toEqual({
      kind: 'sentinel',
      ...login,
      password: 'secret',
      sentinels: [
        { host: 's1', port: 26_379 },
        { host: 's2', port: 26_380 },
      ],
      master: 'mymaster',
      database: 2,
      sentinelUsername: undefined,
      sentinelPassword: 'other',
    });
  });

  test('names nodes of a Redis Cluster', () => {
    expect(parseRedisUrl('rediss+cluster://:secret@n1:7000,n2:7001')).toEqual({
      kind: 'cluster',
      username: undefined,
      password: 'secret',
      isTls: true,
      nodes: [
        { host: 'n1', port: 7_000 },
        { host: 'n2', port: 7_001 },
      ],
    });
  });

  test.each([
    ['cache:6379', /must be one of redis:/],
    ['http://cache', /must be one of/],
    ['redis://a,b', /begin it with redis\+sentinel/],
    ['redis://cache:99999', /"cache:99999" where host:port/],
    ['redis://cache/zero', /"zero" where the number of a database/],
    ['redis+sentinel://s1', /must name the primary/],
    ['redis+cluster://n1/2', /has a database/],
    ['redis://cache?family=6', /does not take family/],
    ['redis://:50%@cache', /write a "%" in a password as %25/],
  ])('%s is refused with what is wrong', (url, why) => {
    expect(() => parseRedisUrl(url)).toThrow(why);
  });

  test('is refused without the password in the message', () => {
    for (const url of ['redis://:hunter2@a,b', 'redis+sentinel://:hunter2@s1', 'redis://:hunter2@cache/zero']) {
      expect(() => parseRedisUrl(url)).toThrow(/^(?!.*hunter2)/);
    }
  });
});
