import { useMemo } from 'preact/hooks';
import type { FilterView } from '../../../src/domain/wire/rules.js';
import { useDesk } from '../desk/useDesk.js';
import { useLoad } from '../desk/useLoad.js';
import type { FieldsByFilter } from './ruleDraft.js';
import { fieldsOf } from './settingFields.js';

interface Filters {
  filters: readonly FilterView[];
  fields: FieldsByFilter;
}

/** What a rule can be made of, as the service says. */
export function useFilters(): { known: Filters | undefined; failure: unknown; reload: () => void } {
  const { api } = useDesk();
  const { data, failure, reload } = useLoad(() => api.listFilters(), []);
  const known = useMemo(() => {
    if (data === undefined) return undefined;
    const { filters } = data;
    return { filters, fields: new Map(filters.map(({ name, schema }) => [name, fieldsOf(schema)])) };
  }, [data]);
  return { known, failure, reload };
}
