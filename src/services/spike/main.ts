import { runService } from '../../http/runService.js';
import { createSpikeService, spikeSettings } from './createSpikeService.js';

await runService({
  name: 'spike',
  settings: spikeSettings,
  portSetting: 'spikePort',
  build: createSpikeService,
  process,
});
