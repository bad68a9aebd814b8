import type { BuilderName } from './builder.js';
import type { ImageService } from './imageReference.js';

/** What is to be built, for one image. */
export interface ImageBuild {
  service: ImageService;
  reference: string;
  dockerfile: string;
  /** The folder that the builder gets to see, less what the file of this Dockerfile's name and `.dockerignore` lists. */
  source: string;
  /** Empty for the platform of this machine. */
  platforms: readonly string[];
  cacheFrom: readonly string[];
  cacheTo: readonly string[];
  /** File with npm's settings for a private registry; only its path is passed on. */
  npmrc: string | undefined;
  /** Look for a newer base image, also when there is one. */
  pull: boolean;
  /** Given as options and not as arguments of the Dockerfile, whose layers buildah takes from its cache with old values in them. */
  labels: Readonly<Record<string, string>>;
  /** When the sources were committed: the time that image and files bear, so that the same commit gives the same bytes. */
  createdAtSeconds: number | undefined;
  /** The builder writes the image's id into it. */
  idFile: string;
  /** Options of the builder's own that are passed on as they are. */
  builderOptions: readonly string[];
}

/** Where the Dockerfile finds npm's settings while it installs. */
const NPMRC_SECRET = 'npmrc';

/**
 * The arguments that build one image. podman and buildah are asked for Docker's image format, since the other one has no
 * health check; docker is asked through buildx, since the Dockerfile mounts secrets and caches.
 */
export function buildArgs(builder: BuilderName, build: ImageBuild): string[] {
  const { platforms, pull, npmrc, createdAtSeconds } = build;
  const common = [
    ...['--file', build.dockerfile, '--target', build.service],
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...build.cacheFrom.flatMap((from) => ['--cache-from', from]),
    ...build.cacheTo.flatMap((to) => ['--cache-to', to]),
    ...(npmrc === undefined ? [] : ['--secret', `id=${NPMRC_SECRET},src=${npmrc}`]),
    ...(createdAtSeconds === undefined ? [] : ['--build-arg', `SOURCE_DATE_EPOCH=${createdAtSeconds}`]),
    ...Object.entries(build.labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    ...['--iidfile', build.idFile],
    ...build.builderOptions,
    build.source,
  ];
  if (builder === 'docker') {
    const tagged = ['--load', '--tag', build.reference];
    return ['buildx', 'build', '--progress', 'plain', ...tagged, ...(pull ? ['--pull'] : []), ...common];
  }
  const tagged = [platforms.length > 1 ? '--manifest' : '--tag', build.reference];
  // BuildKit takes the time from the build argument; these two take it by an option.
  const time = createdAtSeconds === undefined ? [] : ['--timestamp', String(createdAtSeconds)];
  // docker finds this file by its name.
  const ignored = ['--ignorefile', `${build.dockerfile}.dockerignore`];
  // Without --force-rm buildah keeps the container of a step that failed or was interrupted.
  return [
    'build',
    '--format',
    'docker',
    '--layers',
    '--force-rm',
    ...tagged,
    `--pull=${pull}`,
    ...ignored,
    ...time,
    ...common,
  ];
}

export interface ImagePush {
  reference: string;
  isList: boolean;
  /** podman and buildah write the digest that the registry has into it; docker prints it. */
  digestFile: string;
  /** Talk to the registry over http, or https that cannot be verified. */
  insecure: boolean;
}

/** The arguments that push one image. */
export function pushArgs(builder: BuilderName, push: ImagePush): string[] {
  if (builder === 'docker') return ['push', push.reference];
  const options = ['--digestfile', push.digestFile, ...(push.insecure ? ['--tls-verify=false'] : [])];
  if (push.isList) return ['manifest', 'push', '--all', ...options, push.reference, `docker://${push.reference}`];
  return ['push', ...options, push.reference];
}

/** The digest in what `docker push` printed: `1.4.0: digest: sha256:… size: 1234`. */
export function digestInOutput(output: string): string | undefined {
  return /\bdigest: (sha256:[0-9a-f]{64})\b/.exec(output)?.[1];
}
