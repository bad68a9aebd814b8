import { Counter, Gauge, type Registry } from 'prom-client';

/** A metric whose samples are read off what a look at the world saw. */
export interface LookMetric<Seen> {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  labels: readonly string[];
  /** Only what the look knows: a sample that is not given is not exported. */
  samples(seen: Seen): readonly Sample[];
}

export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * Metrics about what is elsewhere, looked at when they are read: one look for all of them, and none while nobody reads. What a
 * look does not see, or when it fails, is not exported, so no value outlives its truth: Prometheus shows a gap and not a line
 * that stays level.
 */
export function registerLookMetrics<Seen>(
  registry: Registry,
  look: () => Promise<Seen>,
  metrics: readonly LookMetric<Seen>[],
): void {
  let out: Promise<Seen | undefined> | undefined;
  const lookOnce = () => {
    out ??= look()
      .catch(() => undefined)
      .finally(() => {
        out = undefined;
      });
    return out;
  };
  for (const { type, samples, name, help, labels } of metrics) {
    const options = { name, help, labelNames: [...labels], registers: [] };
    const forget = (metric: Counter | Gauge) => {
      metric.reset();
      // To the library, resetting what has no labels is to set it to 0.
      if (labels.length === 0) metric.remove();
    };
    const read = async (set: (...sample: Sample) => void) => {
      const seen = await lookOnce();
      if (seen !== undefined) for (const sample of samples(seen)) set(...sample);
    };
    if (type === 'gauge') {
      const gauge = new Gauge({
        ...options,
        async collect() {
          forget(this);
          await read((of, value) => this.set(of, value));
        },
      });
      registry.registerMetric(gauge);
    } else {
      const counter = new Counter({
        ...options,
        async collect() {
          forget(this);
          await read((of, value) => this.inc(of, value));
        },
      });
      registry.registerMetric(counter);
    }
  }
}
