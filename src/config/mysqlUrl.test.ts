import { describe, expect, test } from '@jest/globals';
import { parseMysqlUrl } from './mysqlUrl.js';

describe('a MySQL URL', () => {
  test('is handed to the drivers as it is, in the clear unless it asks for TLS', () => {
    const url = 'mysql://shop:p%40ss@db.example:3306/shop';
    expect(parseMysqlUrl(url)).toEqual({ url, ssl: undefined });
    expect(parseMysqlUrl(`${url}?tls=false`)).toEqual({ url, ssl: undefined });
  });

  test('with tls=true demands a certificate of the name that stands in it', () => {
    expect(parseMysqlUrl('mysql://shop:secret@db.example/shop?tls=true')).toEqual({
      url: 'mysql://shop:secret@db.example/shop',
      ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true },
    });
  });

  test.each([
    ['db.example:3306', /must be mysql:/],
    ['mysql://shop:hunter2@db.example', /must be mysql:/],
    ['mysql://shop:hunter2@db.example/shop?ssl=true', /does not take ssl/],
    ['mysql://shop:hunter2@10.0.0.7/shop?tls=true', /with tls=true name the host/],
    ['mysql://shop:hunter2@db.example/shop?tls=yes', /tls=yes where true or false/],
  ])('%s is refused with what is wrong, and without its password', (url, why) => {
    expect(() => parseMysqlUrl(url)).toThrow(why);
    expect(() => parseMysqlUrl(url)).toThrow(/^(?!.*hunter2)/);
  });
});
