import type { LocalServerErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { host } from './phrases.ts';

export const serverErrors: Readonly<Record<LocalServerErrorCode, Message>> = {
  localServerForbidden: {
    sentence: 'Diese Software bezieht Lizenzen nur vom Lizenzserver ihres Herstellers.',
    nextAction: 'Fragen Sie den Hersteller, ob ein lokaler Lizenzserver verwendet werden kann.',
  },
  localServerNotVendors: {
    sentence: `Der Lizenzserver${host} konnte nicht nachweisen, dass er Lizenzen dieses Herstellers ausgibt. Es wurde nichts von ihm übernommen.`,
    nextAction: 'Prüfen Sie die Adresse des lokalen Lizenzservers, oder fragen Sie Ihre IT-Abteilung.',
  },
  serverAddressInvalid: {
    sentence:
      'Das ist kein lokaler Lizenzserver, der verwendet werden kann{field, select, none {} other {: {field}}}.',
    nextAction:
      'Geben Sie eine Adresse an, die mit https:// beginnt, und dazu die Zertifikatsdatei des Servers oder einen Pin seines Schlüssels.',
  },
  serverCertificateUnreadable: {
    sentence: 'Diese Datei enthält kein Zertifikat, an dem ein Server zu erkennen wäre.',
    nextAction: 'Wählen Sie die Zertifikatsdatei (PEM), die Sie von Ihrer IT-Abteilung erhalten haben.',
  },
  confirmationNeeded: {
    sentence: 'Noch wurde nichts geändert: Das muss zuerst bestätigt werden.',
    nextAction: 'Prüfen Sie die Angaben, und führen Sie den Befehl dann noch einmal mit --yes aus.',
  },
};
