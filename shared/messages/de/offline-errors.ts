import type { OfflineErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';

export const offlineErrors: Readonly<Record<OfflineErrorCode, Message>> = {
  tokenMalformed: {
    sentence: 'Diese Datei ist nicht lesbar: Sie ist beschädigt, unvollständig oder etwas ganz anderes.',
    nextAction: 'Kopieren Sie die ganze Datei noch einmal, oder holen Sie sie erneut aus dem Portal.',
  },
  tokenTooLarge: {
    sentence: 'Diese Datei ist viel zu groß für einen Offline-Austausch.',
    nextAction: 'Wählen Sie die Datei, die das Portal oder diese Anwendung erstellt hat.',
  },
  tokenWrongKind: {
    sentence:
      '{tokenKind, select, activation_request {Das ist eine Anfragedatei. Sie gehört ins Portal, nicht in diese Anwendung.} activation_response {Das ist eine Antwortdatei. Sie wird hier nicht gebraucht.} refresh {Das ist eine Aktualisierungsdatei. Sie wird hier nicht gebraucht.} deactivation {Das ist eine Deaktivierungsdatei. Sie gehört ins Portal, nicht in diese Anwendung.} other {Hier wird eine andere Art von Datei gebraucht.}}',
    nextAction:
      '{tokenKind, select, activation_request {Bringen Sie sie zum Portal, und holen Sie dort die Antwort.} deactivation {Bringen Sie sie zum Portal, damit der Lizenzplatz frei wird.} other {Wählen Sie eine andere Datei.}}',
  },
  tokenSignatureInvalid: {
    sentence: 'Die Signatur dieser Datei passt nicht: Sie wurde unterwegs verändert.',
    nextAction: 'Holen Sie sie noch einmal aus dem Portal.',
  },
  tokenKeyUnknown: {
    sentence: 'Diese Datei wurde mit einem Schlüssel erstellt, den diese Anwendung nicht kennt.',
    nextAction:
      'Installieren Sie die neueste Version dieser Anwendung; hilft das nicht, wenden Sie sich an den Hersteller.',
  },
  tokenForOtherDevice: {
    sentence:
      'Diese Datei gehört zu einem anderen Gerät oder zu einer Anfrage, die hier nicht mehr offen ist.',
    nextAction: 'Wählen Sie die Antwort auf die Anfrage dieses Geräts, oder erstellen Sie eine neue Anfrage.',
  },
  tokenForOtherProduct: {
    sentence: 'Diese Datei ist für ein anderes Produkt bestimmt.',
    nextAction: 'Wählen Sie die Datei für dieses Produkt.',
  },
  tokenForOtherTenant: {
    sentence: 'Diese Datei stammt von einem anderen Hersteller.',
    nextAction: 'Wählen Sie die Datei aus dem Portal dieses Herstellers.',
  },
  tokenExpired: {
    sentence:
      'Diese Datei war nur{atKnown, select, yes { bis zum {at, date, moment}} other { für begrenzte Zeit}} gültig und ist abgelaufen.',
    nextAction: 'Holen Sie eine neue aus dem Portal, und prüfen Sie Datum und Uhrzeit dieses Geräts.',
  },
  tokenReplayed: {
    sentence: 'Diese Datei wurde schon einmal angewendet. Es wurde nichts geändert.',
    nextAction: 'Sie müssen nichts tun.',
  },
  tokenStale: {
    sentence: 'Eine neuere Datei als diese wurde bereits angewendet. Es wurde nichts geändert.',
    nextAction: 'Holen Sie die neueste aus dem Portal.',
  },
  qrUnreadable: {
    sentence: 'Im Bild wurde kein QR-Code dieser Anwendung gefunden.',
    nextAction: 'Nehmen Sie das Bild noch einmal auf: gerade von vorn, scharf und mit dem ganzen Code.',
  },
  qrIncomplete: {
    sentence:
      '{count, plural, =-1 {Es fehlen noch QR-Codes der Reihe.} one {Ein QR-Code der Reihe fehlt noch.} other {# QR-Codes der Reihe fehlen noch.}}',
    nextAction: 'Fügen Sie die Bilder der fehlenden Codes hinzu.',
  },
  fileUnreadable: {
    sentence: 'Die Datei ist nicht lesbar{system, select, none {} other { ({system})}}.',
    nextAction: 'Prüfen Sie, ob das Laufwerk noch verbunden ist, oder wählen Sie eine andere Datei.',
  },
  fileNotSaved: {
    sentence: 'Die Datei konnte nicht gespeichert werden{system, select, none {} other { ({system})}}.',
    nextAction: 'Wählen Sie einen anderen Ordner oder ein anderes Laufwerk; es ist nichts verloren gegangen.',
  },
  offlineUnavailable: {
    sentence: 'Der Hersteller hat diese Anwendung nicht für den Betrieb ohne Netzwerk eingerichtet.',
    nextAction: 'Aktivieren Sie online, oder fragen Sie den Hersteller.',
  },
  licenseFileMissing: {
    sentence: 'Auf diesem Gerät gibt es keine Lizenzdatei für dieses Produkt.',
    nextAction: 'Aktualisieren Sie die Lizenz, oder aktivieren Sie das Produkt.',
  },
  licenseFileInvalid: {
    sentence: 'Die Lizenzdatei ist nicht echt: Ihre Signatur passt nicht.',
    nextAction: 'Aktualisieren Sie die Lizenz, um eine neue Datei zu erhalten.',
  },
  licenseFileUnsupported: {
    sentence: 'Die Lizenzdatei ist mit einem Verfahren signiert, das hier nicht unterstützt wird.',
    nextAction: 'Bitten Sie den Hersteller um eine Datei, die mit Ed25519 signiert ist.',
  },
  licenseFileLocked: {
    sentence: 'Die Lizenzdatei ist verschlüsselt, und ihr Schlüssel ist hier nicht bekannt.',
    nextAction: 'Geben Sie den Lizenzschlüssel an, der zu der Datei gehört.',
  },
  licenseFileExpired: {
    sentence:
      'Die Lizenzdatei war nur{atKnown, select, yes { bis zum {at, date, day}} other { für begrenzte Zeit}} gültig und ist abgelaufen.',
    nextAction: 'Aktualisieren Sie die Lizenz, um eine neue Datei zu erhalten.',
  },
  licenseFileForOtherDevice: {
    sentence: 'Die Lizenzdatei gehört zu einem anderen Gerät.',
    nextAction: 'Aktivieren Sie die Lizenz auf diesem Gerät.',
  },
  licenseFileForOtherProduct: {
    sentence: 'Die Lizenzdatei ist für ein anderes Produkt bestimmt.',
    nextAction: 'Wählen Sie die Datei für dieses Produkt.',
  },
};
