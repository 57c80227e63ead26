import {
  finish,
  isLocked,
  may,
  seatIdFor,
  setDevice,
  withdrawalsWithout,
  type ClientState,
  type Machine,
} from './client-model.ts';
import { enrolled } from './device-model.ts';
import type { Operation } from './operation-model.ts';
import type { AnswerToken, PortalModel, ReceiptToken, RequestToken, Token } from './portal-model.ts';
import type { ServerModel } from './server-model.ts';
import { refreshed, responded } from './time-model.ts';

/** The offline operations of an installation; none of them uses a network. */

interface Around {
  readonly client: ClientState;
  readonly machine: Machine;
  readonly server: ServerModel;
  readonly operation: Operation;
  readonly portal: PortalModel;
}

type Made<T> = { readonly token: T } | { readonly code: string };

export function makeRequest(around: Around, purchase: number): Made<RequestToken> {
  const { client, machine, server, operation } = around;
  return operation.anew(() => {
    if (!may(client, machine, 'makeOfflineRequest')) return { code: 'notAllowedInState' };
    const id = server.number();
    const seatId = seatIdFor(client, machine);
    operation.write('license');
    client.requests = [...client.requests, { id, purchase, seatId }];
    return { token: { kind: 'request', id, purchase, seatId, hardware: machine.hardware } };
  });
}

/** Counts from the moment that the token exists. */
export function leave({ client, machine, server, operation }: Around): Made<ReceiptToken> {
  const entered = operation.enter();
  if (entered !== null) return { code: entered };
  const { seat } = client;
  if (seat === null || seat.session !== null || !may(client, machine, 'deactivate')) {
    return { code: 'notAllowedInState' };
  }
  const receipt = { id: server.number(), activation: seat.id };
  operation.end('deactivated');
  client.receipts = [...client.receipts, receipt];
  return { token: { kind: 'receipt', ...receipt } };
}

export function importToken(around: Around, token: Token): string {
  const { client, machine, operation } = around;
  if (token.kind === 'request' || token.kind === 'receipt') return 'tokenWrongKind';
  if (isLocked(client, machine) && client.stored.license) return 'vaultKeyUnavailable';
  if (client.lost.license) return 'vaultDamaged';
  const known = client.requests.find(({ id }) => id === token.to);
  const { bound } = client.seat ?? { bound: null };
  const ours = bound !== null && (bound.request === token.to || bound.others.includes(token.to));
  if (known === undefined && !ours) return 'tokenForOtherDevice';
  const entered = operation.enter();
  if (entered !== null) return entered;
  const outcome = token.kind === 'response' ? applyResponse(around, token) : applyRefresh(around, token);
  finish(client, machine);
  return outcome;
}

function applyResponse({ client, machine, operation, portal }: Around, token: AnswerToken): string {
  const request = client.requests.find(({ id }) => id === token.to);
  if (request === undefined) {
    return client.seat?.bound?.request === token.to ? 'tokenReplayed' : 'tokenForOtherDevice';
  }
  if (!may(client, machine, 'importResponse')) return 'notAllowedInState';
  const { wish } = client;
  if (wish?.wanted === true && wish.purchase !== request.purchase) client.wish = { ...wish, wanted: false };
  const time = responded(machine.process.run, client.device?.time ?? null, machine, token.issued);
  const enrolment = enrolled(client.device, machine.hardware, token.issued);
  setDevice(client, { seatId: token.told.seatId, ...enrolment, time });
  const others = client.requests.map(({ id }) => id).filter((id) => id !== token.to);
  take(client, machine, operation, token, { request: token.to, others, seq: token.seq });
  // The same activation goes on, and what once ended it would end it again.
  const isOver = ({ activation }: { readonly activation: number }) => activation === token.told.id;
  for (const { id } of client.receipts.filter(isOver)) portal.outdated.add(id);
  client.receipts = client.receipts.filter((receipt) => !isOver(receipt));
  client.withdrawals = withdrawalsWithout(client, request);
  const isOpen = client.wish !== null && (!client.wish.wanted || client.wish.requests.includes(request.id));
  if (!isOpen) Object.assign(client, { wish: null, doubt: false });
  client.leaving = false;
  return 'ok';
}

function applyRefresh({ client, machine, operation }: Around, token: AnswerToken): string {
  const { seat } = client;
  if (client.requests.some(({ id }) => id === token.to)) return 'tokenForOtherDevice';
  if (seat === null || seat.bound === null || seat.id !== token.told.id) return 'tokenForOtherDevice';
  if (token.seq === seat.bound.seq) return 'tokenReplayed';
  if (token.seq < seat.bound.seq) return 'tokenStale';
  if (!may(client, machine, 'importRefresh')) return 'notAllowedInState';
  const { device } = client;
  const time = refreshed(machine.process.run, device?.time ?? null, machine, token.issued);
  const enrolment = device ?? enrolled(null, machine.hardware, token.issued);
  setDevice(client, { ...enrolment, seatId: token.told.seatId, time });
  take(client, machine, operation, token, { ...seat.bound, seq: token.seq });
  return 'ok';
}

function take(
  client: ClientState,
  { hardware }: Machine,
  operation: Operation,
  { purchase, told }: AnswerToken,
  bound: { readonly request: number; readonly others: readonly number[]; readonly seq: number },
): void {
  operation.write('license');
  client.seat = { ...told, purchase, session: null, bound, toldOf: hardware };
  client.ended = null;
  client.requests = [];
}
