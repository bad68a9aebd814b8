/** Shared by the process that stops and the app that answers: while it drains, answers close their connection. */
export interface Lifecycle {
  isDraining: boolean;
}

export function createLifecycle(): Lifecycle {
  return { isDraining: false };
}
