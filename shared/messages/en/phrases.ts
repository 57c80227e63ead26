/** The host that was called, or what it is where the host is not known. */
export const server = '{host, select, none {the license server} other {{host}}}';
export const Server = '{host, select, none {The license server} other {{host}}}';
export const Proxy = 'The proxy {proxy, select, none {of this network} other {{proxy}}}';
