import { settings, type SettingName } from '../../config/settings.js';
import { didYouMean } from '../../domain/didYouMean.js';
import { checkTag, parseRegistry, type Registry } from '../build/imageReference.js';
import { badDelivery } from '../deliveryError.js';
import { wiring, type AssetKind } from './renderValues.js';

/** As they were typed; what is missing has its default. */
export interface RenderFlags {
  registry?: string | undefined;
  tag?: string | undefined;
  name?: string | undefined;
  namespace?: string | undefined;
  port?: number | undefined;
  nodeImage?: string | undefined;
  runbooks?: string | undefined;
  /** `name=value`, for a setting of the services. */
  set?: readonly string[] | undefined;
}

export interface RenderOptions {
  registry: string;
  tag: string;
  name: string;
  namespace: string;
  port: number;
  nodeImage: string;
  runbooks: string;
  settings: Partial<Record<SettingName, string>>;
}

/** Which flags each kind takes; the others would change nothing in its files. */
export const flagsOfKind = {
  docker: ['registry', 'tag', 'nodeImage'],
  compose: ['registry', 'tag', 'name', 'port', 'set'],
  helm: ['registry', 'tag', 'name', 'runbooks', 'set'],
  prometheus: ['name', 'namespace', 'runbooks'],
  grafana: ['name'],
} as const satisfies Record<AssetKind, readonly (keyof RenderFlags)[]>;

export const renderDefaults = {
  registry: '',
  name: 'spike',
  namespace: 'spike',
  port: 8000,
  runbooks: 'docs/runbooks',
};

export type RenderDefaults = Omit<RenderOptions, 'settings'>;

/** A label of DNS, short enough that `<name>-access-service` still is one. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const IMAGE = /^[a-zA-Z0-9][\w.:/-]*(?:@sha256:[0-9a-f]{64})?$/;
/** An address or a folder, to which a page's name is added. */
const RUNBOOKS = /^(?:https?:\/\/)?[\w.~%:@/-]*[\w-]$/;
const PORT_MAX = 65_535;

/**
 * The flags, checked and with their defaults.
 *
 * @throws DeliveryError for the first that is not valid
 */
export function parseRenderFlags(kind: AssetKind, flags: RenderFlags, defaults: RenderDefaults): RenderOptions {
  const again = `spikectl render ${kind} --help`;
  const check = (isValid: boolean, message: string): void => {
    if (!isValid) throw badDelivery(message, again);
  };
  const registry = flags.registry === undefined ? defaults.registry : registryText(parseRegistry(flags.registry));
  const tag = checkTag(flags.tag ?? defaults.tag);
  const { name = defaults.name, namespace = defaults.namespace, port = defaults.port } = flags;
  const { nodeImage = defaults.nodeImage } = flags;
  const runbooks = (flags.runbooks ?? defaults.runbooks).replace(/\/+$/, '');
  check(
    NAME.test(name),
    `--name '${name}' is no name: small letters, digits and -, a letter first, at most 40 of them.`,
  );
  check(NAMESPACE.test(namespace), `--namespace '${namespace}' is no namespace: small letters, digits and -.`);
  check(Number.isInteger(port) && port >= 1 && port <= PORT_MAX, `--port ${port} is no port: 1 to ${PORT_MAX}.`);
  check(IMAGE.test(nodeImage), `--node-image '${nodeImage}' is no image: name:tag or name@sha256:digest.`);
  check(RUNBOOKS.test(runbooks), `--runbooks '${runbooks}' is no address: https://docs.example/runbooks, or a folder.`);
  return { registry, tag, name, namespace, port, nodeImage, runbooks, settings: parseSettings(flags.set ?? [], again) };
}

function registryText({ host, path }: Registry): string {
  return path === '' ? host : `${host}/${path}`;
}

function parseSettings(given: readonly string[], again: string): RenderOptions['settings'] {
  const known = Object.keys(settings).filter(
    (name) => !(wiring as readonly string[]).includes(name) && !('secret' in settings[name as SettingName]),
  );
  const refuse = (message: string) => badDelivery(message, 'spikectl config show', again);
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw refuse(`--set ${text} is not name=value.`);
      const name = text.slice(0, at);
      if (name in settings && !known.includes(name))
        throw refuse(
          'secret' in settings[name as SettingName]
            ? `--set ${name}: a secret is never written into rendered files.`
            : `--set ${name}: the deployment decides this by itself.`,
        );
      if (!known.includes(name)) throw refuse(`--set ${name} is not a setting${didYouMean(name, known)}.`);
      return [name, text.slice(at + 1)];
    }),
  );
}
