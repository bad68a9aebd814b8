/** As `staffRoles` of the domain, which commands do not load. */
export const roles = ['viewer', 'operator', 'admin'] as const;
