import type { Page } from 'playwright';
import { failure } from '../../../shared/errors.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import { answer, emit } from './fake-bridge.ts';
import { DAY, ended, held, license, never, NOW, REPORTS, STUDIO, snapshot } from './samples.ts';
import type { State } from './states.ts';
import { failWith, openFirst, typeCode } from './steps.ts';
import { shapeOf, tokenView } from './tokens.ts';

const HOUR = 3_600_000;
type Requests = LicenseView['offline']['requests'];

const NEWEST = { id: 'req-2', madeAt: NOW - 40 * 60_000, seatName: 'Measuring bench 4', editionId: 'pro' };
const YESTERDAY = {
  id: 'req-1',
  madeAt: NOW - DAY + 4 * HOUR + 35 * 60_000,
  seatName: 'Measuring bench 4',
  editionId: 'pro',
};
const RECEIPT = { id: 'rec-1', activationId: 'act_Pz9cV3nKx7LdQs5HgB2tJy', madeAt: NOW - 2 * HOUR };
const OLDER = { id: 'rec-0', activationId: 'act_Jf4wT8mRb1XyLc6NpD9sKe', madeAt: NOW - 19 * DAY };
const editions = [
  { id: 'std', name: 'Standard' },
  { id: 'pro', name: 'Professional' },
];

const fresh = license({ facts: never, view: { lastContactAt: null, editions } });

const waiting = (requests: Requests) =>
  license({
    facts: never,
    around: { offline: { available: true, requestPending: requests[0]?.madeAt ?? null, receipts: 0 } },
    view: { lastContactAt: null, editions, offline: { available: true, requests, receipts: [] } },
  });

const offlineActive = license({
  facts: held({ mode: 'offline', leaseExpiry: NOW + 88 * DAY, lastLeaseAt: NOW - 2 * DAY }),
  around: { lastContact: null },
  view: { lastContactAt: null },
});

const gaveBack = (...receipts: LicenseView['offline']['receipts']) =>
  license({
    facts: ended('deactivated'),
    around: { offline: { available: true, requestPending: null, receipts: receipts.length } },
    view: { offline: { available: true, requests: [], receipts } },
  });

/** From the form to the page of the offline exchange. */
const goOffline = async (page: Page) => {
  await page.locator('.activation-submit .button-quiet').click();
  await page.locator('.steps').waitFor();
};
const resume = async (page: Page) => {
  await page.locator('.callout .button').first().click();
  await page.locator('.steps').waitFor();
};
const openStep = (number: number) => async (page: Page) => {
  await page
    .locator('.step-button')
    .nth(number - 1)
    .click();
  await page.locator('.step-body').waitFor();
};
const carry = async (page: Page) => {
  await resume(page);
  await openStep(2)(page);
  await answer(page, 'offline.token', {
    ok: true,
    value: tokenView('activation-request', NEWEST.id, NEWEST.madeAt),
  });
  await page.locator('.carrier').waitFor();
};
const way = (number: number) => async (page: Page) => {
  await page.locator('.carrier-way').nth(number).click();
};
/** Brings a text into the zone of the page that is open. */
const bring = async (page: Page, text: string) => {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'answer.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
};
const opened = async (page: Page, text: string) => {
  await emit(page, 'openedFile', { text, error: null });
};
const openReceipt = async (page: Page) => {
  await page.locator('.callout .button').first().click();
  await answer(page, 'offline.token', {
    ok: true,
    value: tokenView('deactivation', RECEIPT.id, RECEIPT.madeAt),
  });
  await page.locator('.carrier').waitFor();
};

