import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';
import { roles } from '../../cli/staff/roles.js';

interface CreatedAdmin {
  id: string;
  username: string;
  role: (typeof roles)[number];
  /** Null when it was given. */
  password: string | null;
}

export default class AdminCreate extends BaseCommand<typeof AdminCreate> {
  static override summary = 'Create a member of staff';
  static override description = `For admins. A viewer looks; an operator also changes events, commodities, orders and users; an admin also manages the staff.
Prints the id. The password is read from stdin with --password-stdin, taken from SPIKE_PASSWORD, or asked for; where nobody can be asked it is made up and printed once, on the second line.`;
  static override examples = [
    '<%= config.bin %> admin create olga --role operator',
    'pass show spike/ci | <%= config.bin %> admin create ci --role viewer --password-stdin',
  ];
  static override args = {
    // Stdin holds the password, which oclif would otherwise take for a name that is missing.
    name: Args.string({ required: true, ignoreStdin: true, description: 'Name, by which they log in' }),
  };
  static override flags = {
    role: Flags.option({ options: roles, required: true, description: 'What they may do' })(),
    'password-stdin': Flags.boolean({ description: 'Read the password from stdin' }),
  };

  async run(): Promise<CreatedAdmin> {
    const { readNewPassword } = await import('../../cli/newPassword.js');
    const { password, isGenerated } = await readNewPassword({
      fromStdin: this.flags['password-stdin'],
      canAsk: this.canAsk(),
      command: `admin create ${this.args.name} --role ${this.flags.role}`,
    });
    const { admin } = await this.withStaff(async (staff) =>
      staff.createAdmin(this.args.name, password, this.flags.role),
    );
    this.out.success(`Created ${admin.username}, ${admin.role}.`);
    this.out.result(isGenerated ? `${admin.id}\n${password}` : admin.id);
    if (isGenerated) this.out.info('The password was made up and is shown only now.');
    return { ...admin, password: isGenerated ? password : null };
  }
}
