import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionInput, SessionView } from '#contracts/http/session.dto.js';
import { allows } from '#domain/access/scopes.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { apiKeyForm } from '#infrastructure/persistence/api-key-secret.js';
import type { ApiKey } from '#infrastructure/persistence/api-keys.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { CONFIGURATION } from '#infrastructure/wiring/tokens.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { Problem } from '../http/problem.js';
import { type Identity, identityOf, Public } from './access.js';
import { challenged } from './challenge.js';
import { clientAddresses } from './client-address.js';
import { KnownKeys } from './known-keys.js';
import { oidcStart } from './oidc.controller.js';
import { RateLimits } from './rate-limits.js';
import { foreignPage, isForeignChange } from './same-origin.js';
import { sessionCaller } from './session-view.js';
import { Sessions } from './sessions.js';

/** The console's sign-in. What is sent and answered here is kept nowhere, idempotency keys included. */
@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  private readonly addressOf: ReturnType<typeof clientAddresses>;

  constructor(
    private readonly sessions: Sessions,
    private readonly keys: KnownKeys,
    private readonly limits: RateLimits,
    private readonly setups: SetupCache,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {
    this.addressOf = clientAddresses(configuration.http.trustedProxies);
  }

  @Get('/')
  @Public()
  @ApiOperation({
    operationId: 'getSession',
    summary: 'Who calls, and the ways to sign in',
    description:
      'Anyone may ask. By cookie, key or token alike it tells who the caller is taken for.',
  })
  @ApiResponse({ status: 200, type: SessionView, description: 'As it is now.' })
  @ApiProblems(500, 503)
  async get(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const identity = identityOf(request);
    if (identity.kind === 'unsettled') throw identity.error;
    reply.header('cache-control', 'no-store');
    return this.viewOf(identity);
  }

  @Post('/')
  @HttpCode(201)
  @Public()
  @ApiOperation({
    operationId: 'createSession',
    summary: 'Sign in to the console with an API key',
    description:
      'The key needs the scope `admin`. The answer sets a cookie that no script can read; it stands for ' +
      'the key for 12 hours after its last use, and ends with it. A wrong key counts as one shown anywhere.',
  })
  @ApiResponse({ status: 201, type: SessionView, description: 'Signed in.' })
  @ApiProblems(400, 401, 403, 413, 415, 500, 503)
  async create(
    @Body(new CheckedBody(SessionInput)) { api_key }: SessionInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    if (isForeignChange(request)) throw new Problem('forbidden', { detail: foreignPage });
    const key = await this.goodKey(api_key, request, reply);
    if (!allows(key.scopes, 'admin')) {
      throw new Problem('forbidden', {
        errors: { api_key: ['has not got the scope admin'] },
        headers: challenged('insufficient_scope'),
      });
    }
    const endsAt = await this.sessions.beginByKey(api_key, request, reply);
    reply.header('cache-control', 'no-store');
    return this.viewOf({ kind: 'caller', caller: key, session: { shownAs: key.name, endsAt } });
  }

  @Delete('/')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    operationId: 'deleteSession',
    summary: 'Sign out of the console',
    description: 'Takes the cookie from the browser. Who is not signed in may sign out, too.',
  })
  @ApiResponse({ status: 204, description: 'Signed out.' })
  delete(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    if (isForeignChange(request)) throw new Problem('forbidden', { detail: foreignPage });
    this.sessions.end(request, reply);
  }

  private async goodKey(
    shown: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ApiKey> {
    const address = this.addressOf(request.raw);
    const mayLook = async () => !(await this.limits.isSlowed(address));
    const key = apiKeyForm.test(shown) ? await this.keys.find(shown, mayLook) : null;
    if (key) return key;
    await this.limits.countFailure(address, reply);
    throw new Problem('unauthorized', {
      errors: { api_key: ['is no key that is good here'] },
      headers: challenged('invalid_token'),
    });
  }

  private async viewOf(identity: Identity): Promise<SessionView> {
    const { auth, sandboxChannels } = this.configuration;
    const isAsked = auth.mode === 'keys';
    return {
      caller:
        identity.kind === 'caller'
          ? await sessionCaller(identity.caller, identity.session, this.setups)
          : null,
      sign_in: { api_key: isAsked, oidc: isAsked && auth.oidc?.client ? oidcStart : null },
      sandbox: [...sandboxChannels],
    };
  }
}
