import { BaseCommand } from '../../cli/baseCommand.js';
import { nameFlag, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderGrafana extends BaseCommand<typeof RenderGrafana> {
  static override summary = 'Write the dashboard for Grafana';
  static override description = `Stock, funnel, latency, queues and processes, from the metrics that the services have.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = ['<%= config.bin %> render grafana --out deploy/grafana'];
  static override flags = {
    ...writeFlags,
    ...nameFlag,
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    return renderKind({
      kind: 'grafana',
      flags: this.flags,
      next: ['Import it in Grafana 10 or newer: Dashboards, New, Import.'],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
