import { servicePorts, serviceSettings } from '../../config/serviceSettings.js';
import { runService } from '../../http/runService.js';
import { createOrderService } from './createOrderService.js';

await runService({
  name: 'order',
  settings: serviceSettings.order,
  portSetting: servicePorts.order,
  build: createOrderService,
  process,
});
