import type { Catalogue } from '../types.ts';
import { errorsAndReasons } from './errors-and-reasons.ts';
import { host, issuer, ltr, onDay, onDayOrSoon, waitUntil } from './phrases.ts';

export const reasons: Catalogue['reasons'] = {
  ...errorsAndReasons,
  neverActivated: {
    sentence: 'لم يُفعَّل هذا الجهاز بعد.',
    nextAction: 'أدخل رمز التفعيل الذي وصلك عند الشراء.',
  },
  deactivated: {
    sentence: `أُلغي تفعيل هذا الجهاز${onDay}{countKnown, select, yes {، ويصبح مقعده شاغرًا فور وصول ملف إلغاء التفعيل إلى البوابة} other {، وأصبح مقعده شاغرًا}}.`,
    nextAction: 'فعّله مجددًا متى أردت استخدام البرنامج هنا.',
  },
  seatReleased: {
    sentence:
      'لم يعد خادم الترخيص يعرف مقعد هذا الجهاز، فقد حُرِّر{atKnown, select, yes { (لوحظ ذلك في {at, date, day})} other {}}.',
    nextAction: 'فعّل الجهاز مجددًا. وإن كان المقعد من حقك، فاسأل المسؤول عن تراخيصك.',
  },
  seatLostToClone: {
    sentence: 'استولت نسخة أخرى من هذا التثبيت على المقعد.',
    nextAction: 'فعّل الجهاز هنا مجددًا، وألغِ تفعيل النسخة الأخرى إن لم تكن بحاجة إليها.',
  },
  seatHeldElsewhere: {
    sentence: 'أصبح جهاز آخر يستخدم مقعد هذا الجهاز.',
    nextAction: 'حرّر المقعد على الجهاز الآخر، ثم فعّل هذا الجهاز مجددًا.',
  },
  vaultOutdated: {
    sentence:
      'انتهى هذا التفعيل{atKnown, select, yes { (لوحظ ذلك في {at, date, day})} other {}}، لأن الترخيص المخزّن أقدم مما لدى خادم الترخيص، كما يحدث بعد استعادة نسخة احتياطية.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
  },
  deviceChanged: {
    sentence: 'ليس هذا هو الجهاز الذي فُعِّل{factors, select, none {} other { (ما تغيّر: {factors})}}.',
    nextAction: 'فعّل هذا الجهاز مجددًا.',
  },
  clockRolledBack: {
    sentence:
      'ساعة هذا الجهاز متأخرة، فقد سُجِّل عليه من قبل وقت لاحق{atKnown, select, yes {: {at, date, moment}} other {}}.',
    nextAction: 'اضبط التاريخ والوقت تلقائيًا، أو اتصل بالإنترنت وحدّث الترخيص.',
  },
  entitlementExpired: {
    sentence: `{terms, select, trial {انتهت الفترة التجريبية} other {انتهى الاشتراك}}${onDay}.`,
    nextAction:
      '{terms, select, trial {اشترِ ترخيصًا من المورّد، ثم تحقق مرة أخرى أو فعّل برمزه.} other {جدّده لدى المورّد، ثم تحقق مرة أخرى.}}',
  },
  entitlementDisabled: {
    sentence: 'أوقف المورّد هذا الترخيص.',
    nextAction: 'اسأل المورّد عن السبب، أو فعّل الجهاز برمز آخر.',
  },
  entitlementNotStarted: {
    sentence: 'لم يبدأ سريان هذا الترخيص بعد.',
    nextAction: 'انتظر أول يوم لسريانه، أو اطلب من المورّد بدءه.',
  },
  leaseExpired: {
    sentence: `انتهت مدة الاستخدام${onDay} ولم تُجدَّد.`,
    nextAction: 'حدّث الترخيص وأنت متصل بالشبكة.',
  },
  vaultUnavailable: {
    sentence: 'الترخيص المخزّن مقفل، إذ تعذّر الحصول على مفتاحه من النظام.',
    nextAction: 'افتح قفل سلسلة المفاتيح في نظامك، ثم شغّل التطبيق من جديد. وإذا فُقد المفتاح ففعّل مجددًا.',
  },
  vaultUnsafe: {
    sentence: 'لا يُستخدم مجلد الترخيص لأن مالكه شخص آخر أو لأنه مفتوح للجميع.',
    nextAction: 'اطلب من مسؤول النظام تصحيح مالكه وأذوناته، ثم شغّل التطبيق من جديد.',
  },
  deviceUnread: {
    sentence: 'تعذّرت قراءة ما يكفي من خصائص هذا الجهاز لفتح الترخيص المخزّن.',
    nextAction:
      'شغّل التطبيق من جديد، ثم أعد تشغيل الجهاز إن لم يُجدِ ذلك. وإذا استمرت المشكلة ففعّل مجددًا، وقد يلزم أن يحرّر الدعم المقعد أولًا.',
  },
  vaultStorageFailed: {
    sentence: 'تتعذّر قراءة الترخيص المخزّن لأن القرص أو محرك الشبكة لا يعمل كما يجب.',
    nextAction: 'تأكد من أن المحرك متصل وسليم.',
  },
  vaultDamaged: {
    sentence: 'كان الترخيص المخزّن تالفًا فوُضع جانبًا، ولم يُحذف شيء.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
  },
  vaultRolledBack: {
    sentence: 'الترخيص المخزّن أقدم من آخر ترخيص استُخدم على هذا الجهاز.',
    nextAction: 'اتصل بالإنترنت وحدّث الترخيص. وإن كان مفعّلًا دون اتصال، فألغِ تفعيله هنا ثم أنشئ طلبًا جديدًا.',
  },
  gracePeriod: {
    sentence:
      '{terms, select, trial {انتهت الفترة التجريبية} other {انتهى الاشتراك}}، وتسري فترة السماح{atKnown, select, yes { حتى {at, date, day}} other { حاليًا}}.',
    nextAction:
      '{terms, select, trial {اشترِ ترخيصًا الآن لتواصل العمل دون انقطاع.} other {جدّده الآن لتواصل العمل دون انقطاع.}}',
  },
  clockAhead: {
    sentence:
      'ساعة هذا الجهاز متقدمة على آخر وقت معروف للتطبيق {count, plural, =-1 {كثيرًا} zero {بأقل من يوم} one {بمقدار يوم واحد} two {بمقدار يومين} few {بمقدار # أيام} many {بمقدار # يومًا} other {بمقدار # يوم}}.',
    nextAction: 'إذا كان التاريخ أو الوقت خاطئًا فصحّحه الآن، وإن كانا صحيحين فلا داعي لفعل شيء.',
  },
  leaseEndsSoon: {
    sentence: 'تنتهي مدة الاستخدام{atKnown, select, yes { يوم {at, date, moment}} other { قريبًا}}.',
    nextAction: 'حدّث الترخيص وأنت متصل بالشبكة.',
  },
  entitlementEndsSoon: {
    sentence: `{terms, select, trial {تنتهي الفترة التجريبية} other {ينتهي الاشتراك}}${onDayOrSoon}.`,
    nextAction: '{terms, select, trial {اشترِ ترخيصًا من المورّد قبل ذلك.} other {جدّده لدى المورّد قبل ذلك.}}',
  },
  activationInterrupted: {
    sentence: 'انقطعت عملية تفعيل قبل وصول الرد.',
    nextAction: 'فعّل الجهاز مجددًا بالرمز أو الحساب نفسه، ولن يُستخدم مقعد ثانٍ.',
  },
  deactivationInterrupted: {
    sentence: 'انقطعت عملية إلغاء تفعيل قبل وصول الرد.',
    nextAction: 'ألغِ التفعيل مجددًا لتتأكد من أن المقعد شاغر.',
  },
  signInNeeded: {
    sentence: 'فُقد أحد ردود خادم الترخيص، فلا يمكن تجديد هذا الترخيص من دونك.',
    nextAction: 'سجّل الدخول مجددًا بالحساب نفسه، وسيُستخدم المقعد نفسه.',
  },
  vaultReadOnly: {
    sentence: 'تتعذّر الكتابة في مجلد الترخيص.',
    nextAction: 'امنح حسابك إذن الكتابة في هذا المجلد.',
  },
  vaultDiskFull: {
    sentence: 'القرص الذي فيه مجلد الترخيص ممتلئ.',
    nextAction: 'أخلِ بعض المساحة، ولم يُفقد شيء.',
  },
  networkUnavailable: {
    sentence: 'هذا الجهاز غير متصل بالشبكة.',
    nextAction: 'صِله بالشبكة، أو تبادل الملفات دون اتصال.',
  },
  dnsFailed: {
    sentence: `تعذّر العثور على عنوان خادم الترخيص${host}.`,
    nextAction: 'تحقق من الاتصال ومن إعدادات \u2066DNS\u2069.',
  },
  serverUnreachable: {
    sentence: `تعذّر الوصول إلى خادم الترخيص${host}.`,
    nextAction: 'تحقق من الاتصال، ومن أن جدار الحماية يسمح بهذا العنوان.',
  },
  clockBehind: {
    sentence: `يبدو أن ساعة هذا الجهاز متأخرة، إذ إن شهادة خادم الترخيص${host} لم تبدأ صلاحيتها بعد بحسبها.`,
    nextAction: 'اضبط تاريخ هذا الجهاز ووقته، ثم حاول مرة أخرى، وإن كانا صحيحين فأبلغ المورّد.',
  },
  certificateInvalid: {
    sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} غير صالحة.`,
    nextAction: 'تحقق من تاريخ هذا الجهاز ووقته، وإن كانا صحيحين فأبلغ المورّد.',
  },
  serverError: {
    sentence: `خادم الترخيص${host} معطّل.`,
    nextAction: `حاول مرة أخرى ${waitUntil}، ويظل الترخيص المفعّل ساريًا حتى تنتهي مدة استخدامه.`,
  },
  serverRefused: {
    sentence: `رفض خادم الترخيص${host} الطلب الأخير.`,
    nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فاتصل بالدعم.',
  },
  rateLimited: {
    sentence: `خادم الترخيص${host} مشغول ويطلب الانتظار.`,
    nextAction: `حاول مرة أخرى ${waitUntil}.`,
  },
  clientCertificateMissing: {
    sentence: 'يشترط خادم الترخيص شهادة يستوردها مسؤول النظام، وليست على هذا الجهاز شهادة صالحة.',
    nextAction: 'اطلب من مسؤول النظام استيراد شهادة بالأمر «\u2066latchkey certificate import\u2069».',
  },
  clientCertificateExpired: {
    sentence:
      'انتهت صلاحية الشهادة التي يعرّف بها هذا الجهاز نفسه{atKnown, select, yes { في {at, date, day}} other {}}.',
    nextAction: 'حدّث الترخيص ليجلب الجهاز شهادة جديدة.',
  },
  clientCertificateRefused: {
    sentence: `لا يقبل خادم الترخيص${host} شهادة هذا الجهاز.`,
    nextAction: 'حدّث الترخيص ليجلب الجهاز شهادة جديدة، وإن كانت من مسؤول النظام فاطلب منه غيرها.',
  },
  connectionInspected: {
    sentence: `قد يطّلع طرف آخر على الاتصال بخادم الترخيص${host}، لأن الشهادة المعروضة{issuer, select, none {} other { الصادرة عن ${issuer}}} لا تحمل أيًّا من مفاتيح المورّد.`,
    nextAction: 'لا يلزمك فعل شيء إن كانت شركتك تفحص الاتصالات، وإلا فجرّب شبكة أخرى واسأل مسؤول النظام.',
  },
  licenseFileMissing: {
    sentence: 'ملف الترخيص الخاص بالبرنامج المثبّت مفقود.',
    nextAction: 'حدّث الترخيص لتحصل عليه من جديد، وإذا بقي مفقودًا فتحقق من إمكان الكتابة في مجلده.',
  },
  licenseFileExpired: {
    sentence: 'انتهت صلاحية ملف الترخيص الخاص بالبرنامج المثبّت.',
    nextAction: 'حدّث الترخيص لتحصل على ملف جديد.',
  },
  licenseFileInvalid: {
    sentence: 'ملف الترخيص الخاص بالبرنامج المثبّت تالف أو غير أصلي.',
    nextAction: 'حدّث الترخيص لتحصل على ملف جديد.',
  },
  localServerUnproven: {
    sentence: 'لم يُثبت خادم الترخيص المحلي بعدُ أنه يمنح تراخيص هذا المورّد، لذلك لا يُعتدّ بترخيصه.',
    nextAction: 'حدّث الترخيص، وإن لم يفد ذلك فاسأل مسؤول النظام.',
  },
  clonedImageSuspected: {
    sentence: 'يبدو أن هذا النظام نسخة من صورة قرص مستخدمة في مكان آخر أيضًا.',
    nextAction: 'اطلب من مسؤول النظام أن يمنح كل نسخة معرّف جهاز خاصًا بها.',
  },
  vaultRecovered: {
    sentence: 'كان الترخيص المخزّن تالفًا فاستُعيد من نسخته الاحتياطية.',
    nextAction: 'لا يلزمك فعل شيء. افحص القرص إن تكرر ذلك.',
  },
  keyringWeak: {
    sentence: 'لا تُستخدم سلسلة مفاتيح للنظام، فالترخيص محمي بهوية هذا الجهاز وحدها.',
    nextAction: 'لا يلزمك فعل شيء. تكون الحماية أقوى مع سلسلة مفاتيح للنظام.',
  },
  keyringChanged: {
    sentence: 'تغيّرت سلسلة مفاتيح هذا النظام منذ تخزين الترخيص.',
    nextAction: 'لا يلزمك فعل شيء، فقد خُزّن الترخيص من جديد.',
  },
  deviceDrifted: {
    sentence: 'تغيّرت أجزاء من هذا الجهاز{factors, select, none {} other { ({factors})}}، ويظل الترخيص ساريًا.',
    nextAction: 'لا يلزمك فعل شيء.',
  },
  virtualMachineDetected: {
    sentence: 'هذا جهاز افتراضي.',
    nextAction: 'لا يلزمك فعل شيء. ألغِ تفعيل الجهاز قبل نسخه أو حذفه.',
  },
  heldAtOtherServer: {
    sentence: `هذا الترخيص محفوظ لدى خادم ترخيص آخر{host, select, none {} other { ${ltr('host')}}} غير المختار لعمليات التفعيل الجديدة.`,
    nextAction: 'يظل يعمل كما كان. ولنقله ألغِ تفعيله هنا ثم فعّله من جديد.',
  },
  offlineLease: {
    sentence:
      'فُعِّل هذا المقعد دون اتصال{atKnown, select, yes {، وتنتهي مدة استخدامه في {at, date, day}} other {}}.',
    nextAction: 'احصل على ملف تحديث من البوابة قبل ذلك.',
  },
  requestPending: {
    sentence:
      'يوجد طلب دون اتصال{atKnown, select, yes { أُنشئ في {at, date, day}} other {}} ما زال ينتظر الرد.',
    nextAction: 'انقل الطلب إلى البوابة، ثم استورد الرد هنا.',
  },
  receiptPending: {
    sentence:
      '{count, plural, =-1 {إيصال إلغاء تفعيل واحد} zero {لا إيصالات لإلغاء التفعيل} one {إيصال إلغاء تفعيل واحد} two {إيصالا إلغاء تفعيل} few {# إيصالات إلغاء تفعيل} many {# إيصال إلغاء تفعيل} other {# إيصال إلغاء تفعيل}} في انتظار التسليم إلى البوابة.',
    nextAction: 'انقل ملف إلغاء التفعيل إلى البوابة لتحرير المقعد.',
  },
  maintenanceEndsSoon: {
    sentence: `تنتهي الصيانة${onDayOrSoon}.`,
    nextAction: 'جدّدها لتواصل تلقّي الإصدارات الجديدة.',
  },
  maintenanceExpired: {
    sentence: `انتهت الصيانة${onDay}، ويظل البرنامج يعمل.`,
    nextAction: 'جدّدها لتتلقّى الإصدارات الجديدة مرة أخرى.',
  },
  deniedByPolicy: {
    sentence: 'لا تسمح مؤسستك ببعض الإجراءات هنا.',
    nextAction: 'راجع مسؤول النظام إن احتجت إليها.',
  },
  testEnvironment: {
    sentence: 'هذه بيئة اختبار، وتراخيصها ليست للاستخدام الفعلي.',
    nextAction: 'لا يلزمك فعل شيء.',
  },
};
