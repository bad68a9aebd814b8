import { describe, expect, it } from '@jest/globals';
import type { Contexts } from '../contexts.js';
import { chooseTarget, parseUrl } from './chooseTarget.js';

const known: Contexts = {
  current: 'staging',
  contexts: {
    staging: { url: 'https://staging.example', adminUrl: 'https://admin.staging.example', username: 'ada', token: 't' },
    local: { url: 'http://127.0.0.1:8000' },
  },
};
const nothing = { contextName: undefined, url: undefined, adminUrl: undefined };

describe('the deployment that a login is for', () => {
  it('is the current one', async () => {
    expect(await chooseTarget({ known, ...nothing })).toEqual({
      name: 'staging',
      context: { url: 'https://staging.example', adminUrl: 'https://admin.staging.example', username: 'ada' },
    });
  });

  it('is the context that has the URL already', async () => {
    expect((await chooseTarget({ known, ...nothing, url: 'http://127.0.0.1:8000' })).name).toBe('local');
  });

  it('gets its name from the host of a new URL', async () => {
    expect((await chooseTarget({ known, ...nothing, url: 'https://shop.example/sale' })).name).toBe('shop.example');
  });

  it('drops the admin URL that belonged to another URL', async () => {
    const { context } = await chooseTarget({ known, ...nothing, contextName: 'staging', url: 'https://new.example' });
    expect(context).toEqual({ url: 'https://new.example', username: 'ada' });
  });

  it('needs a URL for a context that is new', async () => {
    await expect(chooseTarget({ known, ...nothing, contextName: 'prod' })).rejects.toMatchObject({ exit: 2 });
  });

  it('is a plain address', () => {
    expect(parseUrl('https://shop.example/', '--url')).toBe('https://shop.example');
    for (const text of ['shop.example', 'ftp://shop.example', 'https://a:b@shop.example', 'https://shop.example?x=1']) {
      expect(() => parseUrl(text, '--url')).toThrow(expect.objectContaining({ exit: 2 }));
    }
  });
});
