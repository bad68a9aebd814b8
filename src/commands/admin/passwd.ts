import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/baseCommand.js';

interface ChangedPassword {
  username: string;
  /** Null when it was given. */
  password: string | null;
}

export default class AdminPasswd extends BaseCommand<typeof AdminPasswd> {
  static override summary = 'Change your own password, or, as an admin, that of somebody else';
  static override description = `Every token from before is void at once; yours here is exchanged for a new one.
Your own takes the old one too: with --password-stdin the old and the new one, each on a line; otherwise SPIKE_PASSWORD is the old one. Of somebody else: with --password-stdin or in SPIKE_PASSWORD the new one.
What is not given is asked for; where nobody can be asked, the new one is made up and printed once.`;
  static override examples = [
    '<%= config.bin %> admin passwd',
    '<%= config.bin %> admin passwd olga',
    'printf "%s\\n%s\\n" "$OLD" "$NEW" | <%= config.bin %> admin passwd --password-stdin',
  ];
  static override args = {
    // Stdin holds passwords, which oclif would otherwise take for the name that is missing.
    name: Args.string({ ignoreStdin: true, description: 'Name of the member of staff (default: you)' }),
  };
  static override flags = { 'password-stdin': Flags.boolean({ description: 'Read the passwords from stdin' }) };

  async run(): Promise<ChangedPassword> {
    const { changePassword } = await import('../../cli/staff/changePassword.js');
    const { username, password, isGenerated } = await this.withStaff(async (staff) =>
      changePassword(staff, {
        name: this.args.name,
        fromStdin: this.flags['password-stdin'],
        canAsk: this.canAsk(),
        contextName: this.flags.context,
        out: this.out,
      }),
    );
    this.out.success(`The password of ${username} is changed; every token from before is void.`);
    if (isGenerated) {
      this.out.result(password);
      this.out.info('The password was made up and is shown only now.');
    }
    return { username, password: isGenerated ? password : null };
  }
}
