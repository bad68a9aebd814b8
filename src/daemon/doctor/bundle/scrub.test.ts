import { describe, expect, it } from '@jest/globals';
import { createScrub } from './scrub.js';

const SECRET = 'pa$$ w"rd/+ü?';

describe('what goes into a bundle', () => {
  const scrub = createScrub([SECRET, 'pa$$ w"rd/+ü?-and-more', 'abc']);

  it.each([
    ['as it is', SECRET],
    ['in JSON', JSON.stringify({ text: SECRET })],
    ['in a URL', `http://host/?key=${encodeURIComponent(SECRET)}`],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['twice in a line', `${SECRET} and ${SECRET}`],
  ])('holds no known secret %s', (_form, text) => {
    const scrubbed = scrub(text);
    expect(scrubbed).toContain('***');
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')]) {
      expect(scrubbed).not.toContain(form);
    }
  });

  it('masks a secret of which another one is a part as a whole', () => {
    expect(scrub('x pa$$ w"rd/+ü?-and-more y')).toBe('x *** y');
  });

  it.each([
    ['a token', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here', 'c2lnbmF0dXJl'],
    ['a header', 'Authorization: Bearer abcdef.ghi', 'abcdef'],
    ['a password in a URL', 'redis://:abc@127.0.0.1:6379/0', ':abc@'],
    ['a password in JSON', '{"password":"xyz1"}', 'xyz1'],
    ['a setting', 'SPIKE_PASSWORD=hunter2 spikectl login', 'hunter2'],
  ])('masks %s that nobody told it', (_what, text, secret) => {
    expect(scrub(text)).not.toContain(secret);
  });

  it('leaves the rest of a line as it was', () => {
    const line = '{"level":"info","time":"2026-11-23T02:37:32.179Z","service":"order","msg":"listening"}';
    expect(scrub(line)).toBe(line);
    expect(createScrub([])('connect ECONNREFUSED 127.0.0.1:25551')).toBe('connect ECONNREFUSED 127.0.0.1:25551');
  });
});
