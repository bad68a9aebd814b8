import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A shop that hands out a ticket at once and refuses every purchase after the same time: how fast it answers depends on nothing
 * that a load generator takes from the machine, so that two of them must see the same.
 */
const pauseMs = Number(process.env.BENCH_PAUSE_MS);
const expire = new Date(Date.now() + 3_600_000).toISOString();
const ticket = JSON.stringify({ status: 'success', token: 'ticket', expire });
const soldOut = JSON.stringify({ status: 'fail', code: 'SOLD_OUT', msg: 'sold out', next: '', requestId: '' });

const server = createServer((request, response) => {
  const isPurchase = request.method === 'POST';
  void sleep(isPurchase ? pauseMs : 0).then(() => {
    response.writeHead(isPurchase ? 409 : 200, { 'Content-Type': 'application/json' });
    response.end(isPurchase ? soldOut : ticket);
  });
});
server.listen(Number(process.env.BENCH_PORT), '127.0.0.1', () => process.send?.('ready'));
