// The host stands in apposition, so that one text serves every case of the noun before it.
export const host = '{host, select, none {} other { {host}}}';
export const onDay = '{atKnown, select, yes { am {at, date, day}} other {}}';
export const proxy = '{proxy, select, none { dieses Netzwerks} other { {proxy}}}';

/** How long to wait, told at the moment when it is asked for. */
export const wait =
  '{longWait, select, yes {{minutes, plural, =-1 {Versuchen Sie es in einer Weile erneut.} one {Versuchen Sie es in einer Minute erneut.} other {Versuchen Sie es in # Minuten erneut.}}} other {{seconds, plural, =-1 {Versuchen Sie es in einer Weile erneut.} =0 {Versuchen Sie es jetzt erneut.} one {Versuchen Sie es in einer Sekunde erneut.} other {Versuchen Sie es in # Sekunden erneut.}}}}';
/** The same told later. */
export const waitUntil = '{untilKnown, select, yes {ab dem {until, date, moment}} other {in einer Weile}}';
