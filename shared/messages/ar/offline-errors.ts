import type { OfflineErrorCode } from '../../errors.ts';
import type { Message } from '../types.ts';
import { ltr } from './phrases.ts';

export const offlineErrors: Readonly<Record<OfflineErrorCode, Message>> = {
  tokenMalformed: {
    sentence: 'تتعذّر قراءة هذا الملف، فهو تالف أو غير مكتمل أو شيء آخر تمامًا.',
    nextAction: 'انسخ الملف كاملًا مرة أخرى، أو نزّله من البوابة مجددًا.',
  },
  tokenTooLarge: {
    sentence: 'هذا الملف أكبر بكثير من أن يكون ملف تبادل دون اتصال.',
    nextAction: 'اختر الملف الذي أنشأته البوابة أو هذا التطبيق.',
  },
  tokenWrongKind: {
    sentence:
      '{tokenKind, select, activation_request {هذا ملف طلب، ومكانه البوابة لا هذا التطبيق.} activation_response {هذا ملف رد، ولا حاجة إليه هنا.} refresh {هذا ملف تحديث، ولا حاجة إليه هنا.} deactivation {هذا ملف إلغاء تفعيل، ومكانه البوابة لا هذا التطبيق.} other {المطلوب هنا نوع آخر من الملفات.}}',
    nextAction:
      '{tokenKind, select, activation_request {خذه إلى البوابة وأحضر الردّ منها.} deactivation {خذه إلى البوابة حتى يصبح المقعد شاغرًا.} other {اختر ملفًا آخر.}}',
  },
  tokenSignatureInvalid: {
    sentence: 'توقيع هذا الملف غير مطابق، فقد عُدِّل في الطريق.',
    nextAction: 'نزّله من البوابة مرة أخرى.',
  },
  tokenKeyUnknown: {
    sentence: 'أُنشئ هذا الملف بمفتاح لا يعرفه هذا التطبيق.',
    nextAction: 'حدّث هذا التطبيق، وإن لم يفد ذلك فاتصل بالمورّد.',
  },
  tokenForOtherDevice: {
    sentence: 'هذا الملف لجهاز آخر، أو لطلب لم يعد مفتوحًا هنا.',
    nextAction: 'اختر الردّ على الطلب الذي أُنشئ على هذا الجهاز، أو أنشئ طلبًا جديدًا.',
  },
  tokenForOtherProduct: {
    sentence: 'هذا الملف لمنتج آخر.',
    nextAction: 'اختر الملف الخاص بهذا المنتج.',
  },
  tokenForOtherTenant: {
    sentence: 'هذا الملف من مورّد آخر.',
    nextAction: 'اختر الملف الذي نُزِّل من بوابة هذا المورّد.',
  },
  tokenExpired: {
    sentence:
      'كان هذا الملف صالحًا{atKnown, select, yes { حتى {at, date, moment}} other { لمدة محدودة}} وقد انتهت صلاحيته.',
    nextAction: 'نزّل ملفًا جديدًا من البوابة، وتحقق من تاريخ هذا الجهاز ووقته.',
  },
  tokenReplayed: {
    sentence: 'سبق تطبيق هذا الملف، ولم يتغير شيء.',
    nextAction: 'لا يلزمك فعل شيء.',
  },
  tokenStale: {
    sentence: 'طُبِّق من قبل ملف أحدث من هذا، ولم يتغير شيء.',
    nextAction: 'نزّل أحدث ملف من البوابة.',
  },
  qrUnreadable: {
    sentence: 'لم يُعثر في الصورة على رمز \u2066QR\u2069 لهذا التطبيق.',
    nextAction: 'التقط الصورة مرة أخرى من الأمام مباشرة، واضحة وفيها الرمز كاملًا.',
  },
  qrIncomplete: {
    sentence:
      '{count, plural, =-1 {ما زالت رموز \u2066QR\u2069 من السلسلة ناقصة.} zero {لم يعد ينقص أي رمز \u2066QR\u2069 من السلسلة.} one {ما زال رمز \u2066QR\u2069 واحد من السلسلة ناقصًا.} two {ما زال رمزا \u2066QR\u2069 من السلسلة ناقصين.} few {ما زالت # رموز \u2066QR\u2069 من السلسلة ناقصة.} many {ما زال # رمز \u2066QR\u2069 من السلسلة ناقصًا.} other {ما زال # رمز \u2066QR\u2069 من السلسلة ناقصًا.}}',
    nextAction: 'أضف صور الرموز الناقصة.',
  },
  fileUnreadable: {
    sentence: `تتعذّر قراءة الملف{system, select, none {} other { (${ltr('system')})}}.`,
    nextAction: 'تحقق من أن وحدة التخزين ما زالت متصلة، أو اختر ملفًا آخر.',
  },
  fileNotSaved: {
    sentence: `تعذّر حفظ الملف{system, select, none {} other { (${ltr('system')})}}.`,
    nextAction: 'اختر مجلدًا آخر أو وحدة تخزين أخرى، فلم يضِع شيء.',
  },
  offlineUnavailable: {
    sentence: 'لم يُعِدّ المورّد هذا التطبيق للعمل بلا شبكة.',
    nextAction: 'فعّل عبر الإنترنت، أو اسأل المورّد.',
  },
  licenseFileMissing: {
    sentence: 'لا يوجد ملف ترخيص لهذا المنتج على هذا الجهاز.',
    nextAction: 'حدّث الترخيص أو فعّله.',
  },
  licenseFileInvalid: {
    sentence: 'ملف الترخيص غير أصلي، فتوقيعه غير مطابق.',
    nextAction: 'حدّث الترخيص للحصول على ملف جديد.',
  },
  licenseFileUnsupported: {
    sentence: 'ملف الترخيص موقّع بطريقة غير مدعومة هنا.',
    nextAction: 'اطلب من المورّد ملفًا موقّعًا بخوارزمية \u2066Ed25519\u2069.',
  },
  licenseFileLocked: {
    sentence: 'ملف الترخيص مشفّر، ومفتاحه غير معروف هنا.',
    nextAction: 'أدخل مفتاح الترخيص الخاص بالملف.',
  },
  licenseFileExpired: {
    sentence:
      'كان ملف الترخيص صالحًا{atKnown, select, yes { حتى {at, date, day}} other { لمدة محدودة}} وقد انتهت صلاحيته.',
    nextAction: 'حدّث الترخيص للحصول على ملف جديد.',
  },
  licenseFileForOtherDevice: {
    sentence: 'ملف الترخيص لجهاز آخر.',
    nextAction: 'فعّل الترخيص على هذا الجهاز.',
  },
  licenseFileForOtherProduct: {
    sentence: 'ملف الترخيص لمنتج آخر.',
    nextAction: 'اختر الملف الخاص بهذا المنتج.',
  },
};
