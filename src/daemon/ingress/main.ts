import { runIngress } from './runIngress.js';

runIngress(process);
