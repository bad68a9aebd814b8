import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { findFreePort } from '../../src/daemon/findFreePort.js';

export interface TcpProxy {
  port: number;
  /** Cuts every connection and refuses new ones: the server behind is away. Call it last, too. */
  cut(): Promise<void>;
  /** The server is back, at the same port. */
  mend(): Promise<void>;
  /** Connections stay open at the client's end and carry nothing, as when a machine loses its power; new ones work. */
  silence(): void;
}

/** Stands between a service and its store, so that one test can take the store away without touching anybody else's. */
export async function openTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(targetUrl);
  const sockets = new Set<Socket>();
  /** The server's ends of the connections. */
  const targets = new Set<Socket>();
  const listen = async (port: number) => {
    const server = createServer((socket) => {
      const target = connect(Number(targetPort), hostname);
      targets.add(target);
      target.on('close', () => targets.delete(target));
      for (const [from, to] of [
        [socket, target],
        [target, socket],
      ] as const) {
        sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  // None of those that the system hands out: while this one is cut, an outgoing connection might take such a port, the one that
  // knocks at it included, which would then be connected with itself.
  const port = await findFreePort();
  let server = await listen(port);
  return {
    port,
    async cut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      server = await listen(port);
    },
    silence() {
      for (const socket of sockets) socket.unpipe().resume();
      for (const target of targets) target.removeAllListeners('close').destroy();
      targets.clear();
    },
  };
}

/** The same URL through the proxy. */
export function through(proxy: TcpProxy, url: string): string {
  const changed = new URL(url);
  changed.hostname = '127.0.0.1';
  changed.port = String(proxy.port);
  return changed.href;
}
