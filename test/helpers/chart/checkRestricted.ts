/* eslint-disable @typescript-eslint/no-explicit-any -- a pod as the manifest has it */
import { called, containersOf, podTemplates, type Manifest } from './manifest.js';

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const PROFILES = ['RuntimeDefault', 'Localhost'];

/**
 * What Pod Security would refuse of these pods under its profile `restricted`, which holds all of `baseline`
 * (kubernetes.io/docs/concepts/security/pod-security-standards).
 */
export function checkRestricted(manifests: readonly Manifest[]): string[] {
  return podTemplates(manifests).flatMap((pod) => {
    const problems = [...checkPod(pod.spec), ...containersOf(pod).flatMap((each) => checkContainer(each, pod.spec))];
    return problems.map((problem) => `${called(pod.owner)}: ${problem}`);
  });
}

function checkPod(spec: any): string[] {
  const context = spec.securityContext ?? {};
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true),
    ...(spec.volumes ?? [])
      .filter((volume: any) => !Object.keys(volume).every((key) => key === 'name' || VOLUMES.includes(key)))
      .map((volume: any) => `volume ${volume.name}`),
    ...(context.sysctls ?? [])
      .filter(({ name }: any) => !SYSCTLS.includes(name))
      .map(({ name }: any) => `sysctl ${name}`),
    ...checkContext(context),
  ];
}

function checkContainer(container: any, spec: any): string[] {
  const own = container.securityContext ?? {};
  const pod = spec.securityContext ?? {};
  const profile = own.seccompProfile?.type ?? pod.seccompProfile?.type;
  const rules: Record<string, boolean> = {
    privileged: own.privileged !== true,
    allowPrivilegeEscalation: own.allowPrivilegeEscalation === false,
    'capabilities.drop': (own.capabilities?.drop ?? []).includes('ALL'),
    'capabilities.add': (own.capabilities?.add ?? []).every((name: string) => name === 'NET_BIND_SERVICE'),
    runAsNonRoot: (own.runAsNonRoot ?? pod.runAsNonRoot) === true,
    seccompProfile: PROFILES.includes(profile),
    procMount: own.procMount === undefined || own.procMount === 'Default',
    hostPort: (container.ports ?? []).every(({ hostPort = 0 }: any) => hostPort === 0),
    'probe host': ['livenessProbe', 'readinessProbe', 'startupProbe'].every(
      (probe) => container[probe]?.httpGet?.host === undefined && container[probe]?.tcpSocket?.host === undefined,
    ),
  };
  const broken = Object.keys(rules).filter((rule) => !rules[rule]);
  return [...broken, ...checkContext(own)].map((rule) => `container ${container.name}: ${rule}`);
}

/** What may stand in the context of a pod as well as in that of a container. */
function checkContext(context: any): string[] {
  const { seLinuxOptions: selinux = {}, appArmorProfile: armor = {}, windowsOptions: windows = {} } = context;
  const rules: Record<string, boolean> = {
    runAsUser: context.runAsUser !== 0,
    seLinuxOptions: SELINUX_TYPES.includes(selinux.type) && !selinux.user && !selinux.role,
    appArmorProfile: armor.type === undefined || PROFILES.includes(armor.type),
    hostProcess: windows.hostProcess !== true,
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}
