/** Bundles the page into `outDir`. */
export function buildWeb(options: { outDir: string }): Promise<void>;
