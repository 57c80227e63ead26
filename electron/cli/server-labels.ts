import type { Language } from '../../shared/settings.ts';

/** Captions of what `latchkey server` prints. */
interface ServerLabels {
  readonly cloud: string;
  readonly local: string;
  readonly managed: string;
  readonly certificate: string;
  readonly validUntil: string;
  readonly pin: string;
  readonly reachable: string;
  readonly version: string;
  readonly serverCertificateEnds: string;
  readonly clockDifference: string;
  readonly held: string;
  /** What becomes of licenses that another server holds. */
  readonly heldStay: string;
}

export const SERVER_LABELS: Readonly<Record<Language, ServerLabels>> = {
  en: {
    cloud: 'License server of the vendor',
    local: 'Local License Server',
    managed: 'chosen by the administrator of this device',
    certificate: 'Certificate',
    validUntil: 'valid until',
    pin: 'Pin',
    reachable: 'The server can be reached.',
    version: 'Version',
    serverCertificateEnds: 'Its certificate ends',
    clockDifference: 'Clock difference in seconds',
    held: 'held at',
    heldStay:
      'These licenses stay with their server and go on working. To move one, deactivate it, then activate it again.',
  },
  de: {
    cloud: 'Lizenzserver des Herstellers',
    local: 'Lokaler Lizenzserver',
    managed: 'von der IT-Abteilung festgelegt',
    certificate: 'Zertifikat',
    validUntil: 'gültig bis',
    pin: 'Pin',
    reachable: 'Der Server ist erreichbar.',
    version: 'Version',
    serverCertificateEnds: 'Sein Zertifikat endet',
    clockDifference: 'Uhrenabweichung in Sekunden',
    held: 'liegt auf',
    heldStay:
      'Diese Lizenzen bleiben auf ihrem Server und funktionieren weiter. Um eine umzuziehen, deaktivieren Sie sie, und aktivieren Sie sie dann erneut.',
  },
  ar: {
    cloud: 'خادم الترخيص الخاص بالمورّد',
    local: 'خادم ترخيص محلي',
    managed: 'حدّده مسؤول النظام',
    certificate: 'الشهادة',
    validUntil: 'صالحة حتى',
    pin: 'البصمة',
    reachable: 'يمكن الوصول إلى الخادم.',
    version: 'الإصدار',
    serverCertificateEnds: 'تنتهي شهادته',
    clockDifference: 'فرق الساعة بالثواني',
    held: 'محفوظ لدى',
    heldStay: 'تبقى هذه التراخيص لدى خادمها وتظل تعمل. ولنقل أحدها ألغِ تفعيله ثم فعّله من جديد.',
  },
};