/** Every screen of the offline exchange. */
export const OFFLINE_STATES: readonly State[] = [
  {
    name: 'activate-unreachable',
    licenses: [fresh],
    steps: failWith('serverUnreachable', { host: 'licensing.example.com:443' }),
  },
  {
    name: 'offline-make',
    licenses: [fresh],
    steps: async (page) => {
      await typeCode(page);
      await goOffline(page);
    },
  },
  {
    name: 'offline-make-failed',
    licenses: [fresh],
    steps: async (page) => {
      await typeCode(page);
      await goOffline(page);
      await page.locator('button[type=submit]').click();
      await answer(page, 'offline.makeRequest', { ok: false, error: failure('vaultDiskFull') });
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'offline-pending-form', licenses: [waiting([NEWEST])] },
  {
    name: 'offline-pending-overview',
    licenses: [
      waiting([YESTERDAY]),
      license({ productId: REPORTS, facts: held({ mode: 'offline' }), view: { lastContactAt: null } }),
    ],
  },
  { name: 'offline-carry', licenses: [waiting([NEWEST])], steps: carry },
  {
    name: 'offline-carry-saved',
    licenses: [waiting([NEWEST])],
    steps: async (page) => {
      await carry(page);
      await page.locator('.save-file .button').click();
      const { fileName } = tokenView('activation-request', NEWEST.id, NEWEST.madeAt);
      await answer(page, 'offline.saveToken', { ok: true, value: { name: fileName } });
      await page.locator('.saved').waitFor();
    },
  },
  {
    name: 'offline-carry-not-saved',
    licenses: [waiting([NEWEST])],
    steps: async (page) => {
      await carry(page);
      await page.locator('.save-file .button').click();
      await answer(page, 'offline.saveToken', {
        ok: false,
        error: failure('fileNotSaved', { system: 'ENOSPC' }),
      });
      await page.locator('.carrier .callout').waitFor();
    },
  },
  {
    name: 'offline-carry-codes',
    licenses: [waiting([NEWEST])],
    steps: async (page) => {
      await carry(page);
      await way(1)(page);
      await page.locator('.turn-button').last().click();
    },
  },
  {
    name: 'offline-carry-text',
    licenses: [waiting([NEWEST])],
    steps: async (page) => {
      await carry(page);
      await way(2)(page);
    },
  },
  {
    name: 'offline-carry-several',
    licenses: [waiting([NEWEST, YESTERDAY])],
    steps: async (page) => {
      await carry(page);
      await page.locator('.portal .button').click();
    },
  },
  {
    name: 'offline-discard',
    licenses: [waiting([NEWEST, YESTERDAY])],
    steps: async (page) => {
      await carry(page);
      await page.locator('.step-foot-aside .button').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'offline-bring', licenses: [waiting([YESTERDAY])], steps: resume },
  {
    name: 'offline-bring-damaged',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await resume(page);
      await bring(page, '-----BEGIN LATCHKEY ACTIVATION RESPONSE-----\n\neyJ');
      await page.locator('.zone-result .callout').waitFor();
    },
  },
  {
    name: 'offline-bring-other-device',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await resume(page);
      await bring(page, shapeOf('activation-response'));
      await answer(page, 'offline.recognise', {
        ok: true,
        value: { kind: 'activation-response', productId: null },
      });
      await page.locator('.zone-result .callout').waitFor();
    },
  },
  {
    name: 'offline-bring-request',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await resume(page);
      await bring(page, shapeOf('activation-request'));
      await page.locator('.zone-result .callout').waitFor();
    },
  },
  {
    name: 'offline-bring-codes-missing',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await resume(page);
      const [, second = ''] = tokenView('activation-request', NEWEST.id).codes;
      await bring(page, second);
      await page.locator('.zone-result .callout').waitFor();
    },
  },
  {
    name: 'incoming-response',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await opened(page, shapeOf('activation-response'));
      await answer(page, 'offline.recognise', {
        ok: true,
        value: { kind: 'activation-response', productId: STUDIO },
      });
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'incoming-request',
    licenses: [waiting([YESTERDAY])],
    steps: async (page) => {
      await opened(page, shapeOf('activation-request'));
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'incoming-unknown',
    licenses: [fresh],
    steps: async (page) => {
      await opened(page, 'Dear customer, thank you for your order.');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'incoming-replayed',
    licenses: [offlineActive],
    steps: async (page) => {
      await opened(page, shapeOf('refresh'));
      await answer(page, 'offline.recognise', { ok: true, value: { kind: 'refresh', productId: STUDIO } });
      await page.getByRole('dialog').locator('.button-primary').click();
      await answer(page, 'offline.importToken', { ok: false, error: failure('tokenReplayed') });
      await page.getByRole('dialog').locator('.callout').waitFor();
    },
  },
  {
    name: 'drop-overlay',
    licenses: [offlineActive],
    steps: async (page) => {
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'answer.lkresponse'));
        document.body.dispatchEvent(
          new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }),
        );
      });
      await page.locator('.drop-overlay').waitFor();
    },
  },
  { name: 'offline-detail', licenses: [offlineActive] },
  {
    name: 'offline-refresh',
    licenses: [offlineActive],
    steps: async (page) => {
      await page.locator('.lease-buttons .button').click();
      await page.locator('.drop-zone').waitFor();
    },
  },
  {
    name: 'offline-refreshed',
    licenses: [offlineActive],
    steps: async (page, look) => {
      await page.locator('.lease-buttons .button').click();
      await bring(page, shapeOf('refresh'));
      await answer(page, 'offline.recognise', { ok: true, value: { kind: 'refresh', productId: STUDIO } });
      await page.locator('.zone-busy').waitFor();
      await emit(page, 'snapshot', snapshot([offlineActive], look, 2));
      await answer(page, 'offline.importToken', { ok: true, value: offlineActive });
      await page.locator('.outcome .callout').waitFor();
    },
  },
  {
    name: 'offline-deactivate-dialog',
    licenses: [offlineActive],
    steps: async (page) => {
      await page.locator('.detail-step .button').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'offline-receipt-form', licenses: [gaveBack(RECEIPT)] },
  { name: 'offline-receipt', licenses: [gaveBack(RECEIPT)], steps: openReceipt },
  {
    name: 'offline-receipt-clear',
    licenses: [gaveBack(RECEIPT)],
    steps: async (page) => {
      await openReceipt(page);
      await page.locator('.detail-step .button').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'offline-receipts',
    licenses: [gaveBack(RECEIPT, OLDER)],
    steps: async (page) => {
      await page.locator('.callout .button').first().click();
      await page.locator('.receipts').waitFor();
    },
  },
  {
    name: 'offline-receipts-detail',
    licenses: [gaveBack(RECEIPT), license({ productId: REPORTS, facts: held() })],
    steps: openFirst,
  },
];
