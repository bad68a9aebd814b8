import { DeliveryError } from '../deliveryError.js';
import { findProgram } from '../programs/findProgram.js';
import { runProgram } from '../programs/runProgram.js';
import { builderNames, type Builder, type BuilderName } from './builder.js';

/** An engine that is there answers at once; one that hangs is as good as none. */
const ANSWER_TIMEOUT_MS = 15_000;
const REASON_CHARACTERS_MAX = 200;

interface Found {
  builder: Builder;
  /** What was passed over, and why: `docker: its engine does not answer (…)`. */
  passedOver: readonly string[];
}

/**
 * Finds a program that can build here: the named one, else the first of docker, podman and buildah that works. That a program
 * is installed is not enough: a docker command without its engine is passed over, and the reason is told.
 *
 * @throws DeliveryError (exit 5) when none works, saying what is wrong with each
 */
export async function findBuilder(options: {
  named: BuilderName | undefined;
  signal?: AbortSignal;
  searchPath?: string;
}): Promise<Found> {
  const passedOver: string[] = [];
  for (const name of options.named === undefined ? builderNames : [options.named]) {
    const file = findProgram(name, options.searchPath);
    const reason = file === undefined ? 'not installed' : await whyNot({ name, file }, options.signal);
    if (reason === undefined) return { builder: { name, file: file! }, passedOver };
    passedOver.push(`${name}: ${reason}`);
  }
  throw options.named === undefined ? noBuilder(passedOver) : namedBuilderAway(options.named, passedOver);
}

/** Undefined when it works. */
async function whyNot(builder: Builder, signal: AbortSignal | undefined): Promise<string | undefined> {
  for (const { args, without } of probes[builder.name]) {
    const end = await runProgram({
      file: builder.file,
      args,
      timeoutMs: ANSWER_TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    if (end.timedOut) return `${without} (no answer within ${ANSWER_TIMEOUT_MS / 1_000} s)`;
    if (end.code !== 0) return `${without} (${lastLine(end.stderr || end.stdout)})`;
  }
  return undefined;
}

/** The Dockerfile mounts caches and secrets in its steps: with docker that takes BuildKit, which buildx brings. */
const probes: Readonly<Record<BuilderName, readonly { args: readonly string[]; without: string }[]>> = {
  docker: [
    { args: ['version', '--format', '{{.Server.Version}}'], without: 'its engine does not answer' },
    { args: ['buildx', 'version'], without: 'it has no buildx' },
  ],
  podman: [{ args: ['info', '--format', '{{.Version.Version}}'], without: 'it does not work here' }],
  buildah: [{ args: ['info'], without: 'it does not work here' }],
};

const INSTALL = [
  'Start the Docker engine, or install a builder that needs none: sudo apt-get install buildah (Debian, Ubuntu), sudo dnf install podman (Fedora), brew install podman (macOS)',
];

function noBuilder(reasons: readonly string[]): DeliveryError {
  return new DeliveryError('NO_BUILDER', `No program here can build images. ${reasons.join('; ')}.`, {
    exit: 5,
    suggestions: [...INSTALL, 'spikectl build --dry-run --builder docker'],
  });
}

function namedBuilderAway(name: BuilderName, [reason = '']: readonly string[]): DeliveryError {
  const others = builderNames.filter((other) => other !== name);
  return new DeliveryError('NO_BUILDER', `The builder that was named cannot be used. ${reason}.`, {
    exit: 5,
    suggestions: [`Leave --builder out to take one of ${others.join(', ')} where it works.`, ...INSTALL],
  });
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)?.trim() ?? '';
  return line.slice(0, REASON_CHARACTERS_MAX);
}
