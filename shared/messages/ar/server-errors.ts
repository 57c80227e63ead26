import type { LocalServerErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { host, ltr } from './phrases.ts';

export const serverErrors: Readonly<Record<LocalServerErrorCode, Message>> = {
  localServerForbidden: {
    sentence: 'يحصل هذا البرنامج على تراخيصه من خادم الترخيص الخاص بمورّده فقط.',
    nextAction: 'اسأل المورّد هل يمكن استخدام خادم ترخيص محلي.',
  },
  localServerNotVendors: {
    sentence: `لم يستطع خادم الترخيص${host} إثبات أنه يمنح تراخيص هذا المورّد، فلم يؤخذ منه شيء.`,
    nextAction: 'تحقّق من عنوان خادم الترخيص المحلي، أو اسأل مسؤول النظام.',
  },
  serverAddressInvalid: {
    sentence: `لا يمكن استخدام هذا خادمَ ترخيص محليًّا{field, select, none {} other {: ${ltr('field')}}}.`,
    nextAction: 'أدخل عنوانًا يبدأ بـ \u2066https://\u2069، ومعه ملف شهادة الخادم أو بصمة مفتاحه.',
  },
  serverCertificateUnreadable: {
    sentence: 'لا يحتوي هذا الملف على شهادة يمكن التعرّف بها على خادم.',
    nextAction: 'اختر ملف الشهادة (\u2066PEM\u2069) الذي حصلت عليه من مسؤول النظام.',
  },
  confirmationNeeded: {
    sentence: 'لم يتغيّر شيء بعد، إذ يلزم التأكيد أولًا.',
    nextAction: 'راجع ما هو مذكور، ثم نفّذ الأمر مرة أخرى مع \u2066--yes\u2069.',
  },
};
