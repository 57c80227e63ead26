import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Language } from '../../shared/settings.ts';
import { Fact, Facts } from '../components/facts.tsx';
import { Section } from '../components/section.tsx';
import { readableKey } from '../format/readable-key.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { attributeText } from '../../shared/messages/attribute-text.ts';

type Attribute = NonNullable<LicenseView['activation']>['attributes'][number];

/** What else the vendor wrote into the license. */
export function Attributes({ attributes }: { readonly attributes: readonly Attribute[] }) {
  const language: Language = useLanguage();
  const t = useText();
  if (attributes.length === 0) return null;
  return (
    <Section title={t('attributes.title')}>
      <Facts>
        {attributes.map((attribute) => (
          <Fact key={attribute.key} name={readableKey(attribute.key)}>
            {attribute.value === null || attribute.value === '' ? (
              t('attributes.none')
            ) : (
              <bdi>{attributeText(attribute, language)}</bdi>
            )}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
