/**
 * A log-in at the gateway and what only a person who is logged in may ask: its own count of what it did with the input.
 */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Logs in as a browser would and returns the cookie. */
export async function logIn(url: string, login: Login): Promise<string> {
  const answer = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(login),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`log-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Inputs of all lines that were not believed or not kept, since the start, by the gateway's own ledger. */
export async function dropped(url: string, login: Login): Promise<number> {
  const headers = { cookie: await logIn(url, login) };
  const answer = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`);
  const rows = (await answer.text()).matchAll(/^gatehouse_line_dropped_total\{.*\} (\d+)/gm);
  return [...rows].reduce((sum, [, count]) => sum + Number(count), 0);
}
