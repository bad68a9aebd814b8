/** The programs that can build, in the order in which they are looked for. */
export const builderNames = ['docker', 'podman', 'buildah'] as const;

export type BuilderName = (typeof builderNames)[number];

export interface Builder {
  name: BuilderName;
  /** Path of the program. */
  file: string;
}
