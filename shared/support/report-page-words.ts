import type { Language } from '../settings.ts';

/** Captions of the page in a support bundle. What it says about codes comes from shared/messages. */
export interface ReportPageWords {
  readonly title: string;
  readonly madeAt: string;
  readonly verdict: string;
  readonly licenses: string;
  readonly product: string;
  readonly state: string;
  readonly reasons: string;
  readonly lastContact: string;
  readonly never: string;
  readonly supportCode: string;
  readonly checks: string;
  readonly explains: string;
  readonly environment: string;
  readonly version: string;
  readonly system: string;
  readonly runtime: string;
  readonly timeZone: string;
  readonly language: string;
  readonly server: string;
  readonly incomplete: string;
  readonly noSecrets: string;
}

export const REPORT_PAGE_WORDS: Readonly<Record<Language, ReportPageWords>> = {
  en: {
    title: 'Support report',
    madeAt: 'Made on',
    verdict: 'What was found',
    licenses: 'Licenses',
    product: 'Product',
    state: 'State',
    reasons: 'Reasons',
    lastContact: 'Last answer of the server',
    never: 'never',
    supportCode: 'Support code',
    checks: 'Checks',
    explains: 'This also explains:',
    environment: 'Environment',
    version: 'Version',
    system: 'System',
    runtime: 'Runtime',
    timeZone: 'Time zone',
    language: 'Language',
    server: 'License server',
    incomplete: 'The diagnosis was stopped before every check was done.',
    noSecrets: 'This report holds no activation code, key or password, and no name of a user or computer.',
  },
  de: {
    title: 'Supportbericht',
    madeAt: 'Erstellt am',
    verdict: 'Ergebnis',
    licenses: 'Lizenzen',
    product: 'Produkt',
    state: 'Zustand',
    reasons: 'Gründe',
    lastContact: 'Letzte Antwort des Servers',
    never: 'nie',
    supportCode: 'Supportcode',
    checks: 'Prüfungen',
    explains: 'Das erklärt auch:',
    environment: 'Umgebung',
    version: 'Version',
    system: 'System',
    runtime: 'Laufzeitumgebung',
    timeZone: 'Zeitzone',
    language: 'Sprache',
    server: 'Lizenzserver',
    incomplete: 'Die Diagnose wurde beendet, bevor alle Prüfungen abgeschlossen waren.',
    noSecrets:
      'Dieser Bericht enthält weder Aktivierungscodes noch Schlüssel oder Passwörter und keine Namen von Benutzern oder Computern.',
  },
  ar: {
    title: 'تقرير الدعم',
    madeAt: 'أُنشئ في',
    verdict: 'ما الذي تبيّن',
    licenses: 'التراخيص',
    product: 'المنتج',
    state: 'الحالة',
    reasons: 'الأسباب',
    lastContact: 'آخر رد من الخادم',
    never: 'أبدًا',
    supportCode: 'رمز الدعم',
    checks: 'الفحوص',
    explains: 'وهذا يفسّر أيضًا:',
    environment: 'البيئة',
    version: 'الإصدار',
    system: 'النظام',
    runtime: 'بيئة التشغيل',
    timeZone: 'المنطقة الزمنية',
    language: 'اللغة',
    server: 'خادم التراخيص',
    incomplete: 'أُوقف التشخيص قبل انتهاء جميع الفحوص.',
    noSecrets: 'لا يحتوي هذا التقرير على رمز تفعيل أو مفتاح أو كلمة مرور، ولا على اسم مستخدم أو حاسوب.',
  },
};
