import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readConfiguration } from '#infrastructure/config/configuration.js';
import { apiModule } from '../api.module.js';
import { KnownRoutes } from '../http/known-routes.js';
import { createOpenApiDocument } from './openapi-document.js';

// Writes the OpenAPI document, or with --check says whether the written one is stale. Nothing is
// instantiated, so neither a database nor a queue is needed. Runs from the repository's folder.

const file = 'libs/contracts/src/openapi.json';

const configuration = readConfiguration({ DATABASE_URL: 'postgresql://nobody@localhost/none' });
const app = await NestFactory.create(
  apiModule(configuration, new KnownRoutes()),
  new FastifyAdapter(),
  { preview: true, logger: false },
);
const fresh = `${JSON.stringify(createOpenApiDocument(app), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written !== fresh) {
    process.stderr.write(`${file} is stale. Write it anew with: npm run openapi\n`);
    process.exitCode = 1;
  }
} else {
  await writeFile(file, fresh);
}
