import { runService } from '../../http/runService.js';
import { adminSettings, createAdminService } from './createAdminService.js';

await runService({
  name: 'admin',
  settings: adminSettings,
  portSetting: 'adminPort',
  build: createAdminService,
  process,
});
