import { badDelivery } from '../deliveryError.js';

/** The services that have an image each, in the order in which they are built. */
export const imageServices = ['user', 'spike', 'access', 'admin', 'order'] as const;

export type ImageService = (typeof imageServices)[number];

/** Where images go: `registry.example.com:5000/shop` has a host and a path. */
export interface Registry {
  /** With its port. */
  host: string;
  /** Empty when images lie at the top. */
  path: string;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
/** A first part without a dot, port or the name localhost would be read as a folder of Docker Hub. */
const HOST = new RegExp(`^(?:localhost|(?:${LABEL}\\.)+${LABEL}|\\[[0-9a-f:]+\\]|${LABEL}(?=:))(?::\\d{1,5})?$`, 'i');
const PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const PORT_MAX = 65_535;

/**
 * Reads `host[:port][/path]`.
 *
 * @throws DeliveryError that says which part is wrong
 */
export function parseRegistry(text: string): Registry {
  const example = 'Write it as host[:port][/path], for example registry.example.com:5000/shop.';
  if (/^[a-z]+:\/\//i.test(text)) {
    const bare = text.replace(/^[a-z]+:\/\//i, '');
    throw badDelivery(`--registry '${text}' has a scheme; a registry is named without one.`, `--registry ${bare}`);
  }
  const [host = '', ...parts] = text.replace(/\/$/, '').split('/');
  const port = /:(\d+)$/.exec(host)?.[1];
  if (!HOST.test(host) || (port !== undefined && (Number(port) === 0 || Number(port) > PORT_MAX))) {
    throw badDelivery(
      `--registry '${text}' does not begin with a host: '${host}' has neither a dot nor a valid port.`,
      ...(parts.length === 0 && PATH_PART.test(host) ? [`For Docker Hub: --registry docker.io/${host}`] : []),
      example,
    );
  }
  const bad = parts.find((part) => !PATH_PART.test(part));
  if (bad !== undefined) {
    throw badDelivery(
      `--registry '${text}' has the part '${bad}'; parts of a path are small letters, digits and single . _ - between them.`,
      example,
    );
  }
  return { host: host.toLowerCase(), path: parts.join('/') };
}

/** @throws DeliveryError when it is no tag, or one that says nothing */
export function checkTag(tag: string): string {
  if (!TAG.test(tag)) {
    throw badDelivery(
      `--tag '${tag}' is not a tag: letters, digits and . _ - only, not beginning with . or -, at most 128 of them.`,
      'For example: --tag 1.4.0',
    );
  }
  if (tag === 'latest') {
    throw badDelivery(
      "--tag 'latest' is refused: it would mean another image tomorrow, and a deployment could not be rolled back to it.",
      'Leave --tag out for version and revision, or name a version: --tag 1.4.0',
    );
  }
  return tag;
}

/** `registry.example.com/shop/spike-user-service:1.4.0` */
export function imageReference(service: ImageService, tag: string, registry: Registry | undefined): string {
  const prefix = registry === undefined ? [] : [registry.host, registry.path].filter((part) => part !== '');
  return [...prefix, `${imageName(service)}:${tag}`].join('/');
}

export function imageName(service: ImageService): string {
  return `spike-${service}-service`;
}

/** Whether a registry is on this machine, where plain http harms nobody. */
export function isLoopback({ host }: Registry): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
