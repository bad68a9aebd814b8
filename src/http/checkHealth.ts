import { get } from 'node:http';

/**
 * Asks the service in the same container whether it is alive: `node checkHealth.js SPIKE_USER_PORT`. Ends with 0 when it is and
 * with 1 when it is not. An image has neither a shell's tools nor a need for them.
 */
const TIMEOUT_MS = 2_000;

const portVariable = process.argv[2] ?? '';
const { SPIKE_HOST: host = '', [portVariable]: port } = process.env;
/** A service that listens on every address listens on this one too. */
const hostname = ['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;

const request = get({ hostname, port, path: '/healthz', timeout: TIMEOUT_MS }, (answer) => {
  answer.resume();
  process.exitCode = answer.statusCode === 200 ? 0 : 1;
});
request.on('timeout', () => request.destroy(new Error('no answer in time')));
request.on('error', ({ message }) => {
  process.stderr.write(`not healthy: ${message}\n`);
  process.exitCode = 1;
});
