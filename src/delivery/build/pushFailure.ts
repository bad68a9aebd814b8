import { DeliveryError } from '../deliveryError.js';
import type { BuilderName } from './builder.js';
import type { Registry } from './imageReference.js';

const EXIT_NOT_ALLOWED = 4;
const EXIT_UNREACHABLE = 5;
const REASON_CHARACTERS_MAX = 300;

interface Failure {
  builder: BuilderName;
  registry: Registry;
  reference: string;
  /** What the builder printed. */
  output: string;
  /** References that were pushed before. */
  pushed: readonly string[];
}

/** Why a registry did not take an image, with the exit code for it and what to type next. */
export function pushFailure(failure: Failure): DeliveryError {
  const { registry, reference, output, pushed } = failure;
  const kind = kinds.find(({ pattern }) => pattern.test(output)) ?? refused;
  const before = pushed.length === 0 ? 'No image was pushed before it.' : `Pushed before it: ${pushed.join(', ')}.`;
  return new DeliveryError(
    kind.code,
    `${registry.host} ${kind.what}: ${reference} was not pushed. ${before}\n  ${reason(output)}`,
    { exit: kind.exit, suggestions: kind.suggestions(failure) },
  );
}

interface Kind {
  code: string;
  pattern: RegExp;
  what: string;
  exit: number;
  suggestions(failure: Failure): string[];
}

const refused: Omit<Kind, 'pattern'> = {
  code: 'PUSH_FAILED',
  what: 'did not take it',
  exit: 1,
  suggestions: () => ['Mend what is named; what was pushed already is not sent again.'],
};

/** The first that fits says it: an answer about rights can name the address, too. */
const kinds: readonly Kind[] = [
  {
    code: 'REGISTRY_TLS',
    pattern: /server gave HTTP response to HTTPS client|x509:|certificate|tls: |first record does not look like/i,
    what: 'does not speak https that can be verified',
    exit: EXIT_UNREACHABLE,
    suggestions: ({ builder, registry }) =>
      builder === 'docker'
        ? [`Name it in the engine's settings: "insecure-registries": ["${registry.host}"], or give it a certificate.`]
        : [`If this is meant (a registry of this machine, say): add --insecure-registry`],
  },
  {
    code: 'REGISTRY_NOT_ALLOWED',
    pattern: /unauthori[sz]ed|authentication required|denied|forbidden|no basic auth|status 40[13]|40[13] \(/i,
    what: 'does not let you',
    exit: EXIT_NOT_ALLOWED,
    suggestions: ({ builder, registry }) => [
      `${builder} login ${registry.host}`,
      'In a pipeline: set SPIKE_REGISTRY_USERNAME and SPIKE_REGISTRY_PASSWORD.',
    ],
  },
  {
    code: 'REGISTRY_UNREACHABLE',
    pattern:
      /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|deadline exceeded|pinging container registry|TLS handshake timeout|connection reset|\bEOF\b/i,
    what: 'cannot be reached',
    exit: EXIT_UNREACHABLE,
    suggestions: ({ registry }) => [`Is ${registry.host} right, and does it answer? curl https://${registry.host}/v2/`],
  },
];

/** The line that says it, without the builder's own preface. */
function reason(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.findLast((text) => /error|denied|refused|unauthori/i.test(text)) ?? lines.at(-1) ?? '';
  return line.slice(-REASON_CHARACTERS_MAX);
}
