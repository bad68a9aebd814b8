import { isIP } from 'node:net';

export const mysqlUrlForm = 'mysql://user:password@host[:port]/database[?tls=true]';

/** What the drivers take: the URL without what is ours, and how to secure the connection. */
export interface MysqlTarget {
  url: string;
  /** Undefined: in the clear. */
  ssl: { minVersion: 'TLSv1.2'; rejectUnauthorized: true; verifyIdentity: true } | undefined;
}

/**
 * Reads a MySQL URL. With `tls=true` the server has to show a certificate of its name, signed by an authority that Node trusts
 * (`NODE_EXTRA_CA_CERTS` adds one): the driver by itself would take that of any name.
 *
 * @throws Error that says what is wrong, without the password
 */
export function parseMysqlUrl(text: string): MysqlTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'mysql:' || url.hostname === '' || url.pathname.length < 2)
    throw new Error(`must be ${mysqlUrlForm}`);
  const unknown = [...url.searchParams.keys()].filter((key) => key !== 'tls');
  if (unknown.length > 0) throw new Error(`does not take ${unknown.join(', ')}`);
  const tls = url.searchParams.get('tls') ?? 'false';
  if (tls !== 'true' && tls !== 'false') throw new Error(`has tls=${tls} where true or false should be`);
  // The driver would compare the certificate of an address with "localhost".
  if (tls === 'true' && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw new Error('has an address, which a certificate seldom carries: with tls=true name the host');
  url.search = '';
  const secured = { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true } as const;
  return { url: url.href, ssl: tls === 'true' ? secured : undefined };
}
