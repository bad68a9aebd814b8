import { readFileSync } from 'node:fs';

interface ManifestArg {
  name: string;
  required?: boolean;
  options?: string[];
}

interface ManifestFlag extends ManifestArg {
  type: 'boolean' | 'option';
  char?: string;
  multiple?: boolean;
  default?: unknown;
  env?: string;
}

/** By id (`event:show`), what the build knows of every command. */
export type Manifest = Readonly<
  Record<
    string,
    { summary?: string; examples?: unknown[]; aliases: string[] } & {
      args: Record<string, ManifestArg>;
      flags: Record<string, ManifestFlag>;
    }
  >
>;

export function readManifest(): Manifest {
  const text = readFileSync(new URL('../../../oclif.manifest.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { commands: Manifest }).commands;
}
