import { BaseCommand } from '../../cli/baseCommand.js';
import { exitCodes } from '../../cli/errors.js';
import { printTable, tableFlags, type Column } from '../../cli/table.js';
import type { SettingView } from '../../cli/showSettings.js';

const columns: Column<SettingView>[] = [
  { name: 'name', value: (row) => row.name },
  {
    name: 'value',
    value: (row) => row.value,
    show: (row, paint) => (row.problem === null ? String(row.value ?? '-') : paint('red', String(row.value ?? '-'))),
  },
  {
    name: 'origin',
    value: (row) => row.origin,
    show: (row) => (row.originFile === null ? row.origin : `${row.origin} (file ${row.originFile})`),
  },
  { name: 'env', value: (row) => row.env },
  { name: 'describe', value: (row) => row.describe, extra: true },
  { name: 'problem', value: (row) => row.problem, extra: true },
];

export default class ConfigShow extends BaseCommand<typeof ConfigShow> {
  static override summary = 'Show every setting, its value and where it came from';
  static override description = `A setting is read from a flag, else from its environment variable (or from the file that the variable with _FILE behind it names), else from spikectl.yaml (in this folder or the nearest one above), else it has its default; what \`spikectl up\` made for this machine is marked as generated.
Secrets are masked. Ends with 2 when a value is not valid.`;
  static override examples = [
    '<%= config.bin %> config show',
    '<%= config.bin %> config show --filter origin!=default',
    '<%= config.bin %> config show --json',
  ];
  static override flags = tableFlags;

  async run(): Promise<{ file: string | null; settings: SettingView[] }> {
    const { readSettingsFile } = await import('../../cli/loadSettings.js');
    const { generatedSettings } = await import('../../cli/local/generatedSettings.js');
    const { showSettings } = await import('../../cli/showSettings.js');
    const file = await readSettingsFile();
    const { views, problems } = showSettings(
      { environment: process.env, file: file.values },
      await generatedSettings(process.env),
    );
    if (file.path !== undefined) this.out.info(`Settings file: ${file.path}`);
    const settings = await printTable(views, { columns, flags: this.flags, out: this.out, nothing: 'No settings.' });
    for (const problem of problems) this.out.warn(problem);
    if (problems.length > 0) this.endWith(exitCodes.usage);
    return { file: file.path ?? null, settings };
  }
}
