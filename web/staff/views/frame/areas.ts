import type { StaffRole } from '../../../../src/domain/staffRole.js';

const areas = [
  'events',
  'system',
  'orders',
  'users',
  'limits',
  'queues',
  'audit',
  'log',
  'commodities',
  'staff',
] as const;

/** Where this role can go: the staff are seen by admins alone. */
export function areasFor(may: (role: StaffRole) => boolean): readonly (typeof areas)[number][] {
  return areas.filter((area) => area !== 'staff' || may('admin'));
}
