import { chromium, type Browser } from 'playwright-core';
import { findBinary, machinePath } from '../../src/daemon/middleware/machineFolders.js';

/** A second, unless the machine is busy. */
const START_DEADLINE_MS = 120_000;

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS, timeout: START_DEADLINE_MS });
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = findBinary(names, machinePath(process.env.PATH));
  if (found === undefined) throw new Error('No browser for these tests. Install one: apt-get install chromium');
  return found;
}
