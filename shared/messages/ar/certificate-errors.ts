import type { CertificateErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { host } from './phrases.ts';

export const certificateErrors: Readonly<Record<CertificateErrorCode, Message>> = {
  clientCertificateRefused: {
    sentence: `لا يقبل خادم الترخيص${host} شهادة هذا الجهاز.`,
    nextAction: 'حدّث الترخيص ليجلب الجهاز شهادة جديدة، وإن كانت من مسؤول النظام فاطلب منه غيرها.',
  },
  certificateFileUnreadable: {
    sentence: 'تتعذّر قراءة أي شهادة من هذا الملف.',
    nextAction:
      'اختر ملف \u2066PEM\u2069 فيه الشهادة والمفتاح، أو ملف \u2066PKCS #12\u2069 (بامتداد \u2066p12\u2069 أو \u2066pfx\u2069).',
  },
  certificatePassphraseWrong: {
    sentence: 'عبارة المرور لا تفتح هذا الملف.',
    nextAction: 'تحقّق منها وحاول مرة أخرى، فالملف المشفّر يحتاج إليها.',
  },
  certificateProtectionUnsupported: {
    sentence: 'هذا الملف مشفّر بطريقة قديمة لا تُقرأ هنا.',
    nextAction: 'صدّره مرة أخرى بتشفير \u2066AES-256\u2069.',
  },
  certificateKeyMissing: {
    sentence: 'المفتاح الخاص بالشهادة غير موجود في هذا الملف.',
    nextAction: 'اختر ملفًا يضمّهما معًا، أو صدّره مرة أخرى مع المفتاح الخاص.',
  },
  certificateKeyMismatch: {
    sentence: 'المفتاح الخاص في هذا الملف يعود إلى شهادة أخرى.',
    nextAction: 'اختر الملف الذي فيه المفتاح الذي صدرت له الشهادة.',
  },
  certificateKeyUnsupported: {
    sentence: 'مفتاح هذه الشهادة ليس على المنحنى \u2066P-256\u2069.',
    nextAction: 'اطلب من مسؤول النظام شهادة بمفتاح \u2066ECDSA\u2069 على \u2066P-256\u2069.',
  },
  certificateIsAuthority: {
    sentence: 'هذه شهادة جهة إصدار لا شهادة جهاز.',
    nextAction: 'اختر الشهادة التي صدرت لهذا الجهاز.',
  },
  certificateNotForClients: {
    sentence: 'لم تصدر هذه الشهادة لتسجيل الدخول إلى خادم.',
    nextAction: 'اطلب من مسؤول النظام شهادة غرضها «مصادقة العميل».',
  },
  clientCertificateExpired: {
    sentence:
      'هذه الشهادة غير صالحة الآن{atKnown, select, yes {، إذ تنتهي صلاحيتها في {at, date, day}} other {}}.',
    nextAction: 'اطلب من مسؤول النظام شهادة جديدة، وتحقّق من تاريخ هذا الجهاز ووقته.',
  },
};
