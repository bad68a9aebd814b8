import { createServer, type Server } from 'node:http';
import { pino } from 'pino';
import { LISTEN_BACKLOG } from '../../config/listenBacklog.js';
import { ConfigError, loadConfig } from '../../config/loadConfig.js';
import { settings } from '../../config/settings.js';
import { processUrl } from '../services/checkPorts.js';
import { serviceNames, type ServiceName } from '../services/processNames.js';
import { createIngress } from './createIngress.js';

const names = [
  'logLevel',
  'logFile',
  'host',
  'ingressPort',
  'userPort',
  'spikePort',
  'accessPort',
  'orderPort',
  'adminPort',
  'requestTimeoutMs',
  'drainDeadlineMs',
] as const;

const EXIT_FAILED = 1;
const EXIT_CONFIGURATION = 2;
/** Longer than the services' own, so that an idle connection is given up by the service and not under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 70_000;

/** The life of the ingress' process: listen, say `ready`, and on a signal drain within the deadline and exit 0. */
export function runIngress(process: NodeJS.Process): void {
  const config = readConfig(process);
  if (config === undefined) return process.exit(EXIT_CONFIGURATION);
  const destination = config.logFile === '-' ? 1 : config.logFile;
  const log = pino(
    {
      level: config.logLevel,
      base: { service: 'ingress', pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: destination, mkdir: true }),
  );
  const given = Object.fromEntries(names.map((name) => [settings[name].env, String(config[name])]));
  const targets = Object.fromEntries(serviceNames.map((name) => [name, processUrl(name, given)]));
  const ingress = createIngress({ targets: targets as Record<ServiceName, string>, log });
  const server = createServer(
    { requestTimeout: config.requestTimeoutMs, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, noDelay: true },
    ingress.listener,
  );
  server.once('error', (error: NodeJS.ErrnoException) => {
    log.fatal(
      `Cannot listen on ${config.host}:${config.ingressPort}: ${error.message}. Set ${settings.ingressPort.env}.`,
    );
    process.exit(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? EXIT_CONFIGURATION : EXIT_FAILED);
  });
  server.listen({ port: config.ingressPort, host: config.host, backlog: LISTEN_BACKLOG }, () => {
    log.info({ host: config.host, port: config.ingressPort }, 'listening');
    process.send?.('ready');
  });
  stopOnSignal(process, async () => {
    await drain(server, config.drainDeadlineMs);
    ingress.close();
    log.info('stopped');
  });
}

function readConfig(process: NodeJS.Process) {
  try {
    return loadConfig(names, { environment: process.env }).config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

function stopOnSignal(process: NodeJS.Process, stop: () => Promise<void>): void {
  let isStopping = false;
  const onStop = () => {
    if (isStopping) return;
    isStopping = true;
    void stop().then(() => process.exit(0));
  };
  process.on('SIGINT', onStop);
  process.on('SIGTERM', onStop);
  process.on('message', (message) => {
    if (message === 'shutdown') onStop();
  });
  process.on('disconnect', onStop);
}

function drain(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
