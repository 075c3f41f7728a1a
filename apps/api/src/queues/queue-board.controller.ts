import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Caller, CallerParam, Needs, requireEveryTaller } from '../access/access.js';
import { Problem } from '../http/problem.js';
import { securityHeaders } from '../http/security-headers.js';
import { QueueBoard } from './queue-board.js';

/** Its page names its own address in `<base>`, by which its files are found from every screen. */
const policy = (securityHeaders['content-security-policy'] ?? '').replace(
  "base-uri 'none'",
  "base-uri 'self'",
);

/** The jobs that wake workers, one by one, for administrators of all workshops. */
@ApiExcludeController()
@Needs('admin')
@Controller('queues')
export class QueueBoardController {
  constructor(private readonly board: QueueBoard) {}

  @Get(['/', 'queue/:name', 'queue/:name/:id', 'job-schedulers', 'metrics-history'])
  page(@CallerParam() caller: Caller, @Res() reply: FastifyReply): void {
    requireEveryTaller(caller);
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .send(this.board.page());
  }

  @Get('static/*')
  async file(@Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.board.file(path);
    if (!file) throw new Problem('not_found');
    reply.type(file.type).header('cache-control', 'private, max-age=3600').send(file.content);
  }

  @Get('api/*')
  async ask(
    @CallerParam() caller: Caller,
    @Param('*') path: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireEveryTaller(caller);
    const answer = await this.board.ask(`/api/${path}`, query);
    if (!answer) throw new Problem('not_found');
    reply.status(answer.status).send(answer.body);
  }
}
