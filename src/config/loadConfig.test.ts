import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError, loadConfig } from './loadConfig.js';
import { fillFromFiles } from './readVariable.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spike-settings-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function secretFile(content: string): Promise<string> {
  const file = path.join(folder, 'secret');
  await writeFile(file, content);
  return file;
}

function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(['ticketSecret'], { environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const SECRET = 'secret-'.repeat(6);

describe('a setting from a file', () => {
  test.each([
    ['as it is', SECRET],
    ['without the line end behind it', `${SECRET}\n`],
    ['without the line end of another system', `${SECRET}\r\n`],
  ])('is read %s', async (_how, content) => {
    const file = await secretFile(content);
    const { config, origins, files } = loadConfig(['ticketSecret'], {
      environment: { SPIKE_TICKET_SECRET_FILE: file },
    });
    expect(config.ticketSecret).toBe(SECRET);
    expect(origins.ticketSecret).toBe('environment');
    expect(files).toEqual({ ticketSecret: file });
  });

  test('keeps a second line end and blanks: they may belong to it', async () => {
    const file = await secretFile(` ${SECRET}\n\n`);
    const { config } = loadConfig(['ticketSecret'], { environment: { SPIKE_TICKET_SECRET_FILE: file } });
    expect(config.ticketSecret).toBe(` ${SECRET}\n`);
  });

  test('goes before spikectl.yaml', async () => {
    const sources = { environment: { SPIKE_LOG_LEVEL_FILE: await secretFile('warn\n') }, file: { logLevel: 'debug' } };
    expect(loadConfig(['logLevel'], sources).config.logLevel).toBe('warn');
  });

  test('and from the variable itself is refused', async () => {
    const file = await secretFile(SECRET);
    expect(problems({ SPIKE_TICKET_SECRET: SECRET, SPIKE_TICKET_SECRET_FILE: file })).toEqual([
      'ticketSecret: SPIKE_TICKET_SECRET and SPIKE_TICKET_SECRET_FILE are both set; keep one of them.',
    ]);
  });

  test('that cannot be read is named, with the reason', async () => {
    const file = path.join(folder, 'nowhere');
    expect(problems({ SPIKE_TICKET_SECRET_FILE: file })).toEqual([
      `ticketSecret: SPIKE_TICKET_SECRET_FILE names ${file}: there is no such file.`,
    ]);
    expect(problems({ SPIKE_TICKET_SECRET_FILE: folder })).toEqual([
      `ticketSecret: SPIKE_TICKET_SECRET_FILE names ${folder}: it is a folder.`,
    ]);
    expect(problems({ SPIKE_TICKET_SECRET_FILE: await secretFile('\n') })).toEqual([
      `ticketSecret: SPIKE_TICKET_SECRET_FILE names ${path.join(folder, 'secret')}: it is empty.`,
    ]);
  });

  test('that is not valid is named by its file, and not shown', async () => {
    const file = await secretFile('too-short');
    const [problem = ''] = problems({ SPIKE_TICKET_SECRET_FILE: file });
    expect(problem).toContain(`SPIKE_TICKET_SECRET_FILE ${file}`);
    expect(problem).not.toContain('too-short');
  });

  test('stands in its variable for what knows variables only', async () => {
    const environment = { SPIKE_TICKET_SECRET_FILE: await secretFile(SECRET), PATH: '/bin' };
    expect(fillFromFiles(environment, ['SPIKE_TICKET_SECRET', 'SPIKE_REDIS_URL'])).toEqual({
      SPIKE_TICKET_SECRET: SECRET,
      PATH: '/bin',
    });
  });
});
