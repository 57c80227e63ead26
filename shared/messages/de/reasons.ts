import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { host, onDay, waitUntil } from './phrases.ts';

export const reasons: Catalogue['reasons'] = {
  ...errorsAndReasons,
  neverActivated: {
    sentence: 'Dieses Gerät wurde noch nicht aktiviert.',
    nextAction: 'Geben Sie den Aktivierungscode ein, den Sie beim Kauf erhalten haben.',
  },
  deactivated: {
    sentence: `Dieses Gerät wurde${onDay} deaktiviert{countKnown, select, yes {. Sein Lizenzplatz wird frei, sobald das Portal die Deaktivierungsdatei hat} other {; sein Lizenzplatz ist frei}}.`,
    nextAction: 'Aktivieren Sie es erneut, sobald Sie die Software hier wieder verwenden möchten.',
  },
  seatReleased: {
    sentence:
      'Der Lizenzserver kennt den Lizenzplatz dieses Geräts nicht mehr: Er wurde freigegeben{atKnown, select, yes { (bemerkt am {at, date, day})} other {}}.',
    nextAction:
      'Aktivieren Sie das Gerät erneut. Falls Ihnen der Lizenzplatz noch zusteht, fragen Sie die Person, die Ihre Lizenzen verwaltet.',
  },
  seatLostToClone: {
    sentence: 'Eine andere Kopie dieser Installation hat den Lizenzplatz übernommen.',
    nextAction:
      'Aktivieren Sie das Gerät hier erneut, und deaktivieren Sie die andere Kopie, wenn Sie sie nicht brauchen.',
  },
  seatHeldElsewhere: {
    sentence: 'Der Lizenzplatz dieses Geräts wird jetzt von einem anderen Gerät belegt.',
    nextAction:
      'Geben Sie den Lizenzplatz auf dem anderen Gerät frei, und aktivieren Sie dann dieses Gerät erneut.',
  },
  vaultOutdated: {
    sentence:
      'Diese Aktivierung ist beendet{atKnown, select, yes { (bemerkt am {at, date, day})} other {}}: Die gespeicherte Lizenz war älter als der Stand des Lizenzservers, etwa weil eine Sicherung zurückgespielt wurde.',
    nextAction: 'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
  },
  deviceChanged: {
    sentence:
      'Dies ist nicht das Gerät, das aktiviert wurde{factors, select, none {} other { (geändert: {factors})}}.',
    nextAction: 'Aktivieren Sie dieses Gerät erneut.',
  },
  clockRolledBack: {
    sentence:
      'Die Uhr dieses Geräts geht nach: Hier war es bereits {atKnown, select, yes {der {at, date, moment}} other {später}}.',
    nextAction:
      'Lassen Sie Datum und Uhrzeit automatisch einstellen, oder stellen Sie eine Internetverbindung her und aktualisieren Sie die Lizenz.',
  },
  entitlementExpired: {
    sentence: `{terms, select, trial {Die Testlizenz} other {Das Abonnement}} ist${onDay} abgelaufen.`,
    nextAction:
      '{terms, select, trial {Kaufen Sie beim Hersteller eine Lizenz, und prüfen Sie dann erneut, oder aktivieren Sie mit ihrem Code.} other {Verlängern Sie es beim Hersteller, und prüfen Sie dann erneut.}}',
  },
  entitlementDisabled: {
    sentence: 'Der Hersteller hat diese Lizenz gesperrt.',
    nextAction:
      'Fragen Sie den Hersteller nach dem Grund, oder aktivieren Sie das Gerät mit einem anderen Code.',
  },
  entitlementNotStarted: {
    sentence: 'Die Laufzeit dieser Lizenz hat noch nicht begonnen.',
    nextAction: 'Warten Sie bis zum ersten Tag, oder bitten Sie den Hersteller, sie beginnen zu lassen.',
  },
  leaseExpired: {
    sentence: `Die Nutzungsfrist ist${onDay} abgelaufen und wurde nicht erneuert.`,
    nextAction: 'Aktualisieren Sie die Lizenz, sobald eine Verbindung besteht.',
  },
  vaultUnavailable: {
    sentence: 'Die gespeicherte Lizenz ist gesperrt: Das System hat ihren Schlüssel nicht herausgegeben.',
    nextAction:
      'Entsperren Sie den Schlüsselbund Ihres Systems, und starten Sie die Anwendung neu. Ist der Schlüssel verloren, aktivieren Sie erneut.',
  },
  vaultUnsafe: {
    sentence:
      'Der Lizenzordner gehört jemand anderem oder steht allen offen und wird deshalb nicht verwendet.',
    nextAction:
      'Bitten Sie Ihre IT-Abteilung, Besitz und Zugriffsrechte zu berichtigen, und starten Sie die Anwendung dann neu.',
  },
  deviceUnread: {
    sentence: 'Von diesem Gerät war zu wenig zu erkennen, um die gespeicherte Lizenz zu öffnen.',
    nextAction:
      'Starten Sie die Anwendung neu, und wenn das nicht hilft, auch das Gerät. Bleibt es dabei, aktivieren Sie erneut; womöglich muss der Support zuvor den Lizenzplatz freigeben.',
  },
  vaultStorageFailed: {
    sentence:
      'Die gespeicherte Lizenz kann nicht gelesen werden: Der Datenträger oder das Netzlaufwerk arbeitet nicht richtig.',
    nextAction: 'Prüfen Sie, ob das Laufwerk verbunden und in Ordnung ist.',
  },
  vaultDamaged: {
    sentence: 'Die gespeicherte Lizenz war beschädigt und wurde beiseitegelegt; nichts wurde gelöscht.',
    nextAction: 'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
  },
  vaultRolledBack: {
    sentence: 'Die gespeicherte Lizenz ist älter als die zuletzt auf diesem Gerät verwendete.',
    nextAction:
      'Stellen Sie eine Internetverbindung her, und aktualisieren Sie die Lizenz. Wurde sie offline aktiviert, deaktivieren Sie sie hier, und erstellen Sie eine neue Anfrage.',
  },
  gracePeriod: {
    sentence:
      '{terms, select, trial {Die Testlizenz} other {Das Abonnement}} ist abgelaufen; die Karenzfrist läuft{atKnown, select, yes { bis zum {at, date, day}} other { noch}}.',
    nextAction:
      '{terms, select, trial {Kaufen Sie jetzt eine Lizenz, um ohne Unterbrechung weiterzuarbeiten.} other {Verlängern Sie es jetzt, um ohne Unterbrechung weiterzuarbeiten.}}',
  },
  clockAhead: {
    sentence:
      'Die Uhr dieses Geräts geht gegenüber dem letzten bekannten Stand {count, plural, =-1 {weit} one {# Tag} other {# Tage}} vor.',
    nextAction:
      'Wenn Datum oder Uhrzeit falsch ist, korrigieren Sie dies jetzt; wenn beides stimmt, ist nichts zu tun.',
  },
  leaseEndsSoon: {
    sentence: 'Die Nutzungsfrist endet{atKnown, select, yes { am {at, date, moment}} other { in Kürze}}.',
    nextAction: 'Aktualisieren Sie die Lizenz, solange eine Verbindung besteht.',
  },
  entitlementEndsSoon: {
    sentence:
      '{terms, select, trial {Die Testlizenz} other {Das Abonnement}} endet{atKnown, select, yes { am {at, date, day}} other { in Kürze}}.',
    nextAction:
      '{terms, select, trial {Kaufen Sie vorher beim Hersteller eine Lizenz.} other {Verlängern Sie es vorher beim Hersteller.}}',
  },
  activationInterrupted: {
    sentence: 'Eine Aktivierung wurde unterbrochen, bevor die Antwort eintraf.',
    nextAction:
      'Aktivieren Sie das Gerät erneut mit demselben Code oder Konto: Es wird kein zweiter Lizenzplatz belegt.',
  },
  deactivationInterrupted: {
    sentence: 'Eine Deaktivierung wurde unterbrochen, bevor die Antwort eintraf.',
    nextAction: 'Deaktivieren Sie das Gerät erneut, damit der Lizenzplatz sicher frei ist.',
  },
  signInNeeded: {
    sentence:
      'Eine Antwort des Lizenzservers ging verloren, deshalb kann diese Lizenz nicht ohne Sie verlängert werden.',
    nextAction: 'Melden Sie sich erneut mit demselben Konto an: Es wird derselbe Lizenzplatz verwendet.',
  },
  vaultReadOnly: {
    sentence: 'In den Lizenzordner kann nicht geschrieben werden.',
    nextAction: 'Geben Sie Ihrem Benutzerkonto Schreibrechte für diesen Ordner.',
  },
  vaultDiskFull: {
    sentence: 'Der Datenträger mit dem Lizenzordner ist voll.',
    nextAction: 'Geben Sie Speicherplatz frei; nichts ging verloren.',
  },
  networkUnavailable: {
    sentence: 'Dieses Gerät hat keine Netzwerkverbindung.',
    nextAction: 'Stellen Sie eine Verbindung her, oder tauschen Sie offline Dateien aus.',
  },
  dnsFailed: {
    sentence: `Der Name des Lizenzservers${host} konnte nicht aufgelöst werden.`,
    nextAction: 'Prüfen Sie die Verbindung und die DNS-Einstellungen.',
  },
  serverUnreachable: {
    sentence: `Der Lizenzserver${host} ist nicht erreichbar.`,
    nextAction: 'Prüfen Sie die Verbindung und ob die Firewall diese Adresse durchlässt.',
  },
  clockBehind: {
    sentence: `Die Uhr dieses Geräts geht anscheinend nach: Nach ihr ist das Zertifikat des Lizenzservers${host} noch nicht gültig.`,
    nextAction:
      'Stellen Sie Datum und Uhrzeit dieses Geräts richtig, und versuchen Sie es erneut; wenn beides stimmt, informieren Sie den Hersteller.',
  },
  certificateInvalid: {
    sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist ungültig.`,
    nextAction:
      'Prüfen Sie Datum und Uhrzeit dieses Geräts; wenn beides stimmt, informieren Sie den Hersteller.',
  },
  serverError: {
    sentence: `Der Lizenzserver${host} ist gestört.`,
    nextAction: `Versuchen Sie es ${waitUntil} erneut; eine aktive Lizenz gilt weiter, bis ihre Nutzungsfrist abgelaufen ist.`,
  },
  serverRefused: {
    sentence: `Der Lizenzserver${host} hat die letzte Anfrage abgelehnt.`,
    nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, wenden Sie sich an den Support.',
  },
  rateLimited: {
    sentence: `Der Lizenzserver${host} ist ausgelastet und bittet um Geduld.`,
    nextAction: `Versuchen Sie es ${waitUntil} erneut.`,
  },
  clientCertificateMissing: {
    sentence:
      'Dieser Lizenzserver verlangt ein Zertifikat, das die IT-Abteilung einspielt, und auf diesem Gerät ist kein gültiges.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung, eines mit „latchkey certificate import“ einzuspielen.',
  },
  clientCertificateExpired: {
    sentence:
      'Das Zertifikat, mit dem sich dieses Gerät ausweist, ist{atKnown, select, yes { am {at, date, day}} other {}} abgelaufen.',
    nextAction: 'Aktualisieren Sie: Das Gerät holt ein neues.',
  },
  clientCertificateRefused: {
    sentence: `Der Lizenzserver${host} erkennt das Zertifikat dieses Geräts nicht an.`,
    nextAction:
      'Aktualisieren Sie, damit das Gerät ein neues holt; kam es von Ihrer IT-Abteilung, bitten Sie dort um ein anderes.',
  },
  connectionInspected: {
    sentence: `Die Verbindung zum Lizenzserver${host} wird möglicherweise unterwegs mitgelesen: Das Zertifikat{issuer, select, none {} other {, ausgestellt von „{issuer}“,}} enthält keinen Schlüssel des Herstellers.`,
    nextAction:
      'Sie müssen nichts tun, wenn Ihr Unternehmen Verbindungen prüft; versuchen Sie es sonst in einem anderen Netzwerk, und fragen Sie Ihre IT-Abteilung.',
  },
  licenseFileMissing: {
    sentence: 'Die Lizenzdatei für die installierte Software fehlt.',
    nextAction:
      'Aktualisieren Sie die Lizenz, um sie wieder zu erhalten. Fehlt sie weiterhin, prüfen Sie, ob in ihren Ordner geschrieben werden kann.',
  },
  licenseFileExpired: {
    sentence: 'Die Lizenzdatei für die installierte Software ist abgelaufen.',
    nextAction: 'Aktualisieren Sie die Lizenz, um eine neue zu erhalten.',
  },
  licenseFileInvalid: {
    sentence: 'Die Lizenzdatei für die installierte Software ist beschädigt oder nicht echt.',
    nextAction: 'Aktualisieren Sie die Lizenz, um eine neue zu erhalten.',
  },
  localServerUnproven: {
    sentence:
      'Der lokale Lizenzserver hat noch nicht nachgewiesen, dass er Lizenzen dieses Herstellers ausgibt. Seine Lizenz zählt deshalb nicht.',
    nextAction: 'Aktualisieren Sie die Lizenz. Hilft das nicht, fragen Sie Ihre IT-Abteilung.',
  },
  clonedImageSuspected: {
    sentence:
      'Dieses System ist vermutlich die Kopie eines Datenträgerabbilds, das auch anderswo verwendet wird.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung, jeder Kopie eine eigene Gerätekennung zu geben.',
  },
  vaultRecovered: {
    sentence: 'Die gespeicherte Lizenz war beschädigt und wurde aus der Sicherungskopie wiederhergestellt.',
    nextAction: 'Sie müssen nichts tun. Prüfen Sie den Datenträger, wenn es wieder geschieht.',
  },
  keyringWeak: {
    sentence:
      'Es wird kein Schlüsselbund des Systems verwendet; die Lizenz ist allein durch die Identität dieses Geräts geschützt.',
    nextAction: 'Sie müssen nichts tun. Mit einem Schlüsselbund des Systems ist der Schutz stärker.',
  },
  keyringChanged: {
    sentence: 'Der Schlüsselbund dieses Systems hat sich geändert, seit die Lizenz gespeichert wurde.',
    nextAction: 'Sie müssen nichts tun; die Lizenz wurde neu gespeichert.',
  },
  deviceDrifted: {
    sentence:
      'Teile dieses Geräts haben sich geändert{factors, select, none {} other { ({factors})}}; die Lizenz bleibt gültig.',
    nextAction: 'Sie müssen nichts tun.',
  },
  virtualMachineDetected: {
    sentence: 'Dies ist eine virtuelle Maschine.',
    nextAction: 'Sie müssen nichts tun. Deaktivieren Sie die Maschine, bevor Sie sie kopieren oder löschen.',
  },
  heldAtOtherServer: {
    sentence:
      'Diese Lizenz liegt auf {host, select, none {einem anderen Lizenzserver} other {dem Lizenzserver {host}}}, nicht auf dem für neue Aktivierungen gewählten.',
    nextAction:
      'Sie funktioniert wie bisher. Um sie umzuziehen, deaktivieren Sie sie hier, und aktivieren Sie sie dann erneut.',
  },
  offlineLease: {
    sentence:
      'Dieser Lizenzplatz wurde offline aktiviert{atKnown, select, yes {; seine Nutzungsfrist endet am {at, date, day}} other {}}.',
    nextAction: 'Holen Sie vorher eine Aktualisierungsdatei aus dem Portal.',
  },
  requestPending: {
    sentence:
      'Eine Offline-Anfrage{atKnown, select, yes { vom {at, date, day}} other {}} wartet auf ihre Antwort.',
    nextAction: 'Bringen Sie die Anfrage zum Portal, und importieren Sie die Antwort hier.',
  },
  receiptPending: {
    sentence:
      '{count, plural, =-1 {Eine Deaktivierung wurde} one {Eine Deaktivierung wurde} other {# Deaktivierungen wurden}} dem Portal noch nicht übergeben.',
    nextAction: 'Bringen Sie die Deaktivierungsdatei zum Portal, um den Lizenzplatz freizugeben.',
  },
  maintenanceEndsSoon: {
    sentence: 'Die Wartung endet{atKnown, select, yes { am {at, date, day}} other { in Kürze}}.',
    nextAction: 'Verlängern Sie sie, um weiterhin neue Versionen zu erhalten.',
  },
  maintenanceExpired: {
    sentence: `Die Wartung ist${onDay} abgelaufen; die Software funktioniert weiter.`,
    nextAction: 'Verlängern Sie sie, um wieder neue Versionen zu erhalten.',
  },
  deniedByPolicy: {
    sentence: 'Ihre Organisation erlaubt hier einige Aktionen nicht.',
    nextAction: 'Wenden Sie sich an Ihre IT-Abteilung, wenn Sie sie brauchen.',
  },
  testEnvironment: {
    sentence: 'Dies ist eine Testumgebung; ihre Lizenzen sind nicht für den produktiven Einsatz bestimmt.',
    nextAction: 'Sie müssen nichts tun.',
  },
};
