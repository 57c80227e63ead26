import type { Catalogue } from '../types.ts';
import { Proxy, Server, server } from './phrases.ts';

/** What is said in the same words of an error that has just come about and of a reason that stays. */
export const errorsAndReasons = {
  virtualMachineForbidden: {
    sentence: 'This license may not be used in a virtual machine.',
    nextAction: 'Use it on a physical device, or ask the vendor for a license that allows virtual machines.',
  },
  vaultNewer: {
    sentence: 'The stored license was written by a newer version of this application.',
    nextAction: 'Update this application.',
  },
  policyInvalid: {
    sentence: 'The policy file of this device can’t be obeyed{field, select, none {} other {: {field}}}.',
    nextAction:
      'Ask your administrator to correct it; until then the license keeps working but nothing can be changed.',
  },
  proxyUnreachable: {
    sentence: `${Proxy} could not be reached.`,
    nextAction: 'Check the proxy settings of the system.',
  },
  proxyAuthRequired: {
    sentence: `${Proxy} asks for a user name and password.`,
    nextAction: 'Sign in to the proxy with the name and password from your administrator.',
  },
  proxyRefused: {
    sentence: `${Proxy} does not let connections to ${server} through.`,
    nextAction: 'Ask your administrator to allow this address.',
  },
  certificateUntrusted: {
    sentence:
      'The connection was not made: the certificate shown was issued by {issuer, select, none {someone who is not trusted} other {“{issuer}”, who is not trusted}}.',
    nextAction: `Ask your administrator to let ${server} through without inspection.`,
  },
  pinMismatch: {
    sentence: `The connection was not made: whoever answered is not ${server}{issuer, select, none {} other {; the certificate shown was issued by “{issuer}”}}.`,
    nextAction:
      'Try another network; in a company, ask your administrator to let this address through without inspection.',
  },
  clientCertificateRequired: {
    sentence: `${Server} requires a device certificate that this device does not have.`,
    nextAction: 'Ask the vendor or your administrator for it.',
  },
} as const satisfies Partial<Catalogue['errors'] & Catalogue['reasons']>;
