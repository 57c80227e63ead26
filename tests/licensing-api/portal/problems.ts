import type { ErrorCode } from '../../../shared/licensing-api/generated/types.gen.ts';
import { DEMO_BRAND } from '../demo.ts';

/** What went wrong, for the person in front of the page: what it is, and what to do now. */
export interface Problem {
  readonly title: string;
  readonly text: string;
  readonly next: string;
}

const app = DEMO_BRAND.application;
const support = `Write to ${DEMO_BRAND.supportEmail} if you think that this is wrong.`;

const NEW_REQUEST = `Make a new request in ${app} and bring that one here.`;

/** Codes that can't come up in the portal are left out; `UNKNOWN` answers them. */
const PROBLEMS: Readonly<Partial<Record<ErrorCode, Problem>>> = {
  activationCodeInvalid: {
    title: 'There is no such activation code',
    text: 'Either a character is wrong, or the code is for software of another vendor.',
    next: 'Compare the code with the one in your order confirmation. It looks like ORBIT-XXXX-XXXX-XXXX-XXXX.',
  },
  credentialsInvalid: {
    title: 'The name or the password is wrong',
    text: 'Nobody is signed in with these two together.',
    next: 'Check both, and whether Caps Lock is on.',
  },
  accountLocked: {
    title: 'This account is locked for now',
    text: 'Too many wrong passwords were tried with this name.',
    next: `Wait a quarter of an hour, then try again. ${support}`,
  },
  productMismatch: {
    title: 'This is for another product',
    text: 'The activation code and the file belong to different products.',
    next: `Check in ${app} which product you are activating, and use the code that came with it.`,
  },
  seatLimitReached: {
    title: 'All seats are taken',
    text: 'Every seat of this license is used by another device.',
    next: 'Deactivate a device that no longer needs its seat, then come back with the same file.',
  },
  entitlementExpired: {
    title: 'The license has ended',
    text: 'It has to be renewed before a device can be activated or refreshed.',
    next: `Renew it with ${DEMO_BRAND.vendor}, then come back with the same file.`,
  },
  entitlementDisabled: {
    title: 'The license is disabled',
    text: 'The vendor has switched it off.',
    next: `Write to ${DEMO_BRAND.supportEmail}.`,
  },
  entitlementNotStarted: {
    title: 'The license has not started yet',
    text: 'Devices can be activated from its first day on.',
    next: 'Come back with the same file when it has started.',
  },
  seatReleased: {
    title: 'This seat was given back',
    text: 'It was deactivated or released, so there is nothing to refresh.',
    next: `To use the device again, make a new request in ${app} and bring that one here.`,
  },
  seatHeldElsewhere: {
    title: 'This seat belongs to another computer',
    text: 'The request comes from other hardware than the device that holds the seat.',
    next: `Deactivate the old device first. If it is lost or broken, write to ${DEMO_BRAND.supportEmail}.`,
  },
  offlineNotAllowed: {
    title: 'This license is for online use only',
    text: 'Its terms do not allow devices without a network.',
    next: `Connect the device once, or ask ${DEMO_BRAND.supportEmail} for offline use.`,
  },
  tokenReplayed: {
    title: 'This request is used up',
    text: 'It was answered before, and the seat was given back since.',
    next: NEW_REQUEST,
  },
  tokenMalformed: {
    title: 'This can not be read',
    text: 'It is no request or deactivation, or a part of it is missing or changed.',
    next: `Save the file again in ${app}, or copy the whole text from the first to the last line of dashes.`,
  },
  tokenTooLarge: {
    title: 'This is too large',
    text: 'A request or deactivation has at most 64 KB.',
    next: 'Choose the file that ends in .lkrequest or .lkdeactivation.',
  },
  tokenWrongKind: {
    title: `This file is for ${app}`,
    text: 'It was made here, for the device. The portal has no use for it.',
    next: `Open it in ${app} on the device that asked for it.`,
  },
  tokenSignatureInvalid: {
    title: 'The signature is not right',
    text: 'The file was changed after it was made, or was not made by the device that holds the seat.',
    next: `Save it again in ${app}. ${support}`,
  },
  tokenKeyUnknown: {
    title: 'This portal does not know the key',
    text: 'The file was made for another portal, or by a device that was never activated here.',
    next: `Check in ${app} that the portal address is the one of this page. ${support}`,
  },
  tokenForOtherTenant: {
    title: 'This file is for another vendor',
    text: `It was not made for ${DEMO_BRAND.vendor}.`,
    next: `Check in ${app} which portal it names.`,
  },
  tokenExpired: {
    title: 'This file has expired',
    text: 'It was made with an end, and that has come.',
    next: NEW_REQUEST,
  },
  rateLimited: {
    title: 'Too many attempts',
    text: 'Too many wrong activation codes or passwords, or too much at once, came from your address.',
    next: 'Try again in a moment. After too many wrong codes or passwords it takes a quarter of an hour.',
  },
};

const UNKNOWN: Problem = {
  title: 'This did not work',
  text: 'The portal could not do what was asked.',
  next: `Go back and try again. If it stays so, write to ${DEMO_BRAND.supportEmail}.`,
};

export const EXPIRED_FORM: Problem = {
  title: 'This page was open for too long',
  text: 'For your safety a form is good only in the browser that opened it, with cookies allowed.',
  next: 'Go back to the start and send it again.',
};

export const NOT_FOUND: Problem = {
  title: 'There is nothing here',
  text: 'The address is wrong, or what was here is kept for an hour only.',
  next: 'Go back to the start. The same file can be brought again: it is answered in the same way.',
};

export const NOTHING_GIVEN: Problem = {
  title: 'Nothing was sent',
  text: 'No file was chosen, and no text was pasted.',
  next: 'Choose the file, or paste its text.',
};

export const WRONG_CODES: Problem = {
  title: 'These QR codes do not belong together',
  text: 'They are of different files, or one was not read rightly.',
  next: `Scan all of them again, as ${app} shows them now.`,
};

/** Some codes of a series are missing. */
export function missingCodes(missing: readonly number[], count: number): Problem {
  const numbers = new Intl.ListFormat('en', { type: 'conjunction' }).format(missing.map(String));
  return {
    title: 'Some QR codes are missing',
    text: `Of ${count} codes, ${numbers} ${missing.length === 1 ? 'is' : 'are'} still to be scanned.`,
    next: 'Go back, add the text of what is missing, and continue.',
  };
}

/** The problem behind a refusal of the exchange. */
export function problemOf(body: unknown): Problem {
  const code = typeof body === 'object' && body !== null && 'errorCode' in body ? body.errorCode : undefined;
  const known: Readonly<Record<string, Problem>> = PROBLEMS;
  return typeof code === 'string' && Object.hasOwn(known, code) ? (known[code] ?? UNKNOWN) : UNKNOWN;
}
