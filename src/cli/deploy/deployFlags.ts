import { Flags } from '@oclif/core';
import { usageError } from '../errors.js';

/** What Kubernetes takes as the name of a namespace, and Helm as that of a release, which may have dots too. */
const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const releaseName = /^(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Which release, where, and with which tools: what all three commands take. */
export const releaseFlags = {
  namespace: Flags.string({
    char: 'n',
    env: 'SPIKE_NAMESPACE',
    required: true,
    helpValue: 'NAME',
    description: 'The namespace of the release',
  }),
  release: Flags.string({ default: 'spike', helpValue: 'NAME', description: 'The name of the release' }),
  'kube-context': Flags.string({
    env: 'SPIKE_KUBE_CONTEXT',
    helpValue: 'NAME',
    description: 'The context of the kubeconfig (default: its current one)',
  }),
  helm: Flags.string({
    env: 'SPIKE_HELM',
    helpValue: 'FILE',
    description: 'The helm to run (default: the one on the PATH)',
  }),
  kubectl: Flags.string({
    env: 'SPIKE_KUBECTL',
    helpValue: 'FILE',
    description: 'The kubectl to run (default: the one on the PATH)',
  }),
};

/** How a change is waited for: deploying and going back. */
export const waitFlags = {
  wait: Flags.boolean({
    default: true,
    allowNo: true,
    description: 'Wait until all pods are ready; the migration is waited for always',
  }),
  timeout: Flags.string({ default: '5m', helpValue: '5m', description: 'How long it may take in all' }),
  'give-up': Flags.string({
    default: '1m',
    helpValue: '1m',
    description: 'How long a pod may be in a state that seldom heals: an image that cannot be pulled, a crash loop',
  }),
};

/** What the layers below call these flags. @throws CliError (usage) for a name that no cluster takes */
export function releaseOptions(flags: {
  namespace: string;
  release: string;
  'kube-context'?: string | undefined;
  helm?: string | undefined;
  kubectl?: string | undefined;
}) {
  const { namespace, release, 'kube-context': kubeContext, helm: helmFile, kubectl: kubectlFile } = flags;
  if (!namespaceName.test(namespace))
    throw usageError(`--namespace ${namespace} is no name of a namespace: a-z, 0-9 and -, at most 63 of them.`);
  if (!releaseName.test(release))
    throw usageError(`--release ${release} is no name of a release: a-z, 0-9, - and dots, at most 53 of them.`);
  return { namespace, release, kubeContext, helmFile, kubectlFile };
}
