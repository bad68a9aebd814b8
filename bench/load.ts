import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What wrk saw. Rates are answers a second, latencies milliseconds. */
export interface Load {
  seconds: number;
  answers: number;
  perSecond: number;
  /** Answers other than 2xx and 3xx. */
  refused: number;
  latencyP50Ms: number;
  latencyP99Ms: number;
  /** Connections refused, broken or timed out. */
  socketErrors: number;
}

export interface LoadOptions {
  url: string;
  connections: number;
  seconds: number;
  /** Requests to send once each, in this order. */
  requests: readonly { path: string; token: string }[];
  /** Begin the list again at its end, instead of stopping there. */
  repeat?: boolean;
  folder: string;
}

/**
 * Sends load with wrk (Debian's package): one thread, closed model. wrk costs the machine about a tenth of what a load
 * generator in Node would, and both cores are shared with what is measured. The script looks at no answer: a `response`
 * function would make wrk itself the bottleneck, at about 8k answers a second.
 */
export async function sendLoad(options: LoadOptions): Promise<Load> {
  const script = path.join(options.folder, 'load.lua');
  const list = path.join(options.folder, 'requests.txt');
  await writeFile(list, options.requests.map(({ path: to, token }) => `${to} ${token}\n`).join(''));
  await writeFile(script, luaScript(list, options.repeat ?? false));
  const output = await run('wrk', [
    '-t1',
    `-c${options.connections}`,
    `-d${options.seconds}s`,
    '--timeout',
    '10s',
    '-s',
    script,
    options.url,
  ]);
  const json = /^RESULT (.*)$/m.exec(output)?.[1];
  if (json === undefined) throw new Error(`wrk reported nothing:\n${output}`);
  return JSON.parse(json) as Load;
}

function luaScript(list: string, repeat: boolean): string {
  return `
local requests, index = {}, 0
do
  for line in io.lines(${JSON.stringify(list)}) do
    local path, token = line:match('^(%S+) (%S+)$')
    requests[#requests + 1] = 'POST ' .. path .. ' HTTP/1.1\\r\\nHost: bench\\r\\nAuthorization: Bearer ' .. token .. '\\r\\nContent-Length: 0\\r\\n\\r\\n'
  end
end
function request()
  index = index + 1
  if index > #requests then
    if ${repeat} then index = 1 else wrk.thread:stop() index = 1 end
  end
  return requests[index]
end
function done(summary, latency)
  local seconds = summary.duration / 1e6
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format('RESULT {"seconds":%.3f,"answers":%d,"perSecond":%.1f,"refused":%d,"latencyP50Ms":%.3f,"latencyP99Ms":%.3f,"socketErrors":%d}',
    seconds, summary.requests, summary.requests / seconds, summary.errors.status, latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end
`;
}

function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${file} ended with ${code}:\n${output}`)),
    );
  });
}
