import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';

/** Those of these ids and phone numbers that belong to a user. */
export interface FoundUsers {
  ids: ReadonlySet<string>;
  /** The ids by the phone numbers. */
  byPhone: ReadonlyMap<string, string>;
}

/** Looks users up by the primary key and by the users_phone key. */
export async function findUserIds(
  sequelize: Sequelize,
  { userIds, phones }: { userIds: readonly string[]; phones: readonly string[] },
  transaction?: Transaction,
): Promise<FoundUsers> {
  const options = { type: QueryTypes.SELECT as const, transaction: transaction ?? null };
  const known =
    userIds.length === 0
      ? []
      : await sequelize.query<{ id: number | string }>('SELECT id FROM users WHERE id IN (?)', {
          replacements: [userIds],
          ...options,
        });
  const named =
    phones.length === 0
      ? []
      : await sequelize.query<{ id: number | string; phone: string }>(
          'SELECT id, phone FROM users WHERE phone IN (?)',
          { replacements: [phones], ...options },
        );
  return {
    ids: new Set(known.map(({ id }) => String(id))),
    byPhone: new Map(named.map(({ id, phone }) => [phone, String(id)])),
  };
}
