import { DeliveryError } from '../deliveryError.js';
import { nearest } from '../../domain/nearest.js';
import { comparePlan, type PlannedObject } from './comparePlan.js';
import type { Revision, Target } from './createHelm.js';
import { imagesOf, migrationJobOf, manifestsOf, secretsOfManifests, type Manifest } from './manifests.js';
import type { OpenRelease } from './openRelease.js';
import { goodRevision } from './preflight/checkRelease.js';
import { createScrub, type Scrub } from './secrecy.js';

export interface RollbackPlan {
  release: string;
  namespace: string;
  context: string | null;
  cluster: string | null;
  from: { revision: number; status: string; chart: string; appVersion: string };
  to: { revision: number; status: string; chart: string; appVersion: string };
  images: string[];
  objects: PlannedObject[];
  /** Whether the two differ in the schema's version: the migrations that ran stay. */
  keepsNewerSchema: boolean;
}

/**
 * What a way back would change.
 *
 * @param revision undefined: the newest earlier one that was well
 * @throws DeliveryError when there is no such revision, or none that was well
 */
export async function planRollback(
  { helm, name, history }: OpenRelease,
  { release, namespace }: Target,
  revision: number | undefined,
): Promise<{ plan: RollbackPlan; scrub: Scrub }> {
  const [current] = history;
  const chosen = revision === undefined ? goodRevision(history) : history.find((one) => one.revision === revision);
  if (chosen === undefined || chosen.revision === current.revision) throw noRevision(history, revision);
  const [before, after] = await Promise.all([helm.release(current.revision), helm.release(chosen.revision)]);
  const [now, then] = [manifestsOf(before), manifestsOf(after)];
  const scrub = createScrub(secretsOfManifests([...now, ...then]));
  // Hooks of an upgrade do not run on the way back.
  const stays = ({ hook }: Manifest) => hook === null;
  const plan: RollbackPlan = {
    release,
    namespace,
    context: name.context,
    cluster: name.server,
    from: shortly(current),
    to: shortly(chosen),
    images: imagesOf(then.filter(stays)),
    objects: comparePlan(now.filter(stays), then.filter(stays), scrub),
    keepsNewerSchema: migrationJobOf(now) !== undefined && current.appVersion !== chosen.appVersion,
  };
  return { plan, scrub };
}

function shortly({ revision, status, chart, appVersion }: Revision) {
  return { revision, status, chart, appVersion };
}

function noRevision(history: readonly [Revision, ...Revision[]], wanted: number | undefined): DeliveryError {
  const known = history.map(({ revision }) => String(revision));
  const [current] = history;
  const usage = { exit: 2, suggestions: [`The revisions are ${known.join(', ')}.`] };
  if (wanted === current.revision) {
    return new DeliveryError('USAGE', `Revision ${wanted} is the one that stands now.`, usage);
  }
  if (wanted !== undefined) {
    const meant = nearest(String(wanted), known);
    const suggestions = meant === undefined ? usage.suggestions : [`Did you mean ${meant}?`, ...usage.suggestions];
    return new DeliveryError('USAGE', `There is no revision ${wanted}.`, { exit: 2, suggestions });
  }
  const message = `No revision before ${current.revision} was well, so there is nothing to go back to.`;
  const suggestions = [
    'Deploy a version that works: spikectl deploy --help',
    'Choose one yourself: spikectl deploy rollback REVISION',
  ];
  return new DeliveryError('NO_GOOD_REVISION', message, { suggestions });
}
