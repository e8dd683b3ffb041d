/**
 * Logging in by the bureau's own single sign-on (OpenID Connect, code flow with PKCE, state and nonce). What the issuer says of somebody leads to
 * an officer who is there already; it must never make one. What a log-in under way needs is in a signed cookie of the browser that began it, so
 * any node may end it.
 */
import * as client from 'openid-client';
import { Problem } from '../../server/http/problem.ts';
import { claimUnknown, issuerAway, signOnBroken } from '../../words/district/access-words.ts';
import type { World } from '../../world/world.ts';
import type { Seals } from './sealing.ts';

/** How long somebody may take at the issuer, ms. */
export const SIGN_ON_MS = 10 * 60_000;
/** Seconds the issuer may take for an answer. */
const ANSWER_S = 10;

/** As the configuration has it. */
export interface SignOnConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim of the ID token that names an officer. */
  readonly claim: string;
  /** Allows an issuer over plain http. */
  readonly insecure: boolean;
}

interface SignOnState {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly until: number;
}

export interface IssuerLogin {
  /** Where the browser goes, and the cookie it keeps meanwhile. Rejects with a Problem (502). */
  begin(back: string): Promise<{ readonly to: string; readonly cookie: string }>;
  /** What the claim says of whoever came back to `url`. Rejects with a Problem. */
  end(url: URL, cookie: string | undefined): Promise<string>;
}

export function openSignOn(config: SignOnConfig, seals: Seals, world: World): IssuerLogin {
  let known: Promise<client.Configuration> | undefined;
  const found = () => {
    known ??= client
      .discovery(new URL(config.issuer), config.clientId, config.clientSecret, undefined, {
        timeout: ANSWER_S,
        ...(config.insecure && { execute: [client.allowInsecureRequests] }),
      })
      .catch((error: Error) => {
        // It may be there the next time.
        known = undefined;
        world.log.warn('the single sign-on was not found', { issuer: config.issuer, error: error.message });
        throw new Problem(502, 'issuer-away', issuerAway, ANSWER_S);
      });
    return known;
  };
  return {
    async begin(back) {
      const issuer = await found();
      const verifier = client.randomPKCECodeVerifier();
      const said = { state: client.randomState(), nonce: client.randomNonce(), until: world.now() + SIGN_ON_MS };
      const to = client.buildAuthorizationUrl(issuer, {
        redirect_uri: back,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: said.state,
        nonce: said.nonce,
      });
      return { to: to.href, cookie: seals.sign('oidc', { ...said, verifier: seals.hide(verifier) }) };
    },
    async end(url, cookie) {
      const said = seals.read('oidc', cookie) as SignOnState | undefined;
      const verifier = said && seals.reveal(said.verifier);
      if (!said || !verifier || said.until < world.now()) throw new Problem(400, 'sign-on-broken', signOnBroken);
      const issuer = await found();
      const tokens = await client
        .authorizationCodeGrant(issuer, url, {
          pkceCodeVerifier: verifier,
          expectedState: said.state,
          expectedNonce: said.nonce,
          idTokenExpected: true,
        })
        .catch((error: Error) => {
          world.log.warn('a single sign-on was refused', { error: error.message });
          throw new Problem(401, 'sign-on-broken', signOnBroken);
        });
      const claim = tokens.claims()?.[config.claim];
      if (typeof claim !== 'string' || claim === '') throw new Problem(403, 'claim-unknown', claimUnknown);
      return claim;
    },
  };
}
