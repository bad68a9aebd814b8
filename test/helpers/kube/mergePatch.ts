type Json = unknown;
type Fields = Record<string, Json>;

/** By which field the entries of a list are told apart in a strategic merge patch; other lists are replaced. */
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
  imagePullSecrets: 'name',
};

/** RFC 7386, and with `strategic` what Kubernetes adds: lists that are merged by a key, and the directives `$patch`. */
export function applyMergePatch(target: Json, patch: Json, strategic: boolean): Json {
  if (!isFields(patch)) return patch;
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  const result: Fields = isFields(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('$')) continue;
    if (value === null) delete result[name];
    else if (strategic && Array.isArray(value)) result[name] = mergeList(name, result[name], value);
    else result[name] = applyMergePatch(result[name], value, strategic);
  }
  return result;
}

function mergeList(name: string, target: Json, patch: Json[]): Json[] {
  const key = name === 'ports' && patch.some((entry) => isFields(entry) && 'port' in entry) ? 'port' : mergeKeys[name];
  if (key === undefined || !Array.isArray(target)) return patch.filter((entry) => !isDeletion(entry));
  const merged = [...(target as Fields[])];
  for (const entry of patch as Fields[]) {
    const at = merged.findIndex((one) => one[key] === entry[key]);
    if (isDeletion(entry)) {
      if (at >= 0) merged.splice(at, 1);
    } else if (at < 0) merged.push(entry);
    else merged[at] = applyMergePatch(merged[at], entry, true) as Fields;
  }
  return merged;
}

function isDeletion(entry: Json): boolean {
  return isFields(entry) && entry.$patch === 'delete';
}

function withoutDirectives(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('$')));
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
