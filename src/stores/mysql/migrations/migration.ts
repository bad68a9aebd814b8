/** One numbered step of the schema. Append-only: a step that has been released is never edited. */
export interface Migration {
  /** Sorts in the order of application: `0001-initial`. */
  name: string;
  /** SQL statements, run one by one. MySQL commits each DDL statement by itself, so each must be safe to have run alone. */
  up: readonly string[];
}
