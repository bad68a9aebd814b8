/** What `spikectl build` can be asked for. */
export const buildTargets = ['images', 'chart', 'all'] as const;

export type BuildTarget = (typeof buildTargets)[number];
