/** One step that gives back what was opened. */
export type Undo = () => unknown;

/**
 * Gives everything back, the last first, and all of it also when a step fails: what stays open would keep Jest from ending.
 *
 * @throws the first failure, after all steps
 */
export async function undoAll(steps: Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
