import { useEffect, useRef, type FocusEvent, type RefObject } from 'react';

/**
 * What has the focus may go with the reason that it belonged to, such as a form that was cancelled. A keyboard would then
 * begin at the top of the window, and a screen reader say nothing; so the focus goes home instead.
 *
 * @param home what takes the focus then, such as the title of the page
 * @returns what is to be called for every element that takes the focus
 */
export function useKeptFocus(home: RefObject<HTMLElement | null>): (event: FocusEvent) => void {
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const look = () => {
      if (focused.current?.isConnected !== false) return;
      focused.current = null;
      if (document.activeElement === document.body) home.current?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      if (focused.current?.isConnected !== false) return;
      // A dialog that closes gives the focus back in the next frame; only what nobody takes is left for here.
      requestAnimationFrame(() => requestAnimationFrame(look));
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [home]);
  return ({ target }) => {
    focused.current = target;
  };
}
