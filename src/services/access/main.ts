import { runService } from '../../http/runService.js';
import { accessSettings, createAccessService } from './createAccessService.js';

await runService({
  name: 'access',
  settings: accessSettings,
  portSetting: 'accessPort',
  build: createAccessService,
  process,
});
