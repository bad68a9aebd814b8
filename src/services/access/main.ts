import { servicePorts, serviceSettings } from '../../config/serviceSettings.js';
import { runService } from '../../http/runService.js';
import { createAccessService } from './createAccessService.js';

await runService({
  name: 'access',
  settings: serviceSettings.access,
  portSetting: servicePorts.access,
  build: createAccessService,
  process,
});
