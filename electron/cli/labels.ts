import type { Language } from '../../shared/settings.ts';

/** Captions of the command line's readable output. What it says about codes comes from shared/messages. */
export interface Labels {
  readonly product: string;
  readonly seat: string;
  readonly edition: string;
  readonly plan: string;
  readonly customer: string;
  readonly lease: string;
  readonly subscription: string;
  readonly features: string;
  readonly attributes: string;
  readonly supportCode: string;
  readonly never: string;
  readonly unlimited: string;
  readonly included: string;
  readonly notIncluded: string;
  /** Arguments: `available`, `total`. */
  readonly left: string;
  /** Why an online command is not possible for a license that was activated offline, and what is. */
  readonly offlineWay: string;
}

export const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    product: 'Product',
    seat: 'Seat',
    edition: 'Edition',
    plan: 'Plan',
    customer: 'Customer',
    lease: 'Lease ends',
    subscription: 'Subscription ends',
    features: 'Features',
    attributes: 'Attributes',
    supportCode: 'Support code',
    never: 'never',
    unlimited: 'unlimited',
    included: 'included',
    notIncluded: 'not included',
    left: '{available, number} of {total, number} left',
    offlineWay:
      'This license was activated offline: use `latchkey offline import` and `latchkey offline deactivate`.',
  },
  de: {
    product: 'Produkt',
    seat: 'Lizenzplatz',
    edition: 'Edition',
    plan: 'Tarif',
    customer: 'Kunde',
    lease: 'Nutzungsfrist endet',
    subscription: 'Abonnement endet',
    features: 'Funktionen',
    attributes: 'Attribute',
    supportCode: 'Supportcode',
    never: 'nie',
    unlimited: 'unbegrenzt',
    included: 'enthalten',
    notIncluded: 'nicht enthalten',
    left: 'noch {available, number} von {total, number}',
    offlineWay:
      'Diese Lizenz wurde offline aktiviert: Verwenden Sie `latchkey offline import` und `latchkey offline deactivate`.',
  },
  ar: {
    product: 'المنتج',
    seat: 'المقعد',
    edition: 'الإصدار',
    plan: 'الخطة',
    customer: 'العميل',
    lease: 'تنتهي مدة الاستخدام',
    subscription: 'ينتهي الاشتراك',
    features: 'الميزات',
    attributes: 'السمات',
    supportCode: 'رمز الدعم',
    never: 'أبدًا',
    unlimited: 'بلا حد',
    included: 'مشمولة',
    notIncluded: 'غير مشمولة',
    left: 'بقي {available, number} من {total, number}',
    offlineWay: 'فُعِّل هذا الترخيص بلا اتصال: استخدم `latchkey offline import` و`latchkey offline deactivate`.',
  },
};
