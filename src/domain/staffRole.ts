/** What staff may do, each role all that the one before may: look; change events, commodities, orders and users; manage staff. */
export const staffRoles = ['viewer', 'operator', 'admin'] as const;

export type StaffRole = (typeof staffRoles)[number];

export function roleIncludes(role: StaffRole, needed: StaffRole): boolean {
  return staffRoles.indexOf(role) >= staffRoles.indexOf(needed);
}
