import type { CertificateErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { host } from './phrases.ts';

export const certificateErrors: Readonly<Record<CertificateErrorCode, Message>> = {
  clientCertificateRefused: {
    sentence: `Der Lizenzserver${host} erkennt das Zertifikat dieses Geräts nicht an.`,
    nextAction:
      'Aktualisieren Sie, damit das Gerät ein neues holt; kam es von Ihrer IT-Abteilung, bitten Sie dort um ein anderes.',
  },
  certificateFileUnreadable: {
    sentence: 'Aus dieser Datei lässt sich kein Zertifikat lesen.',
    nextAction:
      'Wählen Sie eine PEM-Datei mit Zertifikat und Schlüssel oder eine PKCS#12-Datei (p12 oder pfx).',
  },
  certificatePassphraseWrong: {
    sentence: 'Die Passphrase öffnet diese Datei nicht.',
    nextAction: 'Prüfen Sie sie und versuchen Sie es erneut; eine verschlüsselte Datei braucht eine.',
  },
  certificateProtectionUnsupported: {
    sentence: 'Diese Datei ist auf eine alte Art verschlüsselt, die hier nicht gelesen wird.',
    nextAction: 'Exportieren Sie sie noch einmal mit AES-256.',
  },
  certificateKeyMissing: {
    sentence: 'Der private Schlüssel des Zertifikats ist nicht in dieser Datei.',
    nextAction:
      'Wählen Sie eine Datei, die beides enthält, oder exportieren Sie sie noch einmal mit dem privaten Schlüssel.',
  },
  certificateKeyMismatch: {
    sentence: 'Der private Schlüssel in dieser Datei gehört zu einem anderen Zertifikat.',
    nextAction: 'Wählen Sie die Datei mit dem Schlüssel, für den das Zertifikat ausgestellt wurde.',
  },
  certificateKeyUnsupported: {
    sentence: 'Der Schlüssel dieses Zertifikats liegt nicht auf der Kurve P-256.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung um ein Zertifikat mit einem ECDSA-Schlüssel auf P-256.',
  },
  certificateIsAuthority: {
    sentence: 'Das ist das Zertifikat einer Zertifizierungsstelle, nicht das eines Geräts.',
    nextAction: 'Wählen Sie das Zertifikat, das für dieses Gerät ausgestellt wurde.',
  },
  certificateNotForClients: {
    sentence: 'Dieses Zertifikat wurde nicht für die Anmeldung an einem Server ausgestellt.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung um eines mit dem Zweck „Clientauthentifizierung“.',
  },
  clientCertificateExpired: {
    sentence:
      'Dieses Zertifikat gilt zurzeit nicht{atKnown, select, yes {: Es gilt bis zum {at, date, day}} other {}}.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung um ein neues und prüfen Sie Datum und Uhrzeit dieses Geräts.',
  },
};
