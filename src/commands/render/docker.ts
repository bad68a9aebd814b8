import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { imageFlags, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderDocker extends BaseCommand<typeof RenderDocker> {
  static override summary = 'Write the Dockerfile of the five images';
  static override description = `One Dockerfile with a target for each service, and what the builder must not see. The build context is a clone of the repository.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = [
    '<%= config.bin %> render docker --out .',
    '<%= config.bin %> render docker --out deploy/docker --node-image registry.example.com/base/node:24.21.0',
    '<%= config.bin %> render docker --out . --dry-run',
  ];
  static override flags = {
    ...writeFlags,
    ...imageFlags,
    'node-image': Flags.string({
      helpValue: 'IMAGE',
      description: 'The image to build on, also by digest (default: the pinned Node on Debian)',
    }),
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    return renderKind({
      kind: 'docker',
      flags: { ...this.flags, nodeImage: this.flags['node-image'] },
      next: ['Build the images: spikectl build images'],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
