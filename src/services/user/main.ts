import { runService } from '../../http/runService.js';
import { createUserService, userSettings } from './createUserService.js';

await runService({
  name: 'user',
  settings: userSettings,
  portSetting: 'userPort',
  build: (context) => createUserService(context),
  process,
});
