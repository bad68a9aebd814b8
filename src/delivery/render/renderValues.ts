import type { ServiceName } from '../../config/serviceSettings.js';
import type { SettingName } from '../../config/settings.js';

export const assetKinds = ['docker', 'compose', 'helm', 'prometheus', 'grafana'] as const;

export type AssetKind = (typeof assetKinds)[number];

/** Everything that templates know. Nothing here is secret: what is secret is named, and its value stays where it is. */
export interface RenderValues {
  /** `Rendered by spikectl 0.2.0: spikectl render docker --out DIR`; stands in every file. Typed again, it makes the same file. */
  madeBy: string;
  version: string;
  /** First part of the names of everything that runs: `spike` makes `spike-user-service`. */
  name: string;
  namespace: string;
  /** Where the images are pulled from, without a slash at the end; empty for images of this machine. */
  registry: string;
  tag: string;
  /** `flags` are those that every service process runs with, as one word list. */
  node: { version: string; image: string; flags: string };
  /** Port of this machine on which the Compose system answers. */
  port: number;
  /** Where the pages about the alerts are, without a slash at the end: an address, or a folder of the clone. */
  runbooks: string;
  services: ServiceValues[];
  /** What a ConfigMap may hold: every setting that a service reads, except those that `wiring` lists and secrets. */
  settings: SettingValue[];
  /** What of them `prepare.js` of the admin image reads, before the services start. */
  prepare: { name: SettingName; env: string }[];
  secrets: SecretValue[];
  /** The files of the Compose system that hold secrets, those of the services and those of the stores. */
  secretFiles: string[];
  /** Who the services are to the MySQL and the RabbitMQ of the Compose system; also the name of the database and the vhost. */
  account: string;
  /** What an ingress answers by itself, as nginx writes it: the services' own form. */
  answers: { routeNotFound: string; unavailable: string };
  /** What a process takes at most from SIGTERM to its end, in whole seconds; whoever kills it waits longer. */
  stopSeconds: number;
}

export interface ServiceValues {
  name: ServiceName;
  /** What it does, in a few words. */
  describe: string;
  /** `spike-user-service`, after `name`: the Deployment, the Service, the Compose service. */
  workload: string;
  /** The image's name, which does not follow `name`. */
  image: string;
  /** The image as it is pulled: registry, name and tag. */
  reference: string;
  port: number;
  /** Where the others find it: `http://spike-user-service:8080`. */
  url: string;
  portEnv: string;
  /** What this service reads of `wiring`, its own port among it. */
  wired: { name: SettingName; env: string }[];
  /** Variables of the settings that this service reads, of `settings` and of `secrets`. */
  settings: string[];
  secrets: string[];
}

export interface SettingValue {
  name: SettingName;
  env: string;
  describe: string;
  value: string;
  /** Whether somebody chose another value than the delivered default. */
  isTold: boolean;
  /** The bounds of the value, as JSON Schema says them. */
  schema: JsonSchema;
  /** The admin service stands here also for what `prepare.js` of its image reads. */
  services: ServiceName[];
  /** Whether no service reads it, but `prepare.js` does. */
  isForPrepare: boolean;
}

export interface JsonSchema {
  type: 'string' | 'integer' | 'number';
  [keyword: string]: unknown;
}

export interface SecretValue {
  name: SettingName;
  env: string;
  describe: string;
  /** `url`: the address of a store, with its password. `random`: 64 hexadecimal digits, made once and then kept. */
  kind: 'url' | 'random';
  /** `user-jwt-secret`: the name of a file that holds it. */
  file: string;
  services: ServiceName[];
}

/** What a deployment decides by itself, because it knows where its parts are: addresses, ports, where log lines go. */
export const wiring = [
  'environment',
  'logFile',
  'host',
  'userPort',
  'spikePort',
  'accessPort',
  'orderPort',
  'adminPort',
  'accessUrl',
  'userUrl',
] as const satisfies readonly SettingName[];
