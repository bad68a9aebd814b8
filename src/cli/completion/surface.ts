import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface SurfaceFlag {
  name: string;
  type: 'boolean' | 'option';
  char?: string;
  description?: string;
  helpValue?: string;
  options?: readonly string[];
  multiple?: boolean;
}

export interface SurfaceArg {
  name: string;
  options?: readonly string[];
}

/** What can be typed: commands by id (`event:list`), with what follows them, and what a topic is about. */
export interface Surface {
  commands: Readonly<
    Record<
      string,
      { summary?: string; flags: Readonly<Record<string, SurfaceFlag>>; args: Readonly<Record<string, SurfaceArg>> }
    >
  >;
  topics: Readonly<Record<string, { description: string }>>;
}

/**
 * Read from the manifest that the build writes, and not by way of oclif: this runs at every press of the tab key, and takes a
 * third of the time so.
 */
export async function readSurface(root: string): Promise<Surface> {
  const read = async (file: string): Promise<unknown> => JSON.parse(await readFile(path.join(root, file), 'utf8'));
  const [manifest, pkg] = await Promise.all([read('oclif.manifest.json'), read('package.json')]);
  const { commands } = manifest as Pick<Surface, 'commands'>;
  const { topics } = (pkg as { oclif: Pick<Surface, 'topics'> }).oclif;
  return { commands, topics };
}
