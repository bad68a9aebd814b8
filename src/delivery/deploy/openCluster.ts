import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DeliveryError } from '../deliveryError.js';
import type { Tool } from './findKubeTools.js';

/** What the API of a cluster answered that was not the object. */
export class ClusterRefusal extends DeliveryError {
  readonly status: number;

  constructor(status: number, message: string) {
    super('CLUSTER_REFUSED', message, { exit: status === 401 || status === 403 ? 4 : 1 });
    this.status = status;
  }
}

export interface Cluster {
  /** Undefined when there is no such object. @throws ClusterRefusal, or DeliveryError with exit 5 when nobody answers */
  get<T>(apiPath: string): Promise<T | undefined>;
  post<T>(apiPath: string, body: unknown): Promise<T>;
  /** What is no JSON: logs. */
  text(apiPath: string): Promise<string>;
  close(): Promise<void>;
}

/** An API server that has not answered by then does not answer. */
const ANSWER_TIMEOUT_MS = 10_000;
const START_TIMEOUT_MS = 10_000;

/**
 * Runs `$2…` until its standard input, which we alone hold the other end of, is closed: also by a SIGKILL of ours, after
 * which nobody else would end the proxy and take away its folder, `$1`.
 */
const UNTIL_WE_END = `folder=$1; shift
exec 3<&0
"$@" 3<&- </dev/null & proxy=$!
{ read -r _ <&3; kill -KILL "$proxy"; rm -rf -- "$folder"; } >/dev/null 2>&1 &
exec 3<&-
wait "$proxy"`;

/**
 * Asks the cluster through `kubectl proxy` on a socket that only this user can reach. So kubectl does the authentication,
 * whatever kind the kubeconfig names, and its credentials never pass through here.
 */
export async function openCluster(kubectl: Tool, kubeContext: string | undefined): Promise<Cluster> {
  // mkdtemp makes the folder for its owner alone.
  const folder = await mkdtemp(path.join(tmpdir(), 'spike-k-'));
  const socketPath = path.join(folder, 's');
  const context = kubeContext === undefined ? [] : ['--context', kubeContext];
  // In a group of its own: after Ctrl-C the state of the release is still asked for.
  const proxy = [kubectl.file, 'proxy', `--unix-socket=${socketPath}`, ...context];
  const child = spawn('/bin/sh', ['-c', UNTIL_WE_END, 'sh', folder, ...proxy], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may be gone before its end is wanted.
  child.stdin.on('error', () => undefined);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const close = async () => {
    agent.destroy();
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'close').catch(() => undefined);
      child.stdin.end();
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await started(child);
  } catch (error) {
    await close();
    throw error;
  }
  const ask = async (method: string, apiPath: string, body?: unknown): Promise<string | undefined> => {
    const answer = await send({ socketPath, agent, method, path: apiPath, body });
    if (answer.status === 404) return undefined;
    if (answer.status < 300) return answer.body;
    throw toError(answer);
  };
  return {
    async get<T>(apiPath: string) {
      const body = await ask('GET', apiPath);
      return body === undefined ? undefined : (JSON.parse(body) as T);
    },
    async post<T>(apiPath: string, document: unknown) {
      const body = await ask('POST', apiPath, document);
      if (body === undefined) throw new ClusterRefusal(404, `the cluster does not know ${apiPath}`);
      return JSON.parse(body) as T;
    },
    text: async (apiPath) => (await ask('GET', apiPath)) ?? '',
    close,
  };
}

/** Waits until the proxy listens; what it says when it ends instead is why it does not. */
async function started(child: ReturnType<typeof spawn>): Promise<void> {
  let [said, timer]: [string, NodeJS.Timeout | undefined] = ['', undefined];
  const complain = (reject: (error: Error) => void) => () => {
    const why =
      said
        .trim()
        .replace(/^error: /i, '')
        .split('\n')[0] ?? '';
    const message = `kubectl does not begin to talk to the cluster: ${why || 'it gave no reason'}.`;
    const suggestions = [
      'Look what kubectl knows: kubectl config get-contexts',
      'Name the kubeconfig: KUBECONFIG=FILE',
    ];
    reject(new DeliveryError('KUBECONFIG', message, { exit: 2, suggestions }));
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = complain(reject);
      timer = setTimeout(fail, START_TIMEOUT_MS);
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('Starting to serve')) resolve();
      });
      child.once('error', (error) => {
        said += error.message;
        fail();
      });
      child.once('close', fail);
    });
  } finally {
    clearTimeout(timer);
  }
}

interface Answer {
  status: number;
  body: string;
  isJson: boolean;
}

function send(request: {
  socketPath: string;
  agent: http.Agent;
  method: string;
  path: string;
  body?: unknown;
}): Promise<Answer> {
  const { body, ...options } = request;
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { ...options, headers: { host: 'localhost', 'content-type': 'application/json' }, timeout: ANSWER_TIMEOUT_MS },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const isJson = response.headers['content-type']?.includes('json') ?? false;
          resolve({ status: response.statusCode ?? 0, body: text, isJson });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(unreachable(`no answer within ${ANSWER_TIMEOUT_MS / 1_000} s`)));
    sent.on('error', (error) => reject(error instanceof DeliveryError ? error : unreachable(error.message)));
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** The API answers in JSON; what is not comes from the proxy, which did not reach it. */
function toError({ status, body, isJson }: Answer): Error {
  if (!isJson && status >= 500) return unreachable(body.trim());
  let message = body.trim();
  if (isJson) ({ message = body } = JSON.parse(body) as { message?: string });
  return new ClusterRefusal(status, message === '' ? `the cluster answered ${status}` : message);
}

function unreachable(why: string): DeliveryError {
  return new DeliveryError('CLUSTER_UNREACHABLE', `The cluster does not answer: ${why}.`, { exit: 5 });
}
