import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { Public } from './access.js';
import {
  OIDC_SIGN_IN,
  type OidcSignIn,
  type SignInFault,
  signInLastsSeconds,
} from './oidc-sign-in.js';
import { returnPath } from './return-path.js';
import { SECURE_REQUESTS, type SecureRequests } from './secure-requests.js';
import { cookieField, cookieOf, signInCookie } from './session-cookies.js';
import { Sessions } from './sessions.js';

/** Where a browser goes to be sent to the identity provider. */
export const oidcStart = '/api/v1/session/oidc/';
const callbackPath = `${oidcStart}callback/`;

/** The two stops of a sign-in at the identity provider. Browsers come by, programs have no use for it. */
@ApiExcludeController()
@Public()
@Controller('api/v1/session/oidc')
export class OidcController {
  constructor(
    @Inject(OIDC_SIGN_IN) private readonly signIn: OidcSignIn | null,
    private readonly sessions: Sessions,
    @Inject(SECURE_REQUESTS) private readonly isSecure: SecureRequests,
  ) {}

  @Get('/')
  async start(
    @Query('return_to') returnTo: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const provider = this.provider();
    const callback = this.origin(request) + callbackPath;
    const begun = await provider.start(callback, returnPath(returnTo));
    if (!begun) return this.refuse(reply, 'unavailable');
    this.keep(begun.sealed, signInLastsSeconds, request, reply);
    this.redirect(reply, begun.address.href);
  }

  @Get('callback/')
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const provider = this.provider();
    const [, query = ''] = request.url.split(/\?(.*)/s);
    const address = new URL(`${this.origin(request)}${callbackPath}?${query}`);
    const sealed = cookieOf(request.raw, signInCookie, this.isSecure(request.raw));
    const result = await provider.finish(address, sealed);
    if (result.kind === 'refused') {
      this.keep('', 0, request, reply);
      return this.refuse(reply, result.fault);
    }
    await this.sessions.beginByToken(result, request, reply);
    this.keep('', 0, request, reply);
    this.redirect(reply, result.returnTo);
  }

  private provider(): OidcSignIn {
    if (!this.signIn) throw new Problem('not_found');
    return this.signIn;
  }

  /** As the browser knows it; the provider sends it only to an address that was registered there. */
  private origin(request: FastifyRequest): string {
    return `${this.isSecure(request.raw) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  }

  private keep(value: string, seconds: number, request: FastifyRequest, reply: FastifyReply): void {
    const isSecure = this.isSecure(request.raw);
    const options = { isSecure, maxAgeSeconds: seconds, sameSite: 'Lax' } as const;
    reply.header('set-cookie', cookieField(signInCookie, value, options));
  }

  /** The console says it in words. */
  private refuse(reply: FastifyReply, fault: SignInFault): void {
    this.redirect(reply, `/?sign_in=${fault}`);
  }

  private redirect(reply: FastifyReply, address: string): void {
    reply.header('cache-control', 'no-store').redirect(address, 303);
  }
}
