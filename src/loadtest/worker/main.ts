import { parentPort, workerData } from 'node:worker_threads';
import { createLoadWorker } from './createLoadWorker.js';
import type { FromWorker, ToWorker, WorkerPlan } from './messages.js';

const port = parentPort;
if (port === null) throw new Error('this is the main file of a worker thread');
const onMessage = createLoadWorker(workerData as WorkerPlan, (message: FromWorker) => port.postMessage(message));
port.on('message', (message: ToWorker) => onMessage(message));
