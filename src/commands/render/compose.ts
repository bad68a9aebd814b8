import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { imageFlags, nameFlag, settingFlags, writeFlags } from '../../cli/render/renderFlags.js';
import type { RenderResult } from '../../cli/render/renderKind.js';
import { tableFlags } from '../../cli/table.js';

export default class RenderCompose extends BaseCommand<typeof RenderCompose> {
  static override summary = 'Write a Compose file that runs the whole system';
  static override description = `The five services with MySQL, Redis, RabbitMQ and an ingress, on one machine with a container engine. Secrets are files below DIR/secrets: those that are missing are made up, those that are there are never touched.
Files that differ are shown and left alone unless --force is given. The same flags and settings make the same bytes.`;
  static override examples = [
    '<%= config.bin %> render compose --out deploy',
    '<%= config.bin %> render compose --out deploy --registry registry.example.com/shop --tag 1.4.0 --port 80',
    '<%= config.bin %> render compose --out deploy --set logLevel=warn --dry-run',
  ];
  static override flags = {
    ...writeFlags,
    ...imageFlags,
    ...nameFlag,
    ...settingFlags,
    port: Flags.integer({
      helpValue: 'PORT',
      description: 'Port of this machine that the ingress answers on (default: 8000)',
    }),
    secrets: Flags.boolean({ allowNo: true, default: true, description: 'Make up the secrets that are missing' }),
    ...tableFlags,
  };

  async run(): Promise<RenderResult> {
    const { renderKind } = await import('../../cli/render/renderKind.js');
    const { composeSecrets } = await import('../../delivery/render/composeSecrets.js');
    return renderKind({
      kind: 'compose',
      flags: this.flags,
      ...(this.flags.secrets ? { beside: composeSecrets } : {}),
      next: ['Start it: docker compose --file DIR/compose.yaml up --detach --wait'],
      out: this.out,
      signal: this.signal,
      onInterrupt: (handler) => this.onInterrupt(handler),
    });
  }
}
