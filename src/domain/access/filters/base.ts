import { z } from 'zod';
import { ageInYears } from '../ageInYears.js';
import type { Facts, Filter } from '../filter.js';

const AGE_MAX = 150;
const WORK_STATUSES_MAX = 50;

const age = z.int().min(0).max(AGE_MAX);
const workStatuses = z.array(z.string().trim().min(1).max(32)).min(1).max(WORK_STATUSES_MAX);

const schema = z
  .strictObject({
    age: z
      .strictObject({ min: age.optional(), max: age.optional() })
      .refine(({ min, max }) => min !== undefined || max !== undefined, 'needs min, max or both')
      .refine(({ min = 0, max = AGE_MAX }) => min <= max, 'min is above max')
      .optional(),
    workStatus: z
      .strictObject({ not: workStatuses.optional(), in: workStatuses.optional() })
      .refine((lists) => lists.not !== undefined || lists.in !== undefined, 'needs not, in or both')
      .optional(),
  })
  .refine((base) => base.age !== undefined || base.workStatus !== undefined, 'needs age, workStatus or both');

type BaseSettings = z.output<typeof schema>;

/** Age in full years on the day (UTC), both bounds included; work status by list. */
export const base: Filter<BaseSettings> = {
  name: 'base',
  description:
    'age {min, max} in full years, both included, and workStatus {in: […], not: […]}; refuses who has not told what it asks for',
  schema,
  example: { age: { min: 18, max: 60 }, workStatus: { not: ['unemployed'] } },
  evaluate: (settings, facts) =>
    (settings.age && refuseByAge(settings.age, facts)) ??
    (settings.workStatus && refuseByWorkStatus(settings.workStatus, facts)),
};

function refuseByAge(bounds: NonNullable<BaseSettings['age']>, { user, nowMs }: Facts): string | undefined {
  if (user.birthDate === null) return 'your date of birth is not known';
  const years = ageInYears(user.birthDate, nowMs);
  if (bounds.min !== undefined && years < bounds.min) return `you must be at least ${bounds.min} years old`;
  if (bounds.max !== undefined && years > bounds.max) return `you must be at most ${bounds.max} years old`;
  return undefined;
}

function refuseByWorkStatus(lists: NonNullable<BaseSettings['workStatus']>, { user }: Facts): string | undefined {
  const { workStatus } = user;
  if (workStatus === null) return 'your work status is not known';
  if (lists.not?.includes(workStatus) === true) return `not for the work status ${workStatus}`;
  if (lists.in !== undefined && !lists.in.includes(workStatus))
    return `only for the work status ${lists.in.join(', ')}`;
  return undefined;
}
