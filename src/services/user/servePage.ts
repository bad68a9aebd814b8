import { existsSync } from 'node:fs';
import path from 'node:path';
import type Koa from 'koa';
import serveStatic from 'koa-static';
import { Refusal } from '../../domain/errorCatalogue.js';

/** Everything the page needs comes from here; nothing else may run, be loaded, be framed or be sent to. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The shopper's and the staff's page: files built into `folder`, or a clear word that they have not been built. */
export function createServePage(folder: string): Koa.Middleware {
  if (!existsSync(path.join(folder, 'index.html'))) {
    return (ctx, next) => {
      if (ctx.path !== '/') return next();
      throw new Refusal('ROUTE_NOT_FOUND', { reason: 'the page has not been built: run "npm run build"' });
    };
  }
  return serveStatic(folder, {
    extensions: ['html'],
    setHeaders(res) {
      res.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      res.setHeader('Referrer-Policy', 'no-referrer');
      res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      // The names of the files stay the same from build to build, so each use asks whether they changed.
      res.setHeader('Cache-Control', 'no-cache');
    },
  });
}
