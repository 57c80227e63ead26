import type { Language } from '../../shared/settings.ts';

/** Captions of the command line's readable output. What it says about codes comes from shared/messages. */
export interface Labels {
  readonly product: string;
  readonly seat: string;
  /** The user name that the seat was taken with. */
  readonly account: string;
  /** Where the seat is held. */
  readonly server: string;
  readonly edition: string;
  readonly plan: string;
  readonly customer: string;
  readonly lease: string;
  readonly subscription: string;
  readonly grace: string;
  readonly maintenance: string;
  /** Argument: `at`. */
  readonly until: string;
  /** Of the whole license. */
  readonly seats: string;
  readonly trial: string;
  readonly features: string;
  readonly attributes: string;
  readonly supportCode: string;
  readonly certificateSubject: string;
  readonly certificateIssuer: string;
  readonly certificateUntil: string;
  readonly certificateFingerprint: string;
  readonly noCertificate: string;
  readonly never: string;
  readonly unlimited: string;
  readonly included: string;
  readonly notIncluded: string;
  /** Arguments: `available`, `total`. */
  readonly left: string;
  /** Arguments: `used`, `total`. */
  readonly inUse: string;
  /** What is taken on overdraft. Argument: `count`. */
  readonly beyond: string;
  /** What may be taken on overdraft. Argument: `count`. */
  readonly allowed: string;
  /** Of a pool. Argument: `count`. */
  readonly held: string;
  /** Of a count. Argument: `count`. */
  readonly used: string;
  /** Before the address of the page to sign in at. */
  readonly signInPage: string;
  /** Why an online command is not possible for a license that was activated offline, and what is. */
  readonly offlineWay: string;
  /** Of a setting that an administrator has decided. */
  readonly managed: string;
  /** Before host and port of a proxy. */
  readonly signedIn: string;
  readonly signedOut: string;
  /** What is asked for at a terminal. */
  readonly code: string;
  readonly password: string;
  /** Of the key of a certificate. */
  readonly passphrase: string;
}

export const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    product: 'Product',
    seat: 'Seat',
    account: 'Account',
    server: 'License server',
    edition: 'Edition',
    plan: 'Plan',
    customer: 'Customer',
    lease: 'Lease ends',
    subscription: 'Subscription ends',
    grace: 'Grace period until',
    maintenance: 'Maintenance',
    until: 'until {at, date, moment}',
    seats: 'Seats',
    trial: 'trial',
    features: 'Features',
    attributes: 'Attributes',
    supportCode: 'Support code',
    certificateSubject: 'Certificate of',
    certificateIssuer: 'Issued by',
    certificateUntil: 'Valid until',
    certificateFingerprint: 'SHA-256 fingerprint',
    noCertificate: 'This device shows no certificate.',
    never: 'never',
    unlimited: 'unlimited',
    included: 'included',
    notIncluded: 'not included',
    left: '{available, number} of {total, number} left',
    inUse: '{used, number} of {total, number} in use',
    beyond: '{count, number} beyond the license',
    allowed: 'up to {count, number} more allowed',
    held: '{count, number} on this device',
    used: '{count, number} used on this device',
    signInPage: 'Sign in at this address, in a browser on this device:',
    offlineWay:
      'This license was activated offline: use `latchkey offline import` and `latchkey offline deactivate`.',
    managed: 'managed by your organization',
    signedIn: 'Signed in to',
    signedOut: 'The logins at proxies were forgotten.',
    code: 'Activation code',
    password: 'Password',
    passphrase: 'Passphrase',
  },
  de: {
    product: 'Produkt',
    seat: 'Lizenzplatz',
    account: 'Konto',
    server: 'Lizenzserver',
    edition: 'Edition',
    plan: 'Tarif',
    customer: 'Kunde',
    lease: 'Nutzungsfrist endet',
    subscription: 'Abonnement endet',
    grace: 'Karenzfrist bis',
    maintenance: 'Wartung',
    until: 'bis {at, date, moment}',
    seats: 'Lizenzplätze',
    trial: 'Testlizenz',
    features: 'Funktionen',
    attributes: 'Attribute',
    supportCode: 'Supportcode',
    certificateSubject: 'Zertifikat für',
    certificateIssuer: 'Ausgestellt von',
    certificateUntil: 'Gültig bis',
    certificateFingerprint: 'SHA-256-Fingerabdruck',
    noCertificate: 'Dieses Gerät zeigt kein Zertifikat vor.',
    never: 'nie',
    unlimited: 'unbegrenzt',
    included: 'enthalten',
    notIncluded: 'nicht enthalten',
    left: 'noch {available, number} von {total, number}',
    inUse: '{used, number} von {total, number} belegt',
    beyond: '{count, number} über die Lizenz hinaus',
    allowed: 'bis zu {count, number} mehr erlaubt',
    held: '{count, number} auf diesem Gerät',
    used: '{count, number} auf diesem Gerät verbraucht',
    signInPage: 'Melden Sie sich unter dieser Adresse an, in einem Browser auf diesem Gerät:',
    offlineWay:
      'Diese Lizenz wurde offline aktiviert: Verwenden Sie `latchkey offline import` und `latchkey offline deactivate`.',
    managed: 'von Ihrer Organisation verwaltet',
    signedIn: 'Angemeldet an',
    signedOut: 'Die Anmeldungen an Proxyservern wurden vergessen.',
    code: 'Aktivierungscode',
    password: 'Passwort',
    passphrase: 'Passphrase',
  },
  ar: {
    product: 'المنتج',
    seat: 'المقعد',
    account: 'الحساب',
    server: 'خادم الترخيص',
    edition: 'الإصدار',
    plan: 'الخطة',
    customer: 'العميل',
    lease: 'تنتهي مدة الاستخدام',
    subscription: 'ينتهي الاشتراك',
    grace: 'فترة السماح حتى',
    maintenance: 'الصيانة',
    until: 'حتى {at, date, moment}',
    seats: 'المقاعد',
    trial: 'ترخيص تجريبي',
    features: 'الميزات',
    attributes: 'السمات',
    supportCode: 'رمز الدعم',
    certificateSubject: 'الشهادة باسم',
    certificateIssuer: 'جهة الإصدار',
    certificateUntil: 'صالحة حتى',
    certificateFingerprint: 'بصمة ⁦SHA-256⁩',
    noCertificate: 'لا يعرض هذا الجهاز أي شهادة.',
    never: 'أبدًا',
    unlimited: 'بلا حد',
    included: 'مشمولة',
    notIncluded: 'غير مشمولة',
    left: 'بقي {available, number} من {total, number}',
    inUse: '{used, number} من {total, number} قيد الاستخدام',
    beyond: '{count, number} فوق حد الترخيص',
    allowed: 'يُسمح بما يصل إلى {count, number} إضافية',
    held: '{count, number} على هذا الجهاز',
    used: 'استُهلك {count, number} على هذا الجهاز',
    signInPage: 'سجّل الدخول على هذا العنوان في متصفح على هذا الجهاز:',
    offlineWay: 'فُعِّل هذا الترخيص بلا اتصال: استخدم `latchkey offline import` و`latchkey offline deactivate`.',
    managed: 'تديره مؤسستك',
    signedIn: 'تم تسجيل الدخول إلى',
    signedOut: 'تم حذف بيانات الدخول إلى الخوادم الوكيلة.',
    code: 'رمز التفعيل',
    password: 'كلمة المرور',
    passphrase: 'عبارة المرور',
  },
};
