import type { Page } from 'playwright';

/** The clipboard of a window's own browser, as keys reach it. */

/**
 * What stands on the clipboard. The application may not read it, so it is pasted, and taken before the page sees it.
 */
export async function onClipboard(page: Page): Promise<string> {
  const pasted = await page.evaluateHandle(() => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const take = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      resolve(event.clipboardData?.getData('text/plain') ?? '');
    };
    globalThis.addEventListener('paste', take, { capture: true, once: true });
    // In an object, or it would be waited for here.
    return { promise };
  });
  await page.keyboard.press('ControlOrMeta+V');
  return await pasted.evaluate(async ({ promise }) => await promise);
}

/** Puts a text on the clipboard, as another program would, and pastes it with the keyboard where the focus is. */
export async function pasteByKeys(page: Page, text: string): Promise<void> {
  await page.evaluate(async (copied) => {
    await navigator.clipboard.writeText(copied);
  }, text);
  await page.keyboard.press('ControlOrMeta+V');
}
