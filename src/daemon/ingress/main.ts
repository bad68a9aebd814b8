import { runIngress } from './runIngress.js';

await runIngress(process);
