import { Component, type ReactNode } from 'react';
import { failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { FullStop } from '../components/full-stop.tsx';
import { say } from '../strings/use-text.ts';
import { languageOf } from '../theme/apply.ts';

interface SafetyNetState {
  readonly broken: boolean;
}

/** Catches a defect of a screen, so that the window is never blank. The license is not touched by it. */
export class SafetyNet extends Component<{ readonly children: ReactNode }, SafetyNetState> {
  override state: SafetyNetState = { broken: false };

  static getDerivedStateFromError(): SafetyNetState {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    // Whatever broke may be the store, so nothing is read from it.
    const language = languageOf({ locale: document.documentElement.lang });
    const { sentence, nextAction } = describeFailure(failure('internal'), language);
    return (
      <FullStop
        sentence={sentence}
        nextAction={nextAction}
        button={say(language, 'reload')}
        // Nothing may navigate, not even to where it is (electron/platform/navigation.ts): all is made anew instead.
        onPress={() => this.setState({ broken: false })}
      />
    );
  }
}
