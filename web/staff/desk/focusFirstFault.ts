/** Leads whoever has sent a form to the first field that is wrong, once it is marked. */
export function focusFirstFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
