import { servicePorts, serviceSettings } from '../../config/serviceSettings.js';
import { runService } from '../../http/runService.js';
import { createSpikeService } from './createSpikeService.js';

await runService({
  name: 'spike',
  settings: serviceSettings.spike,
  portSetting: servicePorts.spike,
  build: createSpikeService,
  process,
});
