import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { badDelivery } from '../deliveryError.js';
import type { BuildTarget } from './buildTargets.js';
import { checkChartVersion } from './chartVersion.js';
import {
  checkTag,
  imageReference,
  imageServices,
  isLoopback,
  parseRegistry,
  type ImageService,
  type Registry,
} from './imageReference.js';
import { defaultTag, sourceRevision, sourceVersion } from './sourceRevision.js';

/** As they were typed; what is missing has its default. */
export interface BuildFlags {
  registry?: string | undefined;
  tag?: string | undefined;
  service?: readonly string[] | undefined;
  platform?: readonly string[] | undefined;
  'cache-from'?: readonly string[] | undefined;
  'cache-to'?: readonly string[] | undefined;
  'builder-option'?: readonly string[] | undefined;
  npmrc?: string | undefined;
  'node-image'?: string | undefined;
  push?: boolean | undefined;
  pull?: boolean | undefined;
  'insecure-registry'?: boolean | undefined;
  'chart-version'?: string | undefined;
}

/** What is built, checked and with its defaults: nothing in it depends on the builder. */
export interface BuildPlan {
  source: string;
  tag: string;
  registry: Registry | undefined;
  /** Empty when only the chart is built. */
  images: readonly { service: ImageService; reference: string }[];
  platforms: readonly string[];
  cacheFrom: readonly string[];
  cacheTo: readonly string[];
  npmrc: string | undefined;
  /** What the images are built on, when it is not Node's own image. */
  nodeImage: string | undefined;
  builderOptions: readonly string[];
  pull: boolean;
  push: boolean;
  insecure: boolean;
  labels: Readonly<Record<string, string>>;
  createdAtSeconds: number | undefined;
  /** Null when no chart is built. */
  chartVersion: string | null;
  /** What the operator should know of it. */
  warnings: readonly string[];
}

const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9]+)?$/;

/**
 * Decides what is built. Everything that was typed is checked here, before anything runs.
 *
 * @throws DeliveryError for the first thing that cannot be right
 */
export async function planBuild(options: {
  target: BuildTarget;
  source: string;
  flags: BuildFlags;
  signal?: AbortSignal;
}): Promise<BuildPlan> {
  const { target, flags, signal } = options;
  const source = path.resolve(options.source);
  const version = await sourceVersion(source, { isCloneNeeded: target !== 'chart' });
  const revision = await sourceRevision(source, signal);
  const registry = flags.registry === undefined ? undefined : parseRegistry(flags.registry);
  const tag = flags.tag === undefined ? defaultTag(version, revision) : checkTag(flags.tag);
  const services = target === 'chart' ? [] : chosenServices(flags.service ?? []);
  checkPush(target, flags, registry);
  const insecure = flags['insecure-registry'] ?? false;
  const platforms = (flags.platform ?? []).flatMap((text) => text.split(','));
  for (const platform of platforms) checkPlatform(platform);
  const isNamedByCommit = flags.tag === undefined && revision?.isDirty === true;
  return {
    source,
    tag,
    registry,
    images: services.map((service) => ({ service, reference: imageReference(service, tag, registry) })),
    platforms,
    cacheFrom: flags['cache-from'] ?? [],
    cacheTo: flags['cache-to'] ?? [],
    npmrc: flags.npmrc === undefined ? undefined : await readableFile('--npmrc', flags.npmrc),
    nodeImage: flags['node-image'],
    builderOptions: flags['builder-option'] ?? [],
    pull: flags.pull ?? false,
    push: flags.push ?? false,
    insecure,
    labels: {
      'org.opencontainers.image.version': tag,
      ...(revision === undefined ? {} : { 'org.opencontainers.image.revision': revision.commit }),
      ...(revision?.origin === undefined ? {} : { 'org.opencontainers.image.source': revision.origin }),
    },
    // What differs from a commit was not made when the commit was.
    createdAtSeconds: revision?.isDirty === false ? revision.committedAtSeconds : undefined,
    chartVersion: target === 'images' ? null : checkChartVersion(flags['chart-version'] ?? version),
    warnings: [
      ...(services.length > 0 && revision?.isDirty === true
        ? [
            `Files differ from the commit${isNamedByCommit ? `; the tag says so: ${tag}` : ', and the tag does not say so'}.`,
          ]
        : []),
      ...(insecure && registry !== undefined && !isLoopback(registry)
        ? [`What goes to ${registry.host} can be read and changed on the way (--insecure-registry).`]
        : []),
    ],
  };
}

function chosenServices(named: readonly string[]): readonly ImageService[] {
  return named.length === 0 ? imageServices : imageServices.filter((service) => named.includes(service));
}

function checkPush(target: BuildTarget, flags: BuildFlags, registry: Registry | undefined): void {
  if (flags.push === true && target === 'chart') {
    throw badDelivery('--push sends images to a registry, and build chart makes none.', 'spikectl build all --push');
  }
  if (flags.push === true && registry === undefined) {
    throw badDelivery(
      '--push needs a registry to push to.',
      'Name it: --registry registry.example.com/shop, or set SPIKE_REGISTRY.',
    );
  }
  if (flags['insecure-registry'] === true && flags.push !== true) {
    throw badDelivery('--insecure-registry says how to push, and --push is not given.');
  }
}

function checkPlatform(platform: string): void {
  if (PLATFORM.test(platform)) return;
  throw badDelivery(`--platform '${platform}' is not os/architecture.`, 'For example: --platform linux/arm64');
}

async function readableFile(flag: string, file: string): Promise<string> {
  try {
    await access(file, constants.R_OK);
    return path.resolve(file);
  } catch (error) {
    throw badDelivery(`${flag} ${file} cannot be read: ${(error as Error).message}.`);
  }
}
