import { once } from 'node:events';
import { createServer } from 'node:net';
import { findFreePort } from '../findFreePort.js';
import { checkPorts, processUrl } from './checkPorts.js';

describe('looking at the ports before a start', () => {
  test('names the port that is taken, who has it, and the setting that chooses another', async () => {
    const port = await findFreePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const checking = checkPorts({ names: ['order'], given: { SPIKE_ORDER_PORT: String(port) }, patienceMs: 0 });
    await expect(checking).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      exit: 2,
      message: expect.stringContaining(`Port ${port} on 127.0.0.1, which the order service needs, is in use`),
      suggestions: expect.arrayContaining([expect.stringContaining('SPIKE_ORDER_PORT=')]),
    });
    server.close();
    await once(server, 'close');
  });

  test('waits a moment for a port that is about to become free', async () => {
    const port = await findFreePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    setTimeout(() => server.close(), 150);
    await checkPorts({ names: ['order'], given: { SPIKE_ORDER_PORT: String(port) }, patienceMs: 5_000 });
  });

  test('finds two processes that were set to one port', async () => {
    const port = String(await findFreePort());
    const given = { SPIKE_ORDER_PORT: port, SPIKE_ADMIN_PORT: port };
    const checking = checkPorts({ names: ['order', 'admin'], given, patienceMs: 0 });
    await expect(checking).rejects.toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining('both') });
  });

  test('a service that listens everywhere is reached on this machine', () => {
    expect(processUrl('user', { SPIKE_HOST: '0.0.0.0', SPIKE_USER_PORT: '9080' })).toBe('http://127.0.0.1:9080');
    expect(processUrl('user', { SPIKE_HOST: '::1', SPIKE_USER_PORT: '9080' })).toBe('http://[::1]:9080');
  });
});
