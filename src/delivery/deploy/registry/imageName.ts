/** Where an image lies, taken apart as container runtimes do. */
export interface ImageName {
  /** With its port: `registry-1.docker.io` for what names no registry. */
  host: string;
  repository: string;
  /** A tag or a digest. */
  reference: string;
}

const DOCKER_HUB = 'registry-1.docker.io';

/** `spike-user-service:1.0.0` → Docker Hub's `library/spike-user-service`; a first part with a dot, a port or `localhost` is a registry. */
export function parseImageName(image: string): ImageName {
  const [name = '', digest] = image.split('@');
  const tag = /:([\w][\w.-]*)$/.exec(name)?.[1];
  const path = tag === undefined ? name : name.slice(0, -tag.length - 1);
  const [first = '', ...rest] = path.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const repository = hasHost ? rest.join('/') : path;
  const isHub = !hasHost || first === 'docker.io';
  return {
    host: isHub ? DOCKER_HUB : first,
    repository: isHub && !repository.includes('/') ? `library/${repository}` : repository,
    reference: digest ?? tag ?? 'latest',
  };
}
