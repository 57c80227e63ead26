import { Lock } from 'lucide-react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { sentenceCase } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useWhen } from './use-when.ts';

interface RequestContentsProps {
  readonly license: LicenseView;
  readonly request: LicenseView['offline']['requests'][number];
}

/** What somebody carries when they carry the request, and that nobody on the way can read it. */
export function RequestContents({ license, request }: RequestContentsProps) {
  const language = useLanguage();
  const t = useText();
  const when = useWhen();
  const edition = license.editions.find(({ id }) => id === request.editionId);
  const rows = [
    { name: t('activate.product'), value: license.productName },
    { name: t('activate.seatName'), value: request.seatName ?? t('offline.noName') },
    ...(edition === undefined ? [] : [{ name: t('activate.edition'), value: edition.name }]),
    { name: t('offline.contents.code'), value: t('offline.contents.included') },
    { name: t('offline.madeLabel'), value: sentenceCase(language, when(request.madeAt)) },
  ];
  return (
    <div className="contents">
      <h3>{t('offline.contents')}</h3>
      <dl className="contents-rows">
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt className="quiet">{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p className="contents-note quiet">
        <Lock size={15} aria-hidden />
        <span>{t('offline.contents.note')}</span>
      </p>
    </div>
  );
}
