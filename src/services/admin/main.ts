import { servicePorts, serviceSettings } from '../../config/serviceSettings.js';
import { runService } from '../../http/runService.js';
import { createAdminService } from './createAdminService.js';

await runService({
  name: 'admin',
  settings: serviceSettings.admin,
  portSetting: servicePorts.admin,
  build: createAdminService,
  process,
});
