/** What fills the page below the header. */
export interface View {
  element: HTMLElement;
  /** Goes to the part of it that the address names. @returns what that part is called */
  show(route: string): string;
  /** Puts the focus where reading or typing begins, for those who do not see that the page has changed. */
  focus(): void;
  /** What the shopper has typed and not sent, by the names of the fields; never a password. */
  typed(): Readonly<Record<string, string>>;
  /** Stops what it has running; the element is taken out by whoever put it in. */
  remove(): void;
}
