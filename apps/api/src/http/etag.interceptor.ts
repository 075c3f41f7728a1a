import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { etagOf, isFresh } from './etag.js';

/** Tags an answer, so that a later change can say which state it was made for (`If-Match`). */
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((view: unknown) => {
        const etag = etagOf(JSON.stringify(view));
        reply.header('etag', etag);
        if (request.method !== 'GET') return view;
        reply.header('cache-control', 'private, no-cache');
        if (!isFresh(request.headers['if-none-match'], etag)) return view;
        reply.code(304);
        return undefined;
      }),
    );
  }
}
