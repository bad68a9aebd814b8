-- A buyer's record is `units;ticketId=orderId=quantity,…`: the units that this user holds in the event, and by which orders.
local function parseBuyer(record)
  if not record then return 0, '' end
  local units, orders = string.match(record, '^(%d+);(.*)$')
  return tonumber(units), orders
end

local function formatBuyer(units, orders)
  return string.format('%d;%s', units, orders)
end

local function orderOfTicket(orders, ticketId)
  return string.match(',' .. orders, ',' .. ticketId .. '=([^=,]+)=')
end

local function anyOrder(orders)
  return string.match(orders, '=([^=,]+)=')
end

local function addOrder(orders, ticketId, orderId, quantity)
  local entry = ticketId .. '=' .. orderId .. '=' .. quantity
  if orders == '' then return entry end
  return orders .. ',' .. entry
end

-- Returns the orders without this one, and its quantity; nil when the buyer does not hold it.
local function removeOrder(orders, orderId)
  local kept, found = {}, nil
  for entry in string.gmatch(orders, '[^,]+') do
    local id, quantity = string.match(entry, '^[^=]+=([^=]+)=(%d+)$')
    if id == orderId then found = tonumber(quantity) else kept[#kept + 1] = entry end
  end
  return table.concat(kept, ','), found
end
