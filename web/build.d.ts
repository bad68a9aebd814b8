/** Bundles the pages into `outDir`. */
export function buildWeb(options: { outDir: string }): Promise<void>;
