import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
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

/**
 * The shopper's and the staff's page: files built into `folder`, or a clear word that they have not been built. The build has laid
 * compressed ones beside them, which are sent to whoever takes them.
 */
export function createServePage(folder: string): Koa.Middleware {
  if (!existsSync(path.join(folder, 'index.html'))) {
    return (ctx, next) => {
      if (ctx.path !== '/') return next();
      throw new Refusal('ROUTE_NOT_FOUND', { reason: 'the page has not been built: run "npm run build"' });
    };
  }
  const etagOf = createEtags();
  const serve = serveStatic(folder, {
    extensions: ['html'],
    setHeaders(res, file) {
      res.setHeader('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      res.setHeader('Referrer-Policy', 'no-referrer');
      res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      // While a new version is rolled out, page and script may come from different processes: so the names of the files stay the
      // same from build to build, and each use asks whether they changed.
      res.setHeader('Cache-Control', 'no-cache');
      res.setHeader('ETag', etagOf(file));
      res.setHeader('Vary', 'Accept-Encoding');
    },
  });
  return async (ctx, next) => {
    await serve(ctx, next);
    if (ctx.response.get('ETag') === '') return;
    // The time of a file says when it was copied, which for two versions in an image may be the same.
    ctx.remove('Last-Modified');
    if (ctx.fresh) ctx.status = 304;
  };
}

/** By content. The files are few and do not change while the service runs. */
function createEtags(): (file: string) => string {
  const etags = new Map<string, string>();
  return (file) => {
    let etag = etags.get(file);
    if (etag === undefined) {
      etag = `"${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 22)}"`;
      etags.set(file, etag);
    }
    return etag;
  };
}
