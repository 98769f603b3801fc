import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isCertificate, isKeyPair } from '../../../../src/core/assets/certificates.ts';
import { makePair } from './certificates-fixture.ts';

describe('PEM checks', () => {
  it('tell certificates from other texts', async () => {
    const { certificate, key } = await makePair();
    assert.ok(isCertificate(Buffer.from(certificate)));
    assert.ok(isCertificate(Buffer.from(`# a comment\n${certificate}`)));
    for (const text of ['', 'text', key, certificate.replaceAll(/[A-Z]{4}/g, 'AAAA')])
      assert.ok(!isCertificate(Buffer.from(text)), text);
  });

  it('tell whether a key belongs to a certificate', async () => {
    const [one, other] = [await makePair(), await makePair()];
    const matches = (certificate: string, key: string) => isKeyPair(Buffer.from(certificate), Buffer.from(key));
    assert.ok(matches(one.certificate, one.key));
    assert.ok(!matches(one.certificate, other.key));
    assert.ok(!matches(one.certificate, 'text'));
    assert.ok(!matches('text', one.key));
  });
});
