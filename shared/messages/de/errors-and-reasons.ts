import type { Catalogue } from '../types.ts';
import { host, proxy } from './phrases.ts';

/** What is said in the same words of an error that has just come about and of a reason that stays. */
export const errorsAndReasons = {
  virtualMachineForbidden: {
    sentence: 'Diese Lizenz darf nicht auf einer virtuellen Maschine verwendet werden.',
    nextAction:
      'Verwenden Sie ein physisches Gerät, oder bitten Sie den Hersteller um eine Lizenz, die virtuelle Maschinen erlaubt.',
  },
  vaultNewer: {
    sentence: 'Die gespeicherte Lizenz stammt von einer neueren Version dieser Anwendung.',
    nextAction: 'Installieren Sie die neueste Version dieser Anwendung.',
  },
  policyInvalid: {
    sentence:
      'Die Richtliniendatei dieses Geräts kann nicht befolgt werden{field, select, none {} other {: {field}}}.',
    nextAction:
      'Bitten Sie Ihre IT-Abteilung, sie zu berichtigen; bis dahin gilt die Lizenz weiter, aber nichts kann geändert werden.',
  },
  proxyUnreachable: {
    sentence: `Der Proxyserver${proxy} ist nicht erreichbar.`,
    nextAction: 'Prüfen Sie die Proxyeinstellungen des Systems.',
  },
  proxyAuthRequired: {
    sentence: `Der Proxyserver${proxy} verlangt Benutzername und Passwort.`,
    nextAction: 'Melden Sie sich am Proxyserver an; Name und Passwort kennt Ihre IT-Abteilung.',
  },
  proxyRefused: {
    sentence: `Der Proxyserver${proxy} lässt keine Verbindungen zum Lizenzserver${host} durch.`,
    nextAction: 'Bitten Sie Ihre IT-Abteilung, diese Adresse freizugeben.',
  },
  certificateUntrusted: {
    sentence:
      'Die Verbindung wurde nicht hergestellt: Das vorgelegte Zertifikat wurde {issuer, select, none {von einer nicht vertrauenswürdigen Stelle} other {von der nicht vertrauenswürdigen Stelle „{issuer}“}} ausgestellt.',
    nextAction: `Bitten Sie Ihre IT-Abteilung, Verbindungen zum Lizenzserver${host} ohne Prüfung des Inhalts durchzulassen.`,
  },
  pinMismatch: {
    sentence: `Die Verbindung wurde nicht hergestellt: Geantwortet hat nicht der Lizenzserver${host}{issuer, select, none {} other {; das vorgelegte Zertifikat wurde von „{issuer}“ ausgestellt}}.`,
    nextAction:
      'Versuchen Sie es in einem anderen Netzwerk; bitten Sie im Unternehmen Ihre IT-Abteilung, diese Adresse ohne Prüfung des Inhalts durchzulassen.',
  },
  clientCertificateRequired: {
    sentence: `Der Lizenzserver${host} verlangt ein Gerätezertifikat, das dieses Gerät nicht hat.`,
    nextAction: 'Bitten Sie den Hersteller oder Ihre IT-Abteilung darum.',
  },
} as const satisfies Partial<Catalogue['errors'] & Catalogue['reasons']>;
