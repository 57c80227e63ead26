import type { LocalServerErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { Server } from './phrases.ts';

export const serverErrors: Readonly<Record<LocalServerErrorCode, Message>> = {
  localServerForbidden: {
    sentence: 'This software takes licenses from its vendor’s own license server only.',
    nextAction: 'Ask the vendor whether a Local License Server can be used.',
  },
  localServerNotVendors: {
    sentence: `${Server} could not prove that it gives out licenses for this vendor. Nothing was taken from it.`,
    nextAction: 'Check the address of the Local License Server, or ask your administrator.',
  },
  serverAddressInvalid: {
    sentence: 'That is no Local License Server that could be used{field, select, none {} other {: {field}}}.',
    nextAction:
      'Give an address that begins with https://, and the server’s certificate file or a pin of its key.',
  },
  serverCertificateUnreadable: {
    sentence: 'This file holds no certificate that a server could be recognised by.',
    nextAction: 'Choose the certificate file (PEM) that your administrator has given you.',
  },
  confirmationNeeded: {
    sentence: 'Nothing was changed yet: this has to be confirmed first.',
    nextAction: 'Check what is listed, then run the command again with --yes.',
  },
};
