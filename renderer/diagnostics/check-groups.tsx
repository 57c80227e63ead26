import {
  CHECK_GROUPS,
  CHECK_IDS,
  CHECKS,
  type CheckGroup,
  type CheckId,
} from '../../shared/support/checks.ts';
import { diagnosisWords } from '../../shared/messages/index.ts';
import { Section } from '../components/section.tsx';
import { useApp } from '../store/use-app.ts';
import { useLanguage } from '../strings/use-text.ts';
import { CheckRow } from './check-row.tsx';

/** Every check, under what it looks at; those of a license under its product where there are several. */
export function CheckGroups() {
  const words = diagnosisWords(useLanguage());
  const phase = useApp((app) => app.diagnosis.phase);
  const licenses = useApp((app) => app.snapshot?.licenses ?? []);
  if (phase === 'idle') return null;
  return CHECK_GROUPS.flatMap((group) =>
    group === 'license'
      ? licenses.map(({ productId, productName }) => (
          <Group
            key={productId}
            title={licenses.length === 1 ? words.groups.license : productName}
            group={group}
            productId={productId}
          />
        ))
      : [<Group key={group} title={words.groups[group]} group={group} productId={null} />],
  );
}

interface GroupProps {
  readonly title: string;
  readonly group: CheckGroup;
  readonly productId: string | null;
}

function Group({ title, group, productId }: GroupProps) {
  const checks = useApp((app) => app.diagnosis.checks);
  const isRunning = useApp((app) => app.diagnosis.phase === 'running');
  const found = (id: CheckId) => checks.find((check) => check.id === id && check.productId === productId);
  const shown = CHECK_IDS.filter((id) => CHECKS[id] === group && (isRunning || found(id) !== undefined));
  if (shown.length === 0) return null;
  return (
    <Section title={title}>
      <div className="card checks">
        {shown.map((id) => (
          <CheckRow key={id} id={id} result={found(id) ?? null} />
        ))}
      </div>
    </Section>
  );
}
