import { CopyButton } from '../components/copy-button.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Section } from '../components/section.tsx';
import { useApp } from '../store/use-app.ts';
import { useText } from '../strings/use-text.ts';

/** What a person on the telephone with support reads out, here where support has sent them. */
export function SupportCodes({ productId }: { readonly productId: string | null }) {
  const t = useText();
  const all = useApp((app) => app.snapshot?.licenses ?? []);
  const licenses = productId === null ? all : all.filter((license) => license.productId === productId);
  if (licenses.length === 0) return null;
  return (
    <Section title={t('seat.supportCode')} note={t('diagnosis.supportCode')}>
      <Facts>
        {licenses.map((license) => (
          <Fact
            key={license.productId}
            name={license.productName}
            action={<CopyButton text={license.supportCode} label={t('seat.copySupportCode')} />}
          >
            <span className="code">{license.supportCode}</span>
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
