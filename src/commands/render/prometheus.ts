import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { nameFlag, runbookFlags, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderPrometheus extends BaseCommand<typeof RenderPrometheus> {
  static override summary = 'Write the alerting rules for Prometheus, and examples of its configuration';
  static override description = `Rules about broken sums, dead letters, stuck reservations, errors, latency and stores that are away, each with a page of its runbook.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = [
    '<%= config.bin %> render prometheus --out deploy/prometheus',
    '<%= config.bin %> render prometheus --out deploy/prometheus --namespace shop',
    '<%= config.bin %> render prometheus --out deploy/prometheus --runbooks https://docs.example/runbooks',
  ];
  static override flags = {
    ...writeFlags,
    ...nameFlag,
    namespace: Flags.string({
      helpValue: 'NAMESPACE',
      description: 'The Kubernetes namespace that the services run in (default: spike)',
    }),
    ...runbookFlags,
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    return renderKind({
      kind: 'prometheus',
      flags: this.flags,
      next: ['Look at it here: prometheus --config.file DIR/prometheus.local.yml --web.listen-address 127.0.0.1:9090'],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
