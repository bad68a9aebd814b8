import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { loadConfig, type ConfigSources } from '../../config/loadConfig.js';
import { nodeFlags } from '../../config/nodeFlags.js';
import {
  prepareSettings,
  serviceNames,
  servicePorts,
  serviceSettings,
  sharedSettings,
} from '../../config/serviceSettings.js';
import type { ServiceName } from '../../config/serviceSettings.js';
import { settings, type SettingName } from '../../config/settings.js';
import { imageName, imageReference, parseRegistry } from '../build/imageReference.js';
import { COMPOSE_ACCOUNT, composeSecretFiles } from './composeSecrets.js';
import { ingressAnswer } from './ingressAnswer.js';
import { madeBy } from './madeBy.js';
import { parseRenderFlags, renderDefaults, type RenderFlags } from './renderFlags.js';
import {
  wiring,
  type AssetKind,
  type JsonSchema,
  type RenderValues,
  type SecretValue,
  type ServiceValues,
  type SettingValue,
} from './renderValues.js';

/** Ports in a container, where every service has an address of its own. */
const SERVICE_PORT = 8080;
const ACCESS_PORT = 8081;

const descriptions: Record<ServiceName, string> = {
  user: "Shoppers, their tokens, the shop's page",
  spike: 'Tickets and purchases',
  access: 'Decides who may buy; for the services alone',
  order: 'Stores the orders; paying, cancelling, expiring',
  admin: 'What the staff and spikectl talk to; the schema',
};

/** Where the services stand behind an ingress, its word about the client's address is believed. */
const deliveredDefaults: Partial<Record<SettingName, unknown>> = { trustedProxyHops: 1 };

/** What a service takes beside its drain to let go of its stores (`runService`). */
const CLOSE_SECONDS = 2;

/**
 * What the templates of this kind are filled in with: flags, then the environment, then `spikectl.yaml`, then defaults.
 *
 * @throws DeliveryError for a flag that is not valid, ConfigError for a setting
 */
export async function collectRenderValues(
  kind: AssetKind,
  flags: RenderFlags,
  sources: ConfigSources,
): Promise<RenderValues> {
  const { version, nodeVersion } = await readPackage();
  const defaults = { ...renderDefaults, tag: version, nodeImage: `node:${nodeVersion}-bookworm-slim` };
  const options = parseRenderFlags(kind, flags, defaults);
  const configured = collectSettings({ ...sources, flags: options.settings });
  const secrets = collectSecrets();
  const drainMs = Number(configured.find(({ name }) => name === 'drainDeadlineMs')?.value);
  return {
    madeBy: madeBy({ kind, version, options, defaults, settings: configured }),
    version,
    name: options.name,
    namespace: options.namespace,
    registry: options.registry,
    tag: options.tag,
    node: { version: nodeVersion, image: options.nodeImage, flags: nodeFlags.join(' ') },
    port: options.port,
    runbooks: options.runbooks,
    services: serviceNames.map((name) => describeService(name, options, configured, secrets)),
    settings: configured,
    prepare: configured.filter(({ name }) => isOneOf(name, prepareSettings)).map(({ name, env }) => ({ name, env })),
    secrets,
    secretFiles: composeSecretFiles(secrets),
    account: COMPOSE_ACCOUNT,
    answers: { routeNotFound: ingressAnswer('ROUTE_NOT_FOUND'), unavailable: ingressAnswer('STORE_UNAVAILABLE') },
    stopSeconds: Math.ceil(drainMs / 1_000) + CLOSE_SECONDS,
  };
}

function describeService(
  name: ServiceName,
  { name: prefix, registry, tag }: { name: string; registry: string; tag: string },
  configured: readonly SettingValue[],
  secrets: readonly SecretValue[],
): ServiceValues {
  const port = name === 'access' ? ACCESS_PORT : SERVICE_PORT;
  const workload = `${prefix}-${name}-service`;
  const mine = ({ services }: { services: readonly ServiceName[] }) => services.includes(name);
  return {
    name,
    describe: descriptions[name],
    workload,
    image: imageName(name),
    reference: imageReference(name, tag, registry === '' ? undefined : parseRegistry(registry)),
    port,
    url: `http://${workload}:${port}`,
    portEnv: settings[servicePorts[name]].env,
    wired: wiring
      .filter((each) => readers(each).includes(name))
      .map((each) => ({ name: each, env: settings[each].env })),
    settings: configured.filter(mine).map(({ env }) => env),
    secrets: secrets.filter(mine).map(({ env }) => env),
  };
}

function collectSettings(sources: ConfigSources): SettingValue[] {
  const names = readByServices().filter((name) => !isSecret(name) && !(wiring as readonly string[]).includes(name));
  const { config, origins } = loadConfig(names, sources);
  return names.map((name) => {
    const usual = deliveredDefaults[name] ?? ('default' in settings[name] ? settings[name].default : undefined);
    // What is no secret is a text or a number.
    const value = (origins[name] === 'default' ? usual : config[name]) as string | number;
    return {
      name,
      env: settings[name].env,
      describe: settings[name].describe,
      value: String(value),
      isTold: value !== usual,
      schema: jsonSchema(name),
      services: readers(name),
      isForPrepare: isOneOf(name, prepareSettings) && !isOneOf(name, [...sharedSettings, ...serviceSettings.admin]),
    };
  });
}

function jsonSchema(name: SettingName): JsonSchema {
  const { $schema: _draft, ...schema } = z.toJSONSchema(settings[name].schema, { target: 'draft-7' });
  return schema as JsonSchema;
}

function collectSecrets(): SecretValue[] {
  return readByServices()
    .filter(isSecret)
    .map((name) => ({
      name,
      env: settings[name].env,
      describe: settings[name].describe,
      kind: name.endsWith('Url') ? 'url' : 'random',
      file: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      services: readers(name),
    }));
}

/** In the order of the settings page. */
function readByServices(): SettingName[] {
  return (Object.keys(settings) as SettingName[]).filter((name) => readers(name).length > 0);
}

function readers(name: SettingName): ServiceName[] {
  return serviceNames.filter((service) => {
    const own = service === 'admin' ? [...serviceSettings.admin, ...prepareSettings] : serviceSettings[service];
    return [...sharedSettings, ...own, servicePorts[service]].some((read) => read === name);
  });
}

function isOneOf(name: SettingName, names: readonly SettingName[]): boolean {
  return names.includes(name);
}

function isSecret(name: SettingName): boolean {
  return 'secret' in settings[name];
}

/** What the package says of itself; it pins the Node that the images run. */
async function readPackage(): Promise<{ version: string; nodeVersion: string }> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version, devDependencies } = JSON.parse(text) as {
    version: string;
    devDependencies: { node: string };
  };
  return { version, nodeVersion: devDependencies.node.replace(/^[^\d]*/, '') };
}
