import { prepareDatabase } from './prepareDatabase.js';

await prepareDatabase(process);
