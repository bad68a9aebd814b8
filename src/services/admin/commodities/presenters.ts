import type { CommodityView } from '../../../domain/wire.js';
import type { StoredCommodity } from '../../../stores/mysql/commodities.js';

const status = 'success';

export function presentCommodity(commodity: StoredCommodity) {
  return { status, commodity: viewCommodity(commodity) };
}

export function presentCommodities(commodities: readonly StoredCommodity[], next: string | null) {
  return { status, commodities: commodities.map(viewCommodity), next };
}

export function presentDeleted(id: string) {
  return { status, id };
}

function viewCommodity(commodity: StoredCommodity): CommodityView {
  const { createdAt, updatedAt } = commodity;
  return { ...commodity, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
