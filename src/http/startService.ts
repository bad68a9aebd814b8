import { createServer, type RequestListener, type Server } from 'node:http';
import { LISTEN_BACKLOG } from '../config/listenBacklog.js';
import type { Log } from './createLog.js';
import type { Lifecycle } from './lifecycle.js';

/** A client that sends headers this slowly holds a connection for nothing. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the usual proxy's (60 s), so that it is the proxy that gives an idle connection up. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const IDLE_SWEEP_MS = 20;

export interface RunningService {
  port: number;
  /** Stops accepting, finishes what is in hand or gives it up at the deadline, then closes the stores. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  host: string;
  port: number;
  /** The setting's environment variable, for the message when the port is taken. */
  portVariable: string;
  requestTimeoutMs: number;
  drainDeadlineMs: number;
  lifecycle: Lifecycle;
  log: Log;
  listener: RequestListener;
  /** Called first when the service stops: answers that would never end by themselves are ended. */
  endStreams?: (() => void) | undefined;
  /** Called once no request is in hand any more. */
  close: () => Promise<void>;
}

/** The port is taken, or may not be listened on: the operator can mend it. */
export class ListenError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ListenError';
  }
}

/**
 * Listens, and knows how to stop. Touches neither signals nor the process: `runService` does.
 * @throws ListenError
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { host, port, log, lifecycle, drainDeadlineMs } = options;
  const server = createServer(
    {
      requestTimeout: options.requestTimeoutMs,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, options.requestTimeoutMs),
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      noDelay: true,
    },
    options.listener,
  );
  await listen(server, options);
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  log.info({ host, port: boundPort }, 'listening');
  return {
    port: boundPort,
    async stop() {
      lifecycle.isDraining = true;
      options.endStreams?.();
      const isDrained = await drain(server, drainDeadlineMs);
      if (!isDrained) log.warn({ drainDeadlineMs }, 'requests were given up at the drain deadline');
      await options.close();
    },
  };
}

function listen(server: Server, { host, port, portVariable }: ServiceOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'it is in use' : error.code === 'EACCES' ? 'it is not allowed' : error.message;
      reject(
        new ListenError(`Cannot listen on ${host}:${port}: ${why}. Set another port with ${portVariable}.`, error),
      );
    });
    server.listen({ port, host, backlog: LISTEN_BACKLOG }, resolve);
  });
}

/** @returns whether every request was answered in time */
function drain(server: Server, deadlineMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    // `close` ends the connections that are idle now. Those that are busy become idle with their answer; a client that was
    // told `Connection: close` ends its own.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const settle = (isDrained: boolean) => {
      clearInterval(sweep);
      clearTimeout(deadline);
      resolve(isDrained);
    };
    const deadline = setTimeout(() => {
      server.closeAllConnections();
      settle(false);
    }, deadlineMs);
    server.close(() => settle(true));
  });
}
