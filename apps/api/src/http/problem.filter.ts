import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemView } from '#contracts/http/problem.dto.js';
import { KnownRoutes } from './known-routes.js';
import { Problem, problemView } from './problem.js';
import { translateError } from './translate-error.js';

/** Every way of failing ends here: Nest's, Fastify's, the database's and our own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: KnownRoutes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (problem.status >= 500 && problem.code !== 'overloaded') {
      request.log.error({ err: error, code: problem.code }, 'failed');
    }
    // A handler that failed while it was answering has nothing left to say.
    if (reply.sent) return;
    sendProblem(request, reply, problem);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    // What was refused before the route was asked for stays refused for its own reason.
    if (!request.is404 || error instanceof Problem) return translateError(error);
    const methods = this.routes.methodsOf(pathOf(request));
    if (methods.length === 0) return new Problem('not_found');
    return new Problem('method_not_allowed', {
      detail: `${request.method} is not among ${methods.join(', ')}.`,
      headers: { allow: methods.join(', ') },
    });
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(viewFor(request, problem)));
}

/** A problem as this request's client reads it. */
export function viewFor(request: FastifyRequest, problem: Problem): ProblemView {
  return problemView(problem, {
    path: pathOf(request),
    requestId: request.id,
    language: request.headers['accept-language'],
  });
}

/** The path as it was asked for. The query may hold what belongs to a person. */
function pathOf(request: FastifyRequest): string {
  const [path = '/'] = request.url.split('?', 1);
  return path.slice(0, 500);
}
