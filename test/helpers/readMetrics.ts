/** What a service said at `/metrics`. */
export interface Exposition {
  /** By name, without what a histogram or summary adds to it. */
  families: ReadonlyMap<string, Family>;
  samples: readonly MetricSample[];
  /** The value of the one series with at least these labels; undefined when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

interface Family {
  type: string;
  help: string;
  labels: ReadonlySet<string>;
}

interface MetricSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const ANSWER_DEADLINE_MS = 30_000;

/** Reads a service's metrics as Prometheus does. */
export async function readMetrics(url: string): Promise<Exposition> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWER_DEADLINE_MS) });
  if (response.status !== 200) throw new Error(`${url}/metrics: ${response.status}`);
  return parseMetrics(await response.text());
}

function parseMetrics(text: string): Exposition {
  const families = new Map<string, { type: string; help: string; labels: Set<string> }>();
  const samples: MetricSample[] = [];
  for (const line of text.split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') families.set(name, { type: '', help: rest, labels: new Set() });
    if (kind === 'TYPE') families.get(name)!.type = rest;
    if (line !== '' && !line.startsWith('#')) samples.push(parseSample(line));
  }
  for (const { name, labels } of samples) {
    const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
    if (family === undefined) throw new Error(`${name} has no # TYPE`);
    for (const label of Object.keys(labels)) family.labels.add(label);
  }
  return {
    families,
    samples,
    value(name, labels = {}) {
      const found = samples.filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
      );
      if (found.length > 1) throw new Error(`${found.length} series of ${name} have ${JSON.stringify(labels)}`);
      return found[0]?.value;
    },
  };
}

function parseSample(line: string): MetricSample {
  const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`Not a sample: ${line}`);
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, unescapeLabel(text!)]);
  return {
    name,
    labels: Object.fromEntries(pairs) as Record<string, string>,
    value: Number(value?.replace('Inf', 'Infinity')),
  };
}

function unescapeLabel(text: string): string {
  return text.replace(/\\(.)/g, (_whole, char: string) => (char === 'n' ? '\n' : char));
}
