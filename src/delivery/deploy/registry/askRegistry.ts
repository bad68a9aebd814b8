import { readCredentials } from './readCredentials.js';
import type { ImageName } from './imageName.js';

/** What a registry says of an image. `unknown`: it does not answer, or not to us. */
export type ImageAnswer =
  { state: 'there' } | { state: 'missing' } | { state: 'unknown'; why: string; isDenied: boolean };

const ANSWER_TIMEOUT_MS = 10_000;

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Asks for the head of the image's manifest, with what `docker login` noted where the registry wants to know who asks. */
export async function askRegistry(image: ImageName, signal: AbortSignal): Promise<ImageAnswer> {
  const { host, repository, reference } = image;
  const url = `${schemeOf(host)}://${host}/v2/${repository}/manifests/${reference}`;
  const head = (authorization?: string) =>
    fetch(url, {
      method: 'HEAD',
      headers: { accept: manifestTypes, ...(authorization === undefined ? {} : { authorization }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
  try {
    let response = await head();
    if (response.status === 401) {
      const authorization = await authorize(image, response.headers.get('www-authenticate') ?? '', signal);
      if (authorization !== undefined) response = await head(authorization);
    }
    if (response.ok) return { state: 'there' };
    if (response.status === 404) return { state: 'missing' };
    const isDenied = response.status === 401 || response.status === 403;
    return { state: 'unknown', why: `it answered ${response.status}`, isDenied };
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'unknown', why: reasonOf(error), isDenied: false };
  }
}

/** As docker does: plain http only to a registry on this machine. */
function schemeOf(host: string): 'http' | 'https' {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host) ? 'http' : 'https';
}

async function authorize(
  { host, repository }: ImageName,
  challenge: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const credentials = await readCredentials(host);
  const basic =
    credentials && `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  if (!/^bearer /i.test(challenge)) return basic;
  const realm = /realm="([^"]+)"/i.exec(challenge)?.[1];
  if (realm === undefined) return undefined;
  const url = new URL(realm);
  const service = /service="([^"]+)"/i.exec(challenge)?.[1];
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', `repository:${repository}:pull`);
  const response = await fetch(url, {
    ...(basic === undefined ? {} : { headers: { authorization: basic } }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
  });
  if (!response.ok) return undefined;
  const { token, access_token: accessToken } = (await response.json()) as { token?: string; access_token?: string };
  const bearer = token ?? accessToken;
  return bearer === undefined ? undefined : `Bearer ${bearer}`;
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `it does not answer within ${ANSWER_TIMEOUT_MS / 1_000} s`;
  return cause?.code ?? cause?.message ?? message;
}
