import { ok, problem, warning, type Verdict } from '../findings.js';
import { askRegistry } from '../registry/askRegistry.js';
import { parseImageName } from '../registry/imageName.js';

/**
 * Whether the registries have the images. A registry that does not answer from here may well answer the cluster, so that is a
 * warning; an image that is not in a registry that answers keeps the deployment from beginning.
 */
export async function checkImages(images: readonly string[], signal: AbortSignal): Promise<Verdict[]> {
  const answers = await Promise.all(
    images.map(async (image) => ({
      image,
      name: parseImageName(image),
      answer: await askRegistry(parseImageName(image), signal),
    })),
  );
  const missing = answers.filter(({ answer }) => answer.state === 'missing');
  const there = answers.filter(({ answer }) => answer.state === 'there');
  const verdicts: Verdict[] = [];
  if (missing.length > 0) {
    verdicts.push(
      problem(
        `Not in the registry: ${missing.map(({ image }) => image).join(', ')}.`,
        'spikectl build images --push (with the same --registry and --tag)',
      ),
    );
  }
  if (there.length > 0)
    verdicts.push(
      ok(
        `${there.length === 1 ? 'The registry has' : 'The registries have'} ${there.map(({ image }) => image).join(', ')}.`,
      ),
    );
  const silent = new Map<string, Verdict>();
  for (const { name, answer } of answers) {
    if (answer.state !== 'unknown') continue;
    const fix = answer.isDenied ? `docker login ${name.host}` : 'Not to be asked next time: --skip-image-check';
    const evidence = `Whether the images are in ${name.host} is not known: ${answer.why}. The cluster pulls them with its own network and rights.`;
    silent.set(name.host, warning(evidence, fix));
  }
  return [...verdicts, ...silent.values()];
}
