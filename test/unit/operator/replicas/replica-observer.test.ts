import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { monitor, render } from '../observed-stack.ts';
import type { Verdict } from '../../../../src/core/status/conditions.ts';
import { AskError } from '../../../../src/operator/replicas/ask-replica.ts';
import { observe, observeLoaded, prometheus, textOf, write } from './observed-replicas.ts';

describe('ReplicaObserver', () => {
  it('asks each replica soon and then rarely, and reads its configuration once', async () => {
    const { clock, asked, last, loads } = await observeLoaded();
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.deepEqual(
      loads.at(-1)?.replicas.map(({ name, state }) => [name, state.kind]),
      [
        ...[
          ['prometheus-main-0', 'loaded'],
          ['prometheus-main-1', 'loaded'],
        ],
      ],
    );
    assert.equal(loads.at(-1)?.writtenAt, undefined, 'it was written before the start');
    assert.deepEqual(asked, [
      ...['5 10.0.0.0 runtimeinfo', '5 10.0.0.0 config', '5 10.0.0.0 rules'],
      ...['5 10.0.0.1 runtimeinfo', '5 10.0.0.1 config', '5 10.0.0.1 rules'],
    ]);
    asked.length = 0;
    await clock.advance(590_000);
    assert.deepEqual(asked, ['305 10.0.0.0 runtimeinfo', '305 10.0.0.1 runtimeinfo']);
  });

  it('says at once that nobody has what was just written, and follows it to the last replica', async () => {
    const { clock, observer, asked, load, last, loads, seconds } = await observeLoaded();
    const second = write('pay');
    asked.length = 0;
    observer.wrote(second);
    assert.equal(last(), 'False LoadPending');
    assert.equal(Date.parse(loads.at(-1)?.writtenAt ?? ''), clock.now());
    await clock.advance(2000);
    load('10.0.0.0', textOf(second));
    await clock.advance(5000);
    assert.equal(last(), 'False LoadPending');
    await clock.advance(3000);
    load('10.0.0.1', textOf(second));
    await clock.advance(20_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    assert.deepEqual(seconds, [10]);
    const count = (what: string): number => asked.filter((one) => one.endsWith(what)).length;
    assert.deepEqual([count('10.0.0.0 config'), count('10.0.0.1 config'), count('10.0.0.1 runtimeinfo')], [1, 2, 2]);
    observer.wrote(write('pay'));
    assert.equal(last(), 'True AllReplicasLoaded', 'what is the same was not written');
  });

  it('does not take what was loaded before for what was written when nothing of that is printed', async () => {
    const { clock, observer, load, last, told } = await observeLoaded();
    const secret = (password: string): string => `
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { user: x, password: ${password} }
---`;
    const withLogin = monitor('cart', 'cart').replace(
      '{ port: web }',
      '{ port: web, basicAuth: { username: { name: login, key: user }, password: { name: login, key: password } } }',
    );
    const before = render(secret('old') + withLogin + prometheus());
    observer.wrote(before);
    const printed = textOf(before).replace('password: old', 'password: <secret>');
    assert.notEqual(printed, textOf(before));
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, printed);
    await clock.advance(20_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    observer.wrote(render(secret('new') + withLogin + prometheus()));
    await clock.advance(20_000);
    assert.equal(last(), 'False LoadPending');
    assert.match(told.at(-1)?.message ?? '', /differs at files or secrets, which are not printed/);
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, printed);
    await clock.advance(60_000);
    assert.equal(last(), 'True AllReplicasLoaded');
  });

  it('does not flap: a replica that is away once is asked again before it is said', async () => {
    const { clock, replicas, told, last } = await observeLoaded();
    told.length = 0;
    const replica = replicas.get('10.0.0.1');
    replicas.delete('10.0.0.1');
    await clock.advance(300_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    if (replica !== undefined) replicas.set('10.0.0.1', replica);
    await clock.advance(15_000);
    assert.equal(last(), 'True AllReplicasLoaded');
    replicas.delete('10.0.0.1');
    await clock.advance(340_000);
    assert.equal(last(), 'False ReplicaAway');
    assert.match(
      told.at(-1)?.message ?? '',
      /^1 of 2 replicas runs what was written; prometheus-main-1: away since 2026-/,
    );
  });

  it('says Unknown, with a way out, where it is kept out', async () => {
    const { clock, replicas, told, last } = await observeLoaded();
    const bar = (error: AskError): unknown =>
      replicas.set('10.0.0.1', { config: '', loadedAt: '', succeeded: true, error });
    bar(new AskError('does not answer in 10 s', 'silent'));
    await clock.advance(320_000);
    assert.equal(last(), 'Unknown ReplicaNotAsked');
    assert.match(told.at(-1)?.message ?? '', /10\.0\.0\.1:9090 does not answer in 10 s: if a NetworkPolicy keeps/);
    bar(new AskError('gives status 401', 'status', { status: 401 }));
    await clock.advance(60_000);
    assert.match(told.at(-1)?.message ?? '', /gives status 401: it wants credentials/);
  });

  it('tells of targets: one replica of a shard is asked, what is wrong is told once it was seen twice', async () => {
    const { clock, observer, asked, load, scrapings, scraped, find } = await observeLoaded(true);
    await clock.advance(20_000);
    assert.deepEqual(scrapings, [['PodMonitor shop/cart: No target is found']]);
    const second = write('cart', ', externalUrl: "http://x", scrapeInterval: 7s');
    observer.wrote(second);
    for (const host of ['10.0.0.0', '10.0.0.1']) load(host, textOf(second));
    asked.length = 0;
    find('up', 'unknown');
    await clock.advance(6000);
    assert.deepEqual(asked.filter((one) => one.includes('targets')).length, 1);
    assert.equal(scrapings.at(-1)?.[0], 'PodMonitor shop/cart: 1 of 2 targets are up');
    assert.deepEqual(scraped, []);
    find('up', 'up');
    await clock.advance(10_000);
    assert.deepEqual(scraped, [15]);
    const before = scrapings.length;
    find('down', 'down');
    await clock.advance(300_000);
    assert.equal(scrapings.length, before, 'seen once');
    await clock.advance(15_000);
    assert.equal(scrapings.at(-1)?.[0], 'PodMonitor shop/cart: 0 of 2 targets are up: x');
  });

  it('leaves a condition as it was until the replicas were asked, and takes it out where nothing is written', async () => {
    const recalled: Verdict = { status: 'True', reason: 'AllReplicasLoaded', message: 'x' };
    const { observer, told, clock, last, asked } = observe({ recalled });
    observer.wrote(write('cart'));
    assert.deepEqual(told, [recalled]);
    await clock.advance(6000);
    assert.equal(last(), 'False ReplicaAway', 'there are no Pods');
    assert.deepEqual(asked, []);
    observer.wrote(render(prometheus().replace('podMonitorSelector: {}, ', '')));
    assert.equal(told.at(-1), undefined);
    await clock.advance(600_000);
    assert.equal(told.at(-1), undefined);
  });
});
