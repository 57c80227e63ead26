import type { CertificateErrorCode, LocalServerErrorCode, OfflineErrorCode } from '../../errors.ts';
import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { host, onDay, proxy, wait } from './phrases.ts';

export const errors: Omit<
  Catalogue['errors'],
  OfflineErrorCode | CertificateErrorCode | LocalServerErrorCode
> = {
  ...errorsAndReasons,
  internal: {
    sentence: 'In der Anwendung ist ein Fehler aufgetreten.',
    nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, wenden Sie sich an den Support.',
  },
  usageInvalid: {
    sentence: 'Der Befehl wurde nicht verstanden{field, select, none {} other {: {field}}}.',
    nextAction: 'Eine Liste der Befehle erhalten Sie mit --help.',
  },
  profileInvalid: {
    sentence: 'Das Herstellerprofil ist ungültig{field, select, none {} other {: {field}}}.',
    nextAction: 'Installieren Sie die Anwendung neu, oder bitten Sie den Hersteller um ein korrektes Profil.',
  },
  requestInvalid: {
    sentence: 'Die Anfrage war ungültig.',
    nextAction: 'Prüfen Sie Ihre Eingabe, und versuchen Sie es erneut.',
  },
  senderRefused: {
    sentence: 'Eine Anfrage unbekannter Herkunft wurde abgelehnt.',
    nextAction: 'Schließen Sie das Fenster, und öffnen Sie die Anwendung erneut.',
  },
  busy: {
    sentence: 'Ein anderer Vorgang mit dieser Lizenz läuft noch.',
    nextAction: 'Warten Sie einen Moment, und versuchen Sie es erneut.',
  },
  notAllowedInState: {
    sentence: 'Das ist im gegenwärtigen Zustand der Lizenz nicht möglich.',
    nextAction: 'Sehen Sie sich zuerst den Zustand der Lizenz an.',
  },
  productUnknown: {
    sentence: 'Diese Anwendung kennt dieses Produkt nicht.',
    nextAction: 'Prüfen Sie das Produkt, oder fragen Sie den Hersteller.',
  },
  cancelled: {
    sentence: 'Der Vorgang wurde abgebrochen.',
    nextAction: 'Starten Sie ihn erneut, wann immer Sie möchten.',
  },
  activationCodeMalformed: {
    sentence: 'Das sieht nicht wie ein Aktivierungscode aus.',
    nextAction:
      'Kopieren Sie den ganzen Code aus Ihrer Bestellung; er besteht aus Gruppen von Buchstaben und Ziffern.',
  },
  activationCodeInvalid: {
    sentence: 'Der Lizenzserver kennt diesen Aktivierungscode nicht.',
    nextAction: 'Vergleichen Sie ihn Zeichen für Zeichen mit Ihrer Bestellung, oder fügen Sie ihn ein.',
  },
  productMismatch: {
    sentence: 'Dieser Aktivierungscode oder dieses Konto gilt für ein anderes Produkt.',
    nextAction: 'Prüfen Sie, welches Produkt damit gekauft wurde.',
  },
  seatLimitReached: {
    sentence: 'Alle Lizenzplätze dieser Lizenz sind belegt.',
    nextAction:
      'Deaktivieren Sie ein Gerät, das die Lizenz nicht mehr braucht, oder kaufen Sie einen weiteren Lizenzplatz.',
  },
  entitlementExpired: {
    sentence: 'Das Abonnement zu diesem Code oder Konto ist abgelaufen.',
    nextAction: 'Verlängern Sie es beim Hersteller, und versuchen Sie es dann erneut.',
  },
  entitlementDisabled: {
    sentence: 'Der Hersteller hat diese Lizenz gesperrt.',
    nextAction: 'Fragen Sie den Hersteller nach dem Grund, oder verwenden Sie einen anderen Code.',
  },
  entitlementNotStarted: {
    sentence: 'Die Laufzeit der Lizenz zu diesem Code oder Konto hat noch nicht begonnen.',
    nextAction: 'Warten Sie bis zum ersten Tag, oder bitten Sie den Hersteller, sie beginnen zu lassen.',
  },
  credentialsInvalid: {
    sentence: 'Die Anmeldung wurde nicht angenommen.',
    nextAction:
      'Prüfen Sie Benutzername und Passwort, oder melden Sie sich mit dem Konto an, zu dem die Lizenz gehört.',
  },
  accountLocked: {
    sentence: 'Die Anmeldung mit diesem Benutzernamen ist gesperrt: Zu viele Versuche sind fehlgeschlagen.',
    nextAction:
      '{minutes, plural, =-1 {Versuchen Sie es später erneut, oder bitten Sie den Hersteller um Freigabe.} one {Versuchen Sie es in einer Minute erneut, oder bitten Sie den Hersteller um Freigabe.} other {Versuchen Sie es in # Minuten erneut, oder bitten Sie den Hersteller um Freigabe.}}',
  },
  accessTokenInvalid: {
    sentence: 'Der Lizenzserver erkennt diese Aktivierung nicht mehr an.',
    nextAction: 'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
  },
  seatReleased: {
    sentence: 'Der Lizenzserver kennt den Lizenzplatz dieses Geräts nicht mehr: Er wurde freigegeben.',
    nextAction:
      'Aktivieren Sie das Gerät erneut. Falls Ihnen der Lizenzplatz noch zusteht, fragen Sie die Person, die Ihre Lizenzen verwaltet.',
  },
  seatHeldElsewhere: {
    sentence: 'Der Lizenzplatz dieses Geräts wird von einem anderen Gerät belegt.',
    nextAction:
      'Geben Sie den Lizenzplatz auf dem anderen Gerät frei, und aktivieren Sie dann dieses Gerät erneut.',
  },
  nonceMismatch: {
    sentence: 'Eine andere Kopie dieser Installation hat den Lizenzplatz übernommen.',
    nextAction:
      'Aktivieren Sie das Gerät hier erneut, und deaktivieren Sie die andere Kopie, wenn Sie sie nicht brauchen.',
  },
  offlineNotAllowed: {
    sentence: 'Diese Lizenz erlaubt keine Offline-Aktivierung.',
    nextAction: 'Aktivieren Sie online, oder bitten Sie den Hersteller um eine Offline-Lizenz.',
  },
  featureUnknown: {
    sentence: 'Diese Lizenz enthält diese Funktion nicht.',
    nextAction: 'Fragen Sie den Hersteller, welche Edition sie enthält.',
  },
  featureExhausted: {
    sentence: 'Von dieser Funktion ist nicht mehr so viel frei.',
    nextAction:
      'Nehmen Sie weniger, warten Sie, bis wieder etwas frei ist, oder bitten Sie den Hersteller um mehr.',
  },
  editionNotIncluded: {
    sentence: 'Die gewählte Edition gehört nicht zu dieser Lizenz.',
    nextAction: 'Wählen Sie eine andere Edition, oder keine, um die gekaufte zu erhalten.',
  },
  featureNotReturnable: {
    sentence: 'Von dieser Funktion kann nur zurückgegeben werden, was dieses Gerät hält.',
    nextAction: 'Prüfen Sie, wie viel das ist; was verbraucht wurde, bleibt verbraucht.',
  },
  rateLimited: {
    sentence: `Der Lizenzserver${host} ist ausgelastet und bittet um Geduld.`,
    nextAction: wait,
  },
  requestRefused: {
    sentence: `Der Lizenzserver${host} hat die Anfrage abgelehnt{status, plural, =-1 {} other { (Status {status, number, ::group-off})}}.`,
    nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, wenden Sie sich an den Support.',
  },
  networkUnavailable: {
    sentence: 'Dieses Gerät hat keine Netzwerkverbindung.',
    nextAction: 'Stellen Sie eine Verbindung her, und versuchen Sie es erneut.',
  },
  dnsFailed: {
    sentence: `Der Name des Lizenzservers${host} konnte nicht aufgelöst werden.`,
    nextAction: 'Prüfen Sie die Verbindung und die DNS-Einstellungen, und versuchen Sie es erneut.',
  },
  serverUnreachable: {
    sentence: `Der Lizenzserver${host} ist nicht erreichbar.`,
    nextAction:
      'Prüfen Sie die Verbindung und ob die Firewall diese Adresse durchlässt, und versuchen Sie es erneut.',
  },
  timeout: {
    sentence: `Der Lizenzserver${host} hat nicht rechtzeitig geantwortet.`,
    nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, prüfen Sie die Verbindung.',
  },
  signInRefused: {
    sentence: 'Die Anmeldeseite hat Sie nicht angemeldet.',
    nextAction: 'Melden Sie sich noch einmal an, und zwar mit dem Konto, zu dem die Lizenz gehört.',
  },
  signInAbandoned: {
    sentence: 'Die Anmeldung wurde im Browser nicht rechtzeitig abgeschlossen.',
    nextAction: 'Melden Sie sich noch einmal an und schließen Sie die Anmeldung im Browser ab.',
  },
  browserNotOpened: {
    sentence: 'Für die Anmeldung konnte kein Browser geöffnet werden.',
    nextAction:
      'Bitten Sie Ihre IT-Abteilung, einen Standardbrowser festzulegen, oder aktivieren Sie mit einem Aktivierungscode.',
  },
  certificateExpired: {
    sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist${onDay} abgelaufen.`,
    nextAction:
      'Prüfen Sie Datum und Uhrzeit dieses Geräts; wenn beides stimmt, informieren Sie den Hersteller.',
  },
  certificateNotYetValid: {
    sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist noch nicht gültig.`,
    nextAction: 'Stellen Sie Datum und Uhrzeit dieses Geräts richtig, und versuchen Sie es erneut.',
  },
  certificateNameMismatch: {
    sentence: `Die Verbindung wurde nicht hergestellt: Das vorgelegte Zertifikat gehört nicht zum Lizenzserver${host}.`,
    nextAction: 'Versuchen Sie es in einem anderen Netzwerk, oder fragen Sie Ihre IT-Abteilung.',
  },
  tlsFailed: {
    sentence: `Eine sichere Verbindung zum Lizenzserver${host} kam nicht zustande.`,
    nextAction: 'Versuchen Sie es in einem anderen Netzwerk, oder fragen Sie Ihre IT-Abteilung.',
  },
  serverError: {
    sentence: `Der Lizenzserver${host} ist gestört.`,
    nextAction: wait,
  },
  answerMalformed: {
    sentence: `Die Antwort des Lizenzservers${host} konnte nicht gelesen werden.`,
    nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, informieren Sie den Hersteller.',
  },
  answerTooLarge: {
    sentence: `Die Antwort des Lizenzservers${host} war viel zu groß und wurde nicht gelesen.`,
    nextAction:
      'Versuchen Sie es in einem anderen Netzwerk; wenn es wieder geschieht, informieren Sie den Hersteller.',
  },
  redirectRefused: {
    sentence: `Auf dem Weg zum Lizenzserver${host} sollte die Anfrage anderswohin umgeleitet werden.`,
    nextAction: 'Melden Sie sich im Netzwerk an, falls es dazu auffordert, und versuchen Sie es dann erneut.',
  },
  vaultDamaged: {
    sentence: 'Die gespeicherte Lizenz ist beschädigt und wurde beiseitegelegt; nichts wurde gelöscht.',
    nextAction: 'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
  },
  vaultLockTimeout: {
    sentence:
      'Ein anderes Fenster oder Programm arbeitet gerade mit der Lizenz und ist nicht rechtzeitig fertig geworden.',
    nextAction: 'Warten Sie, bis es fertig ist, und versuchen Sie es dann erneut.',
  },
  vaultKeyUnavailable: {
    sentence: 'Die gespeicherte Lizenz ist gesperrt: Das System hat ihren Schlüssel nicht herausgegeben.',
    nextAction:
      'Entsperren Sie den Schlüsselbund Ihres Systems, und starten Sie die Anwendung selbst statt einer Kopie.',
  },
  vaultReadOnly: {
    sentence:
      'In den Lizenzordner kann nicht geschrieben werden{system, select, none {} other { ({system})}}.',
    nextAction: 'Geben Sie Ihrem Benutzerkonto Schreibrechte für diesen Ordner, und versuchen Sie es erneut.',
  },
  vaultDiskFull: {
    sentence: 'Der Datenträger ist voll; es konnte nichts gespeichert werden.',
    nextAction: 'Geben Sie Speicherplatz frei, und versuchen Sie es erneut; nichts ging verloren.',
  },
  vaultConflict: {
    sentence: 'Ein anderes Programm hat die gespeicherte Lizenz zur selben Zeit geändert.',
    nextAction: 'Versuchen Sie es erneut.',
  },
  vaultUnsafe: {
    sentence:
      'Der Lizenzordner gehört jemand anderem oder steht allen offen und wird deshalb nicht verwendet.',
    nextAction: 'Bitten Sie Ihre IT-Abteilung, Besitz und Zugriffsrechte zu berichtigen.',
  },
  vaultStorageFailed: {
    sentence:
      'Der Datenträger oder das Netzlaufwerk mit dem Lizenzordner arbeitet nicht richtig{system, select, none {} other { ({system})}}.',
    nextAction:
      'Prüfen Sie, ob das Laufwerk verbunden und in Ordnung ist, und versuchen Sie es erneut; nichts ging verloren.',
  },
  vaultOutdated: {
    sentence:
      'Die gespeicherte Lizenz ist älter als die zuletzt auf diesem Gerät verwendete, etwa weil eine Sicherung zurückgespielt wurde.',
    nextAction: 'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
  },
  programAltered: {
    sentence: 'Dieses Programm ist nicht so, wie es ausgeliefert wurde: Schutzfunktionen sind abgeschaltet.',
    nextAction: 'Installieren Sie es mit dem Installationsprogramm des Herstellers neu.',
  },
  licenseFolderBarred: {
    sentence:
      'In den Ordner der Lizenzdateien für die installierte Software kann nicht geschrieben werden{system, select, none {} other { ({system})}}.',
    nextAction:
      'Entfernen Sie, was an seiner Stelle liegt, oder geben Sie Ihrem Benutzerkonto Schreibrechte. Aktualisieren Sie dann die Lizenz.',
  },
  deviceChanged: {
    sentence: 'Dies ist nicht das Gerät, das aktiviert wurde.',
    nextAction: 'Aktivieren Sie dieses Gerät erneut.',
  },
  clockRolledBack: {
    sentence:
      'Die Uhr dieses Geräts geht nach: Hier war es bereits {atKnown, select, yes {der {at, date, moment}} other {später}}.',
    nextAction: 'Lassen Sie Datum und Uhrzeit automatisch einstellen, und versuchen Sie es erneut.',
  },
  deniedByPolicy: {
    sentence: 'Ihre Organisation erlaubt das hier nicht.',
    nextAction: 'Wenden Sie sich an Ihre IT-Abteilung, wenn Sie es brauchen.',
  },
  proxyLoginRefused: {
    sentence: `Der Proxyserver${proxy} hat Benutzername und Passwort nicht angenommen.`,
    nextAction: 'Prüfen Sie beides und versuchen Sie es erneut; zu viele Versuche können Ihr Konto sperren.',
  },
  signInClockWrong: {
    sentence: 'Die Anmeldung war zu der Zeit, die dieses Gerät anzeigt, nicht gültig.',
    nextAction:
      'Stellen Sie Datum und Uhrzeit dieses Geräts auf automatisch, und melden Sie sich dann erneut an.',
  },
  signInNeeded: {
    sentence: 'Eine frühere Antwort des Lizenzservers ging verloren, und nur Sie können das beheben.',
    nextAction: 'Melden Sie sich erneut mit demselben Konto an: Es wird derselbe Lizenzplatz verwendet.',
  },
};
