/** What fills the page below the header. */
export interface View {
  element: HTMLElement;
  /** Goes to the part of it that the address names. */
  show(route: string): void;
  /** Puts the focus where reading or typing begins, for those who do not see that the page has changed. */
  focus(): void;
  /** Stops what it has running; the element is taken out by whoever put it in. */
  remove(): void;
}
