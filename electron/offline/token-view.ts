import type { OfflineView, TokenView } from '../../shared/offline.ts';
import type { ProfileProduct } from '../../shared/profile.ts';
import { armorToken } from '../../shared/token/armor.ts';
import { EXTENSIONS, type TokenKind } from '../../shared/token/kinds.ts';
import { splitForQr } from '../../shared/token/qr-series.ts';
import type { Exchange } from './records.ts';

/** Characters that some file system refuses, and all that could steer a terminal or a path. */
const UNSAFE = /[^\p{L}\p{N}]+/gu;

/** Says in the folder of a stick which product, and of when. */
function fileNameOf(product: ProfileProduct, kind: TokenKind, madeAt: number): string {
  const name = product.name
    .replaceAll(UNSAFE, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 60);
  const time = new Date(madeAt).toISOString().slice(0, 16).replaceAll(/[T:]/gu, '-');
  return `${name === '' ? 'license' : name}-${time}${EXTENSIONS[kind]}`;
}

/** A token of ours in every form in which it can be carried. */
export function tokenView(
  product: ProfileProduct,
  kind: 'activation-request' | 'deactivation',
  token: { readonly id: string; readonly madeAt: number; readonly token: string },
): TokenView {
  const { id, madeAt, token: jwe } = token;
  const codes = splitForQr(jwe);
  const header = { Product: product.name, Made: new Date(madeAt).toISOString() };
  return {
    productId: product.productId,
    id,
    kind,
    madeAt,
    armored: armorToken(kind, jwe, header),
    // A token that is too long for codes is carried in its file.
    codes: codes.ok ? codes.value : [],
    fileName: fileNameOf(product, kind, madeAt),
  };
}

/** The request or receipt of that id; null where it is none, or none any more. */
export function findToken(product: ProfileProduct, exchange: Exchange, id: string): TokenView | null {
  const request = exchange.requests.find((candidate) => candidate.id === id);
  if (request !== undefined) return tokenView(product, 'activation-request', request);
  const receipt = exchange.receipts.find((candidate) => candidate.id === id);
  return receipt === undefined ? null : tokenView(product, 'deactivation', receipt);
}

/** What the window lists, newest first and without the tokens themselves. */
export function offlineView(exchange: Exchange, available: boolean): OfflineView {
  return {
    available,
    requests: exchange.requests
      .map(({ id, madeAt, seatName, editionId }) => ({ id, madeAt, seatName, editionId }))
      .toReversed(),
    receipts: exchange.receipts
      .map(({ id, activationId, madeAt }) => ({ id, activationId, madeAt }))
      .toReversed(),
  };
}
