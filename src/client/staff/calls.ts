import type { Call, Http } from '../createHttp.js';

/** How the functions of one resource reach the admin service; paths are those behind `/admin`. */
export interface Calls {
  get<T>(path: string, query?: Call['query'], options?: CallOptions): Promise<T>;
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, options?: CallOptions): Promise<T>;
}

type CallOptions = Pick<Call, 'answerTimeoutMs'>;

export function createCalls(http: Http, token: string | undefined): Calls {
  return {
    get: async <T>(path: string, query?: Call['query'], options?: CallOptions) =>
      (await http.call<T>({ method: 'GET', path: `/admin${path}`, token, query, ...options })).body,
    send: async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, options?: CallOptions) =>
      (await http.call<T>({ method, path: `/admin${path}`, token, body, ...options })).body,
  };
}

/** An id or a name as one part of a path. */
export function part(id: string): string {
  return encodeURIComponent(id);
}

/** Behind the path of a route that can say what it would change. */
export function dryRunQuery(dryRun: boolean): string {
  return dryRun ? '?dryRun=true' : '';
}
