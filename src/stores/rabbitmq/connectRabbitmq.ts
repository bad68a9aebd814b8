import { connect, type ChannelModel, type RecoveringChannelModel } from 'amqplib';
import type { Logger } from 'pino';

export interface RabbitmqOptions {
  /** amqp://user:password@host:port/vhost */
  url: string;
  /** Shown in the broker's list of connections. */
  name: string;
  log: Logger;
}

export interface RabbitmqConnection {
  readonly isConnected: boolean;
  /** Resolves with whether the broker is connected, waiting at most `timeoutMs`. */
  waitUntilConnected(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 3_000;
const RECONNECT_DELAY_MAX_MS = 1_000;
const HEARTBEAT_SECONDS = 5;

/**
 * Connects and reconnects for ever. `setUp` runs on each new connection, before anything else uses it, and makes its channels
 * anew; when it throws, the connection is dropped and tried again.
 */
export async function connectRabbitmq(
  options: RabbitmqOptions,
  setUp: (model: ChannelModel) => Promise<void>,
): Promise<RabbitmqConnection> {
  const { log, name } = options;
  const url = new URL(options.url);
  url.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS));
  let isConnected = false;
  let isAway = false;
  const connection: RecoveringChannelModel = await connect(url.href, {
    noDelay: true,
    timeout: CONNECT_TIMEOUT_MS,
    clientProperties: { connection_name: name },
    recovery: {
      waitForConnect: false,
      initialDelay: 100,
      maxDelay: RECONNECT_DELAY_MAX_MS,
      setup: async (model: ChannelModel) => {
        // While setUp runs nobody else listens, and an error event without a listener would end the process.
        model.on('error', (error: Error) => log.debug({ error: error.message }, 'rabbitmq connection error'));
        let isLost = false;
        model.once('close', () => {
          isLost = true;
        });
        await setUp(model);
        // The library listens for the end of a connection only from now on.
        if (isLost) throw new Error('Connection closed while it was set up');
      },
    },
  });
  const lost = (error: Error) => {
    isConnected = false;
    if (!isAway) log.warn({ error: error.message }, 'rabbitmq is not reachable; trying again');
    isAway = true;
  };
  connection.on('connect', () => {
    isConnected = true;
    if (isAway) log.info('rabbitmq is back');
    isAway = false;
  });
  connection.on('disconnect', lost);
  connection.on('connect-failed', lost);
  connection.on('error', (error: Error) => log.debug({ error: error.message }, 'rabbitmq connection error'));
  connection.on('blocked', (reason: string) => log.warn({ reason }, 'rabbitmq takes no messages for now'));
  connection.on('unblocked', () => log.info('rabbitmq takes messages again'));

  return {
    get isConnected() {
      return isConnected;
    },
    async waitUntilConnected(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(isConnected), timeoutMs);
      });
      const connected = connection.waitForConnect().then(
        () => isConnected,
        () => false,
      );
      return Promise.race([connected, timeout]).finally(() => clearTimeout(timer));
    },
    close: () => connection.close(),
  };
}
