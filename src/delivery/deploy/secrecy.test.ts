import { describe, expect, it } from '@jest/globals';
import { createScrub, isSecretValue, secretsOfText } from './secrecy.js';

describe('a value of the chart', () => {
  it.each([
    ['mysql.url', 'mysql://root:pw@db/spike'],
    ['redis.url', 'redis+sentinel://:pw@h1:26379,h2:26379/master'],
    ['mysql.password', 'x'],
    ['auth.adminPassword', '123456'],
    ['services.user.extra.apiKey', 'abc'],
    ['userJwtSecret', 'abc'],
  ])('%s is a secret', (path, value) => {
    expect(isSecretValue(path, value)).toBe(true);
  });

  it.each([
    ['mysql.url', 'mysql://db/spike'],
    ['mysql.existingSecret', 'spike-mysql'],
    ['mysql.existingSecretKey', 'url'],
    ['secrets.keys.userJwtSecret', 'jwt'],
    ['secrets.regenerate', 'true'],
    ['settings.tokenLifetimeSeconds', '86400'],
    ['image.pullSecrets[0]', 'registry-login'],
    ['ingress.tls.secretName', 'shop-tls'],
    ['image.tag', '1.4.0'],
    ['mysql.password', ''],
  ])('%s=%s is none', (path, value) => {
    expect(isSecretValue(path, value)).toBe(false);
  });

  it('is found in a file, at any depth', () => {
    const text = 'mysql: { url: "mysql://a:deep-one@h/d" }\nlist: [{ password: deep-two }]\nimage: { tag: "1" }';
    expect(secretsOfText(text)).toEqual(['mysql://a:deep-one@h/d', 'deep-two']);
  });
});

describe('a text', () => {
  const scrub = createScrub(['mysql://a:url-password@h/d', 'plain "secret"', 'short']);

  it.each([
    ['as it is', 'it was plain "secret"!'],
    ['in JSON', JSON.stringify({ a: 'plain "secret"' })],
    ['in base64', Buffer.from('plain "secret"').toString('base64')],
    ['the password of a URL alone', 'denied for url-password'],
    ['a URL that nobody told of', 'amqp://guest:unknown-one@q/'],
  ])('does not show a secret %s', (_how, text) => {
    expect(scrub(text)).not.toMatch(/plain|url-password|unknown-one|cGxhaW4/);
  });

  it('keeps what is none', () => {
    expect(scrub('a short word, https://shop.example/x')).toBe('a short word, https://shop.example/x');
  });
});
