/** A token is typed in once and kept in a cookie: browsers send no bearer token by themselves. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Context } from 'hono';
import { largestFormBytes, longestTokenCharacters } from '../limits.ts';
import { readLocalAddress, showFailure } from './page-answer.ts';
import type { PageGuard } from './page-guard.ts';
import { writeLogin } from './login-page.ts';
import type { PageBindings } from './page-bindings.ts';
import { isFromOwnPage } from './request-checks.ts';
import { isToken, writeSession } from './session.ts';

const formType = 'application/x-www-form-urlencoded';

/**
 * `GET /login` is the form, `POST /login` asks the API server about the token, `POST /logout` forgets it. Both posts must come
 * from a page of this host.
 */
export function createLoginApp(guard: PageGuard): Hono<PageBindings> {
  const app = new Hono<PageBindings>();
  app.use(
    bodyLimit({
      maxSize: largestFormBytes,
      onError: (context) =>
        showFailure(context, { status: 413, message: `Cannot take a form of more than ${largestFormBytes} bytes` }),
    }),
  );
  app.get('/login', (context) => context.html(writeLogin(readLocalAddress(context.req.query('next')))));
  app.post('/login', (context) => logIn(context, guard));
  app.post('/logout', (context) => {
    if (!isFromOwnPage(context.req.raw)) return showFailure(context, foreign);
    context.header('set-cookie', writeSession(context.req.raw, undefined));
    return context.redirect('/login', 303);
  });
  return app;
}

const foreign = { status: 403, message: 'Cannot take a form of another page' } as const;

async function logIn(context: Context<PageBindings>, guard: PageGuard): Promise<Response> {
  if (!isFromOwnPage(context.req.raw)) return showFailure(context, foreign);
  const type = (context.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== formType)
    return showFailure(context, { status: 415, message: `Cannot read the form: want ${formType}` });
  const form = new URLSearchParams(await context.req.text());
  const token = (form.get('token') ?? '').trim();
  const next = readLocalAddress(form.get('next') ?? undefined);
  if (!isToken(token)) {
    const message = `Cannot use this token: want up to ${longestTokenCharacters} letters, digits and signs, without spaces`;
    return context.html(writeLogin(next, message), 400);
  }
  const admission = await guard(
    new Request(context.req.url, { headers: { authorization: `Bearer ${token}` } }),
    undefined,
  );
  if ('refusal' in admission)
    return context.html(writeLogin(next, admission.refusal.message), admission.refusal.status);
  context.header('set-cookie', writeSession(context.req.raw, token));
  return context.redirect(next, 303);
}
