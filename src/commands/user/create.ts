import { Flags } from '@oclif/core';
import type { StaffUserView } from '../../client/answers.js';
import { BaseCommand } from '../../cli/baseCommand.js';
import type { CreatedUsers } from '../../cli/users/createUsers.js';

export default class UserCreate extends BaseCommand<typeof UserCreate> {
  static override summary = 'Create a user, or many from a CSV file';
  static override description = `One: prints the id. The password is read from stdin with --password-stdin, taken from SPIKE_PASSWORD, or asked for; where nobody can be asked it is made up and printed once, on the second line.
Many: the first line of the file names the columns, any of phone, password, name, birthDate, workStatus, nationalId. The file is checked as a whole before anything is sent. Whose phone number is registered is left as they are and counted: after an interruption the same command goes on where it was. A user without a password gets a generated one, which --passwords-to keeps in a file that only you can read.`;
  static override examples = [
    '<%= config.bin %> user create --phone +491701234567 --name Anna --birth-date 1990-02-28',
    '<%= config.bin %> user create --file users.csv --passwords-to passwords.csv',
    '<%= config.bin %> user create --file users.csv --dry-run',
  ];
  static override flags = {
    phone: Flags.string({ helpValue: 'NUMBER', description: 'Phone number, by which they log in' }),
    name: Flags.string({ description: 'Name' }),
    'birth-date': Flags.string({ helpValue: 'YYYY-MM-DD', description: 'For rules about age' }),
    'work-status': Flags.string({ description: 'For rules about work' }),
    'national-id': Flags.string({ description: 'Kept encrypted, shown only by its end' }),
    'password-stdin': Flags.boolean({ description: 'Read the password from stdin' }),
    file: Flags.string({
      helpValue: 'FILE|-',
      description: 'Create the users of a CSV file, or of stdin; instead of the flags of one',
    }),
    'passwords-to': Flags.string({
      helpValue: 'FILE',
      dependsOn: ['file'],
      description: 'Keep generated passwords in this file',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'Check everything, and only say what would be made' }),
  };

  async run(): Promise<CreatedUsers | (StaffUserView & { password: string | null })> {
    return this.flags.file === undefined ? this.createOne() : this.createMany(this.flags.file);
  }

  private async createOne(): Promise<CreatedUsers | (StaffUserView & { password: string | null })> {
    const { makePassword, readNewPassword } = await import('../../cli/newPassword.js');
    const { newUser } = await import('../../cli/users/newUser.js');
    const { createUser, wouldCreateUser } = await import('../../cli/users/createUser.js');
    const draft = newUser(this.flags, makePassword());
    if (this.flags['dry-run']) return this.withStaff(async (staff) => wouldCreateUser(staff, draft, this.out));
    const { password, isGenerated } = await readNewPassword({
      fromStdin: this.flags['password-stdin'],
      canAsk: this.canAsk(),
      command: 'user create',
    });
    const user = await this.withStaff(async (staff) => createUser(staff, { ...draft, password }));
    this.out.success(`Created user ${user.id} (${user.phone}).`);
    this.out.result(isGenerated ? `${user.id}\n${password}` : user.id);
    if (isGenerated) this.out.info('The password was made up and is shown only now.');
    return { ...user, password: isGenerated ? password : null };
  }

  private async createMany(file: string): Promise<CreatedUsers> {
    const { assertFileAlone, readUsersFile } = await import('../../cli/users/readUsersFile.js');
    const { createUsers } = await import('../../cli/users/createUsers.js');
    const { sayCreated } = await import('../../cli/users/sayCreated.js');
    const { 'dry-run': dryRun, 'passwords-to': passwordsTo } = this.flags;
    assertFileAlone(this.flags);
    const rows = await readUsersFile(file);
    if (passwordsTo === undefined && rows.some(({ password }) => password === undefined)) {
      this.out.warn('Users without a password get one that nobody is told. Pass --passwords-to FILE to keep them.');
    }
    let done = 0;
    this.onInterrupt(() =>
      this.out.info(`\n${done} of ${rows.length} users were dealt with. The same command goes on from there.`),
    );
    const onProgress = (count: number) => (done = count);
    const result = await this.withStaff(async (staff) =>
      createUsers(staff, rows, { passwordsTo, dryRun, out: this.out, onProgress }),
    );
    sayCreated(result, this.out);
    return result;
  }
}
