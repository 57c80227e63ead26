/** The host that was called, or what it is where the host is not known. */
export const server = '{host, select, none {the license server} other {{host}}}';
export const Server = '{host, select, none {The license server} other {{host}}}';
export const Proxy = 'The proxy {proxy, select, none {of this network} other {{proxy}}}';

/** How long to wait, told at the moment when it is asked for. */
export const wait =
  '{longWait, select, yes {{minutes, plural, =-1 {Try again in a while.} one {Try again in a minute.} other {Try again in # minutes.}}} other {{seconds, plural, =-1 {Try again in a while.} =0 {Try again now.} one {Try again in a second.} other {Try again in # seconds.}}}}';
/** The same told later. */
export const waitUntil = '{untilKnown, select, yes {after {until, date, moment}} other {in a while}}';
