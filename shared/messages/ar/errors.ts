import type { CertificateErrorCode, LocalServerErrorCode, OfflineErrorCode } from '../../errors.ts';
import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { host, ltr, onDay, proxy, wait } from './phrases.ts';

export const errors: Omit<
  Catalogue['errors'],
  OfflineErrorCode | CertificateErrorCode | LocalServerErrorCode
> = {
  ...errorsAndReasons,
  internal: {
    sentence: 'حدث خطأ داخل التطبيق.',
    nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فاتصل بالدعم.',
  },
  usageInvalid: {
    sentence: `لم يُفهم الأمر{field, select, none {} other {: ${ltr('field')}}}.`,
    nextAction: 'اعرض قائمة الأوامر باستخدام \u2066--help\u2069.',
  },
  profileInvalid: {
    sentence: `ملف تعريف المورّد غير صالح{field, select, none {} other {: ${ltr('field')}}}.`,
    nextAction: 'ثبّت التطبيق من جديد، أو اطلب من المورّد ملف تعريف صحيحًا.',
  },
  requestInvalid: {
    sentence: 'الطلب غير صالح.',
    nextAction: 'تحقق مما أدخلته، ثم حاول مرة أخرى.',
  },
  senderRefused: {
    sentence: 'رُفض طلب من مصدر مجهول.',
    nextAction: 'أغلق النافذة وافتح التطبيق من جديد.',
  },
  busy: {
    sentence: 'ما زالت عملية أخرى جارية على هذا الترخيص.',
    nextAction: 'انتظر لحظة، ثم حاول مرة أخرى.',
  },
  notAllowedInState: {
    sentence: 'لا يمكن فعل ذلك في حالة الترخيص الراهنة.',
    nextAction: 'اطّلع على حالة الترخيص أولًا.',
  },
  productUnknown: {
    sentence: 'لا يعرف هذا التطبيق ذلك المنتج.',
    nextAction: 'تحقق من المنتج، أو اسأل المورّد.',
  },
  cancelled: {
    sentence: 'أُلغيت العملية.',
    nextAction: 'ابدأها من جديد متى شئت.',
  },
  activationCodeMalformed: {
    sentence: 'لا يبدو هذا رمز تفعيل.',
    nextAction: 'انسخ الرمز كاملًا من طلب الشراء، فهو يتكون من مجموعات من الحروف والأرقام.',
  },
  activationCodeInvalid: {
    sentence: 'لا يعرف خادم الترخيص رمز التفعيل هذا.',
    nextAction: 'قارنه بطلب الشراء حرفًا حرفًا، أو الصقه.',
  },
  productMismatch: {
    sentence: 'رمز التفعيل هذا أو هذا الحساب لمنتج آخر.',
    nextAction: 'تحقق من المنتج الذي اشتُري به.',
  },
  seatLimitReached: {
    sentence: 'جميع مقاعد هذا الترخيص مشغولة.',
    nextAction: 'ألغِ تفعيل جهاز لم يعد بحاجة إلى الترخيص، أو اشترِ مقعدًا آخر.',
  },
  entitlementExpired: {
    sentence: 'انتهى الاشتراك المرتبط بهذا الرمز أو الحساب.',
    nextAction: 'جدّده لدى المورّد، ثم حاول مرة أخرى.',
  },
  entitlementDisabled: {
    sentence: 'أوقف المورّد هذا الترخيص.',
    nextAction: 'اسأل المورّد عن السبب، أو استخدم رمزًا آخر.',
  },
  entitlementNotStarted: {
    sentence: 'لم يبدأ بعد سريان الترخيص المرتبط بهذا الرمز أو الحساب.',
    nextAction: 'انتظر أول يوم لسريانه، أو اطلب من المورّد بدءه.',
  },
  credentialsInvalid: {
    sentence: 'لم يُقبل تسجيل الدخول.',
    nextAction: 'تحقق من اسم المستخدم وكلمة المرور، أو سجّل الدخول بالحساب الذي يخصه الترخيص.',
  },
  accountLocked: {
    sentence: 'تسجيل الدخول باسم المستخدم هذا مقفل، لأن محاولات كثيرة فشلت.',
    nextAction:
      '{minutes, plural, =-1 {حاول مرة أخرى لاحقًا، أو اطلب من المورّد فتح القفل.} zero {حاول مرة أخرى الآن، أو اطلب من المورّد فتح القفل.} one {حاول مرة أخرى بعد دقيقة واحدة، أو اطلب من المورّد فتح القفل.} two {حاول مرة أخرى بعد دقيقتين، أو اطلب من المورّد فتح القفل.} few {حاول مرة أخرى بعد # دقائق، أو اطلب من المورّد فتح القفل.} many {حاول مرة أخرى بعد # دقيقة، أو اطلب من المورّد فتح القفل.} other {حاول مرة أخرى بعد # دقيقة، أو اطلب من المورّد فتح القفل.}}',
  },
  accessTokenInvalid: {
    sentence: 'لم يعد خادم الترخيص يقبل هذا التفعيل.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
  },
  seatReleased: {
    sentence: 'لم يعد خادم الترخيص يعرف مقعد هذا الجهاز، فقد حُرِّر.',
    nextAction: 'فعّل الجهاز مجددًا. وإن كان المقعد من حقك، فاسأل المسؤول عن تراخيصك.',
  },
  seatHeldElsewhere: {
    sentence: 'يستخدم جهاز آخر مقعد هذا الجهاز.',
    nextAction: 'حرّر المقعد على الجهاز الآخر، ثم فعّل هذا الجهاز مجددًا.',
  },
  nonceMismatch: {
    sentence: 'استولت نسخة أخرى من هذا التثبيت على المقعد.',
    nextAction: 'فعّل الجهاز هنا مجددًا، وألغِ تفعيل النسخة الأخرى إن لم تكن بحاجة إليها.',
  },
  offlineNotAllowed: {
    sentence: 'لا يسمح هذا الترخيص بالتفعيل دون اتصال.',
    nextAction: 'فعّل الجهاز عبر الإنترنت، أو اطلب من المورّد ترخيصًا للاستخدام دون اتصال.',
  },
  featureUnknown: {
    sentence: 'لا يشمل هذا الترخيص تلك الميزة.',
    nextAction: 'اسأل المورّد عن الإصدار الذي يشملها.',
  },
  featureExhausted: {
    sentence: 'لم يبقَ من تلك الميزة هذا القدر.',
    nextAction: 'خذ قدرًا أقل، أو انتظر حتى يتوفر المزيد، أو اطلبه من المورّد.',
  },
  editionNotIncluded: {
    sentence: 'الإصدار المختار غير مشمول في هذا الترخيص.',
    nextAction: 'اختر إصدارًا آخر، أو اتركه حسب الشراء.',
  },
  featureNotReturnable: {
    sentence: 'لا يمكن أن يُعاد من تلك الميزة إلا ما يحجزه هذا الجهاز.',
    nextAction: 'تحقق من المقدار المحجوز، وما استُهلك يبقى مستهلكًا.',
  },
  rateLimited: {
    sentence: `خادم الترخيص${host} مشغول ويطلب الانتظار.`,
    nextAction: wait,
  },
  requestRefused: {
    sentence: `رفض خادم الترخيص${host} الطلب{status, plural, =-1 {} other { (رمز الحالة {status, number, ::group-off})}}.`,
    nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فاتصل بالدعم.',
  },
  networkUnavailable: {
    sentence: 'هذا الجهاز غير متصل بالشبكة.',
    nextAction: 'صِله بالشبكة، ثم حاول مرة أخرى.',
  },
  dnsFailed: {
    sentence: `تعذّر العثور على عنوان خادم الترخيص${host}.`,
    nextAction: 'تحقق من الاتصال ومن إعدادات \u2066DNS\u2069، ثم حاول مرة أخرى.',
  },
  serverUnreachable: {
    sentence: `تعذّر الوصول إلى خادم الترخيص${host}.`,
    nextAction: 'تحقق من الاتصال، ومن أن جدار الحماية يسمح بهذا العنوان، ثم حاول مرة أخرى.',
  },
  timeout: {
    sentence: `لم يُجب خادم الترخيص${host} في الوقت المحدد.`,
    nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فتحقق من الاتصال.',
  },
  signInRefused: {
    sentence: 'لم تسجّل صفحة تسجيل الدخول دخولك.',
    nextAction: 'سجّل الدخول مرة أخرى بالحساب الذي يخصه الترخيص.',
  },
  signInAbandoned: {
    sentence: 'لم يكتمل تسجيل الدخول في المتصفح في الوقت المحدد.',
    nextAction: 'سجّل الدخول مرة أخرى وأكمله في المتصفح.',
  },
  browserNotOpened: {
    sentence: 'تعذّر فتح متصفح لتسجيل الدخول.',
    nextAction: 'اطلب من مسؤول النظام تعيين متصفح افتراضي، أو فعّل باستخدام رمز تفعيل.',
  },
  certificateExpired: {
    sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} انتهت صلاحيتها${onDay}.`,
    nextAction: 'تحقق من تاريخ هذا الجهاز ووقته، وإن كانا صحيحين فأبلغ المورّد.',
  },
  certificateNotYetValid: {
    sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} لم تبدأ صلاحيتها بعد.`,
    nextAction: 'اضبط تاريخ هذا الجهاز ووقته، ثم حاول مرة أخرى.',
  },
  certificateNameMismatch: {
    sentence: `لم يُجرَ الاتصال، لأن الشهادة المعروضة لا تخص خادم الترخيص${host}.`,
    nextAction: 'جرّب شبكة أخرى، أو اسأل مسؤول النظام.',
  },
  tlsFailed: {
    sentence: `تعذّر إنشاء اتصال آمن بخادم الترخيص${host}.`,
    nextAction: 'جرّب شبكة أخرى، أو اسأل مسؤول النظام.',
  },
  serverError: {
    sentence: `خادم الترخيص${host} معطّل.`,
    nextAction: wait,
  },
  answerMalformed: {
    sentence: `تعذّرت قراءة رد خادم الترخيص${host}.`,
    nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فأبلغ المورّد.',
  },
  answerTooLarge: {
    sentence: `كان رد خادم الترخيص${host} أكبر بكثير من المسموح به فلم يُقرأ.`,
    nextAction: 'جرّب شبكة أخرى، وإن تكرر ذلك فأبلغ المورّد.',
  },
  redirectRefused: {
    sentence: `حاول طرف على مسار الاتصال تحويل الطلب الموجّه إلى خادم الترخيص${host} إلى مكان آخر.`,
    nextAction: 'سجّل الدخول إلى الشبكة إن طلبت ذلك، ثم حاول مرة أخرى.',
  },
  vaultDamaged: {
    sentence: 'الترخيص المخزّن تالف وقد وُضع جانبًا، ولم يُحذف شيء.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
  },
  vaultLockTimeout: {
    sentence: 'تعمل نافذة أخرى أو برنامج آخر على الترخيص ولم ينتهِ في الوقت المناسب.',
    nextAction: 'انتظر حتى ينتهي، ثم حاول مرة أخرى.',
  },
  vaultKeyUnavailable: {
    sentence: 'الترخيص المخزّن مقفل، إذ تعذّر الحصول على مفتاحه من النظام.',
    nextAction: 'افتح قفل سلسلة المفاتيح في نظامك، وشغّل التطبيق نفسه لا نسخة منه.',
  },
  vaultReadOnly: {
    sentence: `تتعذّر الكتابة في مجلد الترخيص{system, select, none {} other { (${ltr('system')})}}.`,
    nextAction: 'امنح حسابك إذن الكتابة في هذا المجلد، ثم حاول مرة أخرى.',
  },
  vaultDiskFull: {
    sentence: 'القرص ممتلئ، فتعذّر تخزين أي شيء.',
    nextAction: 'أخلِ بعض المساحة ثم حاول مرة أخرى، ولم يُفقد شيء.',
  },
  vaultConflict: {
    sentence: 'غيّر برنامج آخر الترخيص المخزّن في الوقت نفسه.',
    nextAction: 'حاول مرة أخرى.',
  },
  vaultUnsafe: {
    sentence: 'لا يُستخدم مجلد الترخيص لأن مالكه شخص آخر أو لأنه مفتوح للجميع.',
    nextAction: 'اطلب من مسؤول النظام تصحيح مالكه وأذوناته.',
  },
  vaultStorageFailed: {
    sentence: `لا يعمل القرص أو محرك الشبكة الذي فيه مجلد الترخيص كما يجب{system, select, none {} other { (${ltr('system')})}}.`,
    nextAction: 'تأكد من أن المحرك متصل وسليم، ثم حاول مرة أخرى، ولم يُفقد شيء.',
  },
  vaultOutdated: {
    sentence: 'الترخيص المخزّن أقدم من آخر ترخيص استُخدم على هذا الجهاز، كما يحدث بعد استعادة نسخة احتياطية.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
  },
  programAltered: {
    sentence: 'هذا البرنامج ليس كما حُزِّم: بعض وسائل حمايته معطّلة.',
    nextAction: 'ثبّته مجددًا بمثبِّت البائع نفسه.',
  },
  licenseFolderBarred: {
    sentence: `تتعذّر الكتابة في مجلد ملفات الترخيص للبرامج المثبّتة{system, select, none {} other { (${ltr('system')})}}.`,
    nextAction: 'أزل ما يشغل مكانه، أو امنح حسابك إذن الكتابة فيه، ثم حدّث الترخيص.',
  },
  deviceChanged: {
    sentence: 'ليس هذا هو الجهاز الذي فُعِّل.',
    nextAction: 'فعّل هذا الجهاز مجددًا.',
  },
  clockRolledBack: {
    sentence:
      'ساعة هذا الجهاز متأخرة، فقد سُجِّل عليه من قبل وقت لاحق{atKnown, select, yes {: {at, date, moment}} other {}}.',
    nextAction: 'اضبط التاريخ والوقت تلقائيًا، ثم حاول مرة أخرى.',
  },
  deniedByPolicy: {
    sentence: 'لا تسمح مؤسستك بذلك هنا.',
    nextAction: 'راجع مسؤول النظام إن احتجت إليه.',
  },
  proxyLoginRefused: {
    sentence: `لم يقبل الخادم الوكيل${proxy} اسم المستخدم وكلمة المرور.`,
    nextAction: 'تحقق منهما ثم حاول مرة أخرى؛ قد تؤدي كثرة المحاولات إلى قفل حسابك.',
  },
  signInClockWrong: {
    sentence: 'لم يكن تسجيل الدخول صالحًا في الوقت الذي يعرضه هذا الجهاز.',
    nextAction: 'اضبط التاريخ والوقت على هذا الجهاز ليكونا تلقائيين، ثم سجّل الدخول مجددًا.',
  },
  signInNeeded: {
    sentence: 'فُقد رد سابق من خادم الترخيص، ولا يستطيع إصلاح ذلك سواك.',
    nextAction: 'سجّل الدخول مجددًا بالحساب نفسه، وسيُستخدم المقعد نفسه.',
  },
};
