import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.js';
import { badField, Problem } from '../http/problem.js';
import { browserFiles, page } from './browser-files.js';
import { Documentation } from './documentation.js';

@ApiExcludeController()
@Public()
@Controller('api')
export class DocumentationController {
  constructor(private readonly documentation: Documentation) {}

  @Get('schema/')
  schema(@Query('format') format: unknown, @Res() reply: FastifyReply): void {
    const { json, yaml } = this.documentation.read();
    if (format === undefined || format === 'json') {
      reply.type('application/json; charset=utf-8').send(json);
    } else if (format === 'yaml') {
      reply.type('application/yaml; charset=utf-8').send(yaml);
    } else {
      throw badField('format', 'must be json or yaml');
    }
  }

  @Get('docs/')
  swaggerUi(@Res() reply: FastifyReply): void {
    const files = {
      styles: ['swagger-ui.css'],
      scripts: ['swagger-ui-bundle.js', 'start-swagger-ui.js'],
    };
    reply.type('text/html; charset=utf-8').send(page('Ambacar Notifications · API', files));
  }

  @Get('redoc/')
  redoc(@Res() reply: FastifyReply): void {
    const files = { styles: [], scripts: ['redoc.standalone.js', 'start-redoc.js'] };
    reply.type('text/html; charset=utf-8').send(page('Ambacar Notifications · API', files));
  }

  @Get('docs/:file')
  async file(@Param('file') name: string, @Res() reply: FastifyReply): Promise<void> {
    const file = browserFiles.get(name);
    if (!file) throw new Problem('not_found');
    reply
      .type(file.type)
      .header('cache-control', 'public, max-age=3600')
      .send(await file.read());
  }
}
