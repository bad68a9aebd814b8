import { createStaffClient, type StaffClient } from '../client/createStaffClient.js';
import { ServiceRefusal } from '../client/errors.js';
import { findContext, readContexts, saveContext, type Context } from './contexts.js';
import { CliError, exitCodes, notLoggedIn } from './errors.js';

/** A token that is valid for less than this is exchanged for a new one before it is used. */
const REFRESH_BEFORE_MS = 3_600_000;

interface Connection {
  /** Null when url and token come from the environment. */
  contextName: string | null;
  context: Context;
}

export interface ConnectOptions {
  /** `--context` or SPIKE_CONTEXT. */
  contextName: string | undefined;
  environment?: NodeJS.ProcessEnv;
  warn?: (text: string) => void;
  signal?: AbortSignal;
}

/**
 * Finds the deployment to talk to: the named context, else SPIKE_URL with SPIKE_TOKEN (for pipelines, which have no file of
 * contexts), else the current context.
 */
export async function findConnection({
  contextName,
  environment = process.env,
  warn = () => undefined,
}: ConnectOptions): Promise<Connection> {
  const { SPIKE_URL: url, SPIKE_TOKEN: token } = environment;
  if (contextName === undefined && url && token) return { contextName: null, context: { url, token } };
  const known = await readContexts({ environment, warn });
  const name = contextName ?? known.current;
  if (name === undefined) {
    throw notLoggedIn('You are not logged in to any deployment.', 'spikectl login', 'spikectl up');
  }
  return { contextName: name, context: findContext(known, name) };
}

/** A client of the admin service in the name of whoever is logged in. The caller closes it. */
export async function connectStaff(options: ConnectOptions): Promise<StaffClient> {
  const connection = await findConnection(options);
  const { contextName, context } = connection;
  if (context.token === undefined) {
    throw notLoggedIn(
      `You are not logged in to ${contextName} (${context.url}).`,
      `spikectl login --context ${contextName}`,
    );
  }
  const url = context.adminUrl ?? context.url;
  const token = contextName === null ? context.token : await freshToken(contextName, context, options);
  return createStaffClient({ url, token, signal: options.signal });
}

/**
 * Keeps a token that was given in exchange for the one that is kept.
 *
 * @returns the context that has it now, or undefined when the token came from the environment, which nobody can change
 */
export async function keepToken(
  options: ConnectOptions,
  { token, expire }: { token: string; expire: string },
): Promise<string | undefined> {
  const { contextName, context } = await findConnection(options);
  if (contextName === null) return undefined;
  const { environment } = options;
  await saveContext(
    contextName,
    { ...context, token, tokenExpiresAt: expire },
    environment === undefined ? {} : { environment },
  );
  return contextName;
}

async function freshToken(
  name: string,
  context: Context,
  { environment }: ConnectOptions,
): Promise<string | undefined> {
  const { token, tokenExpiresAt } = context;
  if (tokenExpiresAt === undefined || Date.parse(tokenExpiresAt) - Date.now() > REFRESH_BEFORE_MS) return token;
  const client = createStaffClient({ url: context.adminUrl ?? context.url, token });
  try {
    const fresh = await client.refreshToken();
    await saveContext(
      name,
      { ...context, token: fresh.token, tokenExpiresAt: fresh.expire },
      environment === undefined ? {} : { environment },
    );
    return fresh.token;
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    if (Date.parse(tokenExpiresAt) <= Date.now()) throw expired(name, context, error);
    // What the old token is worth is for the service to say: the command that follows gets the answer with its reason.
    return token;
  } finally {
    await client.close();
  }
}

function expired(name: string, { url, tokenExpiresAt }: Context, cause: ServiceRefusal): CliError {
  return new CliError('TOKEN_EXPIRED', `Your login to ${name} (${url}) expired at ${tokenExpiresAt}.`, {
    exit: exitCodes.notAllowed,
    suggestions: [`spikectl login --context ${name}`],
    cause,
  });
}
