import { badDelivery } from '../deliveryError.js';

const NUMBER = '(?:0|[1-9]\\d*)';
const PRERELEASE_PART = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const SEMVER = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-${PRERELEASE_PART}(?:\\.${PRERELEASE_PART})*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?$`,
);

/** @throws DeliveryError when Helm would not take it as a version */
export function checkChartVersion(version: string): string {
  if (SEMVER.test(version)) return version;
  const bare = version.replace(/^v/, '');
  throw badDelivery(
    `--chart-version '${version}' is not a version as Helm wants it (semver: 1.4.0, 1.4.0-rc.1).`,
    SEMVER.test(bare) ? `--chart-version ${bare}` : 'For example: --chart-version 1.4.0',
  );
}
