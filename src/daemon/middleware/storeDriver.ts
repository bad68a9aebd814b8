import type { Launch } from '../launchProcess.js';
import type { StoreLayout } from './storeLayout.js';
import type { Report, StoreName, StoreState } from './store.js';

export interface PrepareOptions {
  layout: StoreLayout;
  state: StoreState;
  /** Path of the server's binary. */
  server: string;
  report: Report;
}

/** What one kind of store needs to be run privately; all that differs between the three is behind this. */
export interface StoreDriver {
  name: StoreName;
  /** Makes data folder and configuration where they are missing, and says what to launch, in order. */
  prepare(options: PrepareOptions): Promise<readonly Launch[]>;
  /** What `docker run` needs. The password travels in `environment`, which is written to a file and never an argument. */
  container(state: StoreState): ContainerSpec;
  startDeadlineMs: number;
  stopDeadlineMs: number;
}

export interface ContainerSpec {
  image: string;
  port: number;
  dataPath: string;
  environment: Readonly<Record<string, string>>;
  options: readonly string[];
  command: readonly string[];
}
