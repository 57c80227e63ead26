import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import './page.css';

interface PageProps {
  readonly title: string;
  /** Beside the title, such as the product's initial. */
  readonly mark?: ReactNode;
  readonly subtitle?: ReactNode;
  readonly aside?: ReactNode;
  readonly back?: { readonly label: string; readonly go: () => void };
  /** `title`: a screen reader starts at the title. `none`: something on the page takes the focus itself. */
  readonly focus?: 'title' | 'none';
  readonly children: ReactNode;
}

/** One screen: its title, a way back and its content in a column that is easy to read. */
export function Page({ title, mark, subtitle, aside, back, focus = 'title', children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.closest('main')?.scrollTo({ top: 0 });
    if (focus === 'title') heading.current?.focus({ preventScroll: true });
  }, [focus]);
  const remember = useKeptFocus(heading);
  return (
    <div className="page" onFocus={remember}>
      {back !== undefined && (
        <div className="page-back">
          <Button
            look="quiet"
            icon={<ChevronLeft className="mirrored" size={16} aria-hidden />}
            onPress={back.go}
          >
            {back.label}
          </Button>
        </div>
      )}
      <header className="page-header">
        {mark}
        <div className="page-heading">
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
          {subtitle !== undefined && <p className="quiet">{subtitle}</p>}
        </div>
        {aside !== undefined && <div className="page-aside">{aside}</div>}
      </header>
      {children}
    </div>
  );
}
