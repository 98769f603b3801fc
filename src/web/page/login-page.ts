import { html as makeHtml } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Values are escaped; none of ours is waited for. */
const html = makeHtml as (strings: TemplateStringsArray, ...values: unknown[]) => HtmlEscapedString;

/** The form that takes a token, whole without scripts. @param next where it leads to. @param problem why it is shown again. */
export function writeLogin(next: string, problem?: string): string {
  const told = problem === undefined ? '' : html`<p role="alert">${problem}</p>`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Log in · Stoker</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/page.css" />
      </head>
      <body>
        <main>
          <h1>Stoker</h1>
          ${told}
          <form method="post" action="/login">
            <input type="hidden" name="next" value="${next}" />
            <p><label for="token">Token of a user or ServiceAccount of the cluster</label></p>
            <p><input id="token" name="token" type="password" autocomplete="off" required autofocus /></p>
            <p><button type="submit">Log in</button></p>
          </form>
          <p>
            For example <code>kubectl create token NAME -n NAMESPACE</code>. You see what you may list in the cluster.
            The token is kept in a cookie until the browser is closed.
          </p>
        </main>
      </body>
    </html>`;
  return page.toString();
}
