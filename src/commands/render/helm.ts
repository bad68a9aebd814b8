import { BaseCommand } from '../../cli/baseCommand.js';
import { imageFlags, nameFlag, runbookFlags, settingFlags, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderHelm extends BaseCommand<typeof RenderHelm> {
  static override summary = 'Write the Helm chart';
  static override description = `A chart for Kubernetes whose values name the registry, the tag and the settings given here. \`spikectl build chart\` packages it, \`spikectl deploy\` installs it.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = [
    '<%= config.bin %> render helm --out deploy/chart',
    '<%= config.bin %> render helm --out deploy/chart --registry registry.example.com/shop --tag 1.4.0',
    '<%= config.bin %> render helm --out deploy/chart --set pendingMax=50000 --dry-run',
  ];
  static override flags = {
    ...writeFlags,
    ...imageFlags,
    ...nameFlag,
    ...runbookFlags,
    ...settingFlags,
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    return renderKind({
      kind: 'helm',
      flags: this.flags,
      next: ['Read it: helm template spike DIR'],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
