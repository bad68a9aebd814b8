import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import httpProxy from 'http-proxy-3';
import type { Logger } from 'pino';
import { errorCatalogue, type ErrorCode } from '../../domain/errorCatalogue.js';
import type { FailAnswer } from '../../domain/wire.js';
import type { ServiceName } from '../services/processNames.js';
import { routeOf } from './routeOf.js';

/** Idle connections kept to each service; enough that a burst opens none anew. */
const FREE_SOCKETS_MAX = 512;
/** A service that pm2 restarts is back within about a second. */
const RETRY_AFTER_SECONDS = 1;

/**
 * A service that says nothing for so long will never: a connection that was on its way to a process when that was killed has
 * nobody at its other end, and is not closed either. Longer than the longest work: an audit or an import by staff. A stream says
 * something every second.
 */
const SILENCE_MAX_MS: Readonly<Record<ServiceName, number>> = {
  user: 30_000,
  spike: 30_000,
  access: 30_000,
  order: 30_000,
  admin: 120_000,
};

/** What a client says about proxies in front of it is not believed: this is the first one. */
const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
];

export interface Ingress {
  listener: RequestListener;
  /** Ends the connections to the services. */
  close(): void;
}

/**
 * One URL in front of the services, as an Ingress is in a cluster: requests and answers pass through as they are and as
 * they come, so that a stream of events streams. A service that is away is a 503 with `Retry-After`, never a 404 or a
 * "sold out"; so is one that takes a request and never answers.
 *
 * @param options.silenceMaxMs how long each service may say nothing, ms
 */
export function createIngress(options: {
  targets: Readonly<Record<ServiceName, string>>;
  log: Logger;
  silenceMaxMs?: Readonly<Record<ServiceName, number>>;
}): Ingress {
  const { targets, log, silenceMaxMs = SILENCE_MAX_MS } = options;
  const agent = new Agent({ keepAlive: true, maxFreeSockets: FREE_SOCKETS_MAX });
  const proxy = httpProxy.createProxyServer({ agent });
  proxy.on('proxyRes', (answer, _request, response) => endTogether(answer, response));

  const listener: RequestListener = (request, response) => {
    const url = request.url ?? '/';
    if (url === '/healthz') return sendHealth(response);
    const service = routeOf(url);
    if (service === null) return sendFail(response, 'ROUTE_NOT_FOUND', request);
    forwardAddress(request);
    const wanted = { target: targets[service], proxyTimeout: silenceMaxMs[service] };
    proxy.web(request, response, wanted, (error) => {
      log.debug({ service, message: error.message }, 'a service did not answer');
      if (response.headersSent) return;
      sendFail(response, 'STORE_UNAVAILABLE', request, `the ${service} service is not reachable`);
    });
  };
  return { listener, close: () => agent.destroy() };
}

/** An answer that breaks off half-way breaks off for the client as well, instead of leaving it to wait. */
function endTogether(answer: IncomingMessage, response: ServerResponse): void {
  answer.once('close', () => {
    if (!answer.complete) response.destroy();
  });
}

function forwardAddress(request: IncomingMessage): void {
  for (const name of FORWARDING_HEADERS) delete request.headers[name];
  request.headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  request.headers['x-forwarded-proto'] = 'http';
  if (request.headers.host !== undefined) request.headers['x-forwarded-host'] = request.headers.host;
}

function sendHealth(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end('{"status":"success"}');
}

function sendFail(response: ServerResponse, code: ErrorCode, request: IncomingMessage, msg?: string): void {
  const { status, msg: usual, next } = errorCatalogue[code];
  const given = request.headers['x-request-id'];
  const requestId = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
  const answer: FailAnswer = { status: 'fail', code, msg: msg ?? usual, next, requestId };
  const retry = status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {};
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'X-Request-Id': requestId,
    ...retry,
  });
  response.end(JSON.stringify(answer));
  // What the client still sends of its body goes nowhere; without this it would hold the connection.
  request.resume();
}
