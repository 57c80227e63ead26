import type { Catalogue } from './types.ts';

// The host stands in apposition, so that one text serves every case of the noun before it.
const host = '{host, select, none {} other { {host}}}';
const onDay = '{atKnown, select, yes { am {at, date, day}} other {}}';

export const de: Catalogue = {
  states: {
    uninitialized: 'Lizenz wird gelesen',
    notActivated: 'Nicht aktiviert',
    active: 'Aktiv',
    leaseExpired: 'Nutzungsfrist abgelaufen',
    entitlementNotActive: 'Berechtigung nicht aktiv',
  },
  reasons: {
    neverActivated: {
      sentence: 'Dieses Gerät wurde noch nicht aktiviert.',
      nextAction: 'Geben Sie den Aktivierungscode ein, den Sie beim Kauf erhalten haben.',
    },
    deactivated: {
      sentence: `Dieses Gerät wurde${onDay} deaktiviert; sein Lizenzplatz ist frei.`,
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
    deviceChanged: {
      sentence:
        'Dies ist nicht das Gerät, das aktiviert wurde{factors, select, none {} other { (geändert: {factors})}}.',
      nextAction: 'Aktivieren Sie dieses Gerät erneut.',
    },
    virtualMachineForbidden: {
      sentence: 'Diese Lizenz darf nicht auf einer virtuellen Maschine verwendet werden.',
      nextAction:
        'Verwenden Sie ein physisches Gerät, oder bitten Sie den Hersteller um eine Lizenz, die virtuelle Maschinen erlaubt.',
    },
    clockRolledBack: {
      sentence:
        'Die Uhr dieses Geräts geht nach: Hier war es bereits {atKnown, select, yes {der {at, date, moment}} other {später}}.',
      nextAction:
        'Lassen Sie Datum und Uhrzeit automatisch einstellen, oder stellen Sie eine Internetverbindung her und aktualisieren Sie die Lizenz.',
    },
    entitlementExpired: {
      sentence: `Das Abonnement ist${onDay} abgelaufen.`,
      nextAction: 'Verlängern Sie es beim Hersteller, und prüfen Sie dann erneut.',
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
      nextAction: 'Entsperren Sie den Schlüsselbund Ihres Systems, und starten Sie die Anwendung neu.',
    },
    vaultDamaged: {
      sentence: 'Die gespeicherte Lizenz war beschädigt und wurde beiseitegelegt; nichts wurde gelöscht.',
      nextAction:
        'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
    },
    vaultNewer: {
      sentence: 'Die gespeicherte Lizenz stammt von einer neueren Version dieser Anwendung.',
      nextAction: 'Installieren Sie die neueste Version dieser Anwendung.',
    },
    vaultRolledBack: {
      sentence: 'Die gespeicherte Lizenz ist älter als die zuletzt auf diesem Gerät verwendete.',
      nextAction: 'Stellen Sie eine Internetverbindung her, und aktualisieren Sie die Lizenz.',
    },
    gracePeriod: {
      sentence:
        'Das Abonnement ist abgelaufen; die Karenzfrist läuft{atKnown, select, yes { bis zum {at, date, day}} other { noch}}.',
      nextAction: 'Verlängern Sie es jetzt, um ohne Unterbrechung weiterzuarbeiten.',
    },
    leaseEndsSoon: {
      sentence: 'Die Nutzungsfrist endet{atKnown, select, yes { am {at, date, moment}} other { in Kürze}}.',
      nextAction: 'Aktualisieren Sie die Lizenz, solange eine Verbindung besteht.',
    },
    entitlementEndsSoon: {
      sentence: 'Das Abonnement endet{atKnown, select, yes { am {at, date, day}} other { in Kürze}}.',
      nextAction: 'Verlängern Sie es vorher beim Hersteller.',
    },
    activationInterrupted: {
      sentence: 'Eine Aktivierung wurde unterbrochen, bevor die Antwort eintraf.',
      nextAction:
        'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird kein zweiter Lizenzplatz belegt.',
    },
    deactivationInterrupted: {
      sentence: 'Eine Deaktivierung wurde unterbrochen, bevor die Antwort eintraf.',
      nextAction: 'Deaktivieren Sie das Gerät erneut, damit der Lizenzplatz sicher frei ist.',
    },
    vaultReadOnly: {
      sentence: 'In den Lizenzordner kann nicht geschrieben werden.',
      nextAction: 'Geben Sie Ihrem Benutzerkonto Schreibrechte für diesen Ordner.',
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
    proxyUnreachable: {
      sentence: 'Der Proxyserver dieses Netzwerks ist nicht erreichbar.',
      nextAction: 'Prüfen Sie die Proxyeinstellungen des Systems.',
    },
    proxyAuthRequired: {
      sentence: 'Der Proxyserver dieses Netzwerks verlangt Benutzername und Passwort.',
      nextAction: 'Bitten Sie Ihre Administration um Zugang über den Proxyserver.',
    },
    certificateUntrusted: {
      sentence:
        'Die Verbindung wurde nicht hergestellt: Das vorgelegte Zertifikat wurde {issuer, select, none {von einer nicht vertrauenswürdigen Stelle} other {von der nicht vertrauenswürdigen Stelle „{issuer}“}} ausgestellt.',
      nextAction: `Bitten Sie Ihre Administration, Verbindungen zum Lizenzserver${host} ohne Prüfung des Inhalts durchzulassen.`,
    },
    certificateInvalid: {
      sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist ungültig.`,
      nextAction:
        'Prüfen Sie Datum und Uhrzeit dieses Geräts; wenn beides stimmt, informieren Sie den Hersteller.',
    },
    pinMismatch: {
      sentence: `Die Verbindung wurde nicht hergestellt: Geantwortet hat nicht der Lizenzserver${host}.`,
      nextAction:
        'Versuchen Sie es in einem anderen Netzwerk; bitten Sie im Unternehmen Ihre Administration, diese Adresse ohne Prüfung des Inhalts durchzulassen.',
    },
    serverError: {
      sentence: `Der Lizenzserver${host} ist gestört.`,
      nextAction:
        'Versuchen Sie es später erneut; Ihre Lizenz gilt weiter, bis ihre Nutzungsfrist abgelaufen ist.',
    },
    serverRefused: {
      sentence: `Der Lizenzserver${host} hat die letzte Anfrage abgelehnt.`,
      nextAction: 'Versuchen Sie es erneut; wenn es wieder geschieht, wenden Sie sich an den Support.',
    },
    rateLimited: {
      sentence: `Der Lizenzserver${host} ist ausgelastet und bittet um Geduld.`,
      nextAction:
        '{seconds, plural, =-1 {Versuchen Sie es in einer Weile erneut.} =0 {Versuchen Sie es jetzt erneut.} one {Versuchen Sie es in einer Sekunde erneut.} other {Versuchen Sie es in # Sekunden erneut.}}',
    },
    clientCertificateRequired: {
      sentence: `Der Lizenzserver${host} verlangt ein Gerätezertifikat, das dieses Gerät nicht hat.`,
      nextAction: 'Bitten Sie den Hersteller oder Ihre Administration darum.',
    },
    licenseFileMissing: {
      sentence: 'Die Lizenzdatei für die installierte Software fehlt.',
      nextAction: 'Aktualisieren Sie die Lizenz, um sie wieder zu erhalten.',
    },
    licenseFileExpired: {
      sentence: 'Die Lizenzdatei für die installierte Software ist abgelaufen.',
      nextAction: 'Aktualisieren Sie die Lizenz, um eine neue zu erhalten.',
    },
    licenseFileInvalid: {
      sentence: 'Die Lizenzdatei für die installierte Software ist beschädigt oder nicht echt.',
      nextAction: 'Aktualisieren Sie die Lizenz, um eine neue zu erhalten.',
    },
    clonedImageSuspected: {
      sentence:
        'Dieses System ist vermutlich die Kopie eines Datenträgerabbilds, das auch anderswo verwendet wird.',
      nextAction: 'Bitten Sie Ihre Administration, jeder Kopie eine eigene Gerätekennung zu geben.',
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
      nextAction:
        'Sie müssen nichts tun. Deaktivieren Sie die Maschine, bevor Sie sie kopieren oder löschen.',
    },
    offlineLease: {
      sentence:
        'Dieser Lizenzplatz wurde offline aktiviert{atKnown, select, yes {; seine Nutzungsfrist endet am {at, date, day}} other {}}.',
      nextAction: 'Holen Sie vorher eine Aktualisierungsdatei aus dem Portal.',
    },
    requestPending: {
      sentence:
        'Eine Offline-Anforderung{atKnown, select, yes { vom {at, date, day}} other {}} wartet auf ihre Antwort.',
      nextAction: 'Bringen Sie die Anforderung zum Portal, und importieren Sie die Antwort hier.',
    },
    receiptPending: {
      sentence:
        '{count, plural, =-1 {Eine Deaktivierung wurde} one {Eine Deaktivierung wurde} other {# Deaktivierungen wurden}} dem Portal noch nicht übergeben.',
      nextAction: 'Bringen Sie den Beleg zum Portal, um den Lizenzplatz freizugeben.',
    },
    maintenanceEndsSoon: {
      sentence: 'Die Wartung endet{atKnown, select, yes { am {at, date, day}} other { in Kürze}}.',
      nextAction: 'Verlängern Sie sie, um weiterhin neue Versionen zu erhalten.',
    },
    maintenanceExpired: {
      sentence: `Die Wartung ist${onDay} abgelaufen; die Software funktioniert weiter.`,
      nextAction: 'Verlängern Sie sie, um wieder neue Versionen zu erhalten.',
    },
    testEnvironment: {
      sentence: 'Dies ist eine Testumgebung; ihre Lizenzen sind nicht für den produktiven Einsatz bestimmt.',
      nextAction: 'Sie müssen nichts tun.',
    },
  },
  errors: {
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
      nextAction:
        'Installieren Sie die Anwendung neu, oder bitten Sie den Hersteller um ein korrektes Profil.',
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
      sentence: 'Dieser Aktivierungscode gilt für ein anderes Produkt.',
      nextAction: 'Prüfen Sie, für welches Produkt der Code verkauft wurde.',
    },
    seatLimitReached: {
      sentence: 'Alle Lizenzplätze dieser Lizenz sind belegt.',
      nextAction:
        'Deaktivieren Sie ein Gerät, das die Lizenz nicht mehr braucht, oder kaufen Sie einen weiteren Lizenzplatz.',
    },
    entitlementExpired: {
      sentence: 'Das Abonnement zu diesem Code ist abgelaufen.',
      nextAction: 'Verlängern Sie es beim Hersteller, und versuchen Sie es dann erneut.',
    },
    entitlementDisabled: {
      sentence: 'Der Hersteller hat diese Lizenz gesperrt.',
      nextAction: 'Fragen Sie den Hersteller nach dem Grund, oder verwenden Sie einen anderen Code.',
    },
    entitlementNotStarted: {
      sentence: 'Die Laufzeit der Lizenz zu diesem Code hat noch nicht begonnen.',
      nextAction: 'Warten Sie bis zum ersten Tag, oder bitten Sie den Hersteller, sie beginnen zu lassen.',
    },
    credentialsInvalid: {
      sentence: 'Die Anmeldung wurde nicht angenommen.',
      nextAction: 'Prüfen Sie Benutzername und Passwort, und versuchen Sie es erneut.',
    },
    accountLocked: {
      sentence: 'Dieses Konto ist gesperrt.',
      nextAction: 'Bitten Sie den Hersteller, es zu entsperren.',
    },
    accessTokenInvalid: {
      sentence: 'Der Lizenzserver erkennt diese Aktivierung nicht mehr an.',
      nextAction:
        'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
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
      sentence: 'Diese Funktion ist aufgebraucht.',
      nextAction: 'Warten Sie, bis jemand sie zurückgibt, oder bitten Sie den Hersteller um mehr.',
    },
    featureNotReturnable: {
      sentence: 'Was von dieser Funktion verbraucht wurde, kann nicht zurückgegeben werden.',
      nextAction: 'Sie müssen nichts tun: Verbrauchszähler können nur steigen.',
    },
    rateLimited: {
      sentence: `Der Lizenzserver${host} ist ausgelastet und bittet um Geduld.`,
      nextAction:
        '{seconds, plural, =-1 {Versuchen Sie es in einer Weile erneut.} =0 {Versuchen Sie es jetzt erneut.} one {Versuchen Sie es in einer Sekunde erneut.} other {Versuchen Sie es in # Sekunden erneut.}}',
    },
    clientCertificateRequired: {
      sentence: `Der Lizenzserver${host} verlangt ein Gerätezertifikat, das dieses Gerät nicht hat.`,
      nextAction: 'Bitten Sie den Hersteller oder Ihre Administration darum.',
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
    proxyUnreachable: {
      sentence: 'Der Proxyserver dieses Netzwerks ist nicht erreichbar.',
      nextAction: 'Prüfen Sie die Proxyeinstellungen des Systems.',
    },
    proxyAuthRequired: {
      sentence: 'Der Proxyserver dieses Netzwerks verlangt Benutzername und Passwort.',
      nextAction: 'Bitten Sie Ihre Administration um Zugang über den Proxyserver.',
    },
    certificateUntrusted: {
      sentence:
        'Die Verbindung wurde nicht hergestellt: Das vorgelegte Zertifikat wurde {issuer, select, none {von einer nicht vertrauenswürdigen Stelle} other {von der nicht vertrauenswürdigen Stelle „{issuer}“}} ausgestellt.',
      nextAction: `Bitten Sie Ihre Administration, Verbindungen zum Lizenzserver${host} ohne Prüfung des Inhalts durchzulassen.`,
    },
    certificateExpired: {
      sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist${onDay} abgelaufen.`,
      nextAction:
        'Prüfen Sie Datum und Uhrzeit dieses Geräts; wenn beides stimmt, informieren Sie den Hersteller.',
    },
    certificateNotYetValid: {
      sentence: `Die Verbindung wurde nicht hergestellt: Das Zertifikat des Lizenzservers${host} ist noch nicht gültig.`,
      nextAction: 'Prüfen Sie Datum und Uhrzeit dieses Geräts.',
    },
    certificateNameMismatch: {
      sentence: `Die Verbindung wurde nicht hergestellt: Das vorgelegte Zertifikat gehört nicht zum Lizenzserver${host}.`,
      nextAction: 'Versuchen Sie es in einem anderen Netzwerk, oder fragen Sie Ihre Administration.',
    },
    pinMismatch: {
      sentence: `Die Verbindung wurde nicht hergestellt: Geantwortet hat nicht der Lizenzserver${host}.`,
      nextAction:
        'Versuchen Sie es in einem anderen Netzwerk; bitten Sie im Unternehmen Ihre Administration, diese Adresse ohne Prüfung des Inhalts durchzulassen.',
    },
    tlsFailed: {
      sentence: `Eine sichere Verbindung zum Lizenzserver${host} kam nicht zustande.`,
      nextAction: 'Versuchen Sie es in einem anderen Netzwerk, oder fragen Sie Ihre Administration.',
    },
    serverError: {
      sentence: `Der Lizenzserver${host} ist gestört.`,
      nextAction: 'Versuchen Sie es später erneut.',
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
      nextAction:
        'Melden Sie sich im Netzwerk an, falls es dazu auffordert, und versuchen Sie es dann erneut.',
    },
    vaultDamaged: {
      sentence: 'Die gespeicherte Lizenz ist beschädigt und wurde beiseitegelegt; nichts wurde gelöscht.',
      nextAction:
        'Aktivieren Sie das Gerät erneut mit demselben Code: Es wird derselbe Lizenzplatz verwendet.',
    },
    vaultLockTimeout: {
      sentence: 'Ein anderes Programm verwendet gerade die gespeicherte Lizenz.',
      nextAction: 'Schließen Sie andere Fenster dieser Anwendung, und versuchen Sie es erneut.',
    },
    vaultKeyUnavailable: {
      sentence: 'Die gespeicherte Lizenz ist gesperrt: Das System hat ihren Schlüssel nicht herausgegeben.',
      nextAction:
        'Entsperren Sie den Schlüsselbund Ihres Systems, und starten Sie die Anwendung selbst statt einer Kopie.',
    },
    vaultReadOnly: {
      sentence:
        'In den Lizenzordner kann nicht geschrieben werden{system, select, none {} other { ({system})}}.',
      nextAction:
        'Geben Sie Ihrem Benutzerkonto Schreibrechte für diesen Ordner, und versuchen Sie es erneut.',
    },
    vaultDiskFull: {
      sentence: 'Der Datenträger ist voll; die Lizenz konnte nicht gespeichert werden.',
      nextAction: 'Geben Sie Speicherplatz frei, und versuchen Sie es erneut; nichts ging verloren.',
    },
    vaultNewer: {
      sentence: 'Die gespeicherte Lizenz stammt von einer neueren Version dieser Anwendung.',
      nextAction: 'Installieren Sie die neueste Version dieser Anwendung.',
    },
    vaultConflict: {
      sentence: 'Ein anderes Programm hat die gespeicherte Lizenz zur selben Zeit geändert.',
      nextAction: 'Versuchen Sie es erneut.',
    },
    vaultUnsafe: {
      sentence:
        'Der Lizenzordner gehört jemand anderem oder steht allen offen und wird deshalb nicht verwendet.',
      nextAction: 'Bitten Sie Ihre Administration, Besitz und Zugriffsrechte zu berichtigen.',
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
    virtualMachineForbidden: {
      sentence: 'Diese Lizenz darf nicht auf einer virtuellen Maschine verwendet werden.',
      nextAction:
        'Verwenden Sie ein physisches Gerät, oder bitten Sie den Hersteller um eine Lizenz, die virtuelle Maschinen erlaubt.',
    },
  },
  remedies: {
    none: '',
    retry: 'Erneut versuchen',
    retryLater: 'Erneut versuchen',
    checkCode: 'Code prüfen',
    freeSeat: 'Portal öffnen',
    renew: 'Verlängern',
    activate: 'Aktivieren',
    activateAgain: 'Erneut aktivieren',
    refresh: 'Aktualisieren',
    checkNetwork: 'Erneut versuchen',
    checkProxy: 'Erneut versuchen',
    setClock: 'Erneut prüfen',
    fixStorage: 'Erneut prüfen',
    unlockKeyring: 'Erneut versuchen',
    updateApplication: 'Neue Version laden',
    askAdministrator: 'Einzelheiten kopieren',
    contactVendor: 'Hersteller kontaktieren',
    contactSupport: 'Support kontaktieren',
    finishOffline: 'Fortsetzen',
  },
  factors: {
    machineId: 'Gerätekennung',
    board: 'Hauptplatine',
    cpu: 'Prozessor',
    mac: 'Netzwerkkarte',
    disk: 'Systemdatenträger',
    os: 'Betriebssysteminstallation',
    install: 'Installationskennung',
  },
  menu: {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    window: 'Fenster',
    help: 'Hilfe',
    about: 'Über {application}',
    hide: '{application} ausblenden',
    quit: '{application} beenden',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    resetZoom: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    minimize: 'Minimieren',
    close: 'Fenster schließen',
    supportPage: 'Support',
    portal: 'Kundenportal',
  },
};
