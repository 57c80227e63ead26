import type { Catalogue } from '../types.ts';
import { host, issuer, proxy } from './phrases.ts';

/** What is said in the same words of an error that has just come about and of a reason that stays. */
export const errorsAndReasons = {
  virtualMachineForbidden: {
    sentence: 'لا يُسمح باستخدام هذا الترخيص على جهاز افتراضي.',
    nextAction: 'استخدمه على جهاز فعلي، أو اطلب من المورّد ترخيصًا يسمح بالأجهزة الافتراضية.',
  },
  vaultNewer: {
    sentence: 'كُتب الترخيص المخزّن بإصدار أحدث من هذا التطبيق.',
    nextAction: 'ثبّت أحدث إصدار من هذا التطبيق.',
  },
  policyInvalid: {
    sentence:
      'لا يمكن اتباع ملف السياسة على هذا الجهاز{field, select, none {} other {: \u2066{field}\u2069}}.',
    nextAction: 'اطلب من مسؤول النظام تصحيحه؛ يظل الترخيص يعمل حتى ذلك الحين، لكن لا يمكن تغيير شيء.',
  },
  proxyUnreachable: {
    sentence: `تعذّر الوصول إلى الخادم الوكيل${proxy}.`,
    nextAction: 'تحقق من إعدادات الخادم الوكيل في النظام.',
  },
  proxyAuthRequired: {
    sentence: `يطلب الخادم الوكيل${proxy} اسم مستخدم وكلمة مرور.`,
    nextAction: 'سجّل الدخول إلى الخادم الوكيل بالاسم وكلمة المرور اللذين يعرفهما مسؤول النظام.',
  },
  proxyRefused: {
    sentence: `لا يسمح الخادم الوكيل${proxy} بالاتصال بخادم الترخيص${host}.`,
    nextAction: 'اطلب من مسؤول النظام السماح بهذا العنوان.',
  },
  certificateUntrusted: {
    sentence: `لم يُجرَ الاتصال، لأن الشهادة المعروضة صادرة عن جهة غير موثوق بها{issuer, select, none {} other {: ${issuer}}}.`,
    nextAction: `اطلب من مسؤول النظام السماح بالاتصال بخادم الترخيص${host} دون فحص محتواه.`,
  },
  pinMismatch: {
    sentence: `لم يُجرَ الاتصال، لأن من أجاب ليس خادم الترخيص${host}{issuer, select, none {} other {، والشهادة المعروضة صادرة عن ${issuer}}}.`,
    nextAction:
      'جرّب شبكة أخرى، وإن كنت في شركة فاطلب من مسؤول النظام السماح بهذا العنوان دون فحص محتوى الاتصال.',
  },
  clientCertificateRequired: {
    sentence: `يشترط خادم الترخيص${host} شهادة جهاز ليست لدى هذا الجهاز.`,
    nextAction: 'اطلبها من المورّد أو من مسؤول النظام.',
  },
} as const satisfies Partial<Catalogue['errors'] & Catalogue['reasons']>;
