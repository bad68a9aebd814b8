/** The domain suggests names too (of filters); what the command line shares stands here. */
export { nearest } from '../domain/nearest.js';
