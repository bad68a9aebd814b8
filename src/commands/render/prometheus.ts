import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { nameFlag, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderPrometheus extends BaseCommand<typeof RenderPrometheus> {
  static override summary = 'Write the alerting rules for Prometheus';
  static override description = `Rules about broken sums, dead letters, stuck reservations, errors, latency and stores that are away, each with a page of its runbook.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = [
    '<%= config.bin %> render prometheus --out deploy/prometheus',
    '<%= config.bin %> render prometheus --out deploy/prometheus --namespace shop',
  ];
  static override flags = {
    ...writeFlags,
    ...nameFlag,
    namespace: Flags.string({
      helpValue: 'NAMESPACE',
      description: 'The Kubernetes namespace that the services run in (default: spike)',
    }),
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    return renderKind({
      kind: 'prometheus',
      flags: this.flags,
      next: [],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
