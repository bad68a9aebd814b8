/**
 * Full years since birth on the UTC day of `nowMs`; who was born on 29 February has their birthday on 1 March in other years.
 *
 * @param birthDate `YYYY-MM-DD`
 */
export function ageInYears(birthDate: string, nowMs: number): number {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const now = new Date(nowMs);
  const isBeforeBirthday = now.getUTCMonth() + 1 < month || (now.getUTCMonth() + 1 === month && now.getUTCDate() < day);
  return now.getUTCFullYear() - year - (isBeforeBirthday ? 1 : 0);
}
