import { ChevronDown } from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { BundlePreview } from '../../shared/contract.ts';
import { BUNDLE_FILES } from '../../shared/support/bundle.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

type File = BundlePreview['files'][number];

/** Every file of a bundle with its size; its text, in full, on demand. */
export function BundleFiles({ files }: { readonly files: readonly File[] }) {
  const t = useText();
  return (
    <ul className="card bundle-files" aria-label={t('bundle.contents')}>
      {files.map((file) => (
        <li key={file.name}>
          <FilePart file={file} />
        </li>
      ))}
    </ul>
  );
}

function FilePart({ file: { name, bytes, text } }: { readonly file: File }) {
  const language = useLanguage();
  const t = useText();
  return (
    <Disclosure className="bundle-file">
      <Heading level={3} className="check-heading">
        <AriaButton slot="trigger" className="check check-trigger bundle-trigger">
          <span className="bundle-what">
            {t(`bundle.file.${kindOf(name)}`)} <bdi className="code quiet">{name}</bdi>
          </span>
          <span className="bundle-size quiet">{sizeText(bytes, language)}</span>
          <ChevronDown className="bundle-chevron" size={15} aria-hidden />
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
        <pre className="bundle-text" dir="ltr" tabIndex={0} aria-label={name}>
          {text === '' ? t('bundle.empty') : text}
        </pre>
      </DisclosurePanel>
    </Disclosure>
  );
}

type Kind = keyof typeof BUNDLE_FILES | 'crash';

function kindOf(name: string): Kind {
  const kinds = Object.keys(BUNDLE_FILES) as readonly (keyof typeof BUNDLE_FILES)[];
  return kinds.find((kind) => BUNDLE_FILES[kind] === name) ?? 'crash';
}

function sizeText(bytes: number, language: string): string {
  const isSmall = bytes < 1000;
  return new Intl.NumberFormat(`${language}-u-nu-latn`, {
    style: 'unit',
    unit: isSmall ? 'byte' : 'kilobyte',
    unitDisplay: isSmall ? 'long' : 'short',
    maximumFractionDigits: 0,
  }).format(isSmall ? bytes : bytes / 1000);
}
