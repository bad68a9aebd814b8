import { runService } from '../../http/runService.js';
import { createOrderService, orderSettings } from './createOrderService.js';

await runService({
  name: 'order',
  settings: orderSettings,
  portSetting: 'orderPort',
  build: createOrderService,
  process,
});
