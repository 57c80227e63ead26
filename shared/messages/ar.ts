import type { Catalogue } from './types.ts';

// Facts that are read from left to right stand in an isolate (U+2066 to U+2069), or their dots and colons would
// jump; the name of an issuer may be in any script and takes the direction of its first letter (U+2068).
const ltr = (argument: string) => `\u2066{${argument}}\u2069`;

// The host stands in apposition, so that one text serves every case of the noun before it.
const host = `{host, select, none {} other { ${ltr('host')}}}`;
const issuer = '«\u2068{issuer}\u2069»';
const onDay = '{atKnown, select, yes { في {at, date, day}} other {}}';
const onDayOrSoon = '{atKnown, select, yes { في {at, date, day}} other { قريبًا}}';
const wait =
  '{seconds, plural, =-1 {حاول مرة أخرى بعد قليل.} zero {حاول مرة أخرى الآن.} one {حاول مرة أخرى بعد ثانية واحدة.} two {حاول مرة أخرى بعد ثانيتين.} few {حاول مرة أخرى بعد # ثوانٍ.} many {حاول مرة أخرى بعد # ثانية.} other {حاول مرة أخرى بعد # ثانية.}}';

export const ar: Catalogue = {
  states: {
    uninitialized: 'جارٍ قراءة الترخيص',
    notActivated: 'غير مفعّل',
    active: 'مفعّل',
    leaseExpired: 'انتهت مدة الاستخدام',
    entitlementNotActive: 'الاستحقاق غير سارٍ',
  },
  reasons: {
    neverActivated: {
      sentence: 'لم يُفعَّل هذا الجهاز بعد.',
      nextAction: 'أدخل رمز التفعيل الذي وصلك عند الشراء.',
    },
    deactivated: {
      sentence: `أُلغي تفعيل هذا الجهاز${onDay}، وأصبح مقعده شاغرًا.`,
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
    deviceChanged: {
      sentence: 'ليس هذا هو الجهاز الذي فُعِّل{factors, select, none {} other { (ما تغيّر: {factors})}}.',
      nextAction: 'فعّل هذا الجهاز مجددًا.',
    },
    virtualMachineForbidden: {
      sentence: 'لا يُسمح باستخدام هذا الترخيص على جهاز افتراضي.',
      nextAction: 'استخدمه على جهاز فعلي، أو اطلب من المورّد ترخيصًا يسمح بالأجهزة الافتراضية.',
    },
    clockRolledBack: {
      sentence:
        'ساعة هذا الجهاز متأخرة، فقد سُجِّل عليه من قبل وقت لاحق{atKnown, select, yes {: {at, date, moment}} other {}}.',
      nextAction: 'اضبط التاريخ والوقت تلقائيًا، أو اتصل بالإنترنت وحدّث الترخيص.',
    },
    entitlementExpired: {
      sentence: `انتهى الاشتراك${onDay}.`,
      nextAction: 'جدّده لدى المورّد، ثم تحقق مرة أخرى.',
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
      nextAction: 'افتح قفل سلسلة المفاتيح في نظامك، ثم شغّل التطبيق من جديد.',
    },
    vaultDamaged: {
      sentence: 'كان الترخيص المخزّن تالفًا فوُضع جانبًا، ولم يُحذف شيء.',
      nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، وسيُستخدم المقعد نفسه.',
    },
    vaultNewer: {
      sentence: 'كُتب الترخيص المخزّن بإصدار أحدث من هذا التطبيق.',
      nextAction: 'ثبّت أحدث إصدار من هذا التطبيق.',
    },
    vaultRolledBack: {
      sentence: 'الترخيص المخزّن أقدم من آخر ترخيص استُخدم على هذا الجهاز.',
      nextAction: 'اتصل بالإنترنت وحدّث الترخيص.',
    },
    gracePeriod: {
      sentence:
        'انتهى الاشتراك، وتسري فترة السماح{atKnown, select, yes { حتى {at, date, day}} other { حاليًا}}.',
      nextAction: 'جدّده الآن لتواصل العمل دون انقطاع.',
    },
    leaseEndsSoon: {
      sentence: 'تنتهي مدة الاستخدام{atKnown, select, yes { يوم {at, date, moment}} other { قريبًا}}.',
      nextAction: 'حدّث الترخيص وأنت متصل بالشبكة.',
    },
    entitlementEndsSoon: {
      sentence: `ينتهي الاشتراك${onDayOrSoon}.`,
      nextAction: 'جدّده لدى المورّد قبل ذلك.',
    },
    activationInterrupted: {
      sentence: 'انقطعت عملية تفعيل قبل وصول الرد.',
      nextAction: 'فعّل الجهاز مجددًا بالرمز نفسه، ولن يُستخدم مقعد ثانٍ.',
    },
    deactivationInterrupted: {
      sentence: 'انقطعت عملية إلغاء تفعيل قبل وصول الرد.',
      nextAction: 'ألغِ التفعيل مجددًا لتتأكد من أن المقعد شاغر.',
    },
    vaultReadOnly: {
      sentence: 'تتعذّر الكتابة في مجلد الترخيص.',
      nextAction: 'امنح حسابك إذن الكتابة في هذا المجلد.',
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
    proxyUnreachable: {
      sentence: 'تعذّر الوصول إلى الخادم الوكيل لهذه الشبكة.',
      nextAction: 'تحقق من إعدادات الخادم الوكيل في النظام.',
    },
    proxyAuthRequired: {
      sentence: 'يطلب الخادم الوكيل لهذه الشبكة اسم مستخدم وكلمة مرور.',
      nextAction: 'اطلب من مسؤول النظام السماح لك باستخدام الخادم الوكيل.',
    },
    certificateUntrusted: {
      sentence: `لم يُجرَ الاتصال، لأن الشهادة المعروضة صادرة عن جهة غير موثوق بها{issuer, select, none {} other {: ${issuer}}}.`,
      nextAction: `اطلب من مسؤول النظام السماح بالاتصال بخادم الترخيص${host} دون فحص محتواه.`,
    },
    certificateInvalid: {
      sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} غير صالحة.`,
      nextAction: 'تحقق من تاريخ هذا الجهاز ووقته، وإن كانا صحيحين فأبلغ المورّد.',
    },
    pinMismatch: {
      sentence: `لم يُجرَ الاتصال، لأن من أجاب ليس خادم الترخيص${host}.`,
      nextAction:
        'جرّب شبكة أخرى، وإن كنت في شركة فاطلب من مسؤول النظام السماح بهذا العنوان دون فحص محتوى الاتصال.',
    },
    serverError: {
      sentence: `خادم الترخيص${host} معطّل.`,
      nextAction: 'حاول مرة أخرى بعد حين، ويظل ترخيصك ساريًا حتى تنتهي مدة استخدامه.',
    },
    serverRefused: {
      sentence: `رفض خادم الترخيص${host} الطلب الأخير.`,
      nextAction: 'حاول مرة أخرى، وإن تكرر ذلك فاتصل بالدعم.',
    },
    rateLimited: {
      sentence: `خادم الترخيص${host} مشغول ويطلب الانتظار.`,
      nextAction: wait,
    },
    clientCertificateRequired: {
      sentence: `يشترط خادم الترخيص${host} شهادة جهاز ليست لدى هذا الجهاز.`,
      nextAction: 'اطلبها من المورّد أو من مسؤول النظام.',
    },
    licenseFileMissing: {
      sentence: 'ملف الترخيص الخاص بالبرنامج المثبّت مفقود.',
      nextAction: 'حدّث الترخيص لتحصل عليه من جديد.',
    },
    licenseFileExpired: {
      sentence: 'انتهت صلاحية ملف الترخيص الخاص بالبرنامج المثبّت.',
      nextAction: 'حدّث الترخيص لتحصل على ملف جديد.',
    },
    licenseFileInvalid: {
      sentence: 'ملف الترخيص الخاص بالبرنامج المثبّت تالف أو غير أصلي.',
      nextAction: 'حدّث الترخيص لتحصل على ملف جديد.',
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
      sentence:
        'تغيّرت أجزاء من هذا الجهاز{factors, select, none {} other { ({factors})}}، ويظل الترخيص ساريًا.',
      nextAction: 'لا يلزمك فعل شيء.',
    },
    virtualMachineDetected: {
      sentence: 'هذا جهاز افتراضي.',
      nextAction: 'لا يلزمك فعل شيء. ألغِ تفعيل الجهاز قبل نسخه أو حذفه.',
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
      nextAction: 'انقل الإيصال إلى البوابة لتحرير المقعد.',
    },
    maintenanceEndsSoon: {
      sentence: `تنتهي الصيانة${onDayOrSoon}.`,
      nextAction: 'جدّدها لتواصل تلقّي الإصدارات الجديدة.',
    },
    maintenanceExpired: {
      sentence: `انتهت الصيانة${onDay}، ويظل البرنامج يعمل.`,
      nextAction: 'جدّدها لتتلقّى الإصدارات الجديدة مرة أخرى.',
    },
    testEnvironment: {
      sentence: 'هذه بيئة اختبار، وتراخيصها ليست للاستخدام الفعلي.',
      nextAction: 'لا يلزمك فعل شيء.',
    },
  },
  errors: {
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
      nextAction: 'قارنه بطلب الشراء حرفًا حرفًا، أو ألصقه.',
    },
    productMismatch: {
      sentence: 'رمز التفعيل هذا لمنتج آخر.',
      nextAction: 'تحقق من المنتج الذي بيع الرمز له.',
    },
    seatLimitReached: {
      sentence: 'جميع مقاعد هذا الترخيص مشغولة.',
      nextAction: 'ألغِ تفعيل جهاز لم يعد بحاجة إلى الترخيص، أو اشترِ مقعدًا آخر.',
    },
    entitlementExpired: {
      sentence: 'انتهى الاشتراك المرتبط بهذا الرمز.',
      nextAction: 'جدّده لدى المورّد، ثم حاول مرة أخرى.',
    },
    entitlementDisabled: {
      sentence: 'أوقف المورّد هذا الترخيص.',
      nextAction: 'اسأل المورّد عن السبب، أو استخدم رمزًا آخر.',
    },
    entitlementNotStarted: {
      sentence: 'لم يبدأ بعد سريان الترخيص المرتبط بهذا الرمز.',
      nextAction: 'انتظر أول يوم لسريانه، أو اطلب من المورّد بدءه.',
    },
    credentialsInvalid: {
      sentence: 'لم يُقبل تسجيل الدخول.',
      nextAction: 'تحقق من اسم المستخدم وكلمة المرور، ثم حاول مرة أخرى.',
    },
    accountLocked: {
      sentence: 'هذا الحساب مقفل.',
      nextAction: 'اطلب من المورّد فتح قفله.',
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
      sentence: 'استُنفد رصيد تلك الميزة.',
      nextAction: 'انتظر حتى يعيدها مستخدم آخر، أو اطلب المزيد من المورّد.',
    },
    featureNotReturnable: {
      sentence: 'لا يمكن إعادة ما استُهلك من تلك الميزة.',
      nextAction: 'لا يلزمك فعل شيء، فعدّادات الاستهلاك لا تنقص.',
    },
    rateLimited: {
      sentence: `خادم الترخيص${host} مشغول ويطلب الانتظار.`,
      nextAction: wait,
    },
    clientCertificateRequired: {
      sentence: `يشترط خادم الترخيص${host} شهادة جهاز ليست لدى هذا الجهاز.`,
      nextAction: 'اطلبها من المورّد أو من مسؤول النظام.',
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
    proxyUnreachable: {
      sentence: 'تعذّر الوصول إلى الخادم الوكيل لهذه الشبكة.',
      nextAction: 'تحقق من إعدادات الخادم الوكيل في النظام.',
    },
    proxyAuthRequired: {
      sentence: 'يطلب الخادم الوكيل لهذه الشبكة اسم مستخدم وكلمة مرور.',
      nextAction: 'اطلب من مسؤول النظام السماح لك باستخدام الخادم الوكيل.',
    },
    certificateUntrusted: {
      sentence: `لم يُجرَ الاتصال، لأن الشهادة المعروضة صادرة عن جهة غير موثوق بها{issuer, select, none {} other {: ${issuer}}}.`,
      nextAction: `اطلب من مسؤول النظام السماح بالاتصال بخادم الترخيص${host} دون فحص محتواه.`,
    },
    certificateExpired: {
      sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} انتهت صلاحيتها${onDay}.`,
      nextAction: 'تحقق من تاريخ هذا الجهاز ووقته، وإن كانا صحيحين فأبلغ المورّد.',
    },
    certificateNotYetValid: {
      sentence: `لم يُجرَ الاتصال، لأن شهادة خادم الترخيص${host} لم تبدأ صلاحيتها بعد.`,
      nextAction: 'تحقق من تاريخ هذا الجهاز ووقته.',
    },
    certificateNameMismatch: {
      sentence: `لم يُجرَ الاتصال، لأن الشهادة المعروضة لا تخص خادم الترخيص${host}.`,
      nextAction: 'جرّب شبكة أخرى، أو اسأل مسؤول النظام.',
    },
    pinMismatch: {
      sentence: `لم يُجرَ الاتصال، لأن من أجاب ليس خادم الترخيص${host}.`,
      nextAction:
        'جرّب شبكة أخرى، وإن كنت في شركة فاطلب من مسؤول النظام السماح بهذا العنوان دون فحص محتوى الاتصال.',
    },
    tlsFailed: {
      sentence: `تعذّر إنشاء اتصال آمن بخادم الترخيص${host}.`,
      nextAction: 'جرّب شبكة أخرى، أو اسأل مسؤول النظام.',
    },
    serverError: {
      sentence: `خادم الترخيص${host} معطّل.`,
      nextAction: 'حاول مرة أخرى بعد حين.',
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
      sentence: 'يستخدم برنامج آخر الترخيص المخزّن.',
      nextAction: 'أغلق النوافذ الأخرى لهذا التطبيق، ثم حاول مرة أخرى.',
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
      sentence: 'القرص ممتلئ، فتعذّر تخزين الترخيص.',
      nextAction: 'أخلِ بعض المساحة ثم حاول مرة أخرى، ولم يُفقد شيء.',
    },
    vaultNewer: {
      sentence: 'كُتب الترخيص المخزّن بإصدار أحدث من هذا التطبيق.',
      nextAction: 'ثبّت أحدث إصدار من هذا التطبيق.',
    },
    vaultConflict: {
      sentence: 'غيّر برنامج آخر الترخيص المخزّن في الوقت نفسه.',
      nextAction: 'حاول مرة أخرى.',
    },
    vaultUnsafe: {
      sentence: 'لا يُستخدم مجلد الترخيص لأن مالكه شخص آخر أو لأنه مفتوح للجميع.',
      nextAction: 'اطلب من مسؤول النظام تصحيح مالكه وأذوناته.',
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
    virtualMachineForbidden: {
      sentence: 'لا يُسمح باستخدام هذا الترخيص على جهاز افتراضي.',
      nextAction: 'استخدمه على جهاز فعلي، أو اطلب من المورّد ترخيصًا يسمح بالأجهزة الافتراضية.',
    },
  },
  remedies: {
    none: '',
    retry: 'إعادة المحاولة',
    retryLater: 'إعادة المحاولة',
    checkCode: 'التحقق من الرمز',
    freeSeat: 'فتح البوابة',
    renew: 'تجديد',
    activate: 'تفعيل',
    activateAgain: 'إعادة التفعيل',
    refresh: 'تحديث',
    checkNetwork: 'إعادة المحاولة',
    checkProxy: 'إعادة المحاولة',
    setClock: 'إعادة التحقق',
    fixStorage: 'إعادة التحقق',
    unlockKeyring: 'إعادة المحاولة',
    updateApplication: 'الحصول على الإصدار الجديد',
    askAdministrator: 'نسخ التفاصيل',
    contactVendor: 'الاتصال بالمورّد',
    contactSupport: 'الاتصال بالدعم',
    finishOffline: 'متابعة',
  },
  factors: {
    machineId: 'معرّف الجهاز',
    board: 'اللوحة الأم',
    cpu: 'المعالج',
    mac: 'بطاقة الشبكة',
    disk: 'قرص النظام',
    os: 'تثبيت نظام التشغيل',
    install: 'معرّف التثبيت',
  },
  menu: {
    file: 'ملف',
    edit: 'تحرير',
    view: 'عرض',
    window: 'نافذة',
    help: 'مساعدة',
    about: 'حول {application}',
    hide: 'إخفاء {application}',
    quit: 'إنهاء {application}',
    undo: 'تراجع',
    redo: 'إعادة',
    cut: 'قص',
    copy: 'نسخ',
    paste: 'لصق',
    selectAll: 'تحديد الكل',
    resetZoom: 'الحجم الفعلي',
    zoomIn: 'تكبير',
    zoomOut: 'تصغير',
    minimize: 'تصغير النافذة',
    close: 'إغلاق النافذة',
    supportPage: 'الدعم',
    portal: 'بوابة المستخدم النهائي',
  },
};
