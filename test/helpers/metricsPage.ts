import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A metric as docs/metrics.md has it. */
export interface DocumentedMetric {
  name: string;
  type: string;
  /** Beside `service` and `process`, which all have. */
  labels: string[];
  services: string[];
}

const PAGE = fileURLToPath(new URL('../../docs/metrics.md', import.meta.url));
const ALL_SERVICES = ['user', 'spike', 'access', 'order', 'admin'];

/** The tables of the page. */
export async function readMetricsPage(): Promise<DocumentedMetric[]> {
  const rows = (await readFile(PAGE, 'utf8')).matchAll(/^\| `(\w+)` +\| (\w+) +\| ([\w, ]*)\| ([\w, ]+)\|/gm);
  return [...rows].map(([, name = '', type = '', labels = '', by = '']) => ({
    name,
    type,
    labels: words(labels),
    services: by.trim() === 'all' ? ALL_SERVICES : words(by),
  }));
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
