import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { apiModule } from '../api.module.js';
import { KnownRoutes } from '../http/known-routes.js';
import { createOpenApiDocument } from './openapi-document.js';

/** The document without a running service: nothing is instantiated, so neither database nor queue is needed. */
export async function previewDocument(): Promise<OpenAPIObject> {
  const configuration = readConfiguration({ DATABASE_URL: 'postgresql://nobody@localhost/none' });
  const app = await NestFactory.create(
    apiModule(configuration, new KnownRoutes()),
    new FastifyAdapter(),
    { preview: true, logger: false },
  );
  return createOpenApiDocument(app);
}
