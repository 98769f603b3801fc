/** Carries out what the fault hook decided for a request. */
import type { Clock } from '../../base/clock.ts';
import type { Fault } from '../fault-hook.ts';
import { StatusError } from '../status-error.ts';
import { answerError } from './answer.ts';
import type { ApiResponse, Sink, StreamBody } from './message.ts';

export async function answerWithFault(
  fault: Fault,
  answer: () => Promise<ApiResponse>,
  clock: Clock,
): Promise<ApiResponse> {
  switch (fault.kind) {
    case 'status':
      return answerStatusFault(fault);
    case 'hang':
      if (fault.afterAnswer === true) await answer();
      return new Promise(() => undefined);
    case 'reset':
      return fault.afterBytes === undefined ? cutAtOnce() : cutAfter(await answer(), fault.afterBytes);
    case 'slow':
      await new Promise<void>((resolve) => void clock.schedule(fault.delayMs, resolve));
      return delayPieces(await answer(), fault.delayMs, clock);
  }
}

function answerStatusFault({ code, reason, message, headers, body }: Extract<Fault, { kind: 'status' }>): ApiResponse {
  const response = answerError(new StatusError(code, reason, message ?? `Injected fault ${code}`, {}));
  return { ...response, headers: { ...response.headers, ...headers }, ...(body === undefined ? {} : { body }) };
}

function cutAtOnce(): ApiResponse {
  const body: StreamBody = {
    start: (sink) => {
      sink.abort();
      return () => undefined;
    },
  };
  return { status: 200, headers: {}, body };
}

function cutAfter(response: ApiResponse, bytes: number): ApiResponse {
  const { body } = response;
  const start = (sink: Sink): (() => void) => {
    const state = { left: bytes, stop: (): void => undefined };
    const write = (text: string): void => {
      if (state.left < 0) return;
      sink.write(Buffer.from(text).subarray(0, state.left).toString());
      state.left -= Buffer.byteLength(text);
      if (state.left >= 0) return;
      state.stop();
      sink.abort();
    };
    const cut: Sink = { write, end: () => sink.end(), abort: () => sink.abort() };
    if (!isStream(body)) {
      write(body.toString());
      if (state.left >= 0) sink.end();
      return state.stop;
    }
    state.stop = body.start(cut);
    // The first pieces may have been too long already.
    if (state.left < 0) state.stop();
    return () => state.stop();
  };
  return { ...response, body: { start } };
}

function delayPieces(response: ApiResponse, delayMs: number, clock: Clock): ApiResponse {
  const { body } = response;
  if (!isStream(body)) return response;
  const later = (act: () => void): void => void clock.schedule(delayMs, act);
  const start = (sink: Sink): (() => void) =>
    body.start({
      write: (text) => later(() => sink.write(text)),
      end: () => later(() => sink.end()),
      abort: () => later(() => sink.abort()),
    });
  return { ...response, body: { start } };
}

function isStream(body: ApiResponse['body']): body is StreamBody {
  return typeof body === 'object' && 'start' in body;
}
