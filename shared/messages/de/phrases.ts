// The host stands in apposition, so that one text serves every case of the noun before it.
export const host = '{host, select, none {} other { {host}}}';
export const onDay = '{atKnown, select, yes { am {at, date, day}} other {}}';
export const proxy = '{proxy, select, none { dieses Netzwerks} other { {proxy}}}';
