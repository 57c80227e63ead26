import { describeFailure, describeReason } from '../../shared/messages/index.ts';
import type { Failure } from '../../shared/errors.ts';
import type { Reason } from '../../shared/license/reasons.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { otherWay, troubleOf, type Trouble } from './remedy.ts';

/** What is the matter, and what to do about it. */
export type Advice = ReturnType<typeof describeReason>;

/** Sentences about the reasons and failures of a license, which advise nothing that its state does not allow. */
export function useAdvice({ actions }: Pick<LicenseView, 'actions'>) {
  const language = useLanguage();
  const t = useText();
  const allowed = (advice: Advice, trouble: Trouble): Advice => {
    const other = otherWay(trouble, actions);
    return other === null ? advice : { ...advice, nextAction: t(`otherWay.${other}`) };
  };
  return {
    /** The advice about a trouble, or what can be done instead. */
    allowed,
    onReason: (reason: Reason) => allowed(describeReason(reason, language), reason),
    onFailure: (failure: Failure) => allowed(describeFailure(failure, language), troubleOf(failure)),
  };
}
