import { Flags } from '@oclif/core';

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

/** What the layers below call these flags. */
export function releaseOptions(flags: {
  namespace: string;
  release: string;
  'kube-context'?: string | undefined;
  helm?: string | undefined;
  kubectl?: string | undefined;
}) {
  const { namespace, release, 'kube-context': kubeContext, helm: helmFile, kubectl: kubectlFile } = flags;
  return { namespace, release, kubeContext, helmFile, kubectlFile };
}
