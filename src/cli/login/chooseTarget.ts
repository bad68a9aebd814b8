import type { Context, Contexts } from '../contexts.js';
import { usageError } from '../errors.js';
import { loadSettings } from '../loadSettings.js';

const thisMachine: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface TargetOptions {
  known: Contexts;
  contextName: string | undefined;
  url: string | undefined;
  adminUrl: string | undefined;
}

/**
 * Which deployment a login is for. A URL without a name finds the context that has it, or gets one by its host (`local` for
 * this machine); a name without a URL keeps the URL it has; neither is the current context, or this machine's ingress.
 */
export async function chooseTarget({ known, contextName, url, adminUrl }: TargetOptions): Promise<{
  name: string;
  context: Context;
}> {
  const name = contextName ?? (url === undefined ? known.current : nameOf(known, url)) ?? 'local';
  const before = Object.hasOwn(known.contexts, name) ? known.contexts[name] : undefined;
  const target = url ?? before?.url ?? (name === 'local' ? await localUrl() : undefined);
  if (target === undefined) {
    throw usageError(
      `There is no context '${name}' yet, so its URL is needed.`,
      `spikectl login --context ${name} --url https://…`,
    );
  }
  // An admin URL belongs to the URL it was given with.
  const admin = adminUrl ?? (target === before?.url ? before.adminUrl : undefined);
  return {
    name,
    context: {
      url: target,
      ...(admin === undefined ? {} : { adminUrl: admin }),
      ...(before?.username === undefined ? {} : { username: before.username }),
    },
  };
}

/** @throws a usage error unless it is a plain http(s) address; passwords in it would end up in messages */
export function parseUrl(text: string, flag: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') {
    return url.href.replace(/\/+$/, '');
  }
  throw usageError(`${flag}: '${text}' is not the address of a deployment.`, `${flag} https://shop.example`);
}

function nameOf(known: Contexts, url: string): string {
  const same = Object.entries(known.contexts).find(([, context]) => context.url === url);
  if (same !== undefined) return same[0];
  const { hostname } = new URL(url);
  return thisMachine.has(hostname) ? 'local' : hostname.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '');
}

async function localUrl(): Promise<string> {
  const { config } = await loadSettings(['ingressPort']);
  return `http://127.0.0.1:${config.ingressPort}`;
}
