import { servicePorts, serviceSettings } from '../../config/serviceSettings.js';
import { runService } from '../../http/runService.js';
import { createUserService } from './createUserService.js';

await runService({
  name: 'user',
  settings: serviceSettings.user,
  portSetting: servicePorts.user,
  build: (context) => createUserService(context),
  process,
});
