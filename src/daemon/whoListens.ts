import { findBinary, machinePath } from './middleware/machineFolders.js';
import { runCommand } from './runCommand.js';

/** The process that listens on a port of this machine, as `name (process 123)`; undefined when nobody tells. */
export async function whoListens(port: number): Promise<string | undefined> {
  return (await askSs(port)) ?? (await askLsof(port));
}

async function askSs(port: number): Promise<string | undefined> {
  const ss = findBinary(['ss'], machinePath(process.env.PATH));
  if (ss === undefined) return undefined;
  const { output } = await runCommand(ss, ['-Hltnp', `sport = :${port}`]);
  const [, name, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(output) ?? [];
  return pid === undefined ? undefined : `${name} (process ${pid})`;
}

async function askLsof(port: number): Promise<string | undefined> {
  const lsof = findBinary(['lsof'], machinePath(process.env.PATH));
  if (lsof === undefined) return undefined;
  const { output } = await runCommand(lsof, ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(output) ?? [];
  return pid === undefined ? undefined : `${name} (process ${pid})`;
}
