import { migrateDatabase } from '../../migrateDatabase.js';
import { ok, problem, skipped, warning, type Check, type Verdict } from '../check.js';
import type { Machine } from '../machine.js';

export const migrationsCheck: Check = {
  name: 'migrations',
  look,
  mend: {
    stage: 'schema',
    async run({ deployment }) {
      const applied = await migrateDatabase(deployment);
      return applied.length === 0 ? 'The schema was up to date by then' : `Applied ${applied.join(', ')}`;
    },
  },
};

async function look({ mysql }: Machine): Promise<Verdict> {
  const looked = await mysql();
  if (looked.state !== 'answers') return skipped('MySQL was not reached.');
  const { migrations } = await import('../../../stores/mysql/migrations/index.js');
  return judgeMigrations({ known: migrations.map(({ name }) => name), applied: looked.facts.migrations });
}

export function judgeMigrations({ known, applied }: { known: readonly string[]; applied: readonly string[] }): Verdict {
  const pending = known.filter((name) => !applied.includes(name));
  const newer = applied.filter((name) => !known.includes(name));
  if (pending.length > 0) {
    return problem(`The schema lacks ${pending.join(', ')}.`, 'spikectl db migrate', true);
  }
  if (newer.length > 0) {
    return warning(`The schema has ${newer.join(', ')} of a newer version than this one.`, 'Run the newer version.');
  }
  return ok(`${applied.length} applied, none pending.`);
}
