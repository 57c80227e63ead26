import { describe, expect, it } from 'vitest';
import { describeReason } from '../../../shared/messages/index.ts';
import { startBench } from './bench.ts';
import { personAt, plain } from './person.ts';

describe('where the server requires client certificates', () => {
  it('the window activates, shows until when the certificate is good, replaces it when it was revoked, and gives the seat back', async () => {
    const bench = await startBench({ requireClientCertificate: true });
    const { id, activationCode } = await bench.calls.createEntitlement({ seatCount: 1 });
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    await person.openLicense();
    const { clientCertificate, activation } = await person.license();
    expect(clientCertificate).toMatchObject({ source: 'enrolled', subject: activation?.id });
    expect(await person.text()).toMatch(/Client certificate\s+Valid until \w+ \d{1,2}, \d{4}/);

    await bench.calls.manage('DELETE', `/activations/${activation?.id}/certificates`);
    await person.refresh();
    const renewed = (await person.license()).clientCertificate;
    expect(renewed?.fingerprint).not.toBe(clientCertificate?.fingerprint);
    const { sentence } = describeReason({ code: 'clientCertificateRefused' }, 'en');
    expect(await person.text()).not.toContain(plain(sentence));

    await person.deactivate();
    expect((await bench.calls.listSeats(id)).total).toBe(0);
    expect((await person.license()).clientCertificate).toBeUndefined();
  });
});
