import Koa from 'koa';

/** The yardstick: what one Koa process answers when it does nothing. */
const app = new Koa();
app.use((ctx) => {
  ctx.body = 'ok';
});
app.listen(Number(process.env.BENCH_PORT), '127.0.0.1', () => process.send?.('ready'));
