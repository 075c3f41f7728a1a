import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Configuration } from '#infrastructure/config/configuration.js';
import type { Logger } from '#infrastructure/logging/logger.js';
import { isKeptRaw, takeMails } from '../webhooks/raw-body.js';
import { hostCheck } from './allowed-hosts.js';
import { largestBody, readJsonBody } from './json-body.js';
import type { KnownRoutes } from './known-routes.js';
import { sendProblem } from './problem.filter.js';
import { badField } from './problem.js';
import { requestIdOf } from './request-id.js';
import { securityHeaders } from './security-headers.js';
import { translateError } from './translate-error.js';
import { answerUnreadable } from './unreadable-request.js';

/** Fastify, set up for every endpoint alike: limits, bodies, request ids, headers, one log line. */
export async function createHttpAdapter(
  configuration: Configuration,
  logger: Logger,
  routes: KnownRoutes,
): Promise<FastifyAdapter> {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    // Fastify's own lines name paths and peers; ours is written when the answer has left.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    requestIdHeader: false,
    genReqId: requestIdOf,
    bodyLimit: largestBody,
    // No middleware is used: what decides stands in guards, which an encoded path cannot pass by.
    skipMiddie: true,
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 200,
      querystringParser: readQuery,
    },
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
  });
  const fastify = adapter.getInstance();
  routes.watch(fastify);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    try {
      done(null, isKeptRaw(request) ? bytes : readJsonBody(bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error('the body cannot be read'));
    }
  });
  takeMails(fastify);
  addHooks(fastify, configuration);
  return adapter;
}

function addHooks(fastify: FastifyInstance, { http }: Configuration): void {
  const isAllowed = hostCheck(http.allowedHosts, http.host);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id);
    // Probes call by the address of a container, which no list knows.
    const probe = request.url.startsWith('/health/');
    if (probe || isAllowed(request.headers.host)) done();
    else done(badField('Host', 'is not among ALLOWED_HOSTS'));
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      // The pattern, not the path: ids in paths belong to people.
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (request.url.startsWith('/health/')) request.log.debug(line, 'answered');
    else request.log.info(line, 'answered');
    done();
  });
}

/** Answers what the router refuses before any hook runs, so the request's id is told here. */
function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  sendProblem(request, reply, translateError(error));
}

/** Broken UTF-8 becomes U+FFFD, which the checks refuse; Fastify's own parser would keep `%ff`. */
function readQuery(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  const parameters = new URLSearchParams(text);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}
