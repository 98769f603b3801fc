import assert from 'node:assert/strict';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { describe, it } from 'node:test';
import { createAuthority, createLeaf } from '../../../src/base/certificates.ts';

const validity = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };

describe('certificates', () => {
  it('are signed by their authority, for their hosts and their time', async () => {
    const authority = await createAuthority({ commonName: 'ca', ...validity });
    const leaf = await createLeaf(authority, { commonName: 'web', hosts: ['web.shop.svc', '127.0.0.1'], ...validity });
    const certificate = new X509Certificate(leaf.certificate);
    const ca = new X509Certificate(authority.certificate);
    assert.ok(certificate.verify(ca.publicKey));
    assert.ok(certificate.checkIssued(ca));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(leaf.key)));
    assert.equal(certificate.checkHost('web.shop.svc'), 'web.shop.svc');
    assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(Date.parse(certificate.validTo), validity.notAfter.getTime());
    assert.ok(ca.ca);
    assert.ok(!certificate.ca);
  });

  it('of two authorities of one name are not taken for each other', async () => {
    const [first, second] = await Promise.all([
      createAuthority({ commonName: 'ca', ...validity }),
      createAuthority({ commonName: 'ca', ...validity }),
    ]);
    const leaf = await createLeaf(second, { commonName: 'web', hosts: ['web'], ...validity });
    assert.ok(!new X509Certificate(leaf.certificate).verify(new X509Certificate(first.certificate).publicKey));
  });
});
