import { ConfigError, loadConfig } from '../../config/loadConfig.js';
import { readVariable } from '../../config/readVariable.js';
import { prepareSettings } from '../../config/serviceSettings.js';
import { passwordSchema } from '../../domain/newUser.js';
import { createLog, type Log } from '../../http/createLog.js';
import { ensureAdmin, listAdmins } from '../../stores/mysql/admins.js';
import { connectMysql } from '../../stores/mysql/connectMysql.js';
import { migrate } from '../../stores/mysql/migrate.js';
import { MysqlAwayError, MysqlRefusalError, waitForMysql } from '../../stores/mysql/waitForMysql.js';

/** Exit codes as everywhere in the project: 1 failed, 2 configuration, 5 a dependency is unreachable, 130 interrupted. */
const EXIT_FAILED = 1;
const EXIT_CONFIGURATION = 2;
const EXIT_UNREACHABLE = 5;
const EXIT_INTERRUPTED = 130;

const CONNECTIONS_MAX = 2;
const USERNAME_CHARACTERS_MAX = 64;

interface Account {
  username: string;
  password: string;
}

/**
 * What has to be done to the database before the services of a version start, as a process that ends: wait for MySQL, bring the
 * schema up to date, and make the first member of staff (SPIKE_USERNAME, SPIKE_PASSWORD) where there is none yet.
 * Again it changes nothing, and two at once both succeed.
 */
export async function prepareDatabase(process: NodeJS.Process): Promise<void> {
  const given = readGiven(process);
  if (given === undefined) return process.exit(EXIT_CONFIGURATION);
  const { config, account } = given;
  const log = createLog({ service: 'prepare', level: config.logLevel, file: config.logFile });
  // The first process of a container is ended by no signal that it does not handle. MySQL drops the lock with the connection.
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.warn({ signal }, 'interrupted');
      process.exit(EXIT_INTERRUPTED);
    });
  const sequelize = connectMysql({ url: config.mysqlUrl, poolMax: CONNECTIONS_MAX });
  try {
    await waitForMysql(sequelize, {
      withinSeconds: config.prepareWaitSeconds,
      onWait: (reason) => log.info({ reason }, 'waiting for MySQL'),
    });
    const applied = await migrate(sequelize);
    log.info({ applied }, applied.length === 0 ? 'the schema was up to date' : 'the schema is up to date');
    await makeFirstAdmin(account);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    log.fatal({ err: error }, 'the database is not prepared');
  } finally {
    await sequelize.close();
  }

  async function makeFirstAdmin(wanted: Account | undefined): Promise<void> {
    const staff = await listAdmins(sequelize);
    if (staff.length > 0) return log.info('there is staff already: no account was made');
    if (wanted === undefined) return warnOfNobody(log);
    const isNew = await ensureAdmin(sequelize, wanted);
    log.info({ username: wanted.username }, isNew ? 'made the first account' : 'the first account was made by another');
  }
}

function warnOfNobody(log: Log): void {
  log.warn('there is no staff: set SPIKE_USERNAME and SPIKE_PASSWORD (or SPIKE_PASSWORD_FILE) and run this again');
}

function readGiven({ env, stderr }: NodeJS.Process) {
  try {
    return { config: loadConfig(prepareSettings, { environment: env }).config, account: readAccount(env) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    stderr.write(`${error.message}\n`);
    return undefined;
  }
}

/** @throws ConfigError for one that is not complete, or that the routes would refuse */
function readAccount(environment: NodeJS.ProcessEnv): Account | undefined {
  const read = (name: string): string | undefined => {
    try {
      return readVariable(environment, name)?.value;
    } catch (error) {
      throw new ConfigError([`${(error as Error).message}.`]);
    }
  };
  const [username, password] = [read('SPIKE_USERNAME'), read('SPIKE_PASSWORD')];
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined)
    throw new ConfigError(['SPIKE_USERNAME and SPIKE_PASSWORD belong together: set both or none.']);
  if (username.length > USERNAME_CHARACTERS_MAX)
    throw new ConfigError([`SPIKE_USERNAME has more than ${USERNAME_CHARACTERS_MAX} characters.`]);
  if (!passwordSchema.safeParse(password).success)
    throw new ConfigError(['SPIKE_PASSWORD must have 8 to 128 characters.']);
  return { username, password };
}

function exitCodeOf(error: unknown): number {
  if (error instanceof MysqlAwayError) return EXIT_UNREACHABLE;
  return error instanceof MysqlRefusalError ? EXIT_CONFIGURATION : EXIT_FAILED;
}
